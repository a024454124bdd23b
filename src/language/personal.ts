import { clean } from './fold.js'

/* Identity numbers start with the code of a province; telephone numbers are written with or without spaces and dots. */
const PERSONAL = [
  /(?<!\d)0\d{11}(?!\d)/g,
  /^\s*\d{9}\s*$/g,
  /(?<![\d.])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4})(?:\+?84|0)(?:[ .-]?\d){8,9}(?!\d|\.?[A-Z])/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
]

/** A text without what identifies a person: identity and telephone numbers and e-mail addresses become •••. */
export function maskPersonal(text: string): string {
  return PERSONAL.reduce((masked, pattern) => masked.replace(pattern, '•••'), text)
}

/* Nothing but an identity number, a telephone number or an e-mail address; numbers of other kinds that begin so are left alone. */
const ALONE = [/^0(0[1-9]|[1-8]\d|9[0-6])\d{9}$/, /^(\+?84|0)([35789]\d{8}|2\d{9})$/, /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/]

/** Whether a text is nothing but what identifies a person. */
export function isPersonalText(text: string): boolean {
  const plain = text.includes('@') ? text : text.replace(/[ .-]/g, '')
  return ALONE.some((pattern) => pattern.test(plain))
}

/** Whether cells say who somebody is: then they are a row of data, and not printed. */
export const isPersonalRow = (cells: readonly string[]): boolean => cells.some((cell) => maskPersonal(cell) !== cell)

/* A code, a date, a number: no header. */
const DATUM = /^\S*\d{6}\S*$|^[\d\s./:-]{6,}$/

/** The cells of a row that should be a header, for a message: the first twelve, unless it is a row of data. */
export function shownRow(cells: readonly string[]): string {
  if (isPersonalRow(cells) || cells.some((cell) => DATUM.test(clean(cell)))) return 'what looks like a row of data'
  const names = cells.map(clean).filter((cell) => cell !== '')
  const more = names.length > 12 ? ` and ${names.length - 12} more` : ''
  return `${names
    .slice(0, 12)
    .map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
    .join(', ')}${more}`
}
