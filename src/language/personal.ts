import { clean, isInvisible } from './fold.js'
import { listed, say, type Filling } from '../messages/message.js'

/** What stands in the place of something personal. */
export const MASK = '•••'

/**
 * A text without what identifies a person: identity, passport and telephone numbers and e-mail addresses become •••, however their digits
 * are typed and grouped. Names can't be told. Time is linear in the length of the text.
 */
export function maskPersonal(text: string): string {
  if (!isDoubtful(text)) return text
  const plain = skeleton(text)
  const spans = [...addresses(plain), ...numbers(plain), ...passports(plain)].sort((a, b) => a.start - b.start)
  let masked = ''
  let end = 0
  for (const span of spans) {
    if (span.start < end) continue
    masked += text.slice(end, span.start) + MASK
    end = span.end
  }
  return masked + text.slice(end)
}

/** SQL (RE2), true for every text that `maskPersonal` may change. */
export const DOUBTFUL = '@|\u{ff20}|\\p{Nd}(\\P{Nd}*\\p{Nd}){6}'

/* Identity numbers start with the code of a province. */
const IDENTITY = /^0(?:0[1-9]|[1-8]\d|9[0-6])\d{9}$/
const TELEPHONE = /^(?:0|840?)(?:[35789]\d{8}|2\d{9})$/
/* What people type without groups: also identity numbers of unknown provinces, numbers of before 2018, old identity numbers. */
const IN_ONE = /^(?:0\d{8,11}|84\d{9,10}|\d{9})$/
const LONGEST = 12
const MAIL = /^[^@]+@[^@.]+(?:\.[^@.]+)+$/

/** Whether a text is nothing but what identifies a person; numbers of other kinds that begin so are left alone. */
export function isPersonalText(text: string): boolean {
  const plain = skeleton(text).replaceAll(UNSEEN, '').trim()
  if (plain.includes('@')) return !plain.includes(' ') && MAIL.test(plain)
  const digits = plain.replace(/^\+|[ .()-]/g, '')
  return IDENTITY.test(digits) || TELEPHONE.test(digits)
}

/** Whether cells say who somebody is: then they are a row of data, and not printed. */
export const isPersonalRow = (cells: readonly string[]): boolean => cells.some((cell) => maskPersonal(cell) !== cell)

interface Span {
  start: number
  end: number
}

const UNSEEN = '\u200b'
const DIGIT = /^\p{Nd}$/u
const DASHES = /^\p{Pd}$|^\u2212$/u

/** Seven digits, or an @. */
function isDoubtful(text: string): boolean {
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 64 || code === 0xff20) return true
    if (code < 128 ? code >= 48 && code <= 57 : isRareDigit(code, text[i]!)) digits++
  }
  return digits >= 7
}

/* Vietnamese letters and usual punctuation are not worth a look. */
const isRareDigit = (code: number, letter: string): boolean =>
  code >= 0x660 && (code < 0x1e00 || code > 0x20ff) && (code >= 0xd800 || DIGIT.test(letter))

/** The same text, position by position, with plain digits, spaces, dashes and signs, and one sign for all that nobody sees. */
function skeleton(text: string): string {
  let plain = ''
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    if (code < 128) plain += code < 32 || code === 127 ? (/\s/.test(letter) ? ' ' : UNSEEN) : letter
    else plain += plainOf(letter).padEnd(letter.length, UNSEEN)
  }
  return plain
}

function plainOf(letter: string): string {
  if (isInvisible(letter)) return UNSEEN
  if (/^\s$/u.test(letter)) return ' '
  if (DASHES.test(letter)) return '-'
  const code = letter.codePointAt(0)!
  if (DIGIT.test(letter)) return digitOf(letter)
  return code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : letter
}

/** The value of a digit of any script: they stand in tens. */
function digitOf(letter: string): string {
  let code = letter.codePointAt(0)!
  const compatible = letter.normalize('NFKC')
  if (/^[0-9]$/.test(compatible)) return compatible
  for (let value = 0; value < 10; value++, code--) if (!DIGIT.test(String.fromCodePoint(code - 1))) return String(value)
  return '0'
}

