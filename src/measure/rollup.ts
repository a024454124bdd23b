import type { MetricDefinition } from '../definitions/load.js'
import type { Level } from '../definitions/schema.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Store } from '../store/store.js'
import { countsPaid, countSql, type CompiledMetric, type Count, type Predicate } from './compile.js'
import { bucketPeriods } from './cube.js'
import type { Grain } from './grain.js'
import type { Dimension, MetricResult, Place, Query, State } from './result.js'
import { isSpelled, spellingJoin, spellingKey, type Spelled, type Spelling, type Spellings } from './spelling.js'
import { surveyStatistics } from './survey.js'
import { NO_UNIT, scopeSql, SPLIT, UNIT_JOIN, UNKNOWN } from './unit-ref.js'

/** A part of the cube that a grouping is summed from. */
export interface Part {
  number: number
  grain: Pick<Grain, 'units' | 'months'>
  spellings: Spellings
}

/**
 * Sums a part of the cube for one grouping: a result per metric and group, some groups at a time. What names no unit is a group of its own;
 * what has no level stays out of groups by it. `tally` hears of every group.
 */
export async function* rollUp(
  store: Store,
  fact: CompiledMetric['fact'],
  metrics: readonly CompiledMetric[],
  predicates: readonly string[],
  grouping: readonly Dimension[],
  query: Query,
  part: Part,
  tally?: Tally,
): AsyncGenerator<MetricResult[]> {
  if (metrics.length === 0) return
  const buckets = bucketPeriods(query.period, part.grain.months)
  const has = (dimension: Dimension): boolean => grouping.includes(dimension)
  const units = new Map<string, NonNullable<Place['unit']>>()
  const { sql, sums } = sumSql(fact, metrics, predicates, grouping, query, part)
  for await (const columns of store.chunks(sql)) {
    const results: MetricResult[] = []
    const size = Object.values(columns)[0]!.length
    for (let row = 0; row < size; row++) {
      const text = (name: string): string | null => (columns[name]?.[row] ?? null) as string | null
      const spelled = (dimension: Spelled): Spelling | null =>
        has(dimension) ? part.spellings[dimension].get(text(`key_${dimension}`)!)! : null
      const unitCode = text('key_unit')
      const month = has('month') ? buckets[Number(columns.key_month![row]) - 1]! : null
      if (unitCode !== null && !units.has(unitCode)) units.set(unitCode, unitOf(unitCode, text('unit_label')))
      const unit = unitCode !== null ? units.get(unitCode)! : has('unit') ? NOBODY : null
      const [field, factor] = [spelled('field'), spelled('factor')]
      const common = {
        level: (has('level') ? text('key_level') : unit?.code == null ? null : text('unit_level')) as Level | null,
        unit,
        field: field && (field.name ?? ''),
        procedure: spelled('procedure'),
        month: month?.label ?? null,
        factor: factor && (factor.name ?? ''),
        period: { from: (month ?? query.period).from, until: (month ?? query.period).until },
      }
      const valueOf = (sum: string): number => Number(columns[sum]![row] ?? 0)
      sums.forEach(({ n, d }, i) => tally?.add(metrics[i]!.metric.id, valueOf(n), valueOf(d)))
      if (has('level') && common.level === null) continue
      /* Dossiers that were never closed put units on the cube of which nothing is in the period. */
      const isSilent = sums.every(({ n, d, b }) => valueOf(n) === 0 && valueOf(d) === 0 && valueOf(b) === 0)
      if (grouping.length > 0 && isSilent) continue
      metrics.forEach(({ metric }, i) => {
        const { n, d, b, k, score } = sums[i]!
        if (grouping.some(isSpelled) && valueOf(b) === 0) return
        const scores = score === null ? null : valueOf(score)
        results.push(resultOf(metric, common, { n: valueOf(n), d: valueOf(d), b: valueOf(b), k: valueOf(k), scores }))
      })
    }
    yield results
  }
}

/** Columns of the sums of a metric: numerator, denominator, base, known, and of a survey the scores. */
interface Sums {
  n: string
  d: string
  b: string
  k: string
  score: string | null
}

