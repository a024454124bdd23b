import type { Definitions } from './load.js'
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
export function formProblem(form: Form, known: Known): { path: (string | number)[]; message: string; hint?: string } | null {
  const numbers = form.columns.map(({ number }) => number)
  for (const [i, column] of form.columns.entries()) {
    const path = ['columns', i]
    const { number, indicator, headings } = column
    if (numbers.indexOf(number) < i) return { path: [...path, 'number'], message: `form ${form.id} has two columns ${number}` }
    if (headings.vi.length !== headings.en.length)
      return { path: [...path, 'headings'], message: `column ${number} has more headings in one language than in the other` }
    if (indicator !== undefined && !(indicator in known.indicators))
      return {
        path: [...path, 'indicator'],
        message: `there is no indicator "${indicator}"`,
        hint: `indicators: ${Object.keys(known.indicators).join(', ')}`,
      }
    if (indicator === undefined && column.counts === undefined)
      return { path, message: `column ${number} counts nothing: give counts, or an indicator` }
  }
  for (const part of ['columns', 'notes'] as const) {
    for (const [i, { needs, counts = [] }] of form[part].entries()) {
      const unknown = needs.find((id) => !(id in known.kinds.dossiers.columns))
      if (unknown !== undefined) return { path: [part, i, 'needs'], message: `"${unknown}" is not a column of dossiers` }
      if (counts.some(({ population }) => population === 'answered'))
        return { path: [part, i, 'counts'], message: 'a form counts dossiers, not answers' }
    }
  }
  for (const [i, text] of form.identities.entries()) {
    const { total, parts } = parseIdentity(text)
    const missing = [total, ...parts].find((number) => !numbers.includes(number))
    if (missing !== undefined)
      return {
        path: ['identities', i],
        message: `"${text}": form ${form.id} has no column ${missing}`,
        hint: `columns: ${numbers.join(', ')}`,
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
        message: `column ${carry_over[key]} of form ${id} does not count ${population}, all of it and nothing else`,
      }
  }
  return null
}
