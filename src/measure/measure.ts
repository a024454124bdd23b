import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { ToolError } from '../errors.js'
import type { Level, Policy } from '../definitions/schema.js'
import { clean } from '../language/fold.js'
import type { Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { isValidWithin, loadRegistry, type Unit } from '../units/registry.js'
import { compileMetric, countSql, predicatesOf, type CompiledMetric } from './compile.js'
import { buildDossierCube, buildSurveyCube, bucketPeriods, resolveUnits, type UnknownUnit } from './cube.js'
import { countNotes, type Notes } from './notes.js'
import { surveyStatistics, type SurveyStatistics } from './survey.js'

export type Dimension = 'level' | 'unit' | 'field' | 'procedure' | 'month' | 'factor'
export type State = 'value' | 'no_cases' | 'not_computable' | 'suppressed'

/** One figure. Counts are exact; value is a fraction, null unless state is `value`; a null dimension means "all". */
export interface MetricResult {
  metric: string
  level: Level | null
  /** Code null: units that the registry does not know, together. */
  unit: { code: string | null; name: string } | null
  field: string | null
  procedure: { code: string | null; name: string | null } | null
  month: string | null
  factor: string | null
  period: { from: string; until: string }
  numerator: number | null
  denominator: number | null
  value: number | null
  state: State
  /** Share of the population about which the needed columns are known; null where there is no population. */
  coverage: number | null
  survey: SurveyStatistics | null
}

export interface Query {
  period: Period
  metrics: readonly MetricDefinition[]
  /** Dimensions of each grouping besides the total: [['level'], ['unit', 'month']]. */
  groupings: readonly (readonly Dimension[])[]
  policy: Policy
}

export interface Measured {
  results: MetricResult[]
  registry: Unit[]
  unknownUnits: UnknownUnit[]
  notes: Notes
}

/** Measures metrics over a period, for the total and every grouping, from one scan of each kind of fact. */
export async function measure(store: Store, definitions: Definitions, query: Query): Promise<Measured> {
  const registry = await loadRegistry(store)
  const provided = await providedColumns(store)
  const compiled = query.metrics.map(compileMetric)
  const computable = compiled.filter((one) => isComputable(one, provided))
  const results: MetricResult[] = []
  const unknownUnits: UnknownUnit[] = []
  let notes: Notes | null = null
  for (const fact of ['dossier', 'survey_answer'] as const) {
    const metrics = computable.filter((one) => one.fact === fact)
    if (metrics.length === 0 && (fact === 'survey_answer' || !provided.has('dossier'))) continue
    const predicates = predicatesOf(metrics)
    const dimensions = new Set(query.groupings.flat())
    const byMonth = dimensions.has('month')
    if (fact === 'dossier') {
      const needsPaid = metrics.some(({ metric }) => metric.population === 'paid')
      const cube = { byMonth, byField: dimensions.has('field'), byProcedure: dimensions.has('procedure'), needsPaid }
      await explainPredicates(store, metrics, fact)
      await buildDossierCube(store, query.period, cube, predicates, query.policy, definitions.stages, registry)
    } else {
      await explainPredicates(store, metrics, fact)
      await buildSurveyCube(store, query.period, byMonth, predicates, registry)
    }
    unknownUnits.push(...(await resolveUnits(store, registry, query.period)))
    const months = bucketPeriods(query.period, byMonth).length
    if (fact === 'dossier') notes = await countNotes(store, query.policy, months)
    for (const grouping of [[], ...query.groupings]) {
      if (!grouping.every((dimension) => hasDimension(fact, dimension))) continue
      results.push(...(await rollUp(store, fact, metrics, predicates, grouping, query)))
    }
  }
  for (const { metric } of compiled.filter((one) => !computable.includes(one))) {
    for (const grouping of [[], ...query.groupings])
      if (grouping.every((one) => one === 'level')) results.push(blank(metric.id, query.period, 'not_computable'))
  }
  completeGrid(results, compiled, computable, query, registry)
  return {
    results: dedupe(results),
    registry,
    unknownUnits: mergeUnknown(unknownUnits),
    notes: notes ?? { vertical: 0, undated: 0, noDueDate: 0, withdrawn: 0, stopped: 0, notReceived: 0, noLevel: 0, unknownUnit: 0 },
  }
}

function hasDimension(fact: CompiledMetric['fact'], dimension: Dimension): boolean {
  return fact === 'dossier' ? dimension !== 'factor' : !['field', 'procedure'].includes(dimension)
}

/** Columns that some load brought; `dossier` stands for any dossier at all. */
async function providedColumns(store: Store): Promise<Set<string>> {
  const rows = await store.rows<{ kind: string; columns: string[] }>(`SELECT kind, columns FROM load`)
  const provided = new Set(rows.filter(({ kind }) => kind === 'dossiers').flatMap(({ columns }) => columns))
  if (provided.size > 0) provided.add('dossier')
  const kinds = await store.rows<{ survey_kind: string }>(`SELECT DISTINCT survey_kind FROM survey_answer`)
  for (const { survey_kind } of kinds) provided.add(`survey:${survey_kind}`)
  return provided
}

function isComputable({ needs, fact, metric }: CompiledMetric, provided: Set<string>): boolean {
  if (fact === 'dossier') return provided.has('dossier') && needs.every((group) => group.some((id) => provided.has(id)))
  const kind = metric.survey_kind
  return kind ? provided.has(`survey:${kind}`) : [...provided].some((id) => id.startsWith('survey:'))
}

/** Binds every predicate before the scan, so that a mistake in an office's metric names the metric, not the query. */
async function explainPredicates(store: Store, metrics: readonly CompiledMetric[], fact: string): Promise<void> {
  for (const one of metrics) {
    if (one.metric.file === null) continue
    for (const predicate of predicatesOf([one])) await bindPredicate(store, predicate, fact, one.metric)
  }
}

/** Error invalid_definition when the engine can't bind a predicate. */
export async function bindPredicate(store: Store, predicate: string, fact: string, metric: MetricDefinition): Promise<void> {
  try {
    await store.run(`EXPLAIN SELECT count_if(${predicate}) FROM ${fact}`)
  } catch (error) {
    throw new ToolError(
      'invalid_definition',
      `metric ${metric.id}: the condition "${predicate}" is not valid: ${(error as Error).message.split('\n')[0]}`,
      {
        place: { file: metric.file ?? 'metrics.yaml' },
        hint: `conditions are SQL over the columns of ${fact}; see cchc metrics ${metric.id}`,
        cause: error,
      },
    )
  }
}

const DIMENSION_SQL: Record<Dimension, string> = {
  level: 'u.unit_level',
  unit: 'u.unit',
  field: 'c.field',
  procedure: `array_to_string(string_split(c.procedure_code, '.')[1:2], '.')`,
  month: 'p.idx',
  factor: 'c.factor',
}

async function rollUp(
  store: Store,
  fact: CompiledMetric['fact'],
  metrics: readonly CompiledMetric[],
  predicates: readonly string[],
  grouping: readonly Dimension[],
  query: Query,
): Promise<MetricResult[]> {
  const hasMonths = query.groupings.flat().includes('month')
  const buckets = bucketPeriods(query.period, hasMonths)
  const perMonth = grouping.includes('month')
  const periods = perMonth ? `(SELECT unnest(range(1, ${buckets.length + 1}))::UTINYINT AS idx)` : `(SELECT 0::UTINYINT AS idx)`
  const [lo, hi] = perMonth ? ['p.idx', 'p.idx'] : ['1', String(buckets.length)]
  const sums = metrics.flatMap(({ numerator, denominator, base, known }, i) => [
    `${countSql(numerator, predicates, lo, hi)} AS n${i}`,
    `${countSql(denominator, predicates, lo, hi)} AS d${i}`,
    `${countSql(base, predicates, lo, hi)} AS b${i}`,
    `${countSql(known, predicates, lo, hi)} AS k${i}`,
  ])
  const scores = fact === 'survey_answer' ? metrics.map(({ denominator }, i) => `${scoreSql(denominator[0]!.where, lo, hi)} AS s${i}`) : []
  const keys = grouping.map((dimension) => `${DIMENSION_SQL[dimension]} AS key_${dimension}`)
  const extra = grouping.includes('unit') ? ['any_value(u.name) AS unit_label', 'min(u.unit_level) AS unit_level'] : []
  const procedure = grouping.includes('procedure') ? ['min(c.procedure_name) AS procedure_label'] : []
  const columns = await store.columns(`
    SELECT ${[...keys, ...extra, ...procedure, ...sums, ...scores].join(',\n      ')}
    FROM cube c
    JOIN unit_ref u ON u.unit_code IS NOT DISTINCT FROM c.unit_code AND u.unit_name IS NOT DISTINCT FROM c.unit_name
      AND u.level IS NOT DISTINCT FROM c.level AND u.era = c.era
    CROSS JOIN ${periods} p
    WHERE ${query.policy.vertical_sector === 'excluded' ? 'NOT u.is_vertical' : 'true'}
    ${grouping.length > 0 ? `GROUP BY ${grouping.map((dimension) => `key_${dimension}`).join(', ')}` : ''}`)
  const size = Object.values(columns)[0]?.length ?? 0
  const results: MetricResult[] = []
  for (let row = 0; row < size; row++) {
    const text = (name: string): string | null => (columns[name]?.[row] ?? null) as string | null
    const unitCode = text('key_unit')
    if (grouping.includes('unit') && unitCode === null) continue
    const month = perMonth ? buckets[Number(columns.key_month![row]) - 1]! : null
    const common = {
      level: (grouping.includes('level') ? text('key_level') : grouping.includes('unit') ? text('unit_level') : null) as Level | null,
      unit:
        unitCode === null ? null : unitCode === '' ? { code: null, name: '?' } : { code: unitCode, name: text('unit_label') ?? unitCode },
      field: grouping.includes('field') ? cleanOrBlank(text('key_field')) : null,
      procedure: grouping.includes('procedure') ? { code: text('key_procedure'), name: text('procedure_label') } : null,
      month: month?.label ?? null,
      factor: grouping.includes('factor') ? cleanOrBlank(text('key_factor')) : null,
      period: { from: (month ?? query.period).from, until: (month ?? query.period).until },
    }
    if (grouping.includes('level') && common.level === null) continue
    metrics.forEach(({ metric }, i) => {
      const number = (name: string): number => Number(columns[`${name}${i}`]![row] ?? 0)
      results.push(
        resultOf(
          metric.id,
          common,
          number('n'),
          number('d'),
          number('b'),
          number('k'),
          fact === 'survey_answer' ? number('s') : null,
          metric,
        ),
      )
    })
  }
  return results
}

function scoreSql(where: string | null, lo: string, hi: string): string {
  return `coalesce(sum(CASE WHEN ab BETWEEN ${lo} AND ${hi} AND (${where ?? 'true'}) THEN score_sum END), 0)::DOUBLE`
}

function cleanOrBlank(text: string | null): string {
  return text === null ? '' : clean(text)
}

type Place = Pick<MetricResult, 'level' | 'unit' | 'field' | 'procedure' | 'month' | 'factor' | 'period'>

function resultOf(
  metric: string,
  place: Place,
  n: number,
  d: number,
  base: number,
  known: number,
  score: number | null,
  definition: MetricDefinition,
): MetricResult {
  const state: State = d > 0 ? 'value' : base > 0 && known === 0 ? 'not_computable' : 'no_cases'
  const isKnown = state !== 'not_computable'
  return {
    metric,
    ...place,
    numerator: isKnown ? n : null,
    denominator: isKnown ? d : null,
    value: state === 'value' ? Math.round((n / d) * 1e8) / 1e8 : null,
    state,
    coverage: base > 0 ? Math.round((known / base) * 1e8) / 1e8 : null,
    survey: score === null || state !== 'value' ? null : surveyStatistics(n, d, score, definition),
  }
}

function blank(metric: string, period: Period, state: State, place: Partial<Place> = {}): MetricResult {
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
function completeGrid(
  results: MetricResult[],
  compiled: readonly CompiledMetric[],
  computable: readonly CompiledMetric[],
  query: Query,
  registry: readonly Unit[],
): void {
  const existing = registry.filter(
    (unit) => isValidWithin(unit, query.period) && (query.policy.vertical_sector === 'included' || !unit.is_vertical_sector),
  )
  const present = new Set(results.map((result) => gridKey(result)))
  for (const grouping of query.groupings) {
    const shape = grouping.join()
    if (shape !== 'level' && shape !== 'unit') continue
    const places: Partial<Place>[] =
      shape === 'unit'
        ? [...new Map(existing.map((unit) => [unit.code, unit])).values()].map((unit) => ({
            level: unit.level,
            unit: { code: unit.code, name: unit.name },
          }))
        : [
            ...new Set([
              ...existing.map(({ level }) => level),
              ...results.filter(({ unit }) => unit === null).flatMap(({ level }) => level ?? []),
            ]),
          ].map((level) => ({ level }))
    for (const one of compiled) {
      for (const place of places) {
        const missing = blank(one.metric.id, query.period, computable.includes(one) ? 'no_cases' : 'not_computable', place)
        if (!present.has(gridKey(missing))) results.push(missing)
      }
    }
  }
}

function gridKey({ metric, level, unit, field, procedure, month, factor }: MetricResult): string {
  return JSON.stringify([metric, unit ? 'unit' : level, unit?.code ?? unit?.name, field, procedure?.code, procedure && 'p', month, factor])
}

function dedupe(results: MetricResult[]): MetricResult[] {
  return [...new Map(results.map((result) => [gridKey(result), result])).values()]
}

function mergeUnknown(units: UnknownUnit[]): UnknownUnit[] {
  const merged = new Map<string, UnknownUnit>()
  for (const unit of units) {
    const known = merged.get(unit.said)
    if (known) known.rows += unit.rows
    else merged.set(unit.said, unit)
  }
  return [...merged.values()]
}
