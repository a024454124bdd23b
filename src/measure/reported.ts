import type { Definitions, MetricDefinition } from '../definitions/load.js'
import type { Label, Level, Policy } from '../definitions/schema.js'
import { fold } from '../language/fold.js'
import { isAsPublished, isRounded, shareHundredths } from '../language/format.js'
import { lastDay, parsePeriod } from '../language/period.js'
import type { Store } from '../store/store.js'
import { nameKey } from '../units/name.js'
import { loadRegistry } from '../units/registry.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { reportedMetric } from './count.js'
import { shownHundredths } from './shown.js'
import { measure } from './measure.js'
import type { Dimension, MetricResult } from './result.js'

/** A figure as a summary reports it: counts, a value (a fraction where it is a share), or both; null level, unit or field: all of them. */
export interface ReportedIndicator {
  /** A metric, a count of the forms, or the office's own name. */
  indicator: string
  level: Level | null
  unit: string | null
  field: string | null
  period: string
  numerator: number | null
  denominator: number | null
  value: number | null
  /** What the value, or of a rank the counts, are: a share, a place, places up or down; null: a number. */
  measure: 'percent' | 'rank' | 'places' | null
  /** Decimals that the value was published with, of per cent where it is a share; null: not known. */
  digits: number | null
  /** `>`, `≥`, `<`, `≤` or `≈` before the value. */
  bound: string | null
  source: string | null
  /** Under whose units the summary was counted; null: it does not say. */
  units: UnitsMode | null
}

/** The same figure, and what the dossiers say of it; null where they can't. */
export interface ReportedComparison extends Omit<ReportedIndicator, 'units'> {
  label: Label | null
  computed: { numerator: number; denominator: number | null; value: number | null } | null
  /** Reported minus computed: counts, or of a rate a fraction; 0 where they are equal as published; null where one is missing. */
  difference: number | null
  /** Of a rate, hundredths of a per cent as shown: reported (by its counts, where it has both), and computed. */
  shown: number | null
  computedShown: number | null
  /** Under whose units the dossiers are counted. */
  units: UnitsMode
  /** Whether the counts and the value that are reported together disagree. */
  isContradiction: boolean
}

export interface ReportedRequest {
  /** Only summaries of this period; absent: all. */
  period?: string
  policy: Policy
  province: string | null
  /** Whose units count; absent: those that each summary says, else those that it can mean. */
  units?: UnitsMode
  /** The day whose units are today's. */
  asOf: string
}

/**
 * Every reported indicator beside the same counted from the dossiers, by period, indicator, place: under the units that are asked for, else those
 * that the summary says it was counted under, else those of today, as reports and forms count, and of a unit that is no more under those of the time.
 */
export async function compareReported(store: Store, definitions: Definitions, request: ReportedRequest): Promise<ReportedComparison[]> {
  const wanted = request.period === undefined ? null : parsePeriod(request.period).label
  const reported = (
    await store.rows<ReportedIndicator>(`
      SELECT indicator, level, unit, field, period, numerator, denominator, value, measure, digits, bound, source, units FROM reported_indicator_version
      WHERE ended_load_id IS NULL ORDER BY period, load_id, rowid`)
  ).filter(({ period }) => wanted === null || period === wanted)
  const registry = await loadRegistry(store, definitions, request.province)
  const compared: ReportedComparison[] = []
  for (const label of new Set(reported.map(({ period }) => period))) {
    const period = parsePeriod(label)
    const rows = reported.filter((row) => row.period === label)
    const views = { current: new UnitView(registry, 'current', request.asOf), 'as-was': new UnitView(registry, 'as-was', lastDay(period)) }
    const existing = new Set(views.current.existing(period).map(({ code }) => code))
    const modeOf = ({ unit, units }: ReportedIndicator): UnitsMode => {
      if (request.units === undefined && units !== null) return units
      if (request.units !== undefined || unit === null || registry.units.length === 0) return request.units ?? 'current'
      return existing.has(codeOf(unit, views.current) ?? '') ? 'current' : 'as-was'
    }
    const metrics = [...new Set(rows.map(({ indicator }) => indicator))].flatMap((id) => metricOf(id, definitions) ?? [])
    const measured = new Map<UnitsMode, MetricResult[]>()
    for (const mode of new Set(rows.map(modeOf))) {
      const groupings = [...new Set(rows.filter((row) => modeOf(row) === mode).map((row) => dimensionsOf(row).join()))]
        .filter((one) => one !== '')
        .map((one) => one.split(',') as Dimension[])
      const { results } = await measure(store, definitions, { period, metrics, groupings, policy: request.policy }, views[mode])
      measured.set(mode, results)
    }
    for (const row of inOrder(rows, definitions)) {
      const units = modeOf(row)
      compared.push({ ...compareOne(row, measured.get(units)!, definitions, views[units]), units })
    }
  }
  return compared
}

/** Whether units became others: under whose units something is counted matters only then. */
export async function hasUnitChanges(store: Store): Promise<boolean> {
  return (await store.rows<{ n: number }>('SELECT count(*)::INTEGER AS n FROM unit_change'))[0]!.n > 0
}

