import { fold } from '../language/fold.js'

/** Words before a unit's own name that files write or leave out. */
const AUTHORITY = /^(?:ubnd|u\.b\.n\.d|ủy ban nhân dân|uỷ ban nhân dân)\.?\s+/
const AREAS: Record<string, string> = {
  tp: 'thành phố',
  tx: 'thị xã',
  tt: 'thị trấn',
  đk: 'đặc khu',
  p: 'phường',
  x: 'xã',
  h: 'huyện',
  q: 'quận',
  t: 'tỉnh',
}
const SHORT = new RegExp(`^(${Object.keys(AREAS).join('|')})(?:\\s*\\.\\s*|\\s+|(?=\\d+$))(?=\\S)`)
const AREA = new RegExp(`^(${Object.values(AREAS).join('|')}) `)
const SEPARATOR = /\s*[,;(–]\s*|\s+-\s+|\s+thuộc\s+/
const INNER_AREA = /\s+(?=(?:quận|huyện|thị xã|thành phố|tỉnh)\s\S|(?:tp|tx)[.\s]\s*\S|[hqt]\.\s*\S)/

/** A unit's name as it is compared: folded, without the authority before it, abbreviations of its type in full. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(AUTHORITY, '')
    .replace(SHORT, (_, short: string) => `${AREAS[short]!} `)
    .replace(/ 0+(\d+)$/, ' $1')
}

/** The units a name speaks of: its own, and those above it that it names beside ("Phường 5, TP. Cà Mau"); each as compared. */
export function splitName(name: string): { own: string; above: string[] } {
  const parts = fold(name)
    .replace(AUTHORITY, '')
    .split(SEPARATOR)
    .flatMap((part) => part.replace(/\)$/, '').split(INNER_AREA))
    .filter((part) => part !== '')
    .map(nameKey)
  return { own: parts[0] ?? '', above: parts.slice(1) }
}

/** A compared name without the word for its type: "huyện đầm dơi" is "đầm dơi". */
export function bareName(key: string): string {
  return key.replace(AREA, '')
}
