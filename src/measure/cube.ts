import type { Policy, Stage } from '../definitions/schema.js'
import { monthsIn, type Period } from '../language/period.js'
import { monthNumber, monthOf } from '../store/derived.js'
import { literal, type Store } from '../store/store.js'
import { classSql, NEVER, SETTLED } from './classes.js'
import type { Grain } from './grain.js'
import type { UnitFrame } from './unit-ref.js'

export interface CubeNeeds {
  grains: readonly Grain[]
  /** Whether payment dates are among the requested metrics' date bases. */
  needsPaid: boolean
  /** Columns that some load brought: the others need no grouping. */
  provided: ReadonlySet<string>
}

/**
 * The one scan of the dossiers: table `cube`, for each part (column `grain`) a row for each unit as named, class, and bucket of each
 * date, with the number of dossiers and of those for which each predicate holds. Everything a report asks of a period is a sum over it.
 */
export async function buildDossierCube(
  store: Store,
  period: Period,
  { grains, needsPaid, provided }: CubeNeeds,
  predicates: readonly string[],
  policy: Policy,
  stages: Record<string, Stage>,
  frame: UnitFrame,
): Promise<void> {
  const { class: classNumber, closedAt, isClosedAsStored } = classSql(policy, stages)
  const isMonthly = isClosedAsStored && period.calendar === 'month' && period.from.endsWith('-01') && period.until.endsWith('-01')
  const dates = isMonthly
    ? {
        received: 'received_month',
        closed: 'closed_month',
        due: 'due_month',
        from: String(monthNumber(period.from)),
        until: String(monthNumber(period.until)),
        never: String(NEVER),
      }
    : {
        received: 'received_at',
        closed: closedAt,
        due: '(due_at::DATE + 1)',
        from: `TIMESTAMP ${literal(period.from)}`,
        until: `TIMESTAMP ${literal(period.until)}`,
        never: `TIMESTAMP 'infinity'`,
      }
  const { received, closed, due, from, until, never } = dates
  const buckets = (byMonth: boolean, end: string): string[] => {
    const bucket = (date: string): string => (isMonthly ? monthBucket(date, period, byMonth) : timeBucket(date, period, byMonth))
    return [
      `${bucket(received)} AS rb${end}`,
      `${bucket(closed)} AS cb${end}`,
      `CASE WHEN cb${end} > rb${end} AND rb${end} < ${SETTLED} THEN ${bucket(due)} ELSE ${SETTLED} END::USMALLINT AS db${end}`,
      ...(needsPaid ? [`${timeBucket('paid_at', period, byMonth)} AS pb${end}`] : []),
    ]
  }
  const units = { unit_code: 'VARCHAR', unit_name: 'VARCHAR', level: 'dossier_level' }
  const given = Object.keys(units).filter((column) => provided.has(column))
  const dateNames = ['rb', 'cb', 'db', ...(needsPaid ? ['pb'] : [])]
  const keysOf = (grain: Grain): string[] => [
    ...(grain.units ? [...given, ...frame.keys] : []),
    'class',
    ...dateNames.map((name) => name + (grain.months ? '_month' : '')),
    ...(grain.field ? ['field'] : []),
    ...(grain.procedure ? ['procedure_code', 'procedure_name'] : []),
  ]
  const has = (key: keyof Grain): boolean => grains.some((grain) => grain[key])
  const marks = [...new Set(grains.flatMap(keysOf))]
  const isPaid = `paid_at >= TIMESTAMP ${literal(period.from)} AND paid_at < TIMESTAMP ${literal(period.until)}`
  const isRelevant = `(coalesce(${closed}, ${never}) >= ${from} AND coalesce(${received}, ${from}) < ${until} OR ${closed} < ${received})`
  const number = grains.map((grain, i) => {
    const keys = new Set(keysOf(grain))
    return `WHEN ${parseInt(marks.map((mark) => (keys.has(mark) ? '0' : '1')).join(''), 2)} THEN ${i}`
  })
  const bucketColumns = dateNames.map((name) => {
    const columns = [...(grains.some(({ months }) => !months) ? [name] : []), ...(has('months') ? [`${name}_month`] : [])]
    return columns.length === 1 ? `${columns[0]} AS ${name}` : `coalesce(${columns.join(', ')}) AS ${name}`
  })
  const columns = [
    `CASE grouping(${marks.join(', ')}) ${number.join(' ')} END AS grain`,
    ...Object.entries(units).map(([column, type]) => (given.includes(column) ? column : `NULL::${type} AS ${column}`)),
    ...constantKeys(frame),
    ...frame.keys,
    'class',
    ...bucketColumns,
    ...(has('field') ? ['field'] : []),
    ...(has('procedure') ? ['procedure_code', 'procedure_name'] : []),
    'count(*)::BIGINT AS n',
    ...predicates.map((predicate, i) => `count_if(${predicate})::BIGINT AS p${i}`),
  ]
  const computed = [
    `${classNumber} AS class`,
    ...(grains.some(({ months }) => !months) ? buckets(false, '') : []),
    ...(has('months') ? buckets(true, '_month') : []),
  ]
  await store.run(`
    CREATE OR REPLACE TEMP TABLE cube AS
    SELECT ${columns.join(',\n      ')}
    FROM (SELECT *, ${computed.join(',\n        ')} FROM ${frame.relation} WHERE ${needsPaid ? `${isRelevant} OR ${isPaid}` : isRelevant})
    GROUP BY GROUPING SETS (${grains.map((grain) => `(${keysOf(grain).join(', ')})`).join(', ')})`)
}

