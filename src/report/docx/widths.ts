/** Type sizes of tables, in points, the largest that fits first. */
const SIZES = [12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7]
/** Letters that a column of texts makes room for: at least, of its longest word, and at most. */
const SHORT_TEXT = 14
const LONGEST_WORD = 18
const LONGEST_TEXT = 48
const MM_PER_POINT = 0.3528
/** A letter's width of its size, how much wider the bold ones of headings are, and what a cell leaves free at both sides. */
const LETTER = 0.52
const BOLD = 1.15
export const PADDING = 1.1

export interface ColumnTexts {
  heading: string
  texts: readonly string[]
  /** Whether its texts stay on one line. */
  isOneLine: boolean
}

/** The widths of a table's columns in millimetres, adding up to `available`, and its size of type: numbers on one line, words whole. */
export function columnWidths(columns: readonly ColumnTexts[], available: number): { size: number; widths: number[] } {
  const needs = columns.map(({ heading, texts, isOneLine }) => {
    const whole = largest(texts, lengthOf, 1)
    const word = largest(texts, longestWord, longestWord(heading) * BOLD)
    return {
      least: isOneLine ? Math.max(word, whole) : Math.max(Math.min(word, LONGEST_WORD), Math.min(whole, SHORT_TEXT)),
      wanted: Math.min(Math.max(whole, word, lengthOf(heading) / 3), LONGEST_TEXT),
    }
  })
  const inMillimetres = (letters: number, size: number): number => letters * size * LETTER * MM_PER_POINT + 2 * PADDING
  const leastAt = (size: number): number[] => needs.map(({ least }) => inMillimetres(least, size))
  const size = SIZES.find((one) => sum(leastAt(one)) <= available) ?? SIZES.at(-1)!
  const least = leastAt(size)
  const free = available - sum(least)
  if (free <= 0) return { size, widths: least.map((width) => (width * available) / sum(least)) }
  const wishes = needs.map(({ wanted }, i) => Math.max(0, inMillimetres(wanted, size) - least[i]!))
  const granted = Math.min(1, free / Math.max(sum(wishes), 0.1))
  const widths = least.map((width, i) => width + wishes[i]! * granted)
  return { size, widths: widths.map((width) => (width * available) / sum(widths)) }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
/** A letter that is wider than those of middle width, so many times. */
const WIDE = 1.4
/** Letters of middle width; capitals and marks are wider, diacritics that stand alone take none. */
const lengthOf = (text: string): number =>
  [...text].reduce((length, letter) => length + (/\p{M}/u.test(letter) ? 0 : /[\p{Lu}▲▼●○@%]/u.test(letter) ? WIDE : 1), 0)
const longestWord = (text: string): number => largest(text.split(' '), lengthOf, 0)
const largest = (texts: readonly string[], of: (text: string) => number, least: number): number =>
  texts.reduce((most, text) => (text.length * WIDE <= most ? most : Math.max(most, of(text))), least)
