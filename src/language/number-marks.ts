import { clean } from './fold.js'
import { parseNumber } from './number.js'

/** How the numbers of a column are written: `1.234,5` (vi), `1,234.5` (en); `doubt`: nothing in it tells; `mixed`: both. */
export type Marks = 'vi' | 'en' | 'doubt' | 'mixed'

const SURE: Record<'vi' | 'en', RegExp> = { vi: sure('\\.', ','), en: sure(',', '\\.') }
const COMMA = /^[1-9]\d{0,2},\d{3}$/
const DOT = /^[1-9]\d{0,2}\.\d{3}$/
/** The numbers of workbooks, which never have three decimals. */
const POINTED = /^\d+\.(\d{1,2}|\d{4,})$/

/** Numbers that can be read in one way only: two groups, or decimals that are no group. */
function sure(thousands: string, decimal: string): RegExp {
  return new RegExp(
    `^(\\d{1,3}(${thousands}\\d{3}){2,}|\\d{1,3}(${thousands}\\d{3})+${decimal}\\d+|\\d+${decimal}(\\d{1,2}|\\d{4,})|(0|\\d{4,})${decimal}\\d{3})$`,
  )
}

const bare = (text: string): string =>
  clean(text)
    .replace(/^[-\u2212]/, '')
    .replace(/\s*%$/, '')

/** Decides from all cells of a column. `isWhole`: they are counts, so that 1,234 has no decimals. `isSheet`: numbers come with a point. */
export function marksOf(cells: Iterable<string>, { isWhole, isSheet }: { isWhole: boolean; isSheet: boolean }): Marks {
  const seen = { vi: false, en: false, comma: false, dot: false, short: false, long: false }
  for (const cell of cells) {
    const text = bare(cell)
    if (/^\d+$/.test(text)) seen[text.length > 3 ? 'long' : 'short'] = true
    else if (COMMA.test(text)) seen[isWhole && !text.endsWith('000') ? 'en' : 'comma'] = true
    else if (DOT.test(text)) seen[isWhole && !text.endsWith('000') ? 'vi' : 'dot'] = true
    else if (isSheet && POINTED.test(text)) continue
    else if (SURE.vi.test(text)) seen.vi = true
    else if (SURE.en.test(text)) seen.en = true
  }
  if (seen.vi && seen.en) return 'mixed'
  if (seen.vi || seen.en) return seen.vi ? 'vi' : 'en'
  if (!seen.comma) return 'vi'
  /* A column of counts with three decimals has them in all its cells: one without says that the comma groups. */
  return isWhole && seen.short && !seen.long && !seen.dot ? 'en' : 'doubt'
}

/** A number by the marks of its column; both readings where they do not tell; null: no number. */
export function parseMarked(text: string, marks: Marks): number | { readings: [number, number] } | null {
  const plain = clean(text)
    .replace(/^\u2212/, '-')
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, '')
  const [vi, en] = [parseNumber(plain), parseNumber(swapped(plain))]
  if (COMMA.test(plain) || DOT.test(plain)) {
    if (marks === 'doubt' ? COMMA.test(plain) : marks === 'mixed') return { readings: [vi!, en!] }
    return marks === 'en' ? en : vi
  }
  return vi ?? en
}

const swapped = (text: string): string => text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))
