import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { monthsIn, type Period } from '../language/period.js'
import type { Unit } from '../units/unit.js'
import type { UnitView } from '../units/view.js'
import type { CompiledMetric } from './compile.js'
import { assertFew } from './limit.js'
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

/** Whether a figure is wanted: those of units and levels as a whole are, because others are compared with them. */
export function isKept(result: MetricResult, { keeps }: Pick<Query, 'keeps'>): boolean {
  const { month, field, procedure, factor } = result
  return keeps === undefined || (month === null && field === null && procedure === null && factor === null) || keeps(result)
}

/**
 * Levels and registry units that exist in the period but have no dossier appear: the worst performer must not vanish. Of a level nothing is
 * said where there are answers of no known level (`hasUnleveled`): some may be its.
 */
export function completeGrid(
  results: MetricResult[],
  compiled: readonly CompiledMetric[],
  computable: readonly CompiledMetric[],
  query: Query,
  view: UnitView,
  hasUnleveled: boolean,
): void {
  const { scope = {} } = query
  const isAsked = (unit: Unit): boolean =>
    (query.policy.vertical_sector === 'included' || !unit.is_vertical_sector) &&
    (scope.units === undefined || scope.units.includes(unit.code)) &&
    (scope.levels === undefined || scope.levels.includes(view.levelOn(unit.level, query.period.from)!))
  const existing = view.existing(query.period).filter(isAsked)
  const present = new Set(results.map((result) => resultKey(result)))
  const unitPlaces = existing.map(({ level, code, name }) => ({ level: view.levelOn(level, query.period.from), unit: { code, name } }))
  const levels = new Set([
    ...existing.flatMap(({ level }) => view.levelOn(level, query.period.from) ?? []),
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
      const isUnknown = hasUnleveled && one.fact === 'survey_answer' && grouping.includes('level')
      const state = computable.includes(one) && !isUnknown ? 'no_cases' : 'not_computable'
      for (const place of places) {
        for (const month of months) {
          const missing = blank(one.metric.id, query.period, state, { ...place, ...month })
          if (isKept(missing, query) && !present.has(resultKey(missing))) results.push(missing)
        }
        assertFew(results.length, query)
      }
    }
  }
}

/** One result per place. Error: internal, where two groupings give different figures for one place. */
export function dedupe(results: MetricResult[]): MetricResult[] {
  const known = new Map<string, MetricResult>()
  for (const result of results) {
    const key = resultKey(result)
    const other = known.get(key)
    if (other && (other.numerator !== result.numerator || other.denominator !== result.denominator))
      throw new ToolError('internal', say('figures.two_figures', { metric: result.metric }), { details: { figures: [other, result] } })
    known.set(key, result)
  }
  return [...known.values()]
}
