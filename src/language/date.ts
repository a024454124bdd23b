import { hourIn, LAST_MOMENT, readClock } from './clock.js'
import { clean } from './fold.js'

const pad = (value: number | string, width = 2): string => String(value).padStart(width, '0')
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)
const YEARS = { first: 1990, last: 2100 }

/**
 * A point in time as exports write it, as local text `yyyy-MM-dd HH:mm:ss` (Asia/Ho_Chi_Minh, +07), or null. Decimals of a second are kept,
 * up to six: `yyyy-MM-dd HH:mm:ss.25`.
 * Read: d/M/yyyy and d-M-yyyy with or without a time before or after, ISO with or without an offset, yyyyMMdd[HHmm[ss]],
 * Excel's 1900 serials; times of day as `2:30 CH`, `8:05 SA`, AM, PM, `14h30`, `14g30`. 24:00 is the last moment of its day. Never MM/dd. A day that does not exist, or a year outside 1990–2100, is null.
 * Source: domain practice of one-stop exports; the same rules as the SQL of the bulk road (a property test holds them together).
 */
export function parseTime(text: string): string | null {
  const clock = readClock(clean(text))
  const time = plainTime(clock.text)
  if (time === null || (clock.half === null && !clock.isEndOfDay)) return time
  if (clock.half === null) return `${time.slice(0, 10)} ${LAST_MOMENT}`
  const hour = clock.isEndOfDay ? null : hourIn(Number(time.slice(11, 13)), clock.half)
  return hour === null ? null : `${time.slice(0, 11)}${pad(hour)}${time.slice(13)}`
}

/** The same of a time in digits, on a clock of 24 hours. */
function plainTime(said: string): string | null {
  const decimals = (said.includes(':') ? /:\d{1,2}:\d{1,2}[.,](\d+)/ : /^\d{14}[.,]?(\d{3})$/).exec(said)?.[1]
  if (decimals === undefined || said.length < 17) return wholeTime(said)
  const whole = wholeTime(said.replace(said.includes(':') ? /(:\d{1,2}:\d{1,2})[.,]\d+/ : /^(\d{14})[.,]?\d{3}$/, '$1'))
  const fraction = decimals.slice(0, 6).replace(/0+$/, '')
  return whole === null || fraction === '' ? whole : `${whole}.${fraction}`
}

/** The same without decimals of a second. */
function wholeTime(plain: string): string | null {
  let match = /^(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2}))? )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$/.exec(
    plain,
  )
  if (match) {
    const [, h1, m1, s1, day, month, year, h2, m2, s2] = match
    if (h1 !== undefined && h2 !== undefined) return null
    return compose(year!, month!, day!, h1 ?? h2, m1 ?? m2, s1 ?? s2)
  }
  match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/.exec(plain)
  if (match) {
    const [, year, month, day, hour, minute, second, offset] = match
    const local = compose(year!, month!, day!, hour, minute, second)
    return local && offset ? inVietNam(local, offset) : local
  }
  match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(plain)
  if (match) return compose(match[1]!, match[2]!, match[3]!, match[4], match[5], match[6])
  if (/^\d{5}(\.\d+)?$/.test(plain)) return inYears(fromUtc(EXCEL_EPOCH + Math.round(Number(plain) * 86_400) * 1000))
  return null
}

/** As parseTime, but a calendar day `yyyy-MM-dd`. */
export function parseDate(text: string): string | null {
  return parseTime(text)?.slice(0, 10) ?? null
}

/** Local time `yyyy-MM-dd HH:mm:ss` of its written parts; null when there is no such time, or none of these years. */
export function compose(year: string, month: string, day: string, hour = '0', minute = '0', second = '0'): string | null {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  return inYears(`${pad(year, 4)}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}`)
}

function inYears(time: string): string | null {
  const year = Number(time.slice(0, 4))
  return year >= YEARS.first && year < YEARS.last ? time : null
}

function inVietNam(local: string, offset: string): string | null {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? []
  const minutesEast = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return inYears(fromUtc(Date.parse(`${local.replace(' ', 'T')}Z`) - minutesEast * 60_000 + 7 * 3_600_000))
}

function fromUtc(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
}

/** The day after or before, in calendar arithmetic: `addDays('2024-02-28', 1)` is `2024-02-29`. */
export function addDays(date: string, days: number): string {
  return fromUtc(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).slice(0, 10)
}

/** `2024-09-03` as people here write it: `03/09/2024`. */
export function formatDate(date: string): string {
  return date.slice(0, 10).split('-').reverse().join('/')
}
