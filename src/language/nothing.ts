import { clean } from './fold.js'

/**
 * What databases, data frames and people write into a cell that says nothing, compared letter by letter: "Na" may be a name, "NA" is none.
 * A cell that is the word NULL alone is empty, quoted or not.
 */
export const NOTHING: readonly string[] = [
  ...['null', '(null)', '<null>', '[null]', 'none', '(none)', 'nil', 'n/a', 'nan'].flatMap((word) => [word, word.toUpperCase()]),
  'Null',
  '(Null)',
  'None',
  'Nil',
  'N/a',
  'NaN',
  'NA',
  '\\N',
  '-',
  '--',
  '---',
  '\u2013',
  '\u2014',
  '\u2212',
]
const words = new Set(NOTHING)

/** Whether a cell says nothing: no letter that is seen, or a word for it. */
export const saysNothing = (text: string): boolean => {
  if (text.length > 40) return false
  const said = clean(text)
  return said === '' || words.has(said)
}

const ZERO_CLOCK = '([T ]0?0:00(:00([.,]0+)?)?)?'
/** Days that stand for none, in expressions of both the engine and JavaScript: zeros, and the first days that systems can write. */
export const NO_DAY = `(0?1[/.-]0?1[/.-](1900|0001)|00?[/.-]00?[/.-]0000|(1900|0001)-01-0[01]|0000-00-00|3[01][/.-]12[/.-]1899|1899-12-3[01]|(00000000|19000101|00010101)(0{4}|0{6})?)${ZERO_CLOCK}`
/** The last day that systems can write: no end. */
export const NO_END = `(31[/.-]12[/.-]9999|9999-12-31|2958465)([T ].*|[.,]\\d+)?|99991231\\d*`

const isNoDay = new RegExp(`^(?:${NO_DAY})$`)
const isNoEnd = new RegExp(`^(?:${NO_END})$`)

/** Whether the cell of a day says that there is none; `mayBeOpen`: also by the last day of the calendar, as an end is written that is yet to come. */
export function isNoTime(text: string, mayBeOpen: boolean): boolean {
  const said = clean(text)
  return saysNothing(said) || isNoDay.test(said) || (mayBeOpen && isNoEnd.test(said))
}
