import type { CellStyle } from 'hucre/xlsx'

import type { Language } from '../../language/labels.js'
import type { Status } from '../../measure/compare.js'
import { cellText, isNumeric } from '../cell.js'
import type { Cell, Column, Row, Table } from '../document.js'
import { headerRows } from '../header.js'
import { columnLetters, lineHeight, range, widthOf, type Canvas } from './canvas.js'
import { body, columnNumber, heading, numberOf, tinted } from './styles.js'

/** Where a table came to stand. Rows count from 0. */
export interface Placed {
  /** The first row of its header. */
  header: number
  /** The first row of its body: the lowest of the header is above it. */
  body: number
  /** The last row of its body; above `body` where it has none. */
  last: number
  columns: number
}

/** How much wider totals and headings are. */
const BOLD = 1.1
const NARROWEST = 9
/** 100,00% ▼ */
const MARKED_RATE = 10.5
const WIDEST_FIRST = 42
const WIDEST_TEXT = 52
const MOST_HEADING_LINES = 4
/** Room for the button that filters. */
const BUTTON = 2
const MARKED: Status[] = ['missed', 'met', 'exceeded', 'no_data']

/** A table without the columns that only drawings fill. */
export function withoutTrends(table: Table): Table {
  const isKept = table.columns.map(({ kind }) => kind !== 'trend')
  const keep = <Item>(items: readonly Item[]): Item[] => items.filter((_, i) => isKept[i])
  return { ...table, columns: keep(table.columns), rows: table.rows.map((row) => ({ ...row, cells: keep(row.cells) })) }
}

/** How wide a table's columns are to be, in digits. */
export function columnWidths(table: Table, language: Language): number[] {
  return table.columns.map((column, i) => {
    const texts = [...table.rows.map(({ cells }) => cellText(cells[i]!, language, column)), column.number ?? '']
    const longest = texts.reduce((most, text) => Math.max(most, ...text.split('\n').map(widthOf)), 0)
    const widest = isNumeric(column) ? Infinity : i === 0 ? WIDEST_FIRST : WIDEST_TEXT
    const least = column.kind === 'rate' && isMarked(column, table) ? MARKED_RATE : NARROWEST
    return Math.max(least, Math.min(longest * BOLD + (isNumeric(column) ? 2 : 4), widest), headingWidth(column.headings.at(-1) ?? ''))
  })
}

/** Writes a table at the canvas's next row. */
export function drawTable(canvas: Canvas, table: Table, language: Language): Placed {
  const header = canvas.row
  drawHeader(canvas, table)
  const start = canvas.row
  const hasParts = table.rows.some(({ isTotal }) => isTotal) && table.rows.some(({ isTotal }) => !isTotal)
  for (const row of table.rows) {
    row.cells.forEach((cell, i) => {
      const { value, style } = bodyCell(cell, { row, table, column: i, hasParts, language })
      canvas.put(canvas.row, i, value, style)
    })
    canvas.fitHeight(canvas.row)
    canvas.row++
  }
  const placed = { header, body: start, last: canvas.row - 1, columns: table.columns.length }
  addStatusRules(canvas, table, placed, language)
  return placed
}

function drawHeader(canvas: Canvas, table: Table): void {
  const rows = headerRows(table.columns)
  const hasNumbers = table.columns.some(({ number }) => number !== null)
  const heights = rows.map(() => 1)
  rows.forEach((cells, level) => {
    const style = hasNumbers && level === rows.length - 1 ? columnNumber : heading
    for (const cell of cells) {
      canvas.putOver(canvas.row + level, cell.column, cell.rows, cell.columns, cell.text, style)
      const needed = canvas.linesOf(cell.text, cell.column, cell.columns, style)
      const last = level + cell.rows - 1
      const given = heights.slice(level, last).reduce((sum, one) => sum + one, 0)
      heights[last] = Math.max(heights[last]!, needed - given)
    }
  })
  heights.forEach((lines, level) => canvas.setHeight(canvas.row + level, lines * lineHeight(heading) + 5))
  canvas.row += rows.length
}

interface Place {
  row: Row
  table: Table
  column: number
  hasParts: boolean
  language: Language
}

function bodyCell(cell: Cell, { row, table, column: i, hasParts, language }: Place): { value: string | number | null; style: CellStyle } {
  const column = table.columns[i]!
  const marks = isMarked(column, table)
  const look = {
    isTotal: row.isTotal && hasParts,
    isIndented: i > 0 || (row.depth > 0 && hasParts),
    isNumeric: isNumeric(cell),
    tint: marks && cell.kind === 'rate' ? tintOf(cell, table) : null,
  }
  const number = numberOf(cell, marks)
  if (number) return { value: number.value, style: body({ ...look, format: number.format }) }
  const text = cellText(cell, language, column)
  return { value: text === '' ? null : text, style: body({ ...look, isFaint: cell.kind === 'rate' }) }
}

/** Heat tables are shaded all over, others only where someone must act. */
function tintOf({ shown, status }: Cell & { kind: 'rate' }, { isHeat }: Table): Status | null {
  if (shown === null) return isHeat ? 'no_data' : null
  return isHeat || status === 'missed' ? status : null
}

/** Whether the rates of a column carry the mark of their status. */
function isMarked({ isBare }: Column, { isHeat }: Table): boolean {
  return isBare || isHeat
}

/** Columns that say a status get rules, so that they keep their shade when cells are copied or overwritten. */
function addStatusRules(canvas: Canvas, table: Table, { body: start, last }: Placed, language: Language): void {
  if (last < start) return
  table.columns.forEach(({ kind }, i) => {
    if (kind !== 'status') return
    for (const status of MARKED) {
      const style = tinted(status)
      const mark = cellText({ kind: 'status', status, isBelow: false }, language)[0]
      if (!style || mark === undefined) continue
      canvas.rules.push({
        type: 'expression',
        priority: canvas.rules.length + 1,
        formula: `LEFT(${columnLetters(i)}${start + 1},1)="${mark}"`,
        range: range(start, i, last, i),
        style,
      })
    }
  })
}

/** As narrow as a heading can be in few lines, no word broken. */
function headingWidth(text: string): number {
  const words = text.split(/[\s\n]+/).map(widthOf)
  return Math.min(24, Math.max(...words, Math.ceil(widthOf(text) / MOST_HEADING_LINES)) * BOLD + BUTTON)
}
