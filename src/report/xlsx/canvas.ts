import type { Cell, CellStyle, CellValue, ConditionalRule, MergeRange, WriteSheet } from 'hucre/xlsx'

import { escaped, looksLikeError, workbookText } from './text.js'

/** Points of a line of text, by those of its letters. */
const LINE_HEIGHT = 1.32
const BASE_SIZE = 10
const SPACE = 0.55
/** Points: Excel has no higher rows. */
const HIGHEST_ROW = 409

/** A sheet while it is filled, from the top down. Rows and columns count from 0; widths are in digits of the base font. */
export class Canvas {
  private readonly rows: Partial<Cell>[][] = []
  readonly merges: MergeRange[] = []
  readonly heights = new Map<number, { height: number }>()
  readonly rules: ConditionalRule[] = []
  /** The next row to be filled. */
  row = 0

  constructor(
    readonly widths: readonly number[],
    /** How many columns a paragraph stretches over. */
    readonly paragraphColumns: number,
  ) {}

  put(row: number, column: number, value: string | number | null, style: CellStyle, link?: string): void {
    const cell: Partial<Cell> = typeof value === 'string' ? textCell(workbookText(value), style) : { value, style }
    if (link !== undefined) cell.hyperlink = { target: '', location: link }
    while (this.rows.length <= row) this.rows.push([])
    this.rows[row]![column] = cell
  }

  /** A cell over several; all get its style, for the lines around them. */
  putOver(row: number, column: number, rows: number, columns: number, text: string, style: CellStyle): void {
    for (let r = row; r < row + rows; r++) for (let c = column; c < column + columns; c++) this.put(r, c, null, style)
    this.put(row, column, text, style)
    if (rows * columns > 1) this.merges.push({ startRow: row, startCol: column, endRow: row + rows - 1, endCol: column + columns - 1 })
  }

  /** A paragraph on the next row, as high as its lines: no spreadsheet finds the height of merged cells by itself. */
  paragraph(text: string, style: CellStyle): void {
    this.putOver(this.row, 0, 1, this.paragraphColumns, text, style)
    this.setHeight(this.row, this.linesOf(text, 0, this.paragraphColumns, style) * lineHeight(style))
    this.row++
  }

  skip(): void {
    this.row++
  }

  /** Gives a row that was filled the height of its longest text; those of one line have it by themselves. */
  fitHeight(row: number): void {
    const lines = (this.rows[row] ?? []).map(({ value, style }, column) =>
      typeof value === 'string' && style?.alignment?.wrapText ? this.linesOf(value, column, 1, style) : 1,
    )
    const most = Math.max(1, ...lines)
    if (most > 1) this.setHeight(row, most * lineHeight({}) + 2)
  }

  setHeight(row: number, height: number): void {
    this.heights.set(row, { height: Math.min(height, HIGHEST_ROW) })
  }

  linesOf(text: string, column: number, columns: number, style: CellStyle): number {
    const width = this.widths.slice(column, column + columns).reduce((sum, one) => sum + one, 0)
    const scale = ((style.font?.size ?? BASE_SIZE) / BASE_SIZE) * (style.font?.bold ? 1.1 : 1)
    return countLines(text, Math.max(1, (width - 1 - 2 * (style.alignment?.indent ?? 0)) / scale))
  }

  /** Points from the top of the sheet to that of a row, where no text wraps that is not counted. */
  heightAbove(row: number): number {
    return Array.from({ length: row }, (_, r) => this.heights.get(r)?.height ?? BASE_SIZE * LINE_HEIGHT).reduce((sum, one) => sum + one, 0)
  }

  /**
   * What was put, as the library takes it fastest: plain values in the rows, where they look as most of their column do, and all others one by
   * one.
   */
  content(): Pick<WriteSheet, 'columns' | 'rows' | 'cells'> {
    const styles = this.widths.map((_, column) => mostFrequent(this.rows.map((row) => row[column]?.style)))
    const cells = new Map<string, Partial<Cell>>()
    const rows = this.rows.map((row, r) => {
      const values: CellValue[] = []
      const isWhole = !Array.from(row).includes(undefined as never)
      for (const [c, cell] of row.entries()) {
        if (!cell) continue
        const isUsual = isWhole && cell.style === styles[c] && !cell.hyperlink && !cell.richText
        if (!isUsual) cells.set(`${r},${c}`, cell)
        values.push(isUsual ? cell.value! : null)
      }
      return isWhole ? values : []
    })
    return { columns: this.widths.map((width, i) => ({ width, ...(styles[i] ? { style: styles[i] } : {}) })), rows, cells }
  }
}

export function lineHeight(style: CellStyle): number {
  return Math.ceil((style.font?.size ?? BASE_SIZE) * LINE_HEIGHT)
}

/** About how wide a text is in Arial, in digits. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) {
    let one = letterWidths.get(letter)
    if (one === undefined) letterWidths.set(letter, (one = letterWidth(letter)))
    width += one
  }
  return width
}

const letterWidths = new Map<string, number>()
const LETTERS: [pattern: RegExp, width: number][] = [
  [/\p{M}/u, 0],
  [/[ijl'|]/, 0.42],
  [/[ ftI.,:;!/()[\]\\-]/, 0.55],
  [/[crszkvxyJ"]/, 0.9],
  [/[mwMWOQG%@…]/, 1.5],
  [/[A-Z]/, 1.25],
  [/[\u0021-\u024f\u2010-\u2027]/, 1],
]

function letterWidth(letter: string): number {
  const base = letter.normalize('NFD')[0]!
  return LETTERS.find(([pattern]) => pattern.test(base))?.[1] ?? 1.9
}

/** How many lines a text takes in such a width, broken between words. */
export function countLines(text: string, width: number): number {
  let lines = 0
  for (const line of text.split('\n')) {
    let used = 0
    lines++
    for (const word of line.split(' ')) {
      const length = widthOf(word)
      if (used > 0 && used + SPACE + length > width) {
        lines++
        used = 0
      }
      used += (used > 0 ? SPACE : 0) + length
      if (used > width) {
        lines += Math.ceil(used / width) - 1
        used %= width
      }
    }
  }
  return lines
}

export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter
}

export function range(row: number, column: number, lastRow: number, lastColumn: number): string {
  return `${columnLetters(column)}${row + 1}:${columnLetters(lastColumn)}${lastRow + 1}`
}

export function absolute(range: string): string {
  return range.replace(/[A-Z]+|\d+/g, '$$$&')
}

function textCell(text: string, style: CellStyle): Partial<Cell> {
  const value = escaped(text)
  return looksLikeError(value) ? { value, style, richText: [{ text: value }] } : { value, style }
}

function mostFrequent<Item>(items: readonly (Item | undefined)[]): Item | undefined {
  const counts = new Map<Item, number>()
  for (const item of items) if (item !== undefined) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}
