import type { Definitions } from './load.js'
import { listed, say, type Message } from '../messages/message.js'
import type { Form } from './form-schema.js'
import type { MetricTerm } from './schema.js'

/** A form with the file it comes from (null: shipped with the tool). */
export type FormDefinition = Form & { file: string | null }

/** That one column is the sum of others, all by their numbers. */
export interface Identity {
  total: number
  parts: number[]
}

type Known = Pick<Definitions, 'indicators' | 'kinds'>

/** `3 = 4 + 5 + 6`. */
export function parseIdentity(text: string): Identity {
  const [total, parts] = text.split(' = ') as [string, string]
  return { total: Number(total), parts: parts.split(' + ').map(Number) }
}

/** What a column of a form counts: what it says itself, else what its indicator does. */
export function countsOf(
  column: Form['columns'][number],
  { indicators }: Pick<Known, 'indicators'>,
): { counts: MetricTerm[]; needs: string[] } {
  const indicator = indicators[column.indicator ?? '']
  return column.counts === undefined
    ? { counts: indicator?.counts ?? [], needs: [...column.needs, ...(indicator?.needs ?? [])] }
    : { counts: column.counts, needs: column.needs }
}

/** What a form says that does not fit together, or that is not there; null: nothing. */
export function formProblem(form: Form, known: Known): { path: (string | number)[]; message: Message; hint?: Message } | null {
  const numbers = form.columns.map(({ number }) => number)
  for (const [i, column] of form.columns.entries()) {
    const path = ['columns', i]
    const { number, indicator, headings } = column
    if (numbers.indexOf(number) < i)
      return { path: [...path, 'number'], message: say('definitions.form_twice', { form: form.id, number: String(number) }) }
    if (headings.vi.length !== headings.en.length)
      return { path: [...path, 'headings'], message: say('definitions.headings_differ', { number: String(number) }) }
    if (indicator !== undefined && !(indicator in known.indicators))
      return {
        path: [...path, 'indicator'],
        message: say('definitions.no_indicator', { indicator }),
        hint: say('definitions.indicators_are', { all: listed(Object.keys(known.indicators)) }),
      }
    if (indicator === undefined && column.counts === undefined)
      return { path, message: say('definitions.counts_nothing', { number: String(number) }) }
  }
  for (const part of ['columns', 'notes'] as const) {
    for (const [i, { needs, counts = [] }] of form[part].entries()) {
      const unknown = needs.find((id) => !(id in known.kinds.dossiers.columns))
      if (unknown !== undefined) return { path: [part, i, 'needs'], message: say('definitions.not_dossier_column', { column: unknown }) }
      if (counts.some(({ population }) => population === 'answered'))
        return { path: [part, i, 'counts'], message: say('definitions.form_counts_dossiers') }
    }
  }
  for (const [i, text] of form.identities.entries()) {
    const { total, parts } = parseIdentity(text)
    const missing = [total, ...parts].find((number) => !numbers.includes(number))
    if (missing !== undefined)
      return {
        path: ['identities', i],
        message: say('definitions.identity_column', { identity: text, form: form.id, number: String(missing) }),
        hint: say('definitions.columns_are', { all: listed(numbers.map(String)) }),
      }
  }
  return carryOverProblem(form, known)
}

function carryOverProblem({ id, columns, carry_over }: Form, known: Known): ReturnType<typeof formProblem> {
  if (carry_over === undefined) return null
  for (const [key, population] of [
    ['column', 'carried_over'],
    ['of', 'pending'],
  ] as const) {
    const column = columns.find(({ number }) => number === carry_over[key])
    const counts = column && countsOf(column, known).counts
    if (
      counts?.length !== 1 ||
      counts[0]!.population !== population ||
      counts[0]!.where !== undefined ||
      counts[0]!.timeliness !== undefined
    )
      return {
        path: ['carry_over', key],
        message: say('definitions.carry_over_counts', { number: String(carry_over[key]), form: id, population }),
      }
  }
  return null
}
