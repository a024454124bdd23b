import type { Definitions } from './load.js'
import { listed, say, type Message } from '../messages/message.js'
import type { Layout } from './schema.js'

/** Where a layout's column stands in a file, and what its cells say. */
export interface LayoutColumn {
  /** Headers it is known by, any of them; none where the position says it. */
  headers: string[]
  /** Counted from 1. */
  position?: number | undefined
  date_format?: string | undefined
  unit?: number | undefined
  extract?: string | undefined
  is_optional?: boolean | undefined
}

/** A problem of a layout: the path to it, what is wrong, what could stand there. */
export interface LayoutProblem {
  path: string[]
  message: Message
  hint?: Message
}

/** A layout's column in its one full form. */
export function layoutColumn(said: Layout['columns'][string]): LayoutColumn {
  if (typeof said === 'string') return { headers: [said] }
  if (Array.isArray(said)) return { headers: said }
  const { header = [], ...rest } = said
  return { headers: typeof header === 'string' ? [header] : header, ...rest }
}

/** Whether a layout names some column by its number. */
export function countsColumns({ columns, skip = [] }: Layout): boolean {
  const said = [...Object.values(columns).map((one) => layoutColumn(one).position), ...skip.map(({ column, only }) => only ?? column)]
  return said.some((one) => typeof one === 'number')
}

/** What a layout says that the columns and values of its kind do not have; null: nothing. */
export function layoutProblem(layout: Layout, { kinds, vocabularies }: Pick<Definitions, 'kinds' | 'vocabularies'>): LayoutProblem | null {
  const { columns: known, requires } = kinds[layout.kind]
  const columns = Object.entries(layout.columns).map(([id, said]) => ({ id, ...layoutColumn(said) }))
  for (const part of ['columns', 'constants', 'values'] as const) {
    const unknown = Object.keys(layout[part]).find((id) => !(id in known))
    if (unknown)
      return {
        path: [part, unknown],
        message: say('definitions.layout_column', { layout: layout.id, column: unknown, kind: layout.kind }),
        hint: say('definitions.columns_are', { all: listed(Object.keys(known)) }),
      }
  }
  const twice = Object.keys(layout.constants).find((id) => id in layout.columns)
  if (twice) return { path: ['constants', twice], message: say('definitions.also_constant', { column: twice }) }
  const blind = layout.empty_is_unknown?.find((id) => !(id in layout.columns))
  if (blind) return { path: ['empty_is_unknown'], message: say('definitions.not_among_columns', { column: blind, layout: layout.id }) }
  for (const { id, date_format, unit } of columns) {
    const { type } = known[id]!
    if (date_format !== undefined && type !== 'time' && type !== 'date')
      return { path: ['columns', id, 'date_format'], message: say('definitions.no_date', { column: id }) }
    if (unit !== undefined && type !== 'money')
      return { path: ['columns', id, 'unit'], message: say('definitions.no_money', { column: id }) }
  }
  const sure = columns.filter(({ is_optional }) => !is_optional).map(({ id }) => id)
  const given = layout.kind === 'dossiers' ? sure : [...sure, ...Object.keys(layout.constants)]
  const missing = requires[0]!.find((id) => requires.every((needed) => needed.includes(id)) && !given.includes(id))
  if (missing) return { path: ['columns'], message: say('definitions.kind_needs', { kind: layout.kind, column: missing }) }
  return layout.kind === 'dossiers' ? valueProblem(layout, known, vocabularies) : null
}

/** Values that a column of dossiers can't have. */
function valueProblem(
  { constants, values }: Layout,
  known: Definitions['kinds']['dossiers']['columns'],
  vocabularies: Definitions['vocabularies'],
): LayoutProblem | null {
  const said = [
    ...Object.entries(constants).map(([id, value]) => ({ id, value, path: ['constants', id] })),
    ...Object.entries(values).flatMap(([id, texts]) =>
      Object.entries(texts).map(([text, value]) => ({ id, value, path: ['values', id, text] })),
    ),
  ]
  for (const { id, value, path } of said) {
    const { type } = known[id]!
    const allowed = type === 'flag' ? vocabularies.flag : type === 'choice' ? vocabularies[id] : undefined
    if (allowed && !Object.hasOwn(allowed, value))
      return {
        path,
        message: say('definitions.not_a_value', { value, of: id }),
        hint: say('definitions.values_are', { all: listed(Object.keys(allowed)) }),
      }
  }
  return null
}
