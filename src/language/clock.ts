/* Times of day as people write them. The expressions mean the same to JavaScript and to the engine (RE2). */

/** What a rewriting looks for, without regard to case, and what it puts there: `$1` is its first group. */
export type Rewriting = readonly [pattern: string, replacement: string]

/** Whether a text may hold such a time at all. */
export const MAY_BE_WORDED = '[^\\dTZ/.:+ -]|24:?0| - '

/** `lúc 14h30 ngày 26/09/2025`, `14 giờ 30 phút`, `14g30`, `26/09/2025, 14:30`, `26/09/2025 - 14:30`: with colons and spaces alone. */
export const WORDED: readonly Rewriting[] = [
  ['^lúc ', ''],
  ['(^| )ngày ', '$1'],
  ['(\\d)(?:,| -) (\\d)', '$1 $2'],
  ["(^| )(\\d{1,2}) ?(?:giờ|h|g) ?(\\d{1,2}) ?(?:phút|ph|p|')?( |$)", '$1$2:$3$4'],
  ['(^| )(\\d{1,2}) ?(?:giờ|h|g)( |$)', '$1$2:00$3'],
]

const BEFORE_NOON = 'sa|am|a\\.m\\.?'
const AFTER_NOON = 'ch|pm|p\\.m\\.?'

/** The words of the two halves of a day, where nothing says that case does not matter. */
export const HALF = '[sS][aA]|[cC][hH]|[aApP][mM]|[aApP]\\.[mM]\\.'
export const MORNING = /^[sa]/i

/** Which half of the day a time says it is in; the first group is what stands before it, the last what stands after. */
export const half = (which: 'am' | 'pm' | 'any'): string => {
  const words = { am: BEFORE_NOON, pm: AFTER_NOON, any: `${BEFORE_NOON}|${AFTER_NOON}` }[which]
  return `((?:^|[ T])\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:[.,]\\d+)?)?) ?(?:${words})( \\d.*)?$`
}

/** Midnight at the end of a day: its hour is 24. */
export const END_OF_DAY = '^(\\d{8}|(?:.*[ T])?)24(:?00(?::?00(?:[.,]0+)?)?)( \\d.*)?$'

/** A text with its time in plain digits, and how that time is meant. */
export interface Clock {
  text: string
  half: 'am' | 'pm' | null
  isEndOfDay: boolean
}

export function readClock(said: string): Clock {
  if (!new RegExp(MAY_BE_WORDED).test(said)) return { text: said, half: null, isEndOfDay: false }
  const worded = WORDED.reduce((text, [pattern, replacement]) => text.replace(new RegExp(pattern, 'i'), replacement), said)
  const is = (pattern: string): boolean => new RegExp(pattern, 'i').test(worded)
  const text = worded.replace(new RegExp(half('any'), 'i'), '$1$2').replace(new RegExp(END_OF_DAY), '$100$2$3')
  return { text, half: is(half('am')) ? 'am' : is(half('pm')) ? 'pm' : null, isEndOfDay: new RegExp(END_OF_DAY).test(worded) }
}

/**
 * The hour (0–23) of one in a half of the day: 12 in the morning is 0, 2 in the afternoon 14; null where they contradict each other
 * (15 in the morning). 15 in the afternoon is 15.
 */
export function hourIn(hour: number, which: 'am' | 'pm'): number | null {
  if (which === 'am') return hour > 12 ? null : hour % 12
  return hour === 0 ? null : hour < 12 ? hour + 12 : hour
}

/** The last moment of a day: 24:00 is still that day's, for all that counts days. */
export const LAST_MOMENT = '23:59:59.999999'
