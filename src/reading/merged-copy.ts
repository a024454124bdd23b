import { ToolError } from '../errors.js'
import { both, say } from '../messages/message.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { MergeFiller } from '../workbook/workbook.js'
import type { MappedColumn, Mapping } from './header.js'
import { rowSorter } from './list-rows.js'
import type { Sniffed } from './sniff.js'

/** What a row belongs to: columns that people merge over several rows. */
const BELONGS = new Set([
  'unit',
  'unit_code',
  'unit_name',
  'level',
  'type',
  'province',
  'district',
  'field',
  'procedure_code',
  'procedure_name',
  'form',
  'period',
  'metric',
  'indicator',
  'old_name',
  'new_name',
])

/**
 * Settles which columns say in an empty cell what stands above them: those that the user names (`said`: headers with commas between them, or
 * none) or the layout does. Error: merged_copy, where nobody says so of a file that looks like a copy of merged cells, each value in the
 * first of its rows only.
 */
export async function settleFillDown(mapping: Mapping, sniffed: Sniffed, said: string | undefined): Promise<Mapping> {
  if (said !== undefined && NONE.has(fold(said))) return mapping
  const named = said === undefined ? [] : namedColumns(said, mapping)
  const ofLayout = mapping.layout?.fill_down
  const fillDown = mapping.columns.filter(({ id, header }) => named.includes(headerKey(header)) || ofLayout?.includes(id))
  if (fillDown.length > 0 || ofLayout !== undefined) return { ...mapping, fillDown: fillDown.map(({ index }) => index) }
  const doubtful = await copiedColumns(mapping, sniffed)
  if (doubtful.length > 0) throw mergedCopy(doubtful, mapping, sniffed)
  return mapping
}

const NONE = new Set(['none', 'không'])

/** The keys of the headers named; a header may itself have commas. */
function namedColumns(said: string, { header }: Mapping): string[] {
  const known = new Set(header.map(headerKey))
  const parts = said.split(',')
  const found: string[] = []
  for (let from = 0; from < parts.length;) {
    let to = parts.length
    while (to > from && !known.has(headerKey(parts.slice(from, to).join(',')))) to--
    if (to > from) found.push(headerKey(parts.slice(from, to).join(',')))
    from = Math.max(to, from + 1)
  }
  return found
}

/** Fills the empty cells of columns with what stands above them, row by row. */
export function filler(columns: readonly number[]): (cells: string[]) => void {
  const above = new Map<number, string>()
  return (cells) => {
    for (const index of columns) {
      if (clean(cells[index] ?? '') !== '') above.set(index, cells[index]!)
      else if (above.has(index)) cells[index] = above.get(index)!
    }
  }
}

async function copiedColumns(mapping: Mapping, sniffed: Sniffed): Promise<MappedColumn[]> {
  const entries = entriesOf(mapping, sniffed, sniffed.head)
  const least = mapping.kind === 'dossiers' || mapping.kind === 'survey' ? 2 : 1
  const doubtful = mapping.columns.filter(({ id, index }) => BELONGS.has(id) && isCopied(entries, index, least))
  if (doubtful.length === 0 || sniffed.sheet === null) return withoutContradicted(doubtful, entries, mapping)
  const merges = new MergeFiller(await sniffed.sheet.merges())
  const filled = sniffed.head.map(({ line, cells }) => ({ line, cells: merges.fill({ line, cells: [...cells], isHidden: false }).cells }))
  const asRead = entriesOf(mapping, sniffed, filled)
  return withoutContradicted(
    doubtful.filter(({ index }) => isCopied(asRead, index, least)),
    asRead,
    mapping,
  )
}

function entriesOf(mapping: Mapping, sniffed: Sniffed, head: Sniffed['head']): string[][] {
  const sortOf = rowSorter(sniffed, mapping)
  return head
    .slice(mapping.headerRecord + 1)
    .filter(({ cells }) => sortOf(cells) === null)
    .map(({ cells }) => mapping.header.map((_, i) => clean(cells[i] ?? '')))
}

/** Each value once, the first row has one, and below most of them stand rows without: `least` of them or more. */
function isCopied(entries: readonly string[][], index: number, least: number): boolean {
  const cells = entries.map((cells) => cells[index] ?? '')
  const filled = cells.filter((cell) => cell !== '')
  if (cells[0] === '' || cells.length - filled.length < least || new Set(filled).size < filled.length) return false
  const heads = cells.filter((cell, i) => cell !== '' && cells[i + 1] === '').length
  return heads * 2 > filled.length || (heads * 2 === filled.length && filled.length > 1)
}

/** Not those where rows would then say the same of the same, and do not as they stand. */
function withoutContradicted(doubtful: MappedColumn[], entries: readonly string[][], { columns, items }: Mapping): MappedColumn[] {
  if (doubtful.length === 0) return []
  const belonging = columns.filter(({ id }) => BELONGS.has(id) || id === 'code' || id === 'name')
  if (items.length > 0 || belonging.length === doubtful.length) return doubtful
  const isTold = (rows: readonly string[][]): boolean => {
    const keys = rows.map((cells) => JSON.stringify(belonging.map(({ index }) => cells[index])))
    return new Set(keys).size === keys.length
  }
  const fill = filler(doubtful.map(({ index }) => index))
  const filled = entries.map((cells) => [...cells])
  filled.forEach(fill)
  return isTold(entries) && !isTold(filled) ? [] : doubtful
}

function mergedCopy(columns: readonly MappedColumn[], { headerRecord }: Mapping, { file, head, sheet }: Sniffed): ToolError {
  const names = columns.map(({ header }) => header)
  return new ToolError('merged_copy', say('reading.merged_copy', { columns: both(names.map((name) => `"${name}"`)), n: names.length }), {
    place: { file, ...(sheet ? { sheet: sheet.name } : {}), line: head[headerRecord]!.line },
    hint: say('reading.fill_down', { columns: names.join(',') }),
    details: { columns: names },
  })
}
