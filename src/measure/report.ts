import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { nearest, ToolError } from '../errors.js'
import { either, onDay, say } from '../messages/message.js'
import type { Level, Policy } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { fold, headerKey } from '../language/fold.js'
import { lastDay, periodWords, type Calendar, type Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { loadRegistry } from '../units/registry.js'
import { findUnknownTargetUnits, type UnknownUnit } from '../units/unknown.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { findUnits, several, type AskedUnit } from './asked-unit.js'
import type { Comparison } from './compare.js'
import { factOf } from './compile.js'
import type { Fact } from './condition/columns.js'
import { countMetric } from './count.js'
import { addEarlier, earlierOf, type EarlierPeriod } from './earlier.js'
import { judgeBy } from './judge.js'
import { measure } from './measure.js'
import type { Dimension, MetricResult, Place, Query } from './result.js'
import type { Notes } from './notes.js'
import { sortRows } from './order.js'
import { addRanks } from './rank.js'
import { choosePeriod, dataTo, isBeyondData, listSources, newestDay, nothingIn, type DataTo, type Source } from './store-facts.js'
import { loadTargets, TargetBook } from './target.js'
import { planTrend, type TrendRequest } from './trend.js'

export interface ReportRequest {
  /** As written; absent: the latest month with data. */
  period?: string
  calendar?: Calendar
  isYearToDate?: boolean
  by?: readonly (readonly Dimension[])[]
  /** One, or some: the figures of each. */
  level?: Level | readonly Level[]
  /** A unit's code or exact name, or those of some: the figures of each. */
  unit?: string | readonly string[]
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
  /** Whether a period chosen by the tool has ended, and its data reach its end. */
  isWholePeriod: boolean
  /** The last day that counts: that of the period, or the day asked for. */
  asOf: string
  /** The last day up to then that anything is known of, of the kinds that the figures are of. */
  dataTo: DataTo
  policy: { id: string; policy: Policy }
  /** The one unit asked for, whose rows alone are here; null: all, or those of `filter`. */
  unit: AskedUnit | null
  /** What the rows beside the total are of; empty: all. */
  filter: { levels: Level[]; units: AskedUnit[] }
  rows: Comparison[]
  /** A row a month, up to the period's end; empty unless asked for. */
  trend: Comparison[]
  /** Counts: the indicator's id as metric, its count as numerator; empty unless asked for. */
  counts: MetricResult[]
  /** What the store was filled from, a line a kind of file; empty unless freshness was asked for. */
  sources: Source[]
  notes: Notes
  unknownUnits: UnknownUnit[]
  /** Units that the plan names and that are none: their targets apply to nothing. */
  unknownTargetUnits: UnknownUnit[]
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
  const { period, isDefault, isWhole } = await choosePeriod(store, request)
  const asOf = request.asOf < lastDay(period) ? request.asOf : lastDay(period)
  if (asOf < period.from) {
    throw new ToolError('invalid_period', say('figures.not_begun', { period: periodWords(period.label), day: onDay(request.asOf) }), {
      hint: say('figures.earlier_period'),
    })
  }
  const cut: Period = { ...period, until: addDays(asOf, 1) }
  const freshOn = isDefault ? request.asOf : asOf
  if (await isBeyondData(store, cut, await dataTo(store, asOf, false))) throw await nothingIn(store, period)
  const isAsked = (fact: Fact): boolean => metrics.some((metric) => factOf(metric) === fact)
  const all = await dataTo(store, asOf)
  const reached: DataTo = { dossiers: isAsked('dossier') ? all.dossiers : null, answers: isAsked('survey_answer') ? all.answers : null }
  const newest = request.needsFreshness ? await newestDay(store, freshOn) : null
  const sources = request.needsFreshness ? await listSources(store) : []
  const policy = request.policy.policy
  await store.lockDown()
  const registry = await loadRegistry(store, definitions, request.province)
  const mode = request.units ?? 'current'
  const view = new UnitView(registry, mode, mode === 'current' ? request.asOf : asOf)
  const filter = { levels: several(request.level), units: await findUnits(store, several(request.unit), view, cut) }
  const unit = filter.units.length === 1 ? filter.units[0]! : null
  const keeps = rowFilter(request, filter, false)
  const keepsTrend = rowFilter(request, filter, true)
  const query: Query = { period: cut, metrics, groupings: withFilters(request, filter), policy, keeps: request.trend ? keepsTrend : keeps }
  const book = new TargetBook(await loadTargets(store), view, period.calendar)
  const judgeIn = judgeBy(definitions, view, book)
  const counted = (request.counts ?? []).flatMap((id) => countMetric(id, definitions) ?? [])
  const countIds = new Set(counted.map(({ id }) => id))
  const trendPlan = request.trend ? planTrend(request.trend, period, query) : null
  const groupings = [...query.groupings, ...(trendPlan?.isPeriod ? trendPlan.groupings : [])]
  const measured = await measure(store, definitions, { ...query, metrics: [...metrics, ...counted], groupings }, view)
  const isOfTrend = ({ month }: MetricResult): boolean => month !== null && trendPlan?.isPeriod === true
  const results = measured.results.filter((result) => !isOfTrend(result))
  const judged = results.filter(({ metric }) => !countIds.has(metric)).map(judgeIn(period))
  const spans = new Set<string>()
  for (const which of request.compareWith ?? []) {
    const before = earlierOf(period, cut, which)
    if (spans.has(before.from)) continue
    const past = await measure(store, definitions, { ...query, period: before, isAside: true }, view)
    addEarlier(judged, past.results, { cut, before }, spans.size === 0 ? 'previous' : 'yearAgo', definitions)
    spans.add(before.from)
  }
  if (request.ranks) addRanks(judged, definitions)
  const rows = judged.filter(keeps)
  const isSilent = reached.dossiers === null || reached.dossiers < period.from
  if (isSilent && (reached.answers ?? '') < period.from && rows.every(({ state }) => state !== 'value'))
    throw await nothingIn(store, period)
  const months =
    trendPlan === null
      ? []
      : trendPlan.isPeriod
        ? measured.results.filter((result) => isOfTrend(result) && !countIds.has(result.metric))
        : (await measure(store, definitions, { ...query, ...trendPlan, isAside: true }, view)).results.filter(({ month }) => month !== null)
  const trend = trendPlan === null ? [] : months.filter(keepsTrend).map(judgeIn(trendPlan.period))
  const countRows = results.filter((result) => countIds.has(result.metric) && keeps(result))
  for (const list of [rows, trend, countRows]) sortRows(list, definitions)
  return {
    period,
    isDefaultPeriod: isDefault,
    isWholePeriod: isWhole,
    asOf,
    dataTo: reached,
    policy: request.policy,
    unit,
    filter,
    rows,
    trend,
    counts: countRows,
    sources,
    notes: measured.notes,
    unknownUnits: measured.unknownUnits,
    unknownTargetUnits: await findUnknownTargetUnits(store, registry),
    hasRegistry: registry.units.length > 0,
    units: mode,
    hasChanges: registry.changes.length > 0,
    freshOn,
    newest,
  }
}

/** The metrics asked for, by ids or shown names, with commas between them, in the order of the definitions; all of them when none is named. Error: unknown_metric with suggestions. */
export function chooseMetrics(definitions: Definitions, wanted?: readonly string[]): MetricDefinition[] {
  if (!wanted || wanted.length === 0) return [...definitions.metrics.values()]
  const chosen = new Set(
    wanted.flatMap((text) => metricsCalled(text, definitions) ?? text.split(',').flatMap((part) => oneCalled(part, definitions))),
  )
  return [...definitions.metrics.values()].filter((metric) => chosen.has(metric))
}

function oneCalled(text: string, definitions: Definitions): MetricDefinition[] {
  const found = metricsCalled(text, definitions)
  if (found) return found
  const like = nearest(text.trim(), definitions.metrics.keys())
  throw new ToolError('unknown_metric', say('figures.no_metric', { id: text.trim() }), {
    hint: [...(like.length > 0 ? [say('figures.did_you_mean', { like: either(like) })] : []), say('figures.all_metrics')],
  })
}

/** The metric of an id, else what bears the name in either language, as folded, else without accents; null: none. */
function metricsCalled(text: string, { metrics }: Definitions): MetricDefinition[] | null {
  const byId = metrics.get(text.trim())
  if (byId) return [byId]
  const named = (keyOf: (name: string) => string): MetricDefinition[] =>
    [...metrics.values()].filter(({ id, label, short }) =>
      [id, label.vi, label.en, short.vi, short.en].some((name) => keyOf(name) === keyOf(text)),
    )
  const found = [named(fold), named(headerKey)].find((some) => some.length > 0)
  return headerKey(text) !== '' && found ? found : null
}

/** What is asked by, of the units or levels asked for alone: a filter holds in every row, so that each says whose it is. */
function withFilters({ by = [], keepsLevels }: ReportRequest, { levels, units }: Report['filter']): Dimension[][] {
  const isLevel = (grouping: readonly Dimension[]): boolean => grouping.length === 1 && grouping[0] === 'level'
  const filtered = (grouping: readonly Dimension[]): readonly Dimension[] => {
    if (grouping.includes('unit') || (isLevel(grouping) && keepsLevels)) return grouping
    if (units.length > 0) return ['unit', ...grouping.filter((one) => one !== 'level')]
    return levels.length === 0 || grouping.includes('level') ? grouping : ['level', ...grouping]
  }
  const wanted = [
    ...(levels.length > 0 && units.length === 0 ? [['level'] as const] : []),
    ...by.map(filtered),
    ...(units.length === 0 ? [] : [['unit'] as const]),
  ]
  return [...new Map(wanted.map((grouping) => [[...grouping].sort().join(), [...grouping]])).values()]
}

/** Which figures are asked for: the total, to stand beside them, and what is of the unit and level. `withMonths`: the months of the total too. */
function rowFilter({ keepsLevels }: ReportRequest, { levels, units }: Report['filter'], withMonths: boolean): (place: Place) => boolean {
  const codes = new Set(units.flatMap((one) => one.codes))
  return ({ level, unit, field, procedure, month, factor }) => {
    const isWhole = field === null && procedure === null && factor === null && (month === null || withMonths)
    if (unit === null && level === null) return isWhole || levels.length + units.length === 0
    if (levels.length > 0 && !levels.includes(level!)) return false
    if (units.length === 0) return true
    return unit === null ? isWhole && keepsLevels === true : codes.has(unit.code ?? '')
  }
}
