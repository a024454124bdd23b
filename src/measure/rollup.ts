import type { MetricDefinition } from '../definitions/load.js'
import type { Level } from '../definitions/schema.js'
import { clean } from '../language/fold.js'
import type { Store } from '../store/store.js'
import { countsPaid, countSql, type CompiledMetric } from './compile.js'
import { bucketPeriods } from './cube.js'
import type { Grain } from './grain.js'
import type { Dimension, MetricResult, Place, Query, State } from './result.js'
import { surveyStatistics } from './survey.js'
import { scopeSql, SPLIT, UNIT_JOIN, UNKNOWN } from './unit-ref.js'

const DIMENSION_SQL: Record<Exclude<Dimension, 'month'>, string> = {
  level: 'u.unit_level',
  unit: 'u.unit',
  field: 'c.field',
  procedure: `coalesce(array_to_string(string_split(trim(c.procedure_code), '.')[1:2], '.'), c.procedure_name)`,
  factor: 'c.factor',
}

/** Sums a part of the cube for one grouping: a result per metric and group. Dossiers of no unit or level stay out of groups by it. */
export async function rollUp(
  store: Store,
  fact: CompiledMetric['fact'],
  metrics: readonly CompiledMetric[],
  predicates: readonly string[],
  grouping: readonly Dimension[],
  query: Query,
  part: { number: number; grain: Pick<Grain, 'units' | 'months'> },
): Promise<MetricResult[]> {
  if (metrics.length === 0) return []
  const buckets = bucketPeriods(query.period, part.grain.months)
  const perMonth = grouping.includes('month')
  const isWhole = part.grain.months && !perMonth
  const periods = perMonth ? `(SELECT unnest(range(1, ${buckets.length + 1}))::USMALLINT AS idx)` : `(SELECT 0::USMALLINT AS idx)`
  const [lo, hi] = perMonth ? ['p.idx', 'p.idx'] : ['1', '1']
  const sums = metrics.flatMap(({ numerator, denominator, base, known }, i) => [
    `${countSql(numerator, predicates, lo, hi)} AS n${i}`,
    `${countSql(denominator, predicates, lo, hi)} AS d${i}`,
    `${countSql(base, predicates, lo, hi)} AS b${i}`,
    `${countSql(known, predicates, lo, hi)} AS k${i}`,
  ])
  const scores =
    fact === 'survey_answer' ? metrics.map(({ denominator }, i) => `${scoreSql(denominator[0]!.where, predicates, lo, hi)} AS s${i}`) : []
  const fixed = grouping.filter((dimension): dimension is Exclude<Dimension, 'month'> => dimension !== 'month')
  const labels = [
    ...(grouping.includes('unit') ? ['any_value(u.name) AS unit_label', 'min(u.unit_level) AS unit_level'] : []),
    ...(grouping.includes('procedure') ? ['min(c.procedure_name) AS procedure_label', 'min(c.procedure_code) AS procedure_code'] : []),
  ]
  const labelNames = labels.map((label) => label.split(' AS ').at(-1)!)
  const dates = datesOf(fact, metrics)
  const cells = [...fixed.map((dimension) => `key_${dimension}`), ...(fact === 'dossier' ? ['class'] : []), ...dates]
  const cube = isWhole ? `(SELECT * REPLACE (${dates.map((date) => withoutMonths(date, buckets.length)).join(', ')}) FROM cube)` : 'cube'
  const counted = ['n', ...predicates.map((_, i) => `p${i}`), ...(fact === 'survey_answer' ? predicates.map((_, i) => `t${i}`) : [])]
  const keys = grouping.map((dimension) => (dimension === 'month' ? 'p.idx AS key_month' : `key_${dimension}`))
  const columns = await store.columns(`
    WITH part AS (
      SELECT ${[...fixed.map((dimension) => `${DIMENSION_SQL[dimension]} AS key_${dimension}`), ...cells.slice(fixed.length), ...labels, ...counted.map((name) => `sum(c.${name})::BIGINT AS ${name}`)].join(', ')}
      FROM ${cube} c
      ${part.grain.units ? UNIT_JOIN : ''}
      WHERE c.grain = ${part.number} ${part.grain.units && query.policy.vertical_sector === 'excluded' ? 'AND NOT u.is_vertical' : ''} ${query.scope ? `AND ${scopeSql(query.scope)}` : ''}
      GROUP BY ${cells.join(', ')}
    )
    SELECT ${[...keys, ...labelNames.map((name) => `min(${name}) AS ${name}`), ...sums, ...scores].join(',\n      ')}
    FROM part CROSS JOIN ${periods} p
    ${grouping.length > 0 ? `GROUP BY ${grouping.map((dimension) => `key_${dimension}`).join(', ')}` : ''}`)
  const size = Object.values(columns)[0]?.length ?? 0
  const isOpenEnded = grouping.some((dimension) => dimension === 'field' || dimension === 'procedure' || dimension === 'factor')
  const results: MetricResult[] = []
  for (let row = 0; row < size; row++) {
    const text = (name: string): string | null => (columns[name]?.[row] ?? null) as string | null
    const unitCode = text('key_unit')
    if (grouping.includes('unit') && unitCode === null) continue
    const month = perMonth ? buckets[Number(columns.key_month![row]) - 1]! : null
    const unit = unitCode === null ? null : unitOf(unitCode, text('unit_label'))
    const common = {
      level: (grouping.includes('level') ? text('key_level') : unit?.code == null ? null : text('unit_level')) as Level | null,
      unit,
      field: grouping.includes('field') ? cleanOrBlank(text('key_field')) : null,
      procedure: grouping.includes('procedure')
        ? {
            code: text('procedure_code') === null ? null : text('key_procedure'),
            name: text('procedure_label') && clean(text('procedure_label')!),
          }
        : null,
      month: month?.label ?? null,
      factor: grouping.includes('factor') ? cleanOrBlank(text('key_factor')) : null,
      period: { from: (month ?? query.period).from, until: (month ?? query.period).until },
    }
    if (grouping.includes('level') && common.level === null) continue
    if (grouping.length > 0 && isSilent(columns, row, metrics.length)) continue
    metrics.forEach(({ metric }, i) => {
      const number = (name: string): number => Number(columns[`${name}${i}`]![row] ?? 0)
      if (isOpenEnded && number('b') === 0) return
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

/** Whether nothing of a group is in the period: dossiers that were never closed put units on the cube that are long gone. */
function isSilent(columns: Record<string, unknown[]>, row: number, metrics: number): boolean {
  for (let i = 0; i < metrics; i++) {
    if (['n', 'd', 'b'].some((name) => Number(columns[`${name}${i}`]![row] ?? 0) !== 0)) return false
  }
  return true
}

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

function scoreSql(where: string | null, predicates: readonly string[], lo: string, hi: string): string {
  const column = where === null ? 'NULL' : `t${predicates.indexOf(where)}`
  return `coalesce(sum(CASE WHEN ab BETWEEN ${lo} AND ${hi} THEN ${column} END), 0)::DOUBLE`
}

function cleanOrBlank(text: string | null): string {
  return text === null ? '' : clean(text)
}

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
