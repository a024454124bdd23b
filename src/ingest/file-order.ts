import type { Definitions } from '../definitions/load.js'
import { ToolError } from '../errors.js'
import { parseTime } from '../language/date.js'
import { identifier, type Store } from '../store/store.js'
import { cellReader, extractSql, readTimeIn } from './cell-options.js'
import { readTime } from './cells.js'
import { csvRelation, providedColumns } from './dossier-sql.js'
import { readTogether } from './together.js'
import type { MappedColumn, Mapping } from '../reading/header.js'
import { readRows } from '../reading/rows.js'
import type { Sniffed } from '../reading/sniff.js'

interface Looked {
  sniffed: Sniffed
  mapping: Mapping
}

/**
 * Dossier files in the order in which they are to be loaded: where some have no update times, the one whose newest day is older goes first.
 * Those without days stay where they are. `now`: days after it are typing errors, unless there are no others.
 */
export async function byNewestDay<File extends Looked>(
  store: Store,
  files: readonly File[],
  definitions: Definitions,
  now: string,
): Promise<File[]> {
  const isUndated = ({ mapping }: Looked): boolean => !providedColumns(mapping).includes('updated_at')
  if (files.length < 2 || !files.some(isUndated)) return [...files]
  const days = new Map<File, string>()
  for (const file of files) {
    const day = await newestDay(store, file, definitions, now)
    if (day !== null) days.set(file, day)
  }
  const dated = files
    .filter((file) => days.has(file))
    .sort((a, b) => (days.get(a)! < days.get(b)! ? -1 : days.get(a)! > days.get(b)! ? 1 : 0))
  return files.map((file) => (days.has(file) ? dated.shift()! : file))
}

/** The newest day on which anything happened; null where the file says none. The day a result is due is none of these. */
async function newestDay(store: Store, { sniffed, mapping }: Looked, definitions: Definitions, now: string): Promise<string | null> {
  const columns = mapping.columns.filter(({ id }) => definitions.kinds.dossiers.columns[id]!.type === 'time' && id !== 'due_at')
  if (columns.length === 0) return null
  const headerEnd = sniffed.endOfRecord(mapping.headerRecord)
  const inBulk =
    headerEnd && sniffed.newline !== null ? await newestInBulk(store, sniffed, mapping, columns, headerEnd.lines, now) : undefined
  return inBulk === undefined ? newestByRow(sniffed, mapping, columns, now) : inBulk
}

/** undefined: the engine can't read the file. */
async function newestInBulk(
  store: Store,
  sniffed: Sniffed,
  mapping: Mapping,
  columns: readonly MappedColumn[],
  headerLines: number,
  now: string,
): Promise<string | null | undefined> {
  const relation = csvRelation({ path: sniffed.path, delimiter: sniffed.delimiter, columns: mapping.header.map((_, i) => i), headerLines })
  const read = columns.map(({ id, index, options }) => {
    const raw = options?.extract === undefined ? `c${index}` : extractSql(`c${index}`, options.extract)
    const sample = sniffed.head.slice(mapping.headerRecord + 1).map(({ cells }) => cells[index] ?? '')
    const reading =
      options?.date_format === undefined
        ? readTime({ raw, sample }, mapping.layout?.date_system)
        : readTimeIn(raw, options.date_format, false)
    return { id, raw, reading: { ...reading, unread: undefined } }
  })
  const found = await store
    .row<{ known: string | null; any: string | null }>(
      `SELECT max(day) FILTER (day <= DATE '${now.slice(0, 10)}')::VARCHAR AS known, max(day)::VARCHAR AS "any"
       FROM (SELECT greatest(${read.map(({ id }) => identifier(id)).join(', ')})::DATE AS day FROM ${readTogether(relation, read)})
       WHERE day BETWEEN DATE '1990-01-01' AND DATE '2099-12-31'`,
    )
    .catch(() => undefined)
  return found && (found.known ?? found.any)
}

async function newestByRow(sniffed: Sniffed, mapping: Mapping, columns: readonly MappedColumn[], now: string): Promise<string | null> {
  const dateSystem = mapping.layout?.date_system ?? sniffed.sheet?.dateSystem
  const readers = columns.map(({ index, options }) => ({
    index,
    read: cellReader({ ...options, isSheet: sniffed.sheet !== null, is1904: dateSystem === 1904 }),
  }))
  let known = ''
  let any = ''
  const row = (_: number, cells: readonly string[]): void => {
    for (const { index, read } of readers) {
      const cell = cells[index] ?? ''
      if (cell === '') continue
      const said = read === null ? { text: cell } : read(cell)
      const day = 'text' in said ? parseTime(said.text)?.slice(0, 10) : undefined
      if (day === undefined) continue
      if (day > any) any = day
      if (day > known && day <= now.slice(0, 10)) known = day
    }
  }
  await readRows(sniffed, mapping, { row, broken: () => undefined }).catch((error: unknown) => {
    // What can't be read is said when it is loaded; the rows before it have their days.
    if (!(error instanceof ToolError) || error.code === 'internal') throw error
  })
  return known || any || null
}