/** Place by place as the summaries name them, the indicators of each in the order of the definitions. */
function inOrder(rows: readonly ReportedIndicator[], definitions: Definitions): ReportedIndicator[] {
  const placeOf = ({ level, unit, field, units }: ReportedIndicator): string => JSON.stringify([level, unit, field, units])
  const places = [...new Set(rows.map(placeOf))]
  const order = [...definitions.metrics.keys(), ...Object.keys(definitions.indicators)]
  const rank = ({ indicator }: ReportedIndicator): number => (order.includes(indicator) ? order.indexOf(indicator) : order.length)
  return rows.toSorted((a, b) => places.indexOf(placeOf(a)) - places.indexOf(placeOf(b)) || rank(a) - rank(b))
}

function dimensionsOf({ level, unit, field }: ReportedIndicator): Dimension[] {
  return [...(unit !== null ? ['unit' as const] : level !== null ? ['level' as const] : []), ...(field !== null ? ['field' as const] : [])]
}

/** What an indicator counts, as a metric; null for an office's own. */
function metricOf(id: string, definitions: Definitions): MetricDefinition | null {
  return definitions.metrics.get(id) ?? reportedMetric(id, definitions)
}

function compareOne(
  row: ReportedIndicator,
  results: readonly MetricResult[],
  definitions: Definitions,
  view: UnitView,
): Omit<ReportedComparison, 'units'> {
  const metric = definitions.metrics.get(row.indicator)
  const label = metric?.label ?? definitions.indicators[row.indicator]?.label ?? null
  const computed = computedOf(row, results, definitions, view)
  const both = row.measure !== 'rank' && row.numerator !== null && row.denominator ? { n: row.numerator, d: row.denominator } : null
  const share = row.measure === 'percent' || metric ? row.value : null
  const computedShown = metric && computed?.denominator ? shownHundredths(computed.numerator, computed.denominator, metric, []) : null
  return {
    ...row,
    label,
    computed,
    difference:
      computed === null
        ? null
        : metric
          ? shareDifference(row, both, computed.value, computedShown)
          : countDifference(row, computed.numerator),
    shown: metric && both ? shownHundredths(both.n, both.d, metric, []) : share === null ? null : shareHundredths(share),
    computedShown,
    isContradiction: both !== null && share !== null && row.bound === null && !isAsPublished(share, both.n / both.d, row.digits ?? 2),
  }
}

/** What the dossiers say of the same place; null where they can't. */
function computedOf(
  row: ReportedIndicator,
  results: readonly MetricResult[],
  definitions: Definitions,
  view: UnitView,
): ReportedComparison['computed'] {
  const code = row.unit === null ? null : codeOf(row.unit, view)
  const isUnit = (unit: MetricResult['unit']): boolean => code !== null && unit !== null && (unit.code === code || unit.code === row.unit)
  const found = results.filter(
    (result) =>
      result.metric === row.indicator &&
      result.state !== 'not_computable' &&
      (row.unit === null ? result.unit === null && result.level === row.level : isUnit(result.unit)) &&
      (row.field === null ? result.field === null : result.field !== null && fold(result.field) === fold(row.field)),
  )
  const isKnown = results.some((result) => result.metric === row.indicator && result.state !== 'not_computable')
  const isAbsent = found.length === 0 && isKnown && (row.unit === null || code !== null)
  if (found.length === 0 && !isAbsent) return null
  const sum = (key: 'numerator' | 'denominator'): number => found.reduce((all, result) => all + (result[key] ?? 0), 0)
  const [numerator, denominator] = [sum('numerator'), definitions.metrics.has(row.indicator) ? sum('denominator') : null]
  return { numerator, denominator, value: denominator === null || denominator === 0 ? null : numerator / denominator }
}

function countDifference({ numerator, bound }: ReportedIndicator, computed: number): number | null {
  if (numerator === null) return null
  return bound !== null && isWithin(bound, computed, numerator) ? 0 : numerator - computed
}

/** Counts decide over a value beside them. A value equals what it is rounded from, and a bound whatever lies within it. */
function shareDifference(
  { value, digits, bound }: ReportedIndicator,
  both: { n: number; d: number } | null,
  computed: number | null,
  shown: number | null,
): number | null {
  const said = both ? both.n / both.d : value
  if (said === null || computed === null) return null
  const isSame = isRounded(said, computed, digits ?? 2) || ((digits ?? 2) === 2 && shareHundredths(said) === shown)
  if (!both && (bound === null ? isSame : isWithin(bound, computed, said))) return 0
  return Math.round((said - computed) * 1e8) / 1e8
}

function isWithin(bound: string, computed: number, said: number): boolean {
  switch (bound) {
    case '>':
      return computed > said
    case '≥':
      return computed >= said
    case '<':
      return computed < said
    case '≤':
      return computed <= said
    default:
      return Math.abs(computed - said) <= Math.abs(said) * NEAR
  }
}

/** "About" is within this share of what is said. */
const NEAR = 0.01

/** The code of a unit that a summary names, without a registry its name as compared; null: there is no such unit. */
export function codeOf(unit: string, view: UnitView): string | null {
  if (view.registry.units.length === 0) return nameKey(unit)
  const match = view.matcher.match(unit, unit, view.today)
  return 'unit' in match ? match.unit.code : null
}
