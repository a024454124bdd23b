import { monthsIn, type Period } from '../language/period.js'
import { isValidWithin, type Unit } from '../units/registry.js'
import type { CompiledMetric } from './compile.js'
import { resultKey, type MetricResult, type Place, type Query, type State } from './result.js'

/** A figure without cases, or one that can't be computed. */
export function blank(metric: string, period: Period, state: State, place: Partial<Place> = {}): MetricResult {
  const count = state === 'no_cases' ? 0 : null
  return {
    metric,
    level: null,
    unit: null,
    field: null,
    procedure: null,
    month: null,
    factor: null,
    period: { from: period.from, until: period.until },
    ...place,
    numerator: count,
    denominator: count,
    value: null,
    state,
    coverage: null,
    survey: null,
  }
}

/** Levels and registry units that exist in the period but have no dossier appear: the worst performer must not vanish. */
export function completeGrid(
  results: MetricResult[],
  compiled: readonly CompiledMetric[],
  computable: readonly CompiledMetric[],
  query: Query,
  registry: readonly Unit[],
): void {
  const existing = registry.filter(
    (unit) => isValidWithin(unit, query.period) && (query.policy.vertical_sector === 'included' || !unit.is_vertical_sector),
  )
  const present = new Set(results.map((result) => resultKey(result)))
  const unitPlaces = [...new Map(existing.map((unit) => [unit.code, unit])).values()].map((unit) => ({
    level: unit.level,
    unit: { code: unit.code, name: unit.name },
  }))
  const levels = new Set([
    ...existing.map(({ level }) => level),
    ...results.filter(({ unit }) => unit === null).flatMap(({ level }) => level ?? []),
  ])
  for (const grouping of query.groupings) {
    if (grouping.some((dimension) => dimension !== 'unit' && dimension !== 'level' && dimension !== 'month')) continue
    const places: Partial<Place>[] = grouping.includes('unit')
      ? unitPlaces
      : grouping.includes('level')
        ? [...levels].map((level) => ({ level }))
        : [{}]
    const months = grouping.includes('month')
      ? monthsIn(query.period).map((month) => ({ month: month.label, period: { from: month.from, until: month.until } }))
      : [{}]
    for (const one of compiled) {
      const state = computable.includes(one) ? 'no_cases' : 'not_computable'
      for (const place of places) {
        for (const month of months) {
          const missing = blank(one.metric.id, query.period, state, { ...place, ...month })
          if (!present.has(resultKey(missing))) results.push(missing)
        }
      }
    }
  }
}

/** One result per place: a registry unit that took over another's name appears once. */
export function dedupe(results: MetricResult[]): MetricResult[] {
  return [...new Map(results.map((result) => [resultKey(result), result])).values()]
}
