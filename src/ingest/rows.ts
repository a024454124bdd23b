import { Parser, type CsvError } from 'csv-parse'

import { ToolError } from '../errors.js'
import { readText } from './decode.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

/** A row the careful road could not take, with the first thing wrong with it. */
export interface BrokenRow {
  line: number
  column: string | null
  text: string | null
  reason: 'row_too_long' | 'row_too_short' | 'cell_too_long' | 'nul_byte'
}

export interface RowReader {
  /** Takes the row's cells of the wanted columns, null where empty, in the order of `wanted`. */
  row: (line: number, cells: (string | null)[]) => void
  broken: (row: BrokenRow) => void
  /** Called between chunks; the reading waits for it. */
  drain: () => Promise<void>
}

/** The engine's own limit; both roads refuse a longer record. */
const LONGEST_RECORD = 2_097_152

/**
 * The careful road: every record after the header through csv-parse, with its exact line. Cells beyond the header are fine when
 * empty. Errors: unclosed_quote (with the line it opens on), malformed_csv. Returns the counts of rows and blank lines.
 */
export async function readRows(
  sniffed: Sniffed,
  mapping: Mapping,
  wanted: readonly number[],
  use: RowReader,
): Promise<{ rows: number; blank: number }> {
  const width = mapping.header.length
  let seen = -1
  let rows = 0
  let blank = 0
  let previousLine = 0
  const parser = new Parser({
    delimiter: sniffed.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    bom: true,
    skip_empty_lines: true,
    on_record: (cells: string[], info: { lines: number; empty_lines: number }) => {
      blank = info.empty_lines
      seen++
      const apart = info.lines - previousLine
      previousLine = info.lines
      if (seen <= mapping.headerRecord) return null
      rows++
      let line = info.lines
      if (apart > 1) for (const cell of cells) if (cell.includes('\n')) line -= cell.split('\n').length - 1
      const broken = cells.length === width ? null : raggedness(cells, width)
      if (broken) use.broken({ line, ...broken })
      else takeRow(line, cells)
      return null
    },
  })
  const takeRow = (line: number, cells: string[]): void => {
    const kept = wanted.map((index) => {
      const cell = cells[index]!
      return cell === '' ? null : cell
    })
    let length = 0
    for (const cell of cells) length += cell.length
    const nul = kept.findIndex((cell) => cell !== null && cell.includes('\0'))
    if (nul >= 0) use.broken({ line, column: mapping.header[wanted[nul]!] ?? null, text: visible(kept[nul]!), reason: 'nul_byte' })
    else if (length > LONGEST_RECORD / 4 && Buffer.byteLength(cells.join()) + cells.length > LONGEST_RECORD) {
      use.broken({ line, column: null, text: null, reason: 'cell_too_long' })
    } else use.row(line, kept)
  }
  let failure: CsvError | Error | undefined
  parser.on('error', (error) => (failure = error))
  parser.resume()
  for await (const chunk of readText(sniffed.file, sniffed.encoding)) {
    parser.write(chunk)
    if (failure) break
    await use.drain()
  }
  if (!failure) {
    await new Promise<void>((done) => {
      parser.once('end', done)
      parser.once('error', () => done())
      parser.end()
    })
  }
  if (failure) throw explain(failure, sniffed, previousLine)
  await use.drain()
  return { rows, blank }
}

function raggedness(cells: string[], width: number): Omit<BrokenRow, 'line'> | null {
  if (cells.length < width) return { column: null, text: `${cells.length} of ${width} columns`, reason: 'row_too_short' }
  const extra = cells.slice(width)
  return extra.every((cell) => cell === '') ? null : { column: null, text: `${cells.length} of ${width} columns`, reason: 'row_too_long' }
}

function visible(text: string): string {
  return text.replaceAll('\0', '␀').slice(0, 200)
}

function explain(error: CsvError | Error, sniffed: Sniffed, lastLine: number): ToolError {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ToolError('unclosed_quote', 'a quote (") is opened and never closed', {
      place: { file: sniffed.file, line: lastLine + 1 },
      hint: 'close or remove the quote on that line, or export the file again',
    })
  }
  if (error instanceof ToolError) return error
  return new ToolError('malformed_csv', `not readable as CSV: ${error.message}`, { place: { file: sniffed.file, line: lastLine + 1 } })
}
