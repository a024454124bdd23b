import { isLayoutRow } from './dossier-sql.js'
import type { Mapping } from './header.js'
import { readRows } from './rows.js'
import type { Sniffed } from './sniff.js'

/** What a sheet hides and is read all the same: rows below the header, columns that are read, the sheet itself. */
export interface Hidden {
  rows: number
  columns: number
  sheet: boolean
}

/** Null for files that are no workbooks. `rows` are those met when the rows were read. */
export function hiddenParts({ sheet }: Sniffed, { columns, items }: Mapping, rows: number): Hidden | null {
  if (sheet === null) return null
  const isHidden = ({ index }: { index: number }): boolean => sheet.hiddenColumns.some(({ left, right }) => left <= index && index <= right)
  return { rows, columns: [...columns, ...items].filter(isHidden).length, sheet: sheet.isHidden }
}

/** As hiddenParts, of a file that is only looked at: its rows are read to the end where some further down may be hidden. */
export async function findHiddenParts(sniffed: Sniffed, mapping: Mapping): Promise<Hidden | null> {
  if (await sniffed.sheet?.mayHideMore()) {
    const { hidden } = await readRows(sniffed, mapping, {
      row: () => undefined,
      broken: () => undefined,
      columns: mapping.columns.map(({ index }) => index),
    })
    return hiddenParts(sniffed, mapping, hidden)
  }
  const rows = sniffed.head.slice(mapping.headerRecord + 1).filter(({ line, cells }) => {
    return sniffed.sheet?.hiddenLines.has(line) && !isLayoutRow(cells, mapping)
  })
  return hiddenParts(sniffed, mapping, rows.length)
}

/** The first rows of data: neither the numbers of the columns, nor the header again, nor totals. */
export function sampleRows(sniffed: Sniffed, mapping: Mapping, count: number): string[][] {
  const rows = sniffed.head.slice(mapping.headerRecord + 1).map(({ cells }) => cells)
  return rows.filter((cells) => !isLayoutRow(cells, mapping)).slice(0, count)
}
