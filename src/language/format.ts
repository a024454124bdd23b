import { formatCount } from '../messages/count.js'
import type { Language } from './labels.js'

export { formatCount }

/**
 * Hundredths of a per cent to show for numerator/denominator: half-up, but never 100,00 when something is missing and
 * never 0,00 when something is there (205.773 of 205.775 is 99,99). Exact: integers only.
 */
export function displayHundredths(numerator: number, denominator: number): number {
  const [n, d] = [BigInt(numerator), BigInt(denominator)]
  const rounded = Number((n * 20_000n + d) / (2n * d))
  if (n > 0n && rounded === 0) return 1
  if (n < d && rounded >= 10_000) return 9_999
  return rounded
}

/** A target or another given share in hundredths of a per cent, half-up: 0,9217 is 9217. */
export function shareHundredths(share: number): number {
  return Math.round(Number(`${share.toFixed(12)}e4`))
}

/** The same of a coverage, which is known as a share alone. */
export function coverageHundredths(share: number): number {
  return share === 0 || share === 1 ? share * 10_000 : Math.min(9_999, Math.max(1, shareHundredths(share)))
}

/** Whether a share as published, with so many decimals of per cent, is another one rounded, cut or raised: 99,99 of 99,998, 0,01 of 0,001. */
export function isAsPublished(published: number, exact: number, digits: number): boolean {
  return Math.abs(published - exact) * 100 < 10 ** -digits - 1e-9
}

/** Whether it is the other one rounded half-up. */
export function isRounded(published: number, exact: number, digits: number): boolean {
  const scale = 10 ** (digits + 2)
  return Math.round(exact * scale + 1e-9) === Math.round(published * scale)
}

/** Hundredths of a per cent as text: 9217 → `92,17 %` (vi), `92.17 %` (en). */
export function formatHundredths(hundredths: number, language: Language, options: { sign?: boolean; unit?: string } = {}): string {
  const whole = Math.floor(Math.abs(hundredths) / 100)
  const decimals = String(Math.abs(hundredths) % 100).padStart(2, '0')
  const sign = hundredths < 0 ? '−' : options.sign ? '+' : ''
  return `${sign}${formatCount(whole, language)}${language === 'vi' ? ',' : '.'}${decimals}${options.unit ?? ' %'}`
}
