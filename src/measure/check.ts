import type { Definitions } from '../definitions/load.js'
import { addDays } from '../language/date.js'
import { compareExactly, type Comparison } from './compare.js'
import type { Report } from './report.js'

/** The report as a gate. `behind` is sorted most behind first. */
export interface CheckResult {
  targets: number
  behind: (Comparison & { needed: number })[]
  /** Targets of the total without cases, and of the total or a level that can't be computed. */
  withoutData: Comparison[]
  isStale: boolean
  verdict: 'met' | 'missed' | 'no_data'
}

/**
 * Judges a report against its targets. Missed targets decide first; then a target without any data, no target at all, or data older
 * than `staleAfterDays` before the report's day. A unit without cases is not behind. A complement
 * (late beside on time) is one matter with its partner and counts once.
 */
export function checkTargets(report: Report, definitions: Definitions, staleAfterDays: number): CheckResult {
  const targeted = judgedOnce(report.rows, definitions)
  const behind = targeted
    .filter(({ status }) => status === 'missed')
    .map((row) => ({ ...row, needed: neededFor(row) }))
    .sort((a, b) => Math.abs(b.gap!) - Math.abs(a.gap!) || b.needed - a.needed)
  const withoutData = targeted.filter(
    ({ state, unit, level }) => unit === null && (state === 'not_computable' || (state === 'no_cases' && level === null)),
  )
  const judged = targeted.filter(({ status }) => status !== 'no_data')
  const isStale = report.newest === null || report.newest < addDays(report.asOf, -staleAfterDays)
  const hasNone = judged.length === 0
  const verdict = behind.length > 0 ? 'missed' : withoutData.length > 0 || hasNone || isStale ? 'no_data' : 'met'
  return { targets: targeted.length, behind, withoutData, isStale, verdict }
}

/** The figures with a target, one for each matter: a complement (late beside on time) is left out where its partner has a target too. */
export function judgedOnce(rows: readonly Comparison[], definitions: Definitions): Comparison[] {
  const stated = rows.filter(({ target, month }) => target !== null && month === null)
  const places = new Set(stated.map(placeKey))
  return stated.filter((row) => {
    const partner = definitions.metrics.get(row.metric)?.complement_of
    return partner === undefined || !places.has(placeKey({ ...row, metric: partner }))
  })
}

function placeKey({ metric, level, unit }: Comparison): string {
  return JSON.stringify([metric, level, unit])
}

/** How many more dossiers of the numerator reach the target (or, where lower is better, how many are too many). */
export function neededFor({ numerator, denominator, target }: Pick<Comparison, 'numerator' | 'denominator' | 'target'>): number {
  const scale = 1_000_000_000_000n
  const share = BigInt(Math.round(target! * 1e12))
  const atTarget = share * BigInt(denominator!)
  const needed = compareExactly(numerator!, denominator!, target!) < 0 ? (atTarget + scale - 1n) / scale : atTarget / scale
  return Math.abs(Number(needed) - numerator!)
}
