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
  const quick = columns.map(({ id, reading }) => `${reading.quick} AS ${quickName(id)}`)
  const alike = groupsOf(columns, ({ reading }) => reading.careful)
  const careful = alike.map(({ sql, members }, i) => {
    const needs = members.map(({ id, raw }) => `(${quickName(id)} IS NULL AND ${raw} IS NOT NULL)`)
    const cells = members.map(({ raw }, k) => `CASE WHEN ${needs[k]} THEN ${raw} END`)
    return `${overCells(needs, cells, sql)} AS "careful ${i}"`
  })
  const values = columns.map(({ id, reading: { value = (quickly: string) => quickly } }) => {
    const group = alike.findIndex(({ members }) => members.some((one) => one.id === id))
    const place = group < 0 ? 0 : alike[group]!.members.findIndex((one) => one.id === id) + 1
    return `${value(quickName(id), group < 0 ? 'NULL' : `"careful ${group}"[${place}]`)} AS ${identifier(id)}`
  })
  const bounded = columns.flatMap(({ id, reading: { within } }) => (within ? [`${within(identifier(id))} AS ${identifier(id)}`] : []))
  const read = `(SELECT *, ${values.join(',\n        ')} FROM ${withMore(careful, `(SELECT *, ${quick.join(',\n        ')} FROM ${relation})`)})`
  const inBounds = bounded.length === 0 ? read : `(SELECT * REPLACE (${bounded.join(', ')}) FROM ${read})`
  const unread = groupsOf(columns, ({ reading }) => reading.unread).map(({ sql, members }, i) => {
    const needs = members.map(({ id, raw }) => `(${identifier(id)} IS NULL AND ${raw} IS NOT NULL)`)
    const cells = members.map(({ raw }, k) => `CASE WHEN ${needs[k]} THEN ${raw} END`)
    return `${overCells(needs, cells, sql)} AS "unread ${i}"`
  })
  return withMore(unread, inBounds)
}

/** SQL over the relation of readTogether, true where a column's cell says something that can't be read. */
export function problemsOf(columns: readonly ReadColumn[]): string[] {
  const groups = groupsOf(columns, ({ reading }) => reading.unread)
  return columns.map(({ id, reading }) => {
    if (reading.problem) return reading.problem(identifier(id))
    const group = groups.findIndex(({ members }) => members.some((one) => one.id === id))
    return group < 0 ? 'false' : `"unread ${group}"[${groups[group]!.members.findIndex((one) => one.id === id) + 1}]`
  })
}

/** The name of what a column's quick reading gave. */
export const quickName = (id: string): string => identifier(`quick ${id}`)
const withMore = (more: readonly string[], relation: string): string =>
  more.length === 0 ? relation : `(SELECT *, ${more.join(',\n        ')} FROM ${relation})`
/** SQL of a list, an expression over `raw` of each cell; NULL where none is needed. */
const overCells = (needs: readonly string[], cells: readonly string[], expression: string): string =>
  `CASE WHEN ${needs.join(' OR ')} THEN list_transform([${cells.join(', ')}], lambda raw: ${expression}) END`

function groupsOf(
  columns: readonly ReadColumn[],
  sqlOf: (column: ReadColumn) => string | undefined,
): { sql: string; members: ReadColumn[] }[] {
  const groups = new Map<string, ReadColumn[]>()
  for (const column of columns) {
    const sql = sqlOf(column)
    if (sql !== undefined) groups.set(sql, [...(groups.get(sql) ?? []), column])
  }
  return [...groups].map(([sql, members]) => ({ sql, members }))
}
