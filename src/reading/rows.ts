import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Parser, type CsvError } from 'csv-parse'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { clean } from '../language/fold.js'
import { readText, utf8Check } from './decode.js'
import type { Mapping } from './header.js'
import { withoutMarks } from './inner-marks.js'
import { isTotalWord, OTHER_HEADER, rowSorter } from './list-rows.js'
import { filler } from './merged-copy.js'
import { runawayCheck } from './runaway-quote.js'
import { headerOrder } from './second-header.js'
import { recordEnds, type Sniffed } from './sniff.js'
import { NOT_COMPUTED, readSheet, type Span } from '../workbook/workbook.js'

/** A row the careful road could not take, with the first thing wrong with it. */
export interface BrokenRow {
  line: number
  /** The header of the column, where one is to blame. */
  column: string | null
  text: string | null
  reason: 'row_too_long' | 'row_too_short' | 'cell_too_long' | 'nul_byte' | 'invalid_utf8' | 'error_cell' | 'formula_not_computed'
}

export interface RowReader {
  /** Takes a whole record that is an entry of the list: as many cells as the header has columns, or more. */
  row: (line: number, cells: readonly string[]) => void
  broken: (row: BrokenRow, cells: readonly string[]) => void
}

interface RowsRead {
  rows: number
  /** Rows that are no entries of the list, by reason: blank lines, totals, those that a layout names. */
  skipped: Record<string, number>
  /** Entries that a sheet hides. */
  hidden: number
}

/** The engine's own limit; both roads refuse a longer record. */
const LONGEST_RECORD = 2_097_152

/**
 * The careful road: every record after the header through csv-parse, with its exact line. Cells beyond the header are fine when
 * empty, as are missing ones under its empty last columns. Errors: unclosed_quote (with the line it opens on), malformed_csv.
 */
export async function readRows(sniffed: Sniffed, mapping: Mapping, use: RowReader): Promise<RowsRead> {
  if (sniffed.sheet !== null) return readSheetRows(sniffed, sniffed.sheet.name, mapping, use)
  const width = mapping.header.length
  const named = mapping.header.findLastIndex((cell) => clean(cell) !== '') + 1
  const counts: RowsRead = { rows: 0, skipped: Object.create(null) as RowsRead['skipped'], hidden: 0 }
  const entries = entriesOf(counts, sniffed, mapping)
  const fillDown = filler(mapping.fillDown)
  const refuseRunaway = runawayCheck(sniffed, mapping)
  let seen = -1
  let line = 1
  let hasNul = false
  let hasBadBytes = false
  const isUtf8 = utf8Check()
  const parser = new Parser({
    delimiter: sniffed.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    bom: true,
    ...recordEnds(sniffed.hasLineFeeds),
  })
  const take = (found: string[]): void => {
    const start = line++
    let length = found.length
    for (const cell of found) {
      length += cell.length
      if (cell.includes('\n')) line += cell.split('\n').length - 1
    }
    if (found.length === 1 && found[0]!.trim() === '') {
      if (seen >= mapping.headerRecord) count(counts, 'blank line')
      return
    }
    if (++seen <= mapping.headerRecord) return
    if (line > start + 1) refuseRunaway(start, found)
    if (!entries.includes(start, found)) return
    const cells = entries.arranged(found)
    counts.rows++
    fillDown(cells)
    while (cells.length >= named && cells.length < width) cells.push('')
    const broken = cells.length === width ? null : raggedness(cells, width)
    if (broken) use.broken({ line: start, ...broken }, cells)
    else if (hasNul && cells.some((cell) => cell.includes('\0'))) {
      const index = cells.findIndex((cell) => cell.includes('\0'))
      use.broken({ line: start, column: clean(mapping.header[index] ?? ''), text: null, reason: 'nul_byte' }, cells)
    } else if (hasBadBytes && cells.some((cell) => cell.includes('\ufffd'))) {
      const index = cells.findIndex((cell) => cell.includes('\ufffd'))
      use.broken(
        { line: start, column: clean(mapping.header[index] ?? ''), text: cells[index]!.slice(0, 200), reason: 'invalid_utf8' },
        cells,
      )
    } else if (length > LONGEST_RECORD / 4 && Buffer.byteLength(cells.join()) > LONGEST_RECORD) {
      use.broken({ line: start, column: null, text: null, reason: 'cell_too_long' }, cells)
    } else use.row(start, cells)
  }
  const source = Readable.from(watched(), { objectMode: false })
  try {
    source.pipe(parser)
    source.once('error', (error) => parser.destroy(error))
    parser.on('readable', () => {
      try {
        for (let cells = parser.read() as string[] | null; cells !== null; cells = parser.read() as string[] | null) take(cells)
      } catch (error) {
        parser.destroy(error as Error)
      }
    })
    await finished(parser)
  } catch (error) {
    throw explain(error as CsvError | Error, sniffed, line)
  }
  return counts

  async function* watched(): AsyncGenerator<string | Buffer> {
    for await (const chunk of withoutMarks(readText(sniffed, sniffed.encoding, sniffed.isPacked))) {
      if (!hasNul) hasNul = chunk.includes('\0')
      if (!hasBadBytes && typeof chunk !== 'string') hasBadBytes = !isUtf8(chunk)
      yield chunk
    }
  }
}

