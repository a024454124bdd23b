/**
 * Days and times without a time zone: a day is a count of days since 1970-01-01, a moment a count of
 * seconds since then, both on the wall clock of Viet Nam. Working days follow the days off of civil servants.
 */
export const DAY = 86400
export const hour = (hours, minutes = 0) => hours * 3600 + minutes * 60
export const dayNumber = (year, month, day) => Date.UTC(year, month - 1, day) / (DAY * 1000)
export const dayOf = (moment) => Math.floor(moment / DAY)

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const parts = new Map()

/** {year, month, day, text: dd/MM/yyyy, iso: yyyy-MM-dd, code: yyMMdd} of a day number. */
export function dayParts(number) {
  let found = parts.get(number)
  if (!found) {
    const date = new Date(number * DAY * 1000)
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
    const [mm, dd] = [twoDigits[month], twoDigits[day]]
    found = {
      year,
      month,
      day,
      text: `${dd}/${mm}/${year}`,
      iso: `${year}-${mm}-${dd}`,
      code: `${twoDigits[year % 100]}${mm}${dd}`,
    }
    parts.set(number, found)
  }
  return found
}

/** dd/MM/yyyy HH:mm:ss; an absent moment is an empty cell. */
export function momentText(moment) {
  if (moment === null || moment === undefined) return ''
  const day = dayOf(moment)
  const seconds = moment - day * DAY
  const minutes = Math.floor(seconds / 60)
  return `${dayParts(day).text} ${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`
}

const OFF = ['2024-01-01', '2024-02-08', '2024-02-09', '2024-02-12', '2024-02-13', '2024-02-14', '2024-04-18']
  .concat(['2024-04-29', '2024-04-30', '2024-05-01', '2024-09-02', '2024-09-03', '2025-01-01', '2025-01-27'])
  .concat(['2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-04-07', '2025-04-30', '2025-05-01'])
  .concat(['2025-05-02', '2025-09-01', '2025-09-02', '2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17'])
  .concat(['2026-02-18', '2026-02-19', '2026-02-20', '2026-04-27', '2026-04-30', '2026-05-01'])
  .concat(['2026-08-31', '2026-09-01', '2026-09-02', '2026-11-24'])
const WORKED_SATURDAYS = ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']

const FIRST = dayNumber(2023, 12, 1)
const LAST = dayNumber(2026, 12, 31)

/** Every working day from 01/12/2023 to 31/12/2026, ascending. */
export const workingDays = []
const indexFrom = []
for (let number = FIRST; number <= LAST; number++) {
  const weekday = (number + 4) % 7
  const { iso } = dayParts(number)
  const works = (weekday >= 1 && weekday <= 5 && !OFF.includes(iso)) || WORKED_SATURDAYS.includes(iso)
  indexFrom.push(workingDays.length)
  if (works) workingDays.push(number)
}

/** Position in `workingDays` of the first working day on or after `number`. */
export const workingIndex = (number) => indexFrom[number - FIRST]

/** The day `count` working days after `number`; the count starts the next day. */
export const addWorkingDays = (number, count) => (count === 0 ? number : workingDays[workingIndex(number + 1) + count - 1])

/** Working days from one day to another, both included. */
export const workingDaysBetween = (from, until) => {
  const after = workingDays[workingIndex(until)] === until ? 1 : 0
  return workingDays.slice(workingIndex(from), workingIndex(until) + after)
}
