import type { Column } from './document.js'

/** A cell of a table's header, covering some columns and header rows. */
export interface HeaderCell {
  text: string
  /** The first column it stands over. */
  column: number
  columns: number
  rows: number
  /** Whether it stands over other headings. */
  isGroup: boolean
}

/** The rows of a table's header: neighbours whose headings begin alike share those; the last heading of a column reaches down to the figures. */
export function headerRows(columns: readonly Column[]): HeaderCell[][] {
  const depth = Math.max(1, ...columns.map(({ headings }) => headings.length))
  const rows: HeaderCell[][] = Array.from({ length: depth }, (_, level) => {
    const cells: HeaderCell[] = []
    for (let column = 0; column < columns.length;) {
      const { headings } = columns[column]!
      const isOwn = level === headings.length - 1
      let end = column + 1
      while (!isOwn && end < columns.length && sharesHeadings(columns[column]!, columns[end]!, level)) end++
      if (level < headings.length) {
        cells.push({
          text: headings[level]!,
          column,
          columns: end - column,
          rows: isOwn ? depth - level : 1,
          isGroup: !isOwn,
        })
      }
      column = end
    }
    return cells
  })
  if (columns.every(({ number }) => number === null)) return rows
  return [...rows, columns.map(({ number }, column) => ({ text: number ?? '', column, columns: 1, rows: 1, isGroup: false }))]
}

function sharesHeadings(one: Column, other: Column, level: number): boolean {
  if (other.headings.length - 1 <= level || one.headings.length - 1 <= level) return false
  return one.headings.slice(0, level + 1).every((heading, i) => heading === other.headings[i])
}
