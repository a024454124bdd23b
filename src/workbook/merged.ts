import type { Merge, SheetRow, Span } from './rows.js'

/**
 * Gives the rows of a sheet, from above, what merged cells say of them: in the rows below its first the leftmost cell of an area has the
 * value of its first row. `across` of a row is where an area goes over several columns. Empty rows stay so.
 */
export class MergeFiller {
  private readonly coming: Merge[]
  private at = 0
  private active: { area: Merge; text: string }[] = []

  /** `areas`: those known from the start; the others are added before the row that they begin in ends. */
  constructor(areas: readonly Merge[] = []) {
    this.coming = [...areas].sort((a, b) => a.top - b.top)
  }

  add(area: Merge): void {
    this.coming.push(area)
  }

  fill(row: SheetRow): SheetRow {
    const line = row.line - 1
    if (this.active.length > 0) this.active = this.active.filter(({ area }) => area.bottom >= line)
    for (; this.at < this.coming.length && this.coming[this.at]!.top <= line; this.at++) {
      const area = this.coming[this.at]!
      if (area.bottom >= line) this.active.push({ area, text: area.top === line ? (row.cells[area.left] ?? '') : '' })
    }
    if (this.active.length === 0) return row
    const across: Span[] = []
    for (const { area, text } of this.active) {
      if (text === '') continue
      while (row.cells.length <= area.left) row.cells.push('')
      row.cells[area.left] ||= text
      if (area.right > area.left) across.push({ left: area.left, right: area.right })
    }
    return across.length === 0 ? row : { ...row, across }
  }
}
