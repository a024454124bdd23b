import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { nearest, ToolError } from '../errors.js'
import { either, onDay, say } from '../messages/message.js'
import type { Level, Policy } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { lastDay, periodWords, type Calendar, type Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { loadRegistry } from '../units/registry.js'
import type { UnknownUnit } from '../units/unknown.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { findUnit, type AskedUnit } from './asked-unit.js'
import type { Comparison } from './compare.js'
import { countMetric } from './count.js'
import { addEarlier, earlierOf, type EarlierPeriod } from './earlier.js'
import { judgeBy } from './judge.js'
import { measure } from './measure.js'
import type { Dimension, MetricResult, Place, Query } from './result.js'
import type { Notes } from './notes.js'
import { sortRows } from './order.js'
import { addRanks } from './rank.js'
import { choosePeriod, listSources, newestDay, type Source } from './store-facts.js'
import { loadTargets, TargetBook, type Target } from './target.js'
import { planTrend, type TrendRequest } from './trend.js'

export interface ReportRequest {
  /** As written; absent: the latest month with data. */
  period?: string
  calendar?: Calendar
  isYearToDate?: boolean
  by?: readonly (readonly Dimension[])[]
  level?: Level
  /** A unit's code or exact name. */
  unit?: string
  /** Whether the levels stay beside the unit asked for. */
  keepsLevels?: boolean
  metrics?: readonly string[]
  /** The first stands in `previous` of each row, a second, year-ago, in `yearAgo`. */
  compareWith?: readonly EarlierPeriod[]
  /** Also the months up to the period's end: how many, and for what besides the total. */
  trend?: TrendRequest
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
  /** The unit asked for, whose rows alone are here; null: all. */
  unit: AskedUnit | null
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
  /** The day on which the data should be fresh: the day asked for, but the period's last where an earlier period was asked for. */
  freshOn: string
  /** The last day anything happened to a dossier, null without dossiers or when not asked for. */
  newest: string | null
}

/** Measures a period and puts every figure beside its target. Rows: metric by metric in the order of the definitions, total first. */
export async function makeReport(store: Store, definitions: Definitions, request: ReportRequest): Promise<Report> {
  const metrics = chooseMetrics(definitions, request.metrics)
  const { period, isDefault } = await choosePeriod(store, request)
  const asOf = request.asOf < lastDay(period) ? request.asOf : lastDay(period)
  if (asOf < period.from) {
    throw new ToolError('invalid_period', say('figures.not_begun', { period: periodWords(period.label), day: onDay(request.asOf) }), {
      hint: say('figures.earlier_period'),
    })
  }
  const cut: Period = { ...period, until: addDays(asOf, 1) }
  const freshOn = isDefault ? request.asOf : asOf
  const newest = request.needsFreshness ? await newestDay(store, freshOn) : null
  const sources = request.needsFreshness ? await listSources(store) : []
  const policy = request.policy.policy
  await store.lockDown()
  const registry = await loadRegistry(store, definitions, request.province)
  const mode = request.units ?? 'current'
  const view = new UnitView(registry, mode, mode === 'current' ? request.asOf : asOf)
  const unit = request.unit === undefined ? null : await findUnit(store, request.unit, view, cut)
  const keeps = rowFilter(request, unit)
  const query: Query = { period: cut, metrics, groupings: withFilters(request), policy, keeps }
  const book = new TargetBook(await loadTargets(store), view, period.calendar)
  const judgeIn = judgeBy(definitions, view, book)
  const counted = (request.counts ?? []).flatMap((id) => countMetric(id, definitions) ?? [])
  const countIds = new Set(counted.map(({ id }) => id))
  const trendPlan = request.trend ? planTrend(request.trend, period, query) : null
  const groupings = [...query.groupings, ...(trendPlan?.isPeriod ? trendPlan.groupings : [])]
  const measured = await measure(store, definitions, { ...query, metrics: [...metrics, ...counted], groupings }, view)
  const isOfTrend = ({ month }: MetricResult): boolean => month !== null && trendPlan?.isPeriod === true
  const results = measured.results.filter((result) => !isOfTrend(result))
  const all = results.filter(({ metric }) => !countIds.has(metric)).map(judgeIn(period))
  const spans = new Set<string>()
  for (const which of request.compareWith ?? []) {
    const before = earlierOf(period, cut, which)
    if (spans.has(before.from)) continue
    const past = await measure(store, definitions, { ...query, period: before, isAside: true }, view)
    addEarlier(all, past.results, { cut, before }, spans.size === 0 ? 'previous' : 'yearAgo', definitions)
    spans.add(before.from)
  }
  if (request.ranks) addRanks(all, definitions)
  const rows = all.filter(keeps)
  const months =
    trendPlan === null
      ? []
      : trendPlan.isPeriod
        ? measured.results.filter((result) => isOfTrend(result) && !countIds.has(result.metric))
        : (await measure(store, definitions, { ...query, ...trendPlan, isAside: true }, view)).results.filter(({ month }) => month !== null)
  const trend = trendPlan === null ? [] : months.filter(keeps).map(judgeIn(trendPlan.period))
  const counts = results.filter((result) => countIds.has(result.metric) && keeps(result))
  for (const list of [rows, trend, counts]) sortRows(list, definitions)
  return {
    period,
    isDefaultPeriod: isDefault,
    asOf,
    policy: request.policy,
    unit,
    rows,
    trend,
    counts,
    sources,
    notes: measured.notes,
    unknownUnits: measured.unknownUnits,
    targetsOfUnknownUnits: book.unknownUnits,
    hasRegistry: registry.units.length > 0,
    units: mode,
    hasChanges: registry.changes.length > 0,
    freshOn,
    newest,
  }
}

/** The metrics asked for, in the order of the definitions; all of them when none is named. Error: unknown_metric with suggestions. */
export function chooseMetrics(definitions: Definitions, wanted?: readonly string[]): MetricDefinition[] {
  if (!wanted || wanted.length === 0) return [...definitions.metrics.values()]
  for (const id of wanted) {
    if (definitions.metrics.has(id)) continue
    const like = nearest(id, definitions.metrics.keys())
    throw new ToolError('unknown_metric', say('figures.no_metric', { id }), {
      hint: [...(like.length > 0 ? [say('figures.did_you_mean', { like: either(like) })] : []), say('figures.all_metrics')],
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

function rowFilter(request: ReportRequest, wanted: AskedUnit | null): (place: Place) => boolean {
  const asked = (request.by ?? []).length > 0
  return ({ level, unit, field, month }) => {
    if (wanted !== null && unit !== null && !wanted.codes.includes(unit.code ?? '')) return false
    if (wanted !== null && unit === null && level !== null && month === null && request.keepsLevels) return true
    if (wanted !== null && unit === null && asked && (level !== null || field !== null || month !== null)) return false
    return !request.level || level === null || level === request.level
  }
}