/* At most this many signs at each side of an @ are looked at: more no mail system takes. */
const LONGEST_SIDE = 255
const ENDS_ADDRESS = /[\s<>()[\]",;:@]/

function addresses(plain: string): Span[] {
  const spans: Span[] = []
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    let [start, end] = [at, at + 1]
    while (start > 0 && at - start < LONGEST_SIDE && !ENDS_ADDRESS.test(plain[start - 1]!)) start--
    while (end < plain.length && end - at < LONGEST_SIDE && !ENDS_ADDRESS.test(plain[end]!)) end++
    while (plain[end - 1] === '.') end--
    if (start < at && plain.slice(at + 1, end).includes('.')) spans.push({ start, end })
  }
  return spans
}

interface Group extends Span {
  digits: string
}

/* Digits with at most some signs between them: one number, or several. */
const RUN = /\d(?:[ .()\u200b-]{0,6}\d)*/g
const GROUP = /\d(?:\u200b*\d)*/g

function numbers(plain: string): Span[] {
  const spans: Span[] = []
  for (const run of plain.matchAll(RUN)) {
    const groups: Group[] = [...run[0].matchAll(GROUP)].map(({ 0: text, index }) => ({
      start: run.index + index,
      end: run.index + index + text.length,
      digits: text.replaceAll(UNSEEN, ''),
    }))
    if (isOfCode(plain, run.index + run[0].length)) continue
    for (let i = 0; i < groups.length;) {
      const length = isDate(groups, i) ? -3 : numberAt(plain, groups, i)
      if (length > 0) spans.push(around(plain, groups[i]!.start, groups[i + length - 1]!.end))
      i += Math.max(1, Math.abs(length))
    }
  }
  return spans
}

/** Whether what follows makes the digits before it the start of a code: 000.00.01.H99, 1.012766.000.00.00.H48. */
const isOfCode = (plain: string, end: number): boolean => /^[.-][A-Z]\d/.test(plain.slice(end, end + 3))

/** How many groups from here are one telephone or identity number; 0: none. The longest counts. */
function numberAt(plain: string, groups: readonly Group[], from: number): number {
  let digits = ''
  let found = 0
  for (let i = from; i < groups.length && digits.length + groups[i]!.digits.length <= LONGEST; i++) {
    digits += groups[i]!.digits
    if (IDENTITY.test(digits) || TELEPHONE.test(digits)) found = i - from + 1
  }
  return found === 0 && IN_ONE.test(groups[from]!.digits) && standsAlone(plain, groups, from) ? 1 : found
}

/** Whether a group of digits is no part of an amount, a code or a date. */
function standsAlone(plain: string, groups: readonly Group[], i: number): boolean {
  const { start, end } = groups[i]!
  return !/[\d.,/-]$/.test(plain.slice(Math.max(0, start - 1), start)) && !/^(?:[.,/-][\dA-Z]|\d)/.test(plain.slice(end, end + 2))
}

const isDate = (groups: readonly Group[], i: number): boolean => {
  const [day, month, year] = [groups[i], groups[i + 1], groups[i + 2]].map((group) => group?.digits ?? '')
  return /^\d{1,2}$/.test(day!) && Number(day) <= 31 && /^\d{1,2}$/.test(month!) && Number(month) <= 12 && /^(?:19|20)\d\d$/.test(year!)
}

/** With the sign or the bracket that belongs to it. */
function around(plain: string, start: number, end: number): Span {
  const before = plain[start - 1] ?? ''
  const opens = before === '+' || (before === '(' && plain.slice(start, end).includes(')'))
  let after = end
  while (plain[after] === UNSEEN) after++
  return { start: opens ? start - 1 : start, end: after }
}

function passports(plain: string): Span[] {
  return [...plain.matchAll(/(?<![\p{L}\d./-])[A-Z]\d{7,8}(?![\p{L}\d]|[./-]\d)/gu)].map(({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
  }))
}

/* A code, a date, a number: no header. */
const DATUM = /^\S*\d{6}\S*$|^[\d\s./:-]{6,}$/

/** The cells of a row that should be a header, for a message: the first twelve, unless it is a row of data. */
export function shownRow(cells: readonly string[]): Filling {
  if (isPersonalRow(cells) || cells.some((cell) => DATUM.test(clean(cell)))) return say('reading.row_of_data')
  const names = cells.map(clean).filter((cell) => cell !== '')
  const shown = listed(names.slice(0, 12).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)))
  return names.length > 12 ? say('reading.and_more', { some: shown, n: names.length - 12 }) : shown
}
