import type { Mapping } from './header.js'
import { rowSorter } from './list-rows.js'
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

/** The rows of the head of a file: how many, how many of them are no entries and why, and the first `count` that are. */
export function sampleRows(
  sniffed: Sniffed,
  mapping: Mapping,
  count: number,
): { rows: number; skipped: Record<string, number>; sample: string[][] } {
  const rows = sniffed.head.slice(mapping.headerRecord + 1)
  const sortOf = rowSorter(sniffed, mapping)
  const skipped = Object.create(null) as Record<string, number>
  const sample: string[][] = []
  for (const { cells } of rows) {
    const reason = sortOf(cells)
    if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1
    else if (sample.length < count) sample.push(cells)
  }
  return { rows: rows.length, skipped, sample }
}
