import { clean } from './fold.js'

const range = (from: number, until: number): string => String.fromCodePoint(...Array.from({ length: until - from + 1 }, (_, i) => from + i))
const DASHES = '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d'
const APOSTROPHES = '\u2018\u2019\u201b\u2032\u00b4`'
const QUOTES = '\u201c\u201d\u201f\u2033'
const SMALL = range(0x61, 0x7a)
const PRINTED = range(0x21, 0x7e)
const FULL_WIDTH = range(0xff01, 0xff5e).replace('\uff0d', '')

/** Characters of codes that stand for one another: those of the first text for those of the second, in their order. */
export const CODE_CHARACTERS = {
  written: DASHES + APOSTROPHES + QUOTES + SMALL + FULL_WIDTH,
  kept:
    '-'.repeat(DASHES.length) +
    "'".repeat(APOSTROPHES.length) +
    '"'.repeat(QUOTES.length) +
    SMALL.toUpperCase() +
    PRINTED.replace('-', '').toUpperCase(),
}
/** What spreadsheets and pages put around a code, and the blanks people put in; for the engine and JavaScript alike, each with what stays. */
export const CODE_WRAPPINGS = [
  ['^[\' ]*= ?HYPERLINK ?\\(.*[,;] ?"([^"]*)" ?\\)[\' ]*$', 1],
  ['^[\' ]*= ?"([^"]*)"[\' ]*$', 1],
  ['^[\'" ]+', 0],
  ['[\'" ]+$', 0],
  [' *([-./_]) *', 1],
] as const
/** A code in its one spelling, as nearly all are written. */
export const PLAIN_CODE = '[0-9A-Z./_-]+'

const isPlain = new RegExp(`^${PLAIN_CODE}$`)
const KEPT = new Map([...CODE_CHARACTERS.written].map((letter, i) => [letter, CODE_CHARACTERS.kept[i]!]))
const WRITTEN = new RegExp(`[${[...CODE_CHARACTERS.written].map((letter) => letter.replace(/[\]\\^-]/, '\\$&')).join('')}]`, 'g')

/**
 * A code in the one spelling by which it is kept and compared, whatever a spreadsheet made of it: cleaned, ASCII letters in capitals, plain
 * hyphens, no full-width characters, no apostrophe before it, not as a formula (`="…"`, `=HYPERLINK("…","…")`), no blanks around hyphens and dots.
 * '' where nothing is left.
 */
export function foldCode(text: string): string {
  if (isPlain.test(text)) return text
  let code = clean(text).replace(WRITTEN, (letter) => KEPT.get(letter)!)
  for (const [pattern, stays] of CODE_WRAPPINGS) code = code.replace(new RegExp(pattern, 'g'), stays === 1 ? '$1' : '')
  return code
}

/** The form in which codes that are kept as they are written are compared. */
export const codeKey = (code: string): string => foldCode(code).toUpperCase()