const ERROR_CELL = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/

/** As readRows, for a sheet: a row ends with its last cell that is not empty, and a formula may have failed. */
async function readSheetRows(sniffed: Sniffed, sheet: string, mapping: Mapping, use: RowReader): Promise<RowsRead> {
  const width = mapping.header.length
  const headerLine = sniffed.head[mapping.headerRecord]!.line
  const wanted = [...mapping.columns, ...mapping.items]
  const counts: RowsRead = { rows: 0, skipped: Object.create(null) as RowsRead['skipped'], hidden: 0 }
  const entries = entriesOf(counts, sniffed, mapping)
  const fillDown = filler(mapping.fillDown)
  await readSheet(sniffed, sheet, ({ line, cells: found, isHidden, across }) => {
    if (line <= headerLine) return
    let length = 0
    for (const cell of found) length += cell.length
    if (length === 0) {
      count(counts, 'blank line')
      return
    }
    if (!entries.includes(line, found)) return
    for (const span of across ?? []) spread(found, span)
    const cells = entries.arranged(found)
    counts.rows++
    if (isHidden) counts.hidden++
    fillDown(cells)
    while (cells.length < width) cells.push('')
    const broken = cells.length === width ? null : raggedness(cells, width)
    const failed = wanted.find(({ index }) => cells[index]!.startsWith('#') && ERROR_CELL.test(cells[index]!))
    if (broken) use.broken({ line, ...broken }, cells)
    else if (failed) use.broken({ line, ...failure(failed.header, cells[failed.index]!) }, cells)
    else if (length > LONGEST_RECORD / 4 && Buffer.byteLength(cells.join()) > LONGEST_RECORD)
      use.broken({ line, column: null, text: null, reason: 'cell_too_long' }, cells)
    else use.row(line, cells)
  })
  return counts
}

/** A merged cell says in each of its columns what it says in the first; the word for a total stands for them all. */
function spread(cells: string[], { left, right }: Span): void {
  const text = cells[left]!
  if (isTotalWord(text)) return
  while (cells.length <= right) cells.push('')
  for (let column = left + 1; column <= right; column++) cells[column] ||= text
}

function count({ skipped }: RowsRead, reason: string): void {
  skipped[reason] = (skipped[reason] ?? 0) + 1
}

interface Entries {
  /** Whether a row is an entry of the list; one that is not is counted. */
  includes: (line: number, cells: string[]) => boolean
  /** Its cells in the order of the header. */
  arranged: (cells: string[]) => string[]
}

function entriesOf(counts: RowsRead, sniffed: Sniffed, mapping: Mapping): Entries {
  const sortOf = rowSorter(sniffed, mapping)
  const { arranged, take } = headerOrder(sniffed, mapping)
  return {
    arranged,
    includes: (line, cells) => {
      const reason = sortOf(arranged(cells))
      if (reason === OTHER_HEADER) take(line, cells)
      if (reason !== null) count(counts, reason === OTHER_HEADER ? 'header again' : reason)
      return reason === null
    },
  }
}

function failure(column: string, text: string): Omit<BrokenRow, 'line'> {
  return text === NOT_COMPUTED ? { column, text: null, reason: 'formula_not_computed' } : { column, text, reason: 'error_cell' }
}

function raggedness(cells: string[], width: number): Omit<BrokenRow, 'line'> | null {
  if (cells.length < width) return { column: null, text: `${cells.length} of ${width} columns`, reason: 'row_too_short' }
  const extra = cells.slice(width)
  return extra.every((cell) => cell === '') ? null : { column: null, text: `${cells.length} of ${width} columns`, reason: 'row_too_long' }
}

function explain(error: CsvError | Error, sniffed: Sniffed, line: number): ToolError {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ToolError('unclosed_quote', say('reading.quote_open'), {
      place: { file: sniffed.file, line },
      hint: say('reading.close_quote'),
    })
  }
  if (error instanceof ToolError) return error
  return new ToolError('malformed_csv', say('reading.not_csv', { problem: error.message }), { place: { file: sniffed.file, line } })
}
