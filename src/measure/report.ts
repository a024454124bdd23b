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
  const keeps = rowFilter(request, unit, false)
  const keepsTrend = rowFilter(request, unit, true)
  const query: Query = { period: cut, metrics, groupings: withFilters(request), policy, keeps: request.trend ? keepsTrend : keeps }
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
  const trend = trendPlan === null ? [] : months.filter(keepsTrend).map(judgeIn(trendPlan.period))
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

/** What is asked by, of the units or levels asked for alone: a filter holds in every row, so that each says whose it is. */
function withFilters({ by = [], level, unit, keepsLevels }: ReportRequest): Dimension[][] {
  const isLevel = (grouping: readonly Dimension[]): boolean => grouping.length === 1 && grouping[0] === 'level'
  const filtered = (grouping: readonly Dimension[]): readonly Dimension[] => {
    if (grouping.includes('unit') || (isLevel(grouping) && keepsLevels)) return grouping
    if (unit !== undefined) return ['unit', ...grouping.filter((one) => one !== 'level')]
    return level === undefined || grouping.includes('level') ? grouping : ['level', ...grouping]
  }
  const wanted = [
    ...(level && unit === undefined ? [['level'] as const] : []),
    ...by.map(filtered),
    ...(unit === undefined ? [] : [['unit'] as const]),
  ]
  return [...new Map(wanted.map((grouping) => [[...grouping].sort().join(), [...grouping]])).values()]
}

/** Which figures are asked for: the total, to stand beside them, and what is of the unit and level. `withMonths`: the months of the total too. */
function rowFilter({ level: wanted, keepsLevels }: ReportRequest, asked: AskedUnit | null, withMonths: boolean): (place: Place) => boolean {
  return ({ level, unit, field, procedure, month, factor }) => {
    const isWhole = field === null && procedure === null && factor === null && (month === null || withMonths)
    if (unit === null && level === null) return isWhole || (asked === null && wanted === undefined)
    if (wanted !== undefined && level !== wanted) return false
    if (asked === null) return true
    return unit === null ? isWhole && keepsLevels === true : asked.codes.includes(unit.code ?? '')
  }
}
