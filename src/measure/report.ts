import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { nearest, ToolError } from '../errors.js'
import type { Level, Policy } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { earlier, lastDay, monthsIn, parsePeriod, type Calendar, type Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { UnitMatcher } from '../units/match.js'
import { nameKey } from '../units/name.js'
import { EMPTY_REGISTRY, loadRegistry } from '../units/registry.js'
import type { UnknownUnit } from '../units/unknown.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { addPrevious, compare, type Comparison } from './compare.js'
import { measure } from './measure.js'
import type { Dimension, MetricResult, Query } from './result.js'
import type { Notes } from './notes.js'
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
  compareWith?: 'previous' | 'year-ago'
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

const LEVEL_ORDER: (Level | null)[] = [null, 'province', 'district', 'commune']

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
  const groupings = withFilters(request)
  const query: Query = { period: cut, metrics, groupings, policy: request.policy.policy }
  await store.lockDown()
  const registry = await loadRegistry(store, definitions, request.province)
  const mode = request.units ?? 'current'
  const view = new UnitView(registry, mode, mode === 'current' ? request.asOf : asOf)
  const measured = await measure(store, definitions, query, view)
  const keep = rowFilter(request, view, cut)
  const book = new TargetBook(await loadTargets(store), view, period.calendar)
  const byId = definitions.metrics
  const rows = measured.results.filter(keep).map((result) => {
    const whole = result.month === null ? period : (monthsIn(period).find(({ label }) => label === result.month) ?? period)
    const metric = byId.get(result.metric)!
    const partner = metric.complement_of === undefined ? undefined : byId.get(metric.complement_of)
    const targetOf = (id: string): Target | null => book.find({ ...result, metric: id, period: whole })
    return compare(result, targetOf(metric.id), metric, partner ? { metric: partner, target: targetOf(partner.id) } : null)
  })
  if (request.compareWith) {
    const before = earlierOf(period, cut, request.compareWith)
    const past = await measure(store, definitions, { ...query, period: before }, view)
    const position = new Map(monthsIn(cut).map(({ label }, i) => [label, i]))
    const pastPosition = new Map(monthsIn(before).map(({ label }, i) => [label, i]))
    const keyOf = (months: Map<string, number>) => (result: MetricResult) =>
      identity(result, result.month === null ? null : (months.get(result.month) ?? null))
    const pastByKey = past.results.map((result) => ({ result, key: keyOf(pastPosition)(result) }))
    const lookup = new Map(pastByKey.map(({ result, key }) => [result, key]))
    addPrevious(rows, past.results, (result) => lookup.get(result) ?? keyOf(position)(result))
  }
  sortRows(rows, definitions)
  return {
    period,
    isDefaultPeriod: isDefault,
    asOf,
    policy: request.policy,
    rows,
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

async function choosePeriod(store: Store, request: ReportRequest): Promise<{ period: Period; isDefault: boolean }> {
  const calendar = request.calendar ?? 'month'
  if (request.period) return { period: parsePeriod(request.period, calendar), isDefault: false }
  const latest = await store.row<{ day: string | null }>(
    `SELECT max(greatest(coalesce(received_at, resolved_at), coalesce(resolved_at, received_at)))::DATE::VARCHAR AS day FROM dossier WHERE coalesce(received_at, resolved_at) < $until::TIMESTAMP`,
    { until: addDays(request.asOf, 1) },
  )
  const answered =
    latest?.day ?? (await store.row<{ day: string | null }>(`SELECT max(answered_at)::DATE::VARCHAR AS day FROM survey_answer`))?.day
  if (!answered)
    throw new ToolError('no_data', 'there are no dossiers and no survey answers in the store', { hint: 'load some: cchc ingest FILE…' })
  const day = answered < request.asOf ? answered : request.asOf
  const month = monthsIn(parsePeriod(`${day}..${day}`, calendar))[0]!.label
  const label = request.isYearToDate ? `${month.slice(0, 4)}-01..${month}` : month
  return { period: parsePeriod(label, calendar), isDefault: true }
}

async function newestDay(store: Store, asOf: string): Promise<string | null> {
  const newest = ['received_at', 'resolved_at', 'returned_at', 'updated_at'].map(
    (time) => `max(${time}) FILTER (${time} < $until::TIMESTAMP)`,
  )
  const row = await store.row<{ day: string | null }>(`SELECT greatest(${newest.join(', ')})::DATE::VARCHAR AS day FROM dossier`, {
    until: addDays(asOf, 1),
  })
  return row?.day ?? null
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

function unitCode(text: string, view: UnitView, period: Period): string {
  if (view.registry.units.length === 0) return nameKey(text)
  const shown = new UnitMatcher({ ...EMPTY_REGISTRY, units: view.existing(period), aliases: view.registry.aliases })
  const match = shown.match(text, text, null)
  if ('unit' in match) return match.unit.code
  const like = match.suggestions.map((unit) => `${unit.code} ${shown.qualifiedName(unit)}`)
  throw new ToolError('unknown_unit', match.isAmbiguous ? `several units are called "${text}"` : `no unit "${text}" in the registry`, {
    hint: like.length > 0 ? `did you mean ${like.join(' or ')}?` : 'all: cchc units',
  })
}

/** The earlier period; where the current one is cut at a day, the earlier one is cut as long after its start. */
function earlierOf(period: Period, cut: Period, which: 'previous' | 'year-ago'): Period {
  const before = earlier(period, which)
  if (cut.until === period.until) return before
  const days = (Date.parse(cut.until) - Date.parse(cut.from)) / 86_400_000
  const until = addDays(before.from, days)
  return { ...before, until: until < before.until ? until : before.until }
}

function identity({ metric, level, unit, field, procedure, factor }: MetricResult, month: number | null): string {
  return JSON.stringify([metric, unit ? null : level, unit, field, procedure && (procedure.code ?? procedure.name), factor, month])
}

function sortRows(rows: Comparison[], definitions: Definitions): void {
  const order = new Map([...definitions.metrics.keys()].map((id, i) => [id, i]))
  const shape = ({ level, unit, field, procedure, month, factor }: Comparison): number =>
    (month === null ? 0 : 100) +
    (unit ? 2 : level ? 1 : 0) +
    (field === null ? 0 : 10) +
    (procedure === null ? 0 : 20) +
    (factor === null ? 0 : 40)
  const text = (row: Comparison): string =>
    [row.unit?.code ?? '\uffff', row.field ?? '', row.procedure?.code ?? '', row.factor ?? '', row.month ?? ''].join('\u0001')
  const keyed = rows.map((row) => ({
    row,
    metric: order.get(row.metric)!,
    shape: shape(row),
    level: row.unit?.code === null ? LEVEL_ORDER.length : LEVEL_ORDER.indexOf(row.level),
    text: text(row),
  }))
  keyed.sort((a, b) => a.metric - b.metric || a.shape - b.shape || a.level - b.level || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  rows.splice(0, rows.length, ...keyed.map(({ row }) => row))
}
