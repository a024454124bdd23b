import { ToolError } from '../errors.js'
import { say, type Both } from '../messages/message.js'
import { formatDate, parseDate } from './date.js'
import { fold } from './fold.js'
import type { Language } from './labels.js'

export type PeriodKind = 'month' | 'quarter' | 'half' | 'year' | 'months' | 'days'
export type Calendar = 'month' | 'report15'

/** A span of days, half-open: `from` is in it, `until` is not. */
export interface Period {
  label: string
  from: string
  until: string
  calendar: Calendar
}

const EXAMPLES = '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09, 2024-08-01..2024-10-08'
const ROMAN: Record<string, string> = { i: '1', ii: '2', iii: '3', iv: '4' }

/** Reads a period as people and scripts write it. Error: invalid_period, with examples. */
export function parsePeriod(text: string, calendar: Calendar = 'month'): Period {
  const label = canonicalLabel(text)
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(label)
  if (days) {
    const [from, last] = [parseDate(days[1]!), parseDate(days[2]!)]
    if (!from || !last || from > last) throw invalid(text)
    return { label, from, until: dayAfter(last), calendar }
  }
  const [first, last = first] = label.split('..')
  const [start, end] = [monthsOf(first!), monthsOf(last!)]
  if (!start || !end || start.first > end.last || label.split('..').length > 2) throw invalid(text)
  return { label, from: monthStart(start.first, calendar), until: monthStart(end.last + 1, calendar), calendar }
}

/** The months of a period, as periods of their own, cut to it. */
export function monthsIn(period: Period): Period[] {
  const months: Period[] = []
  const [year, month] = period.from.split('-').map(Number) as [number, number]
  for (let index = year * 12 + month - 1; ; index++) {
    const from = monthStart(index, period.calendar)
    const until = monthStart(index + 1, period.calendar)
    if (from >= period.until) return months
    if (until <= period.from) continue
    const label = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    months.push({
      label,
      from: from < period.from ? period.from : from,
      until: until > period.until ? period.until : until,
      calendar: period.calendar,
    })
  }
}

/** The period of the same length just before, or the same one a year ago. */
export function earlier(period: Period, which: 'previous' | 'year-ago'): Period {
  const [first, last] = [monthIndex(period.from, period.calendar), monthIndex(period.until, period.calendar)]
  if (first === null || last === null) {
    if (which === 'year-ago') {
      const [from, last] = [yearBefore(period.from), yearBefore(dayBefore(period.until))]
      return { label: `${from}..${last}`, from, until: dayAfter(last), calendar: period.calendar }
    }
    const length = (Date.parse(period.until) - Date.parse(period.from)) / 86_400_000
    const from = new Date(Date.parse(period.from) - length * 86_400_000).toISOString().slice(0, 10)
    return { label: `${from}..${dayBefore(period.from)}`, from, until: period.from, calendar: period.calendar }
  }
  const shift = which === 'year-ago' ? 12 : last - first
  return parsePeriod(labelOfMonths(first - shift, last - shift - 1), period.calendar)
}

/** The months up to the one that the period ends in, that one included, as one period. */
export function monthsUpTo(period: Period, months: number): Period {
  const last = monthsIn(period).at(-1)!.label
  const end = Number(last.slice(0, 4)) * 12 + Number(last.slice(5)) - 1
  return parsePeriod(labelOfMonths(end - months + 1, end), period.calendar)
}

/** What a period's label names: `2025-Q3` a quarter, `2025-01..2025-09` months, `2024-08-01..2024-10-08` days. */
export function periodKind(label: string): PeriodKind {
  if (label.includes('..')) return /\d{4}-\d{2}-\d{2}/.test(label) ? 'days' : 'months'
  const part = label.split('-')[1]
  return part === undefined ? 'year' : part.startsWith('H') ? 'half' : part.startsWith('Q') ? 'quarter' : 'month'
}

/** From the start of the year to the end of a period. Error: usage, of one that lies in two years. */
export function yearToDate(period: Period): Period {
  const months = monthsIn(period)
  const year = months[0]!.label.slice(0, 4)
  if (months.at(-1)!.label.slice(0, 4) !== year)
    throw new ToolError('usage', say('asked.ytd_of_one_year', { period: periodWords(period.label) }), { hint: say('asked.ytd_example') })
  const { from } = parsePeriod(`${year}-01`, period.calendar)
  const span = { from, until: period.until, calendar: period.calendar }
  return { ...span, label: shortestLabel(span) }
}

