import type { MetricDefinition } from '../definitions/load.js'
import { isStrict, usualOperator, type Operator } from '../language/plan-words.js'
import type { MetricResult } from './result.js'
import { shortfallOf, type Shortfall } from './shortfall.js'
import { compareExactly, shownHundredths, statusOf, type Judged } from './shown.js'
import type { Target } from './target.js'

export type Status = 'exceeded' | 'met' | 'missed' | 'no_target' | 'no_data'

/** A figure beside its target. gap is value − target as a fraction, whatever the direction; null without both. */
export interface Comparison extends MetricResult {
  target: number | null
  targetSource: string | null
  /** How the figure must stand to its target; null without one. */
  targetOperator: Operator | null
  gap: number | null
  status: Status
  /** Hundredths of a per cent to show; null without a value. */
  shown: number | null
  /** Null unless the target is missed. */
  shortfall: Shortfall | null
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
 * Puts a figure beside its target. The status comes from the unrounded integers. `kin`: the metric and those that complement it or that it
 * complements, each with its target; absent: itself alone.
 */
export function compare(result: MetricResult, target: Target | null, metric: MetricDefinition, kin?: readonly Judged[]): Comparison {
  const share = target?.share ?? null
  const common = {
    ...result,
    target: share,
    targetSource: target?.source ?? null,
    targetOperator: target === null ? null : (target.operator ?? usualOperator(metric.direction)),
    gap: null,
    shortfall: null,
    previous: null,
    yearAgo: null,
    rank: null,
  }
  if (result.value === null) return { ...common, status: share === null ? 'no_target' : 'no_data', shown: null }
  const [n, d] = [result.numerator!, result.denominator!]
  const shown = shownHundredths(n, d, metric, kin ?? [{ metric, target }])
  if (share === null) return { ...common, status: 'no_target', shown }
  const status = statusOf(compareExactly(n, d, share), metric, common.targetOperator)
  const shortfall = status === 'missed' ? shortfallOf(n, d, share, metric.direction, isStrict(common.targetOperator)) : null
  return { ...common, gap: Math.round((result.value - share) * 1e8) / 1e8, status, shown, shortfall }
}