/** SQL of the sums beside the keys of the grouping; metrics share those that they have in common. */
function sumSql(
  fact: CompiledMetric['fact'],
  metrics: readonly CompiledMetric[],
  predicates: readonly string[],
  grouping: readonly Dimension[],
  { period, policy, scope }: Query,
  { number, grain }: Part,
): { sql: string; sums: Sums[] } {
  const months = bucketPeriods(period, grain.months).length
  const perMonth = grouping.includes('month')
  const periods = perMonth ? `(SELECT unnest(range(1, ${months + 1}))::USMALLINT AS idx)` : `(SELECT 0::USMALLINT AS idx)`
  const [lo, hi] = perMonth ? ['p.idx', 'p.idx'] : ['1', '1']
  const columns = new Map<string, string>()
  const columnOf = (sum: string): string => {
    if (!columns.has(sum)) columns.set(sum, `s${columns.size}`)
    return columns.get(sum)!
  }
  const sumOf = (counts: readonly Count[]): string => columnOf(countSql(counts, predicates, lo, hi))
  const sums = metrics.map(({ numerator, denominator, base, known }) => ({
    n: sumOf(numerator),
    d: sumOf(denominator),
    b: sumOf(base),
    k: sumOf(known),
    score: fact === 'survey_answer' ? columnOf(scoreSql(denominator[0]!.where, predicates, lo, hi)) : null,
  }))
  const fixed = grouping.filter((dimension): dimension is Exclude<Dimension, 'month'> => dimension !== 'month')
  const labels = grouping.includes('unit') ? ['any_value(u.name) AS unit_label', 'min(u.unit_level) AS unit_level'] : []
  const labelNames = labels.map((label) => label.split(' AS ').at(-1)!)
  const dates = datesOf(fact, metrics)
  const cells = [...fixed.map((dimension) => `key_${dimension}`), ...(fact === 'dossier' ? ['class'] : []), ...dates]
  const isWhole = grain.months && !perMonth
  const cube = isWhole ? `(SELECT * REPLACE (${dates.map((date) => withoutMonths(date, months)).join(', ')}) FROM cube)` : 'cube'
  const counted = [
    'n',
    ...predicates.map((_, i) => `p${i}`),
    ...(fact === 'survey_answer' ? ['t', ...predicates.map((_, i) => `t${i}`)] : []),
  ]
  const keys = grouping.map((dimension) => (dimension === 'month' ? 'p.idx AS key_month' : `key_${dimension}`))
  const sql = `
    WITH part AS (
      SELECT ${[...fixed.map((dimension) => `${keySql(dimension)} AS key_${dimension}`), ...cells.slice(fixed.length), ...labels, ...counted.map((name) => `sum(c.${name})::BIGINT AS ${name}`)].join(', ')}
      FROM ${cube} c
      ${[...(grain.units ? [UNIT_JOIN] : []), ...fixed.filter(isSpelled).map(spellingJoin)].join('\n      ')}
      WHERE c.grain = ${number} ${grain.units && policy.vertical_sector === 'excluded' ? 'AND NOT u.is_vertical' : ''} ${scope ? `AND ${scopeSql(scope)}` : ''}
      GROUP BY ${cells.join(', ')}
    )
    SELECT ${[...keys, ...labelNames.map((name) => `min(${name}) AS ${name}`), ...[...columns].map(([sum, name]) => `${sum} AS ${name}`)].join(',\n      ')}
    FROM part CROSS JOIN ${periods} p
    ${grouping.length > 0 ? `GROUP BY ${grouping.map((dimension) => `key_${dimension}`).join(', ')}` : ''}`
  return { sql, sums }
}

function keySql(dimension: Exclude<Dimension, 'month'>): string {
  if (isSpelled(dimension)) return spellingKey(dimension)
  return dimension === 'unit' ? 'u.unit' : 'u.unit_level'
}

/** What adds groups up, those that stand nowhere too. */
export interface Tally {
  add: (metric: string, numerator: number, denominator: number) => void
}

const NOBODY = { code: null, name: NO_UNIT }

function unitOf(code: string, name: string | null): NonNullable<Place['unit']> {
  if (code === UNKNOWN) return { code: null, name: 'unknown' }
  return code === SPLIT ? { code: null, name: 'not_attributable' } : { code, name: name ?? code }
}

/** The dates of the cube's cells: besides the class, all that a population is decided by. */
function datesOf(fact: CompiledMetric['fact'], metrics: readonly CompiledMetric[]): string[] {
  if (fact === 'survey_answer') return ['ab']
  return ['rb', 'cb', 'db', ...(countsPaid(metrics) ? ['pb'] : [])]
}

/** The months of a bucket as one, so that a grouping without months has few cells: 1 in the period, 2 after it. */
function withoutMonths(date: string, months: number): string {
  return `CASE WHEN ${date} BETWEEN 1 AND ${months} THEN 1 WHEN ${date} = ${months + 1} THEN 2 ELSE ${date} END::USMALLINT AS ${date}`
}

function scoreSql(where: Predicate | null, predicates: readonly string[], lo: string, hi: string): string {
  const column = where === null ? 't' : `t${predicates.indexOf(where.sql)}`
  return `coalesce(sum(CASE WHEN ab BETWEEN ${lo} AND ${hi} THEN ${column} END), 0)::DOUBLE`
}

function resultOf(
  metric: MetricDefinition,
  place: Place,
  { n, d, b, k, scores }: { n: number; d: number; b: number; k: number; scores: number | null },
): MetricResult {
  if (metric.population !== undefined && n > d) throw new ToolError('internal', say('figures.more_than_all', { metric: metric.id, n, d }))
  const state: State = d > 0 ? 'value' : b > 0 && k === 0 ? 'not_computable' : 'no_cases'
  const isKnown = state !== 'not_computable'
  return {
    metric: metric.id,
    ...place,
    numerator: isKnown ? n : null,
    denominator: isKnown ? d : null,
    value: state === 'value' ? Math.round((n / d) * 1e8) / 1e8 : null,
    state,
    coverage: b > 0 ? Math.round((k / b) * 1e8) / 1e8 : null,
    survey: scores === null || state !== 'value' ? null : surveyStatistics(n, d, scores, metric),
  }
}
