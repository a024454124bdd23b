import { isoText, LONGEST_CELL, numberText, unescaped, type SharedStrings } from './cells.js'
import { say } from '../messages/message.js'
import type { CellFormat } from './formats.js'
import { glanceAtCell, type Glance } from './glance.js'
import { NOT_COMPUTED, MOST_COLUMNS, MOST_MERGES, MOST_ROWS, tooManyMerges, type Merge, type RowCollector } from './rows.js'
import { attribute, type XmlHandler } from './xml.js'

const CELL = 'c'.charCodeAt(0)

/** The rows of a worksheet of an XLSX. */
export class XlsxReader implements XmlHandler {
  private isInside = false
  private isInRow = false
  private isInCell = false
  private isCollecting = false
  private isFormula = false
  private phonetic = 0
  private type = ''
  private style = 0
  private value = ''
  private readonly seen: Glance = { end: 0, column: -1, style: 0, kind: 'empty', value: '' }

  constructor(
    private readonly rows: RowCollector,
    private readonly strings: Pick<SharedStrings, 'get'>,
    private readonly formats: readonly (CellFormat | null)[],
    private readonly is1904: boolean,
  ) {}

  get isDone(): boolean {
    return this.rows.isDone
  }

  open(name: string, attributes: string): void {
    if (name === 'c') {
      if (this.isInRow) this.beginCell(attributes)
    } else if (name === 'v' || name === 't') this.isCollecting = this.isInCell && this.phonetic === 0
    else if (name === 'row') {
      if (this.isInside) this.beginRow(attributes)
    } else if (name === 'f') this.isFormula = this.isInCell
    else if (name === 'rPh') this.phonetic++
    else if (name === 'sheetData') this.isInside = true
    else if (name === 'col' && !this.isInside && isHidden(attributes, 'width'))
      this.rows.hideColumns(Number(attribute(attributes, 'min')) - 1, Number(attribute(attributes, 'max')) - 1)
  }

  glance(text: string, start: number): number {
    if (!this.isInRow || this.isInCell || text.charCodeAt(start + 1) !== CELL) return start
    const { seen } = this
    glanceAtCell(text, start, LONGEST_CELL, seen)
    if (seen.end === 0) return start
    if (seen.column >= 0) this.rows.next = seen.column
    if (seen.kind === 'empty' || seen.value === '') this.rows.cell('')
    else if (seen.kind === 'text') this.rows.cell(seen.value)
    else if (seen.kind === 'shared') this.rows.cell(this.strings.get(Number(seen.value)), 1, true)
    else this.rows.cell(numberText(seen.value, this.formats[seen.style], this.is1904), 1, true)
    return seen.end
  }

  text(text: string): void {
    if (!this.isCollecting) return
    this.value = this.value === '' ? text : this.value + text
    if (this.value.length > LONGEST_CELL) throw this.rows.refuse('malformed_workbook', say('workbook.row_cell_too_long'), this.rows.line)
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isCollecting = false
    else if (name === 'c') {
      if (this.isInCell) this.endCell()
      this.isInCell = false
    } else if (name === 'row') {
      if (this.isInRow) this.rows.end()
      this.isInRow = false
    } else if (name === 'rPh') this.phonetic--
    else if (name === 'sheetData') this.isInside = false
  }

  private beginRow(attributes: string): void {
    const number = attribute(attributes, 'r')
    const line = number === '' ? this.rows.line + 1 : Number(number)
    if (line > MOST_ROWS) throw this.rows.refuse('workbook_too_large', say('workbook.too_many_rows', { most: MOST_ROWS }), line)
    if (!(Number.isInteger(line) && line > this.rows.line))
      throw this.rows.refuse(
        'malformed_workbook',
        say('workbook.row_out_of_order', { number, before: String(this.rows.line) }),
        this.rows.line,
      )
    this.isInRow = true
    this.rows.begin(line, isHidden(attributes, 'ht'))
  }

  private beginCell(attributes: string): void {
    this.isInCell = true
    this.isFormula = false
    this.value = ''
    this.type = attribute(attributes, 't')
    this.style = Number(attribute(attributes, 's'))
    const place = attribute(attributes, 'r')
    if (place !== '') this.rows.next = columnOf(place)
    if (this.rows.next < 0) throw this.rows.refuse('malformed_workbook', say('workbook.no_cell_name', { name: place }), this.rows.line)
  }

  /** A formula that gives an empty text says that it gives text. */
  private endCell(): void {
    if (this.value !== '') this.rows.cell(this.cellText(), 1, true)
    else this.rows.cell(this.isFormula && this.type !== 'str' ? NOT_COMPUTED : '')
  }

  private cellText(): string {
    const { value } = this
    switch (this.type) {
      case '':
      case 'n':
        return numberText(value, this.formats[this.style], this.is1904)
      case 's':
        return this.strings.get(Number(value))
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
      case 'd':
        return isoText(value)
      case 'e':
        return value
      default:
        return unescaped(value)
    }
  }
}

/** Whether a row or column is hidden, or no larger than nothing. */
function isHidden(attributes: string, size: 'ht' | 'width'): boolean {
  return /^(1|true)$/.test(attribute(attributes, 'hidden')) || /^0(\.0*)?$/.test(attribute(attributes, size))
}

/** The column of a name such as AB12, from 0; -1 when it is none, the number of columns when it is beyond the last. */
function columnOf(name: string): number {
  let column = 0
  for (let at = 0; at < name.length; at++) {
    const letter = (name.charCodeAt(at) & 0xdf) - 64
    if (letter < 1 || letter > 26) break
    column = Math.min(column * 26 + letter, MOST_COLUMNS + 1)
  }
  return column - 1
}

/** The merged areas named below the rows of a worksheet that begin above row `end`, counted from 0. */
export class MergeReader implements XmlHandler {
  readonly merges: Merge[] = []

  constructor(
    private readonly end: number,
    private readonly refuse: RowCollector['refuse'],
  ) {}

  open(name: string, attributes: string): void {
    if (name !== 'mergeCell') return
    if (this.merges.length === MOST_MERGES) throw tooManyMerges(this.refuse)
    const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(attribute(attributes, 'ref'))
    if (!match || Number(match[2]) > this.end) return
    this.merges.push({ top: Number(match[2]) - 1, left: columnOf(match[1]!), bottom: Number(match[4]) - 1, right: columnOf(match[3]!) })
  }
}
