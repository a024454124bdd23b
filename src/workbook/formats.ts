import { attribute, type XmlHandler } from './xml.js'

/**
 * How a number is shown: as one; in per cent; as a day, a day with its time, a time of day, hours that go beyond a day; as digits in their places
 * among other text (`"H48-"000`); or not at all, with a text instead.
 */
export type Shown =
  | { as: 'number' | 'percent' | 'day' | 'time' | 'elapsed' }
  /** `hasDecimals`: seconds are shown with decimals. */
  | { as: 'moment'; hasDecimals?: boolean }
  /** `picture` has a NUL for every place of a digit, the last `least` of which are always filled. */
  | { as: 'code'; picture: string; least: number }
  | { as: 'text'; text: string }

/** The sections of a format that say more than "a number", in the order in which they are tried. */
export type CellFormat = readonly { fits: (value: number) => boolean; shown: Shown }[]

const NUMBER: Shown = { as: 'number' }
const always = (): boolean => true

/** The format of every cell style of a style sheet, by the number cells name it with, null for plain numbers; fills while it is scanned. */
export function cellFormats(): XmlHandler & { formats: (CellFormat | null)[] } {
  const codes = new Map<number, string>()
  const formats: (CellFormat | null)[] = []
  let section = ''
  return {
    formats,
    open(name, attributes) {
      if (name === 'numFmts' || name === 'cellXfs') section = name
      else if (name === 'numFmt' && section === 'numFmts')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode'))
      else if (name === 'xf' && section === 'cellXfs') {
        const id = Number(attribute(attributes, 'numFmtId'))
        const code = codes.get(id)
        formats.push(code === undefined ? builtinFormat(id) : formatOf(code))
      }
    },
    close(name) {
      if (name === section) section = ''
    },
  }
}

/** The ranges of ECMA-376, part 1, 18.8.30: those from 27 on are dates and times of East Asia, different in each country. */
const BUILTIN: readonly (readonly [first: number, last: number, as: 'day' | 'moment' | 'time' | 'elapsed'])[] = [
  [14, 17, 'day'],
  [18, 21, 'time'],
  [22, 22, 'moment'],
  [27, 31, 'day'],
  [32, 35, 'time'],
  [36, 36, 'day'],
  [45, 45, 'time'],
  [46, 46, 'elapsed'],
  [47, 47, 'time'],
  [50, 54, 'day'],
  [55, 56, 'time'],
  [57, 58, 'day'],
]

function builtinFormat(id: number): CellFormat | null {
  if (id === 9 || id === 10) return [{ fits: always, shown: { as: 'percent' } }]
  const as = BUILTIN.find(([first, last]) => first <= id && id <= last)?.[2]
  return as === undefined ? null : [{ fits: always, shown: { as } }]
}

const TOKENS = /"[^"]*"?|\\.?|_.?|\*.?|\[[^\]]*\]?|./gs

function formatOf(code: string): CellFormat | null {
  const sections: string[][] = [[]]
  for (const [token] of code.matchAll(TOKENS)) {
    if (token === ';') sections.push([])
    else sections.at(-1)!.push(token)
  }
  const numeric = sections.slice(0, 3)
  const format = numeric.map((tokens, i) => ({ fits: conditionOf(tokens) ?? usual(i, numeric.length), shown: shownBy(tokens) }))
  return format.every(({ shown: { as } }) => as === 'number' || as === 'text') ? null : format
}

/** Positive numbers, negative ones, zero; the last section takes what is left. */
function usual(section: number, sections: number): (value: number) => boolean {
  if (section === sections - 1) return always
  if (section === 1) return (value) => value < 0
  return sections === 2 ? (value) => value >= 0 : (value) => value > 0
}

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
}

function conditionOf(tokens: readonly string[]): ((value: number) => boolean) | null {
  for (const token of tokens) {
    const [, sign, limit] = /^\[(<=|<>|<|=|>=|>)\s*(-?\d+(?:\.\d+)?)\]$/.exec(token) ?? []
    if (sign && limit) return (value) => COMPARE[sign]!(value, Number(limit))
  }
  return null
}

function shownBy(tokens: readonly string[]): Shown {
  if (tokens.some((token) => /^\[(h+|m+|s+)\]$/i.test(token))) return { as: 'elapsed' }
  const bare = tokens.filter((token) => token.length === 1).join('')
  const letters = bare.replace(/general|standard/gi, '@').replace(/am\/pm|a\/p/gi, 'h')
  if (/[0#?]/.test(letters.replace(/s[.,]0+/gi, 's'))) return bare.includes('%') ? { as: 'percent' } : (codeBy(tokens, bare) ?? NUMBER)
  const hasTime = /[hs]/i.test(letters)
  if (/[ydegb]|aaa/i.test(letters)) return hasTime ? { as: 'moment', hasDecimals: /s[.,]0/i.test(letters) } : { as: 'day' }
  if (hasTime) return { as: 'time' }
  if (/m/i.test(letters)) return { as: 'day' }
  return letters.includes('@') ? NUMBER : { as: 'text', text: tokens.map(literalOf).join('').trim() }
}

const literalOf = (token: string): string =>
  token.startsWith('"') ? token.replaceAll('"', '') : token.startsWith('\\') ? token.slice(1) : token.length === 1 ? token : ''

/**
 * Digits that are a code and not an amount: two or more places always filled come first, or a text that leads up to them (`"H48-"0`).
 * Null for numbers, also those with a unit behind them (`0 "ngày"`).
 */
function codeBy(tokens: readonly string[], bare: string): Shown | null {
  if (!/^[0#? ()+:$-]*$/.test(bare)) return null
  const isPlace = (token: string): boolean => /^[0#?]$/.test(token)
  const picture = tokens.map((token) => (isPlace(token) ? '\0' : literalOf(token))).join('')
  const places = tokens.filter(isPlace)
  const least = places.length - Math.max(places.indexOf('0'), 0)
  const isPadded = /^[^0]*0[0#?]/.test(tokens.map((token) => (isPlace(token) ? token : ' ')).join(''))
  const [before = ''] = picture.split('\0', 1)
  return isPadded || /[\p{L}\d][-./_]$/u.test(before) ? { as: 'code', picture, least } : null
}

/** Digits put into their places from the last on; the ones too many go before the first. */
export function inPlaces(digits: string, picture: string, least: number): string {
  let rest = digits.padStart(least, '0')
  let text = ''
  const first = picture.indexOf('\0')
  for (let at = picture.length - 1; at >= 0; at--) {
    if (picture[at] !== '\0') text = picture[at]! + text
    else {
      text = (at === first ? rest : rest.slice(-1)) + text
      rest = rest.slice(0, -1)
    }
  }
  return text.trim()
}
