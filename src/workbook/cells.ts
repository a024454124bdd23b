import type { ErrorCode } from '../errors.js'
import { inPlaces, type CellFormat, type Shown } from './formats.js'
import { say, type Message } from '../messages/message.js'
import type { XmlHandler } from './xml.js'

const DAY = 86_400_000
const LAST_DAY = { true: 2_957_003, false: 2_958_465 }

/**
 * A number of a cell, as its format shows it: digits, `yyyy-MM-dd`, `yyyy-MM-dd HH:mm:ss` (`….200` where its format has decimals), `HH:mm:ss`, a per cent
 * (`92.17%`), or a code (`H48-007`).
 */
export function numberText(text: string, format: CellFormat | null | undefined, is1904: boolean): string {
  if (!format) return plainNumber(text)
  const value = Number(text)
  const section = format.findIndex(({ fits }) => fits(value))
  const shown = format[section]?.shown
  switch (shown?.as) {
    case 'day':
    case 'moment':
    case 'time':
    case 'elapsed':
      return dateText(value, shown, is1904) ?? plainNumber(text)
    case 'percent':
      return percentText(value)
    case 'code':
      return codeText(plainNumber(text), shown, section !== 1)
    case 'text':
      return value === 0 ? shown.text : plainNumber(text)
    default:
      return plainNumber(text)
  }
}

/** A fraction in per cent, `92.17%`: 0.57 is 57%, whatever floating numbers make of it. */
export function percentText(value: number): string {
  return `${plainNumber(String(Number((value * 100).toPrecision(15))))}%`
}

/** A second section shows negative numbers in its own way, all others have a minus before them. */
function codeText(plain: string, { picture, least }: { picture: string; least: number }, isSigned: boolean): string {
  const digits = plain.replace('-', '')
  if (!/^\d+$/.test(digits)) return plain
  return (isSigned && digits !== plain ? '-' : '') + inPlaces(digits, picture, least)
}

/**
 * The shortest text of a number, without an exponent; whole numbers keep all digits the file has. Three decimals get a fourth: their
 * point is not one that groups thousands.
 */
export function plainNumber(text: string): string {
  if (/^(?:0|-?[1-9]\d*)$/.test(text)) return text
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return text
  const plain = String(value === 0 ? 0 : value)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(plain)
  if (!match) return /\.\d{3}$/.test(plain) ? `${plain}0` : plain
  const [, sign, whole, fraction = '', exponent] = match
  const shift = Number(exponent)
  const digits = `${whole}${fraction}`
  return sign + (shift < 0 ? `0.${'0'.repeat(-shift - 1)}${digits}` : digits.padEnd(shift + 1, '0'))
}

/** A time is rounded to the second, to thousandths where decimals are shown; where only the day is shown it does not become the next one by that. */
function dateText(value: number, { as, hasDecimals }: { as: Shown['as']; hasDecimals?: boolean }, is1904: boolean): string | null {
  const exact = value * 86_400
  const thousandths = hasDecimals ? Math.round(exact * 1000) % 1000 : 0
  let seconds = thousandths === 0 ? Math.round(exact) : Math.floor(Math.round(exact * 1000) / 1000)
  const isNextDay = seconds % 86_400 === 0 && seconds - exact > 0.0005
  if (isNextDay && (as === 'day' || (as === 'time' && seconds === 86_400))) seconds--
  const days = Math.floor(seconds / 86_400)
  if (!(value >= 0 && days <= LAST_DAY[`${is1904}`])) return null
  if (as === 'elapsed') return clock(seconds)
  const rest = seconds - days * 86_400
  if (as === 'time' && days === 0) return clock(rest)
  if (thousandths > 0) return `${dayText(days, is1904)} ${clock(rest)}.${String(thousandths).padStart(3, '0')}`
  return rest === 0 ? dayText(days, is1904) : `${dayText(days, is1904)} ${clock(rest)}`
}

const days = new Map<number, string>()
const MOST_DAYS = 20_000

/** The text of a day; those of the last decades are asked for again and again. */
function dayText(number: number, is1904: boolean): string {
  const key = is1904 ? -number - 1 : number
  const known = days.get(key)
  if (known !== undefined) return known
  const text = is1904 ? isoDay(Date.UTC(1904, 0, 1), number) : dayOf1900(number)
  if (days.size < MOST_DAYS) days.set(key, text)
  return text
}

