import { clean } from './fold.js'

/**
 * A number as Vietnamese offices write it: `1.234,56`, `1234,56`, `12.345` (twelve thousand), `12` or `-5`.
 * A dot groups thousands and must group exactly three digits; a comma is the decimal mark. Null when it is none of these.
 */
export function parseNumber(text: string): number | null {
  const plain = clean(text).replace(/^\u2212/, '-')
  if (!/^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(plain)) return null
  return Number(plain.replaceAll('.', '').replace(',', '.'))
}

/**
 * A plan's percentage as a fraction in [0, 1], exact to the digits written: `80`, `80 %`, `0,8` and `0.8` are one value.
 * Between 0 and 1 a value is a fraction; above 1 it is per cent. `1` could be 1 % or 100 %: `ambiguous`. `isPercent`: the column says that
 * its numbers are per cent, so that `1` is 1 % and `0,5` half a per cent.
 */
export function parseShare(text: string, isPercent = false): { share: number } | { problem: 'ambiguous' | 'impossible' | 'unreadable' } {
  const plain = clean(text).replace(/^(≥|≤|>=|<=)\s*/, '')
  const match = /^(-?)(\d+)(?:[.,](\d+))?\s*(%?)$/.exec(plain)
  if (!match) return { problem: 'unreadable' }
  const [, sign, whole, decimals = '', mark] = match
  const percent = isPercent || mark !== ''
  const value = Number(`${whole}.${decimals || '0'}`)
  if (value === 1 && !percent) return { problem: 'ambiguous' }
  const isFraction = !percent && value < 1
  const share = isFraction ? value : Number(`${value}e-2`)
  return sign || share > 1 ? { problem: 'impossible' } : { share }
}

/** Whether a heading says that the numbers under it are per cent: `Kế hoạch (%)`, `Tỷ lệ %`, `Kết quả (phần trăm)`. */
export function saysPercent(heading: string): boolean {
  return /%|phần trăm|per ?cent/i.test(clean(heading))
}
