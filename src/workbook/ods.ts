import { clock, isoText, LONGEST_CELL, percentText, plainNumber } from './cells.js'
import { say } from '../messages/message.js'
import { NOT_COMPUTED, type RowCollector } from './rows.js'
import { attribute, type XmlHandler } from './xml.js'

/** Names and visibility of the tables of an ODS; all of it has to be scanned for them. */
export class OdsSheets implements XmlHandler {
  readonly sheets: { name: string; isHidden: boolean }[] = []
  private readonly hiddenStyles = new Set<string>()
  private style = ''
  private depth = 0

  open(name: string, attributes: string): void {
    if (name === 'style') this.style = attribute(attributes, 'name')
    else if (name === 'table-properties' && attribute(attributes, 'display') === 'false') this.hiddenStyles.add(this.style)
    else if (name === 'table' && this.depth++ === 0)
      this.sheets.push({ name: attribute(attributes, 'name'), isHidden: this.hiddenStyles.has(attribute(attributes, 'style-name')) })
  }

  close(name: string): void {
    if (name === 'table') this.depth--
  }
}

/** Elements in a cell whose text is not the cell's. */
const APART = new Set(['annotation', 'frame', 'custom-shape', 'table'])

/** The rows of one table of an ODS. */
export class OdsReader implements XmlHandler {
  isFound = false
  private isInside = false
  private apart = 0
  private columns = 0
  private rowRepeat = 1
  private cellRepeat = 1
  private attributes = ''
  private value = ''
  private paragraphs = 0
  private isCollecting = false

  constructor(
    private readonly sheet: string,
    private readonly rows: RowCollector,
  ) {}

  get isDone(): boolean {
    return this.rows.isDone
  }

  open(name: string, attributes: string): void {
    if (!this.isInside) {
      this.isInside = name === 'table' && attribute(attributes, 'name') === this.sheet
      this.isFound ||= this.isInside
    } else if (APART.has(name)) this.apart++
    else if (this.apart > 0) return
    else if (name === 'table-column') {
      const left = this.columns
      this.columns += repeated(attributes, 'number-columns-repeated')
      if (isHidden(attributes)) this.rows.hideColumns(left, this.columns - 1)
    } else if (name === 'table-row') {
      this.rowRepeat = repeated(attributes, 'number-rows-repeated')
      this.rows.begin(this.rows.line + 1, isHidden(attributes))
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      this.attributes = attributes
      this.cellRepeat = repeated(attributes, 'number-columns-repeated')
      this.value = ''
      this.paragraphs = 0
    } else if (name === 'p') {
      this.isCollecting = true
      if (this.paragraphs++ > 0) this.add('\n')
    } else if (name === 's') this.add(' '.repeat(Math.min(repeated(attributes, 'c'), LONGEST_CELL)))
    else if (name === 'tab') this.add('\t')
    else if (name === 'line-break') this.add('\n')
  }

  text(text: string): void {
    if (this.isCollecting && this.apart === 0) this.add(text)
  }

  close(name: string): void {
    if (!this.isInside) return
    if (name === 'table' && this.apart === 0) {
      this.isInside = false
      this.rows.isDone = true
    } else if (APART.has(name)) this.apart--
    else if (this.apart > 0) return
    else if (name === 'p') this.isCollecting = false
    else if (name === 'table-cell' || name === 'covered-table-cell') {
      const [width, height] = [repeated(this.attributes, 'number-columns-spanned'), repeated(this.attributes, 'number-rows-spanned')]
      if (width > 1 || height > 1) this.rows.merge(this.rows.next, width, height)
      this.rows.cell(cellText(this.attributes, this.value), this.cellRepeat)
    } else if (name === 'table-row') this.rows.end(this.rowRepeat)
  }

  private add(text: string): void {
    this.value += text
    if (this.value.length > LONGEST_CELL) throw this.rows.refuse('malformed_workbook', say('workbook.cell_too_long'))
  }
}

function isHidden(attributes: string): boolean {
  return /^(collapse|filter)$/.test(attribute(attributes, 'visibility'))
}

function repeated(attributes: string, name: string): number {
  if (!attributes.includes(name)) return 1
  return Math.max(1, Math.trunc(Number(attribute(attributes, name))) || 1)
}

/** A value is taken over its text, but for whole numbers shown with leading zeros: `00123`, `H48-007`, `001-234`. */
function cellText(attributes: string, text: string): string {
  const type = attribute(attributes, 'value-type')
  if (type === 'float' || type === 'percentage' || type === 'currency') {
    const value = attribute(attributes, 'value')
    const digits = /(?:^|[^\d.,])(0\d[\d /-]*)(?![\d.,%])/.exec(text)?.[1]?.replace(/\D/g, '')
    if (type === 'percentage') return percentText(Number(value))
    return digits !== undefined && Number(digits) === Math.abs(Number(value)) ? text : plainNumber(value)
  }
  if (type === 'date') return isoText(attribute(attributes, 'date-value'))
  if (type === 'boolean') return attribute(attributes, 'boolean-value') === 'true' ? 'TRUE' : 'FALSE'
  if (type === '' && text === '') return attributes.includes(':formula=') ? NOT_COMPUTED : ''
  if (attributes.includes(':value-type="error"')) return text.startsWith('#') ? text : '#VALUE!'
  if (type !== 'time') return text || attribute(attributes, 'string-value')
  const parts = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(attribute(attributes, 'time-value'))
  return parts ? clock(Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3])) : text
}
