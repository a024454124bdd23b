import type { MetricDefinition } from '../definitions/load.js'
import { displayHundredths } from '../language/format.js'
import type { MetricResult } from './result.js'
import type { Target } from './target.js'

export type Status = 'exceeded' | 'met' | 'missed' | 'no_target' | 'no_data'

/** A figure beside its target. gap is value − target as a fraction, whatever the direction; null without both. */
export interface Comparison extends MetricResult {
  target: number | null
  targetSource: string | null
  gap: number | null
  status: Status
  /** Hundredths of a per cent to show; null without a value. */
  shown: number | null
  /** The same figure of the earlier period asked for; null without one. */
  previous: Earlier | null
  /** The same figure of a year before, where that is asked for besides. */
  yearAgo: Earlier | null
  /** Of a unit among those of its level, 1 the best; equal figures share a place (1-2-2-4). Null without a figure, or when not asked for. */
  rank: Rank | null
}

/** A figure of an earlier period, and how far the present one has moved from it: `change` as a fraction, `moved` in hundredths of a point as shown. */
export interface Earlier {
  value: number | null
  change: number | null
  shown: number | null
  moved: number | null
  numerator: number | null
  denominator: number | null
  period: { from: string; until: string }
}

export interface Rank {
  place: number
  of: number
  /** In the earlier period. */
  before: { place: number; of: number } | null
}

/**
 * Puts a figure beside its target. The status comes from the unrounded integers; a figure short of its target never shows as it. A
 * complement (late) shows as 100 − the other (on time) as displayed; `partner` is the other metric and its target.
 */
export function compare(result: MetricResult, target: Target | null, metric: MetricDefinition, partner: Partner | null = null): Comparison {
  const share = target?.share ?? null
  const common = { ...result, target: share, targetSource: target?.source ?? null, previous: null, yearAgo: null, rank: null }
  if (result.value === null) return { ...common, gap: null, status: share === null ? 'no_target' : 'no_data', shown: null }
  const [n, d] = [result.numerator!, result.denominator!]
  const shown = partner ? 10_000 - judge(d - n, d, partner.target?.share ?? null, partner.metric).shown : judge(n, d, share, metric).shown
  if (share === null) return { ...common, gap: null, status: 'no_target', shown }
  return { ...common, gap: Math.round((result.value - share) * 1e8) / 1e8, status: judge(n, d, share, metric).status, shown }
}

export interface Partner {
  metric: MetricDefinition
  target: Target | null
}

function judge(
  numerator: number,
  denominator: number,
  share: number | null,
  { direction }: MetricDefinition,
): { shown: number; status: Status } {
  const shown = displayHundredths(numerator, denominator)
  if (share === null) return { shown, status: 'no_target' }
  const side = compareExactly(numerator, denominator, share)
  const good = direction === 'higher' ? side : -side
  const status = good > 0 ? 'exceeded' : good === 0 ? 'met' : 'missed'
  return { shown: status === 'missed' && shown === Math.round(share * 10_000) ? shown + side : shown, status }
}

/** Sign of numerator/denominator − share, in integers: the share is the decimal number that was written. */
export function compareExactly(numerator: number, denominator: number, share: number): number {
  const [whole = '0', decimals = ''] = share.toFixed(12).split('.')
  const scale = 10n ** BigInt(decimals.length)
  const difference = BigInt(numerator) * scale - BigInt(whole + decimals) * BigInt(denominator)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