/** The last day of the period. */
export function lastDay(period: Period): string {
  return dayBefore(period.until)
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A period's label as people call it: `2025-Q3` is `quý III/2025`, in English `Q3 2025`; `2025-09` is `tháng 9/2025`, `September 2025`. */
export function periodName(label: string, language: Language): string {
  const isVietnamese = language === 'vi'
  const [first, last] = label.split('..')
  if (last !== undefined) {
    const areDays = /^\d{4}-\d{2}-\d{2}$/.test(last)
    if (areDays) return `${isVietnamese ? 'từ' : 'from'} ${formatDate(first!)} ${isVietnamese ? 'đến' : 'to'} ${formatDate(last)}`
    return `${periodName(first!, language)} ${isVietnamese ? 'đến' : 'to'} ${periodName(last, language)}`
  }
  const [year, part] = label.split('-')
  if (part === undefined) return isVietnamese ? `năm ${year}` : year!
  if (part.startsWith('H')) {
    return isVietnamese ? `6 tháng ${part === 'H1' ? 'đầu' : 'cuối'} năm ${year}` : `${part === 'H1' ? 'first' : 'second'} half of ${year}`
  }
  if (part.startsWith('Q')) return isVietnamese ? `quý ${['I', 'II', 'III', 'IV'][Number(part[1]) - 1]}/${year}` : `${part} ${year}`
  return isVietnamese ? `tháng ${Number(part)}/${year}` : `${MONTHS[Number(part) - 1]} ${year}`
}

/** A period's label as a message says it: by its words in Vietnamese. */
export const periodWords = (label: string): Both => ({ vi: periodName(label, 'vi'), en: label })

/** The label of a span by its months, where it is whole ones: days from 1 July to 30 September are `2025-Q3`; else by its days. */
export function shortestLabel({ from, until, calendar }: Omit<Period, 'label'>): string {
  const [first, end] = [monthIndex(from, calendar), monthIndex(until, calendar)]
  return first === null || end === null ? `${from}..${dayBefore(until)}` : labelOfMonths(first, end - 1)
}

function canonicalLabel(text: string): string {
  const plain = fold(text).replace(/\s*(\.\.|…|→|đến)\s*/, '..')
  const month = (year: string, one: string): string => `${year}-${one.padStart(2, '0')}`
  const vietnamese: [RegExp, (match: RegExpExecArray) => string | null][] = [
    [/^năm (\d{4})$/, ([, year]) => year!],
    [/^(?:tháng |t ?)?(\d{1,2})[/.-](\d{4})$/, ([, one, year]) => month(year!, one!)],
    [/^tháng (\d{1,2})(?: năm|,)? (\d{4})$/, ([, one, year]) => month(year!, one!)],
    [
      /^(?:quý |q)([1-4]|i|ii|iii|iv)(?: ?[/.,-] ?(?:năm )?| năm | )(\d{4})$/,
      ([, quarter, year]) => `${year}-Q${ROMAN[quarter!] ?? quarter}`,
    ],
    [/^(?:6 tháng|sáu tháng|nửa) cuối (?:năm )?(\d{4})$/, ([, year]) => `${year}-H2`],
    [/^nửa đầu (?:năm )?(\d{4})$/, ([, year]) => `${year}-H1`],
    [/^(\d{1,2}|sáu|chín) tháng(?: đầu)?(?: của)?(?:[ /]năm)?[ /](\d{4})$/, ([, months, year]) => firstMonths(months!, Number(year))],
    [
      /^(?:từ )?(?:ngày )?(\d{1,2}\/\d{1,2}\/\d{4})(?:\.\.| ?[-–] ?)(?:hết )?(?:ngày )?(\d{1,2}\/\d{1,2}\/\d{4})$/,
      ([, from, until]) => `${parseDate(from!) ?? '?'}..${parseDate(until!) ?? '?'}`,
    ],
  ]
  for (const [pattern, label] of vietnamese) {
    const match = pattern.exec(plain)
    const found = match && label(match)
    if (found) return found
  }
  return plain.toUpperCase()
}

/** "10 tháng năm 2022": from January on; null where a year has no so many. */
function firstMonths(text: string, year: number): string | null {
  const months = text === 'sáu' ? 6 : text === 'chín' ? 9 : Number(text)
  return months >= 1 && months <= 12 ? labelOfMonths(year * 12, year * 12 + months - 1) : null
}

function monthsOf(label: string): { first: number; last: number } | null {
  const match = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(label)
  if (!match) return null
  const [, year, half, quarter, month] = match
  const january = Number(year) * 12
  if (Number(year) < 1990 || Number(year) > 2099) return null
  if (half) return { first: january + (Number(half) - 1) * 6, last: january + Number(half) * 6 - 1 }
  if (quarter) return { first: january + (Number(quarter) - 1) * 3, last: january + Number(quarter) * 3 - 1 }
  if (month) return { first: january + Number(month) - 1, last: january + Number(month) - 1 }
  return { first: january, last: january + 11 }
}

function labelOfMonths(first: number, last: number): string {
  const year = Math.floor(first / 12)
  const [from, length] = [first % 12, last - first + 1]
  if (length === 12 && from === 0) return String(year)
  if (length === 6 && from % 6 === 0) return `${year}-H${from / 6 + 1}`
  if (length === 3 && from % 3 === 0) return `${year}-Q${from / 3 + 1}`
  const name = (index: number): string => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  return length === 1 ? name(first) : `${name(first)}..${name(last)}`
}

function monthStart(index: number, calendar: Calendar): string {
  const shifted = calendar === 'report15' ? index - 1 : index
  return `${Math.floor(shifted / 12)}-${String((shifted % 12) + 1).padStart(2, '0')}-${calendar === 'report15' ? '15' : '01'}`
}

/** The month (as year × 12 + month − 1) that starts on a day, or null when none does. */
function monthIndex(day: string, calendar: Calendar): number | null {
  const [year, month] = day.split('-').map(Number) as [number, number]
  const index = year * 12 + month - 1 + (calendar === 'report15' ? 1 : 0)
  return monthStart(index, calendar) === day ? index : null
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

function yearBefore(day: string): string {
  const moved = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return parseDate(moved) ?? `${moved.slice(0, 8)}28`
}

function invalid(text: string): ToolError {
  return new ToolError('invalid_period', say('figures.not_a_period', { text }), {
    hint: say('figures.period_examples', { examples: EXAMPLES }),
  })
}
