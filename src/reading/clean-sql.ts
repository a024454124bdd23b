import { patternOf } from '../language/pattern.js'
import { literal } from '../store/store.js'

const INVISIBLE =
  '\\x{00}-\\x{08}\\x{0E}-\\x{1F}\\x{7F}-\\x{84}\\x{86}-\\x{9F}\\x{AD}\\x{61C}\\x{180E}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}'
const SPACE = '\\s\\x{0B}\\x{85}\\x{00A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}'

/** The cell as one would read it: NFC, Đ for its look-alikes, no invisible characters, single plain spaces. */
export function cleanSql(raw: string): string {
  const visible = `regexp_replace(${raw}, '[${INVISIBLE}]', '', 'g')`
  const composed = `translate(nfc_normalize(${visible}), '\u00d0\u0189\u00f0\u0256', '\u0110\u0110\u0111\u0111')`
  return `trim(regexp_replace(${composed}, '[${SPACE}]+', ' ', 'g'))`
}

/** SQL of an expression over the cleaned cell, here named `cell`, that cleans it once: the engine plans every mention of a regexp anew. */
export const overClean = (raw: string, expression: string): string => `list_transform([${cleanSql(raw)}], lambda cell: ${expression})[1]`

/** SQL, true where a cell has something in it. */
export const isSaid = (raw: string): string => `${raw} IS NOT NULL AND NOT regexp_full_match(${raw}, '[${INVISIBLE}${SPACE}]*')`

/** SQL, true where an expression of a definition is found. As a group: the engine turns simple expressions into LIKE, wrongly for some. */
export function isFoundSql(cell: string, pattern: string): string {
  return `regexp_matches(${cell}, ${literal(`(${patternOf(pattern)})`)})`
}
