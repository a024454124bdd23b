import { clean, fold, toneSpellings } from '../language/fold.js'
import { patternOf } from '../language/pattern.js'
import { literal } from '../store/store.js'
import { cleanSql, isFoundSql, isSaid } from './cells.js'
import type { Mapping } from './header.js'

/** A rule of a layout for rows that are no records: what their cell in one column is, or that it is the only one with anything in it. */
export interface SkipRule {
  index: number
  is?: readonly string[] | undefined
  matches?: string | undefined
  is_empty?: true | undefined
  isOnly: boolean
  reason: string
}

/** Why a row is skipped, row by row; null: it is a record. The same rules as skipConditions. */
export function skipReason({ skips }: Pick<Mapping, 'skips'>): (cells: readonly string[]) => string | null {
  const rules = skips.map(({ index, is, matches, isOnly, reason }) => {
    const texts = is && new Set(is.map(fold))
    const pattern = matches === undefined ? null : new RegExp(patternOf(matches), 'u')
    const holds = (cells: readonly string[]): boolean => {
      const cell = clean(cells[index] ?? '')
      if (isOnly) return cell !== '' && cells.every((other, i) => i === index || other === '' || clean(other) === '')
      if (texts) return texts.has(fold(cell))
      return pattern ? pattern.test(cell) : cell === ''
    }
    return { holds, reason }
  })
  return (cells) => rules.find(({ holds }) => holds(cells))?.reason ?? null
}

/** The same as SQL over the columns c0, c1, … of the file: what is true of a row that is skipped, and why it is; the first counts. */
export function skipConditions({ skips, header }: Mapping): { condition: string; reason: string }[] {
  return skips.map(({ index, is, matches, isOnly, reason }) => {
    const raw = `c${index}`
    const others = header.flatMap((_, i) => (i === index ? [] : [isSaid(`c${i}`)]))
    if (isOnly) return { reason, condition: [isSaid(raw), ...others.map((said) => `NOT (${said})`)].join(' AND ') }
    if (is) {
      const texts = is.flatMap((text) => toneSpellings(fold(text))).map((text) => `WHEN ${literal(text)} THEN true`)
      return { reason, condition: `CASE lower(${cleanSql(raw)}) ${texts.join(' ')} ELSE false END` }
    }
    if (matches === undefined) return { reason, condition: `NOT (${isSaid(raw)})` }
    return { reason, condition: isFoundSql(`coalesce(${cleanSql(raw)}, '')`, matches) }
  })
}