/** Table `cube` of the survey answers: units, survey kind, factor, date bucket, and for each predicate the count and the sum of scores. */
export async function buildSurveyCube(
  store: Store,
  period: Period,
  byMonth: boolean,
  predicates: readonly string[],
  frame: UnitFrame,
): Promise<void> {
  await store.run(`
    CREATE OR REPLACE TEMP TABLE cube AS
    SELECT 0 AS grain, unit_code, unit_name, level, factor, survey_kind, ${timeBucket('answered_at', period, byMonth)} AS ab, ${[...constantKeys(frame), ...frame.keys].join(', ')},
      count(*)::BIGINT AS n, coalesce(sum(score), 0)::BIGINT AS t${predicates.map((predicate, i) => `, count_if(${predicate})::BIGINT AS p${i}, coalesce(sum(CASE WHEN ${predicate} THEN score END), 0)::BIGINT AS t${i}`).join('')}
    FROM ${frame.relation}
    WHERE answered_at >= TIMESTAMP ${literal(period.from)} AND answered_at < TIMESTAMP ${literal(period.until)}
    GROUP BY ALL`)
}

/** The keys of units that are the same everywhere, as columns. */
function constantKeys({ keys }: UnitFrame): string[] {
  return (['era', 'piece'] as const).filter((key) => !keys.includes(key)).map((key) => `0 AS ${key}`)
}

/** The periods results are asked for: the whole one, or its months. */
export function bucketPeriods(period: Period, byMonth: boolean): Period[] {
  return byMonth ? monthsIn(period) : [period]
}

/** The bucket of a time or day: 0 before the period, 1… for its months (or 1 for all of it), then after, NEVER where there is none. */
function timeBucket(time: string, period: Period, byMonth: boolean): string {
  const [from, until] = [`TIMESTAMP ${literal(period.from)}`, `TIMESTAMP ${literal(period.until)}`]
  if (!byMonth)
    return `CASE WHEN ${time} IS NULL THEN ${NEVER} ELSE (${time} >= ${from})::USMALLINT + (${time} >= ${until})::USMALLINT END::USMALLINT`
  const months = monthsIn(period)
  const reported = period.calendar === 'report15'
  const first = monthNumber(months[0]!.label) - (reported ? 1 : 0)
  const month = monthOf(reported ? `(${time}::DATE - 14)` : time)
  return `CASE WHEN ${time} IS NULL THEN ${NEVER} WHEN ${time} < ${from} THEN 0 WHEN ${time} >= ${until} THEN ${months.length + 1}
      ELSE ${month} - ${first - 1} END::USMALLINT`
}

/** The same of a stored month number, for a period of whole calendar months. */
function monthBucket(month: string, period: Period, byMonth: boolean): string {
  const [from, until] = [monthNumber(period.from), monthNumber(period.until)]
  if (!byMonth)
    return `CASE WHEN ${month} IS NULL THEN ${NEVER} ELSE (${month} >= ${from})::USMALLINT + (${month} >= ${until})::USMALLINT END::USMALLINT`
  return `CASE WHEN ${month} IS NULL THEN ${NEVER} WHEN ${month} < ${from} THEN 0 WHEN ${month} >= ${until} THEN ${until - from + 1}
      ELSE ${month} - ${from - 1} END::USMALLINT`
}

/** SQL for the dossiers of cube cells that matter to the period whatever the metrics: those paid in it alone are left out. */
export function weightSql(months: number): string {
  return `sum(CASE WHEN cb >= 1 AND (rb <= ${months} OR rb = ${NEVER}) THEN n ELSE 0 END)`
}
