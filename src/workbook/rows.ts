import type { ErrorCode, ToolError } from '../errors.js'
import { say, type Message } from '../messages/message.js'

export interface SheetRow {
  /** The number of the row in the sheet, from 1. */
  line: number
  /** Texts by column from A; empty cells at the end are left out. */
  cells: string[]
  isHidden: boolean
  /** Where merged cells go over several columns, of which the first has the value. */
  across?: Span[]
}

/** Columns from 0, both ends included. */
export interface Span {
  left: number
  right: number
}

/** Rows and columns from 0, both ends included. */
export interface Merge extends Span {
  top: number
  bottom: number
}

/** Stands for the value of a formula that was never computed: Excel's own name for it. */
export const NOT_COMPUTED = '#GETTING_DATA'
export const MOST_ROWS = 1_048_576
export const MOST_COLUMNS = 16_384
export const MOST_MERGES = 500_000
const MOST_USED_COLUMNS = 2_000
const LONGEST_ROW = 1 << 24
/** Of all rows together: no sheet holds as much, but one long text named over and over does. */
const MOST_TEXT = 2 ** 32
const MOST_REPEATED = 20_000_000

/** Puts the cells of a sheet in their places and passes on the rows that hold anything; after `limit` of them it is done. */
export class RowCollector {
  line = 0
  /** The column of the next cell. */
  next = 0
  isDone = false
  /** Whether rows were left when it was done. */
  isCut = false
  readonly merges: Merge[] = []
  readonly hiddenColumns: Span[] = []
  private cells: string[] = []
  private hasValue = false
  private isHidden = false
  private length = 0
  private total = 0
  private count = 0
  private repeated = 0
  private areas = 0

  constructor(
    readonly refuse: (code: ErrorCode, message: Message, line?: number) => ToolError,
    private readonly take: (row: SheetRow) => void,
    private readonly limit = Infinity,
    private readonly merged: (area: Merge) => void = () => undefined,
  ) {}

  begin(line: number, isHidden: boolean): void {
    this.line = line
    this.next = 0
    this.cells = []
    this.hasValue = false
    this.isHidden = isHidden
    this.length = 0
  }

  /** A cell at `next`, so many times. A value that is an empty text still makes the row one that holds something. */
  cell(text: string, repeat = 1, isValue = text !== ''): void {
    const end = this.next + repeat
    if (end > MOST_COLUMNS) throw this.refuse('malformed_workbook', say('workbook.row_too_wide', { most: MOST_COLUMNS }), this.line)
    if (isValue) this.hasValue = true
    if (text !== '') {
      if (end > MOST_USED_COLUMNS)
        throw this.refuse('malformed_workbook', say('workbook.row_too_wide', { most: MOST_USED_COLUMNS }), this.line)
      this.length += text.length * repeat
      if (this.length > LONGEST_ROW) throw this.refuse('malformed_workbook', say('workbook.row_too_long'), this.line)
      while (this.cells.length < this.next) this.cells.push('')
      for (let column = this.next; column < end; column++) this.cells[column] = text
    }
    this.next = end
  }

  end(repeat = 1): void {
    const first = this.line
    this.line += repeat - 1
    if (!this.hasValue || this.isDone) return
    if (this.line > MOST_ROWS) throw this.refuse('workbook_too_large', say('workbook.too_many_rows', { most: MOST_ROWS }), first)
    this.total += this.length * repeat
    if (this.total > MOST_TEXT) throw this.refuse('workbook_too_large', say('workbook.too_much_text'), first)
    this.repeated += (repeat - 1) * this.cells.length
    if (this.repeated > MOST_REPEATED) throw this.refuse('workbook_too_large', say('workbook.too_many_repeats'), first)
    for (let line = first; line <= this.line; line++) {
      if (this.count === this.limit) {
        this.isDone = this.isCut = true
        return
      }
      this.count++
      this.take({ line, cells: line === first ? this.cells : [...this.cells], isHidden: this.isHidden })
    }
  }

  hideColumns(left: number, right: number): void {
    if (left <= right && left < MOST_USED_COLUMNS && this.hiddenColumns.length < MOST_USED_COLUMNS) this.hiddenColumns.push({ left, right })
  }

  /** An area merged with the cell at `left` of this row. */
  merge(left: number, width: number, height: number): void {
    if (this.isDone) return
    if (this.areas++ === MOST_MERGES) throw tooManyMerges(this.refuse)
    const area = { top: this.line - 1, left, bottom: this.line + height - 2, right: left + width - 1 }
    this.merged(area)
    if (this.limit !== Infinity) this.merges.push(area)
  }
}

export function tooManyMerges(refuse: RowCollector['refuse']): ToolError {
  return refuse('workbook_too_large', say('workbook.too_many_merges', { most: MOST_MERGES }))
}
