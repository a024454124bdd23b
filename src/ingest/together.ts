import { identifier } from '../store/store.js'
import type { ColumnReading } from './cells.js'

/** A column of a relation and how it is read. */
export interface ReadColumn {
  /** The name its value gets. */
  id: string
  /** SQL of the raw text. */
  raw: string
  reading: ColumnReading
}

/**
 * The SQL of a relation with the values of columns beside what it has. What columns are read alike by stands in it once, as a lambda over the
 * cells of a row that need it: the engine plans every mention of a regexp anew, which costs a small file more than reading it.
 */
export function readTogether(relation: string, columns: readonly ReadColumn[]): string {
  const careful = alike(columns, 'careful')
  const quick = columns.map(({ id, reading }) => `${reading.quick} AS ${quickName(id)}`)
  const values = columns.map(
    ({ id, reading: { value = (quickly: string) => quickly } }) => `${value(quickName(id), careful.of(id))} AS ${identifier(id)}`,
  )
  const bounded = columns.flatMap(({ id, reading: { within } }) => (within ? [`${within(identifier(id))} AS ${identifier(id)}`] : []))
  const read = withMore(values, withMore(careful.lists(quickName), withMore(quick, relation)))
  const inBounds = bounded.length === 0 ? read : `(SELECT * REPLACE (${bounded.join(', ')}) FROM ${read})`
  return withMore(alike(columns, 'unread').lists(identifier), inBounds)
}

/** SQL over the relation of readTogether, true where a column's cell says something that can't be read. */
export function problemsOf(columns: readonly ReadColumn[]): string[] {
  const unread = alike(columns, 'unread')
  return columns.map(({ id, reading }) => (reading.problem ? reading.problem(identifier(id)) : unread.of(id)))
}

/** The name of what a column's quick reading gave. */
export const quickName = (id: string): string => identifier(`quick ${id}`)
const withMore = (more: readonly string[], relation: string): string =>
  more.length === 0 ? relation : `(SELECT *, ${more.join(',\n        ')} FROM ${relation})`

interface Alike {
  /** SQL of the lists, one for each expression: it over the cells of which the name that `missing` gives is NULL; NULL where none is needed. */
  lists: (missing: (id: string) => string) => string[]
  /** SQL of what is in them of a column; NULL where it is in none. */
  of: (id: string) => string
}

/** Columns that have the same expression. */
function alike(columns: readonly ReadColumn[], part: 'careful' | 'unread'): Alike {
  const groups = new Map<string, ReadColumn[]>()
  for (const column of columns) {
    const expression = column.reading[part]
    if (expression !== undefined) groups.set(expression, [...(groups.get(expression) ?? []), column])
  }
  const places = new Map(
    [...groups.values()].flatMap((members, i) => members.map(({ id }, k) => [id, `"${part} ${i}"[${k + 1}]`] as const)),
  )
  return {
    of: (id) => places.get(id) ?? 'NULL',
    lists: (missing) =>
      [...groups].map(([expression, members], i) => {
        const needs = members.map(({ id, raw }) => `(${missing(id)} IS NULL AND ${raw} IS NOT NULL)`)
        const cells = members.map(({ raw }, k) => `CASE WHEN ${needs[k]} THEN ${raw} END`)
        return `CASE WHEN ${needs.join(' OR ')} THEN list_transform([${cells.join(', ')}], lambda raw: ${expression}) END AS "${part} ${i}"`
      }),
  }
}
