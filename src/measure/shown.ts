import { displayHundredths, shareHundredths } from '../language/format.js'
import type { MetricDefinition } from '../definitions/load.js'
import { isStrict, type Operator } from '../language/plan-words.js'
import type { Target } from './target.js'

/** A metric and its target at the place of a figure. */
export interface Judged {
  metric: MetricDefinition
  target: Target | null
}

/**
 * Hundredths of a per cent to show. Half-up, never all nor nothing where that is not so; a figure that misses its target never shows as the
 * target, nor one that passes a strict target, and what complements another (late beside on time) shows as 100 less that one: so all of them, `kin`, move together. Where a
 * plan makes these rules collide, that of the targets wins.
 */
export function shownHundredths(numerator: number, denominator: number, metric: MetricDefinition, kin: readonly Judged[]): number {
  const isComplement = ({ complement_of }: MetricDefinition): boolean => complement_of !== undefined
  const base = isComplement(metric) ? denominator - numerator : numerator
  const clashes = kin.flatMap((one) => {
    if (one.target === null) return []
    const [sign, n] = isComplement(one.metric) ? [-1, denominator - base] : [1, base]
    const side = compareExactly(n, denominator, one.target.share)
    const isPassed = isStrict(one.target.operator) && statusOf(side, one.metric, one.target.operator) === 'exceeded'
    if (side === 0 || (statusOf(side, one.metric) !== 'missed' && !isPassed)) return []
    const target = shareHundredths(one.target.share)
    return [{ at: sign > 0 ? target : 10_000 - target, step: sign * side }]
  })
  let shown = displayHundredths(base, denominator)
  for (let moves = 0; moves <= clashes.length; moves++) shown += clashes.find(({ at }) => at === shown)?.step ?? 0
  return isComplement(metric) ? 10_000 - shown : shown
}

/** How a figure stands to its target that is beyond it (1), at it, or below it (−1). At a strict target (more than) it misses it. */
export function statusOf(side: number, { direction }: MetricDefinition, operator: Operator | null = null): 'exceeded' | 'met' | 'missed' {
  const good = direction === 'higher' ? side : -side
  return good > 0 ? 'exceeded' : good === 0 && !isStrict(operator) ? 'met' : 'missed'
}

/** Sign of numerator/denominator − share, in integers: the share is the decimal number that was written. */
export function compareExactly(numerator: number, denominator: number, share: number): number {
  const difference = BigInt(numerator) * SHARES - sharesOf(share) * BigInt(denominator)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

/** Targets as whole numbers: a plan writes no more decimals. */
export const SHARES = 1_000_000_000_000n
export function sharesOf(share: number): bigint {
  return BigInt(share.toFixed(12).replace('.', ''))
}