/** Day 60 of the 1900 system is a 29 February that never was, and its day 0 is shown as one too. */
function dayOf1900(number: number): string {
  if (number === 0) return '1900-01-00'
  if (number === 60) return '1900-02-29'
  return isoDay(Date.UTC(1899, 11, number < 60 ? 31 : 30), number)
}

function isoDay(start: number, days: number): string {
  return new Date(start + days * DAY).toISOString().slice(0, 10)
}

/** Seconds as `HH:mm:ss`, with more than 23 hours where there are. */
export function clock(seconds: number): string {
  const two = (number: number): string => (number < 10 ? `0${number}` : String(number))
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** A date or time written as ISO 8601, to the nearest thousandth of a second, in the form of `numberText`; any other text as it is. */
export function isoText(text: string): string {
  const [, hour, second = ':00'] = /^T?(\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?$/.exec(text) ?? []
  if (hour) return hour + second
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d+)?Z?)?$/.exec(text)
  if (!match) return text
  const [, day, minutes = '00:00', seconds = ':00', fraction] = match
  const time = Number(fraction ?? 0) === 0 ? Number.NaN : Date.parse(`${day}T${minutes}${seconds}${fraction}Z`)
  if (!Number.isNaN(time)) {
    const rest = Math.round(Number(fraction) * 1000) % 1000
    const whole = isoText(new Date(rest === 0 ? Math.round(time / 1000) * 1000 : Math.floor(time / 1000) * 1000).toISOString())
    return rest === 0 ? whole : `${whole.includes(' ') ? whole : `${whole} 00:00:00`}.${String(rest).padStart(3, '0')}`
  }
  return `${minutes}${seconds}` === '00:00:00' ? day! : `${day} ${minutes}${seconds}`
}

/** Letters that XML can't hold are written `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

const BLOCK = 1 << 22
const RECENT = 1 << 14
const MOST_STRINGS = 10_000_000
/** No cell has more; the programs stop at 32,767. */
export const LONGEST_CELL = 1_000_000

/**
 * The table of shared strings, packed as UTF-8 outside the heap; the ones in use stay decoded. `wanted` ends the scan early.
 * `refuse` makes the error for a code.
 */
export class SharedStrings implements XmlHandler {
  isDone = false
  private readonly blocks: Buffer[] = []
  private used = 0
  private starts = new Uint32Array(1 << 12)
  private lengths = new Uint32Array(1 << 12)
  private count = 0
  private readonly recent: string[] = []
  private readonly recentIndex = new Int32Array(RECENT).fill(-1)
  private current = ''
  private isCollecting = false
  private phonetic = 0

  constructor(
    private readonly refuse: (code: ErrorCode, message: Message) => Error,
    private readonly wanted = Infinity,
  ) {}

  get(index: number): string {
    const slot = index & (RECENT - 1)
    if (this.recentIndex[slot] === index && index >= 0) return this.recent[slot]!
    if (!(index >= 0 && index < this.count))
      throw this.refuse('malformed_workbook', say('workbook.no_shared_string', { index: String(index) }))
    const start = this.starts[index]!
    const at = start % BLOCK
    const text = this.blocks[(start - at) / BLOCK]!.toString('utf8', at, at + this.lengths[index]!)
    this.recent[slot] = text
    this.recentIndex[slot] = index
    return text
  }

  open(name: string): void {
    if (name === 't') this.isCollecting = this.phonetic === 0
    else if (name === 'si') this.current = ''
    else if (name === 'rPh') this.phonetic++
  }

  text(text: string): void {
    if (!this.isCollecting) return
    this.current += text
    if (this.current.length > LONGEST_CELL)
      throw this.refuse('malformed_workbook', say('workbook.shared_string_too_long', { index: String(this.count) }))
  }

  close(name: string): void {
    if (name === 't') this.isCollecting = false
    else if (name === 'rPh') this.phonetic--
    else if (name === 'si') this.add(unescaped(this.current))
  }

  private add(text: string): void {
    if (this.count >= MOST_STRINGS) throw this.refuse('workbook_too_large', say('workbook.too_many_strings', { most: MOST_STRINGS }))
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts)
      this.lengths = grown(this.lengths)
    }
    if (this.blocks.length === 0 || this.used + text.length * 3 > BLOCK) {
      this.blocks.push(Buffer.allocUnsafeSlow(BLOCK))
      this.used = 0
    }
    const length = this.blocks.at(-1)!.write(text, this.used)
    this.starts[this.count] = (this.blocks.length - 1) * BLOCK + this.used
    this.lengths[this.count++] = length
    this.used += length
    if (this.count >= this.wanted) this.isDone = true
  }
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
