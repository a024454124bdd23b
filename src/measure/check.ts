import type { Definitions } from '../definitions/load.js'
import { addDays } from '../language/date.js'
import { isStrict } from '../language/plan-words.js'
import type { Comparison } from './compare.js'
import type { Report } from './report.js'
import { SHARES, sharesOf } from './shown.js'

/** The report as a gate. `behind` is sorted most behind first. */
export interface CheckResult {
  targets: number
  behind: Comparison[]
  /** Targets of the total without cases, and of the total or a level that can't be computed. */
  withoutData: Comparison[]
  isStale: boolean
  /** `no_target`: no target holds for any of the figures. */
  verdict: 'met' | 'missed' | 'no_target' | 'no_data'
}

/**
 * Judges a report against its targets. Missed targets decide first; then a target without any data, no target at all, or data older
 * than `staleAfterDays` before the day on which they should be fresh. A unit without cases is not behind. Late and on
 * time are one matter, and count once, where their targets add up to 100 %.
 */
export function checkTargets(report: Report, definitions: Definitions, staleAfterDays: number): CheckResult {
  const targeted = judgedOnce(report.rows, definitions)
  const behind = targeted
    .filter(({ status }) => status === 'missed')
    .sort((a, b) => Math.abs(b.gap!) - Math.abs(a.gap!) || b.shortfall!.needed - a.shortfall!.needed)
  const withoutData = targeted.filter(
    ({ state, unit, level }) => unit === null && (state === 'not_computable' || (state === 'no_cases' && level === null)),
  )
  const judged = targeted.filter(({ status }) => status !== 'no_data')
  const isStale = report.newest === null || report.newest < addDays(report.freshOn, -staleAfterDays)
  const isMet = judged.length > 0 && withoutData.length === 0 && !isStale
  const verdict = behind.length > 0 ? 'missed' : targeted.length === 0 ? 'no_target' : isMet ? 'met' : 'no_data'
  return { targets: targeted.length, behind, withoutData, isStale, verdict }
}

/**
 * The figures with a target, one for each matter: late beside on time is left out where both have a target and the two add up to 100 %, so
 * that one is missed where the other is.
 */
export function judgedOnce(rows: readonly Comparison[], definitions: Definitions): Comparison[] {
  const stated = rows.filter(({ target, month }) => target !== null && month === null)
  const places = new Map(stated.map((row) => [placeKey(row), row]))
  return stated.filter((row) => {
    const partner = definitions.metrics.get(row.metric)?.complement_of
    const other = partner === undefined ? undefined : places.get(placeKey({ ...row, metric: partner }))
    return other === undefined || !isSameMatter(row, other)
  })
}

function isSameMatter(late: Comparison, onTime: Comparison): boolean {
  return (
    sharesOf(late.target!) + sharesOf(onTime.target!) === SHARES &&
    isStrict(late.targetOperator) === isStrict(onTime.targetOperator) &&
    late.denominator === onTime.denominator &&
    late.state === onTime.state &&
    (late.numerator ?? 0) + (onTime.numerator ?? 0) === (late.denominator ?? 0)
  )
}

function placeKey({ metric, level, unit }: Comparison): string {
  return JSON.stringify([metric, level, unit])
}
