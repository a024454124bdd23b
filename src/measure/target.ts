import type { Level } from '../definitions/schema.js'
import { parsePeriod, type Calendar, type Period } from '../language/period.js'
import type { Operator } from '../language/plan-words.js'
import type { Store } from '../store/store.js'
import { nameKey } from '../units/name.js'
import type { UnitView } from '../units/view.js'
import type { MetricResult } from './result.js'

/** A plan target. `share` is a fraction; null level, unit or period: for all of them. */
export interface Target {
  metric: string
  level: Level | null
  /** As the plan says it: a code or a name. */
  unit: string | null
  period: string | null
  share: number
  /** As the plan says it; null: the usual one of the metric. */
  operator: Operator | null
  effective_from: string | null
  source: string | null
}

type UnitName = NonNullable<MetricResult['unit']>

/** The current targets, in the order of the plan's keys. */
export async function loadTargets(store: Store): Promise<Target[]> {
  return store.rows<Target>(
    `SELECT metric, level, unit, period, share, operator, effective_from, source FROM target ORDER BY metric, level, unit, period, effective_from, load_id`,
  )
}

/**
 * Finds the target of a figure: the most specific that holds. Unit before level before all; then the shortest period that holds the
 * figure's; then the latest in force at its end, or at the unit's. A target of a unit may name it by code or by exact name.
 */
export class TargetBook {
  private readonly byMetric = new Map<string, { target: Target; period: Period | null; isOf: ((unit: UnitName) => boolean) | null }[]>()
  private readonly endOf: Map<string, string | null>

  constructor(targets: readonly Target[], view: UnitView, calendar: Calendar = 'month') {
    const { units } = view.registry
    this.endOf = new Map(units.map(({ code, valid_to }) => [code, valid_to]))
    for (const target of targets) {
      const period = target.period === null ? null : parsePeriod(target.period, calendar)
      let isOf: ((unit: UnitName) => boolean) | null = null
      if (target.unit !== null) {
        const said = target.unit
        const match = view.matcher.match(said, said, view.today)
        if (units.length === 0) isOf = ({ code, name }) => code === said || nameKey(name) === nameKey(said)
        else if ('unit' in match) isOf = ({ code }) => code === match.unit.code
        else continue
      }
      const known = this.byMetric.get(target.metric)
      if (known) known.push({ target, period, isOf })
      else this.byMetric.set(target.metric, [{ target, period, isOf }])
    }
  }

  find(result: Pick<MetricResult, 'metric' | 'level' | 'unit' | 'field' | 'procedure' | 'factor' | 'period'>): Target | null {
    if (result.field !== null || result.procedure !== null || result.factor !== null || result.unit?.code === null) return null
    const end = this.endOf.get(result.unit?.code ?? '')
    const periodEnd = dayBefore(result.period.until)
    const last = end && end < periodEnd ? end : periodEnd
    const holding = (this.byMetric.get(result.metric) ?? []).filter(({ target, period, isOf }) => {
      if (isOf && !(result.unit && isOf(result.unit))) return false
      if (target.level !== null && target.level !== result.level) return false
      if (period && (period.from > result.period.from || period.until < result.period.until)) return false
      return target.effective_from === null || target.effective_from <= last
    })
    const length = (period: Period | null): number => (period ? Date.parse(period.until) - Date.parse(period.from) : Infinity)
    holding.sort(
      (a, b) =>
        Number(b.isOf !== null) - Number(a.isOf !== null) ||
        Number(b.target.level !== null) - Number(a.target.level !== null) ||
        (length(a.period) === length(b.period) ? 0 : length(a.period) - length(b.period)) ||
        compareTexts(b.target.effective_from ?? '', a.target.effective_from ?? ''),
    )
    return holding[0]?.target ?? null
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
