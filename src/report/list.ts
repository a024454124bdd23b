import { visible } from '../messages/visible.js'

/** A column of a list: its heading, whether its texts may go on in further lines to fit the terminal, and whether they are numbers as shown. */
export interface ListColumn {
  key: string
  heading: string
  wraps?: boolean
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

/** A text in lines of at most `width` characters, all indented as it is: broken at spaces, a longer word anywhere; nothing is left out. */
export function linesOf(text: string, width: number): string[] {
  if (length(text) <= width) return [text]
  const indent = /^ */.exec(text)![0].slice(0, Math.max(0, width - 1))
  return broken(text.trim(), width - indent.length).map((line) => indent + line)
}

function broken(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && length(line) + 1 + length(word) > width) {
      lines.push(line)
      line = ''
    }
    let letters = [...word]
    for (; line === '' && letters.length > width; letters = letters.slice(width)) lines.push(letters.slice(0, width).join(''))
    line = line === '' ? letters.join('') : `${line} ${letters.join('')}`
  }
  return [...lines, line]
}

/* How narrow columns that wrap get: none the second before all are the first. */
const NARROW = [12, 6]
const length = (text: string): number => [...text].length

/**
 * A plain aligned list for the terminal: two spaces between columns, numbers to the right. Where it does not fit, the columns that wrap
 * get narrower, the widest first, and their texts go on below; nothing is cut, and no line is longer than `width` as long as the others allow it.
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
  const wrapping = columns.flatMap((column, i) => (column.wraps ? [i] : []))
  for (const least of NARROW) {
    while (total() > width) {
      const widest = wrapping.filter((i) => widths[i]! > least).sort((a, b) => widths[b]! - widths[a]!)[0]
      if (widest === undefined) break
      widths[widest]!--
    }
  }
  const cell = (text: string, i: number): string => {
    const missing = ' '.repeat(widths[i]! - length(text))
    return isNumber[i] ? missing + text : text + missing
  }
  const line = (cells: readonly string[]): string => {
    const parts = cells.map((text, i) => linesOf(text, widths[i]!))
    const height = Math.max(...parts.map((lines) => lines.length))
    const at = (row: number): string => parts.map((lines, i) => cell(lines[row] ?? '', i)).join('  ')
    return Array.from({ length: height }, (_, row) => `${at(row).trimEnd()}\n`).join('')
  }
  return [...(withHeading ? [line(headings)] : []), ...texts.map(line)].join('')
}
