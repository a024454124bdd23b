import type { Language } from '../../language/labels.js'
import { cellText, isNumeric } from '../cell.js'
import type { Column, Table } from '../document.js'
import { headerRows, type HeaderCell } from '../header.js'
import { visible } from '../../messages/visible.js'
import { fit, linesOf } from '../list.js'
import { wrap } from './table.js'

/* Columns go before texts get narrower than the first; texts never get narrower than the second, and go on below. */
const TEXT_COMFORTABLE = 24
const TEXT_AT_LEAST = 12
const GAP = 2

const length = (text: string): number => [...text].length
const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, length(text)), 0)

/**
 * A table with grouped headings for a terminal: headings above what they stand over, numbers to the right and never wrapped. Where it
 * does not fit, texts go on below, then columns are left out in the order of their rank; `hidden` are those. Drawings are left out anyway.
 */
export function renderGrid(table: Table, language: Language, width: number): { lines: string[]; hidden: Column[] } {
  const all = table.columns.map((column, i) => ({
    column,
    texts: table.rows.map(({ cells }) => visible(cellText(cells[i]!, language, column))),
  }))
  let shown = all.filter(({ column }) => column.kind !== 'trend')
  const hidden: Column[] = []
  for (;;) {
    const columns = shown.map(({ column }) => column)
    const widths =
      [2, 3, Infinity].map((lines) => widthsOf(shown, columns, lines)).find((some) => total(some) <= width) ?? widthsOf(shown, columns)
    shrink(widths, columns, width, TEXT_COMFORTABLE)
    const last = columns.reduce<Column | null>((worst, one) => (one.rank > 0 && one.rank >= (worst?.rank ?? 1) ? one : worst), null)
    if (total(widths) > width && last !== null) {
      hidden.unshift(last)
      shown = shown.filter(({ column }) => column !== last)
      continue
    }
    shrink(widths, columns, width, TEXT_AT_LEAST)
    const rows = table.rows.map((_, row) => shown.map(({ texts }) => texts[row]!))
    const lines = [...drawHeader(columns, widths), '─'.repeat(total(widths)), ...rows.flatMap((texts) => drawRow(texts, columns, widths))]
    return { lines: lines.map((line) => line.trimEnd()), hidden: table.columns.filter((one) => hidden.includes(one)) }
  }
}

const total = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one, 0) + GAP * (widths.length - 1)

/** As wide as the cells and the headings, these in some lines, else in a line a word; groups may need more than their columns do. */
function widthsOf(shown: readonly { column: Column; texts: string[] }[], columns: readonly Column[], lines = Infinity): number[] {
  const widths = shown.map(({ texts }) => longest(texts))
  for (const cell of headerRows(columns).flat().toReversed()) {
    const text = visible(cell.text)
    let needed = longest(wrap(text, 1))
    while (wrap(text, needed).length > lines) needed++
    const missing = needed - span(cell, widths)
    if (missing > 0) widths[cell.column + cell.columns - 1]! += missing
  }
  return widths
}

const span = ({ column, columns }: HeaderCell, widths: readonly number[]): number => total(widths.slice(column, column + columns))

function shrink(widths: number[], columns: readonly Column[], width: number, atLeast: number): void {
  while (total(widths) > width) {
    const texts = columns.flatMap((column, i) => (!isNumeric(column) && widths[i]! > atLeast ? [i] : []))
    const widest = texts.sort((a, b) => widths[b]! - widths[a]!)[0]
    if (widest === undefined) return
    widths[widest]!--
  }
}

function drawRow(texts: readonly string[], columns: readonly Column[], widths: readonly number[]): string[] {
  const parts = texts.map((text, i) => (isNumeric(columns[i]!) ? [text] : linesOf(text, widths[i]!)))
  const height = Math.max(...parts.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) =>
    parts.map((lines, i) => align(lines[row] ?? '', widths[i]!, columns[i]!)).join(' '.repeat(GAP)),
  )
}

/** Headings stand at the foot of their room, groups above a rule over their columns. */
function drawHeader(columns: readonly Column[], widths: readonly number[]): string[] {
  const levels = headerRows(columns)
  const texts = (cell: HeaderCell): string[] => wrap(visible(cell.text), span(cell, widths)).map((line) => fit(line, span(cell, widths)))
  const heights = levels.map(() => 1)
  for (const [level, cells] of levels.entries()) {
    for (const cell of cells) {
      const last = level + cell.rows - 1
      const room = heights.slice(level, last + 1).reduce((sum, one) => sum + one, 0)
      heights[last]! += Math.max(0, texts(cell).length + (cell.isGroup ? 1 : 0) - room)
    }
  }
  const lines = Array.from({ length: heights.reduce((sum, one) => sum + one, 0) }, () => Array<string>(total(widths)).fill(' '))
  const put = (line: number, column: number, text: string): void => void lines[line]!.splice(column, length(text), ...text)
  for (const [level, cells] of levels.entries()) {
    for (const cell of cells) {
      const left = cell.column === 0 ? 0 : total(widths.slice(0, cell.column)) + GAP
      const room = span(cell, widths)
      const foot = heights.slice(0, level + cell.rows).reduce((sum, one) => sum + one, 0)
      const own = texts(cell).map((text) => (cell.isGroup ? centre(text, room) : align(text, room, columns[cell.column]!)))
      const all = cell.isGroup ? [...own, '─'.repeat(room)] : own
      all.forEach((text, i) => put(foot - all.length + i, left, text))
    }
  }
  return lines.map((letters) => letters.join(''))
}

function align(text: string, width: number, column: Column): string {
  const blanks = ' '.repeat(Math.max(0, width - length(text)))
  return isNumeric(column) ? blanks + text : text + blanks
}

function centre(text: string, width: number): string {
  const left = Math.floor((width - length(text)) / 2)
  return ' '.repeat(left) + text + ' '.repeat(width - length(text) - left)
}
