import { visible } from '../messages/visible.js'

/** A column of a list: its heading, whether its texts may be cut to fit the terminal, and whether they are numbers as shown. */
export interface ListColumn {
  key: string
  heading: string
  cuttable?: boolean
  isNumber?: boolean
}

/** A text on one line, with single spaces and nothing that steers a terminal or page; what is no character shows as "�". */
export function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '))
    .replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .trim()
}

/** A text in at most `width` characters, cut in the middle: units differ at the end of their names. */
export function fit(text: string, width: number): string {
  const letters = [...text]
  if (letters.length <= width) return text
  const tail = Math.floor((width - 1) * 0.4)
  return `${letters.slice(0, width - 1 - tail).join('')}…${tail > 0 ? letters.slice(-tail).join('') : ''}`
}

const CUT_TO_AT_LEAST = 12
const length = (text: string): number => [...text].length

/**
 * A plain aligned list for the terminal: two spaces between columns, numbers to the right. Where it does not fit, the cuttable columns
 * get shorter, the longest first; numbers are never cut, and no line is longer than `width` as long as those allow it.
 */
export function renderList(
  rows: readonly Record<string, string | number | null>[],
  columns: readonly ListColumn[],
  width = Infinity,
  withHeading = true,
): string {
  const texts = rows.map((row) => columns.map(({ key }) => (row[key] === null || row[key] === undefined ? '' : visible(String(row[key])))))
  const isNumber = columns.map((column) => column.isNumber ?? rows.some((row) => typeof row[column.key] === 'number'))
  const headings = columns.map(({ heading }) => (withHeading ? heading : ''))
  const widths = columns.map((_, i) => texts.reduce((most, row) => Math.max(most, length(row[i]!)), length(headings[i]!)))
  const total = (): number => widths.reduce((sum, one) => sum + one, 0) + 2 * (columns.length - 1)
  const cuttable = columns.flatMap((column, i) => (column.cuttable ? [i] : []))
  while (total() > width) {
    const longest = cuttable.filter((i) => widths[i]! > CUT_TO_AT_LEAST).sort((a, b) => widths[b]! - widths[a]!)[0]
    if (longest === undefined) break
    widths[longest]!--
  }
  const cell = (text: string, i: number): string => {
    const cut = fit(text, widths[i]!)
    const missing = ' '.repeat(widths[i]! - length(cut))
    return isNumber[i] ? missing + cut : cut + missing
  }
  const line = (cells: readonly string[]): string => `${cells.map(cell).join('  ').trimEnd()}\n`
  return [...(withHeading ? [line(headings)] : []), ...texts.map(line)].join('')
}
