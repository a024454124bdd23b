import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { nearest, ToolError } from '../errors.js'
import type { Level, Policy } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { lastDay, monthsIn, monthsUpTo, type Calendar, type Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { UnitMatcher } from '../units/match.js'
import { nameKey } from '../units/name.js'
import { EMPTY_REGISTRY, loadRegistry } from '../units/registry.js'
import type { UnknownUnit } from '../units/unknown.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { compare, type Comparison } from './compare.js'
import { countMetric } from './count.js'
import { addEarlier, earlierOf, type EarlierPeriod } from './earlier.js'
import { measure } from './measure.js'
import type { Dimension, MetricResult, Query } from './result.js'
import type { Notes } from './notes.js'
import { sortRows } from './order.js'
import { addRanks } from './rank.js'
import { choosePeriod, listSources, newestDay, type Source } from './store-facts.js'
import { loadTargets, TargetBook, type Target } from './target.js'

export interface ReportRequest {
  /** As written; absent: the latest month with data. */
  period?: string
  calendar?: Calendar
  isYearToDate?: boolean
  by?: readonly (readonly Dimension[])[]
  level?: Level
  /** A unit's code or exact name. */
  unit?: string
  metrics?: readonly string[]
  /** The first stands in `previous` of each row, a second, year-ago, in `yearAgo`. */
  compareWith?: readonly EarlierPeriod[]
  /** Also the months up to the period's end: how many, and for what besides the total. */
  trend?: { months: number; by: readonly (readonly Dimension[])[] }
  /** Counts of indicators.yaml, by the same groupings as the metrics. */
  counts?: readonly string[]
  /** Whether units are ranked among those of their level. */
  ranks?: boolean
  policy: { id: string; policy: Policy }
  /** Whose units count: those of `asOf`, following what units became (default), or those of the day a dossier was received. */
  units?: UnitsMode
  /** Only the units of this province, where the registry has more. */
  province?: string | null
  /** The clock's day, or the day asked for. */
  asOf: string
  /** Whether the newest day of the data is wanted; it costs a scan. */
  needsFreshness?: boolean
}

export interface Report {
  period: Period
  /** Whether the period was chosen by the tool. */
  isDefaultPeriod: boolean
  asOf: string
  policy: { id: string; policy: Policy }
  rows: Comparison[]
  /** A row a month, up to the period's end; empty unless asked for. */
  trend: Comparison[]
  /** Counts: the indicator's id as metric, its count as numerator; empty unless asked for. */
  counts: MetricResult[]
  /** What the store was filled from, a line a kind of file; empty unless freshness was asked for. */
  sources: Source[]
  notes: Notes
  unknownUnits: UnknownUnit[]
  targetsOfUnknownUnits: Target[]
  hasRegistry: boolean
  units: UnitsMode
  /** Whether it is known what became of units. */
  hasChanges: boolean
  /** The last day anything happened to a dossier, null without dossiers or when not asked for. */
  newest: string | null
}

/** Measures a period and puts every figure beside its target. Rows: metric by metric in the order of the definitions, total first. */
export async function makeReport(store: Store, definitions: Definitions, request: ReportRequest): Promise<Report> {
  const metrics = chooseMetrics(definitions, request.metrics)
  const { period, isDefault } = await choosePeriod(store, request)
  const asOf = request.asOf < lastDay(period) ? request.asOf : lastDay(period)
  if (asOf < period.from) {
    throw new ToolError('invalid_period', `${period.label} has not begun on ${request.asOf}`, {
      hint: 'choose an earlier period, or a later --as-of',
    })
  }
  const cut: Period = { ...period, until: addDays(asOf, 1) }
  const newest = request.needsFreshness ? await newestDay(store, asOf) : null
  const sources = request.needsFreshness ? await listSources(store) : []
  const policy = request.policy.policy
  const query: Query = { period: cut, metrics, groupings: withFilters(request), policy }
  await store.lockDown()
  const registry = await loadRegistry(store, definitions, request.province)
  const mode = request.units ?? 'current'
  const view = new UnitView(registry, mode, mode === 'current' ? request.asOf : asOf)
  const keep = rowFilter(request, view, cut)
  const book = new TargetBook(await loadTargets(store), view, period.calendar)
  const counted = (request.counts ?? []).flatMap((id) => countMetric(id, definitions) ?? [])
  const measured = await measure(store, definitions, { ...query, metrics: [...metrics, ...counted] }, view)
  const countIds = new Set(counted.map(({ id }) => id))
  const judge = (result: MetricResult, whole: Period): Comparison => {
    const metric = definitions.metrics.get(result.metric)!
    const partner = metric.complement_of === undefined ? undefined : definitions.metrics.get(metric.complement_of)
    const targetOf = (id: string): Target | null => book.find({ ...result, metric: id, period: whole })
    return compare(result, targetOf(metric.id), metric, partner ? { metric: partner, target: targetOf(partner.id) } : null)
  }
  const judgeIn = (span: Period): ((result: MetricResult) => Comparison) => {
    const months = new Map(monthsIn(span).map((month) => [month.label, month]))
    return (result) => judge(result, months.get(result.month ?? '') ?? span)
  }
  let rows = measured.results.filter(({ metric }) => !countIds.has(metric)).map(judgeIn(period))
  for (const [i, which] of (request.compareWith ?? []).entries()) {
    const before = earlierOf(period, cut, which)
    const past = await measure(store, definitions, { ...query, period: before }, view)
    addEarlier(rows, past.results, { cut, before }, i === 0 ? 'previous' : 'yearAgo', definitions)
  }
  if (request.ranks) addRanks(rows, definitions)
  rows = rows.filter(keep)
  const trend: Comparison[] = []
  if (request.trend) {
    const { months, by } = request.trend
    const window = monthsUpTo(period, months)
    const groupings = [[], ...by].map((grouping) => [...grouping, 'month' as const])
    const past = await measure(store, definitions, { ...query, period: { ...window, until: cut.until }, groupings }, view)
    trend.push(
      ...past.results
        .filter(({ month }) => month !== null)
        .filter(keep)
        .map(judgeIn(window)),
    )
  }
  for (const list of [rows, trend]) sortRows(list, definitions)
  return {
    period,
    isDefaultPeriod: isDefault,
    asOf,
    policy: request.policy,
    rows,
    trend,
    counts: measured.results.filter(({ metric }) => countIds.has(metric)).filter(keep),
    sources,
    notes: measured.notes,
    unknownUnits: measured.unknownUnits,
    targetsOfUnknownUnits: book.unknownUnits,
    hasRegistry: registry.units.length > 0,
    units: mode,
    hasChanges: registry.changes.length > 0,
    newest,
  }
}

/** The metrics asked for, in the order of the definitions; all of them when none is named. Error: unknown_metric with suggestions. */
export function chooseMetrics(definitions: Definitions, wanted?: readonly string[]): MetricDefinition[] {
  if (!wanted || wanted.length === 0) return [...definitions.metrics.values()]
  for (const id of wanted) {
    if (definitions.metrics.has(id)) continue
    const like = nearest(id, definitions.metrics.keys())
    throw new ToolError('unknown_metric', `no metric "${id}"`, {
      hint: [...(like.length > 0 ? [`did you mean ${like.join(' or ')}?`] : []), 'all: cchc metrics'].join('\n'),
    })
  }
  return [...definitions.metrics.values()].filter(({ id }) => wanted.includes(id))
}

function withFilters(request: ReportRequest): (readonly Dimension[])[] {
  const groupings = [...(request.by ?? [])]
  const has = (wanted: Dimension): boolean => groupings.some((grouping) => grouping.length === 1 && grouping[0] === wanted)
  if (request.level && !has('level')) groupings.unshift(['level'])
  if (request.unit && !has('unit')) groupings.push(['unit'])
  return groupings
}

function rowFilter(request: ReportRequest, view: UnitView, period: Period): (result: MetricResult) => boolean {
  const code = request.unit === undefined ? null : unitCode(request.unit, view, period)
  const asked = new Set((request.by ?? []).map((grouping) => grouping.join()))
  return (result) => {
    const { level, unit } = result
    if (
      code !== null &&
      (unit === null ? asked.size > 0 && (level !== null || result.field !== null || result.month !== null) : unit.code !== code)
    )
      return false
    if (request.level && level !== null && level !== request.level) return false
    return true
  }
}

/** The code of a unit that is asked for. Error: unknown_unit, with suggestions. */
export function unitCode(text: string, view: UnitView, period: Period): string {
  if (view.registry.units.length === 0) return nameKey(text)
  const shown = new UnitMatcher({ ...EMPTY_REGISTRY, units: view.existing(period), aliases: view.registry.aliases })
  const match = shown.match(text, text, null)
  if ('unit' in match) return match.unit.code
  const like = match.suggestions.map((unit) => `${unit.code} ${shown.qualifiedName(unit)}`)
  throw new ToolError('unknown_unit', match.isAmbiguous ? `several units are called "${text}"` : `no unit "${text}" in the registry`, {
    hint: like.length > 0 ? `did you mean ${like.join(' or ')}?` : 'all: cchc units',
  })
}
