import type { Condition, Definitions, MetricDefinition } from '../definitions/load.js'
import type { MetricTerm, Population, Timeliness } from '../definitions/schema.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { identifier, literal } from '../store/store.js'
import { populationNeeds, populationSql } from './classes.js'
import type { Fact } from './condition/columns.js'

/** What is asked of a row: for the engine, and as the definition says it. */
export interface Predicate {
  sql: string
  said: string
}

/** A count: a population of the cube, restricted by a row predicate (null: all of it). */
export interface Count {
  population: Population
  timeliness?: readonly Timeliness[] | undefined
  where: Predicate | null
}

/** A metric as sums of counts. value = Σ numerator / Σ denominator; coverage = Σ known / Σ base. */
export interface CompiledMetric {
  metric: MetricDefinition
  fact: Fact
  numerator: Count[]
  denominator: Count[]
  base: Count[]
  known: Count[]
  /** Columns some load must have provided; one of each group. */
  needs: string[][]
}

/** The fact that a metric counts. */
export function factOf({ population }: Pick<MetricDefinition, 'population'>): Fact {
  return population === 'answered' ? 'survey_answer' : 'dossier'
}

/** The name of a condition among those that were read. */
export const conditionKey = (fact: Fact, text: string): string => `${fact}: ${text}`

/** Turns a definition, whose conditions were read (`readConditions`), into the counts it consists of. */
export function compileMetric(metric: MetricDefinition, { conditions }: Pick<Definitions, 'conditions'>): CompiledMetric {
  const fact = factOf(metric)
  const condition = (text: string): Condition => {
    const found = conditions.get(conditionKey(fact, text))
    if (!found) throw new ToolError('internal', say('condition.not_read', { condition: text }))
    return found
  }
  /** All of the conditions, and the needed columns known: told apart only where no condition says it already. */
  const restricted = (...texts: (string | undefined)[]): (Predicate | null)[] => {
    const said = texts.filter((text) => text !== undefined).map((text) => ({ said: text, ...condition(text) }))
    const known = new Set(said.flatMap((one) => one.known))
    return [knownColumns(metric.needs.filter((id) => !known.has(id))), ...said]
  }
  if (metric.population === undefined) {
    const count = ({ population, timeliness, where }: MetricTerm): Count => ({ population, timeliness, where: all(...restricted(where)) })
    const ofNeeds =
      (where: Predicate | null) =>
      (term: MetricTerm): Count => ({ ...term, where })
    const [numerator, denominator] = [metric.numerator!, metric.denominator!]
    const hasNeeds = metric.needs.length > 0
    return {
      metric,
      fact,
      numerator: numerator.map(count),
      denominator: denominator.map(count),
      base: denominator.map(hasNeeds ? ofNeeds(null) : count),
      known: denominator.map(hasNeeds ? ofNeeds(knownColumns(metric.needs)) : count),
      needs: [...[...metric.needs, ...(metric.provided ?? [])].map((id) => [id]), ...[...numerator, ...denominator].flatMap(needsOf)],
    }
  }
  const { population, of_timeliness: ofTimeliness } = metric
  const kind = metric.survey_kind === undefined ? null : predicate(`survey_kind = ${literal(metric.survey_kind)}`)
  const counted = metric.timeliness ?? ofTimeliness
  return {
    metric,
    fact,
    numerator: [{ population, timeliness: counted, where: all(...restricted(metric.among, metric.counts), kind) }],
    denominator: [{ population, timeliness: ofTimeliness, where: all(...restricted(metric.among), kind) }],
    base: [{ population, timeliness: ofTimeliness, where: kind }],
    known: [{ population, timeliness: ofTimeliness, where: all(knownColumns(metric.needs), kind) }],
    needs: [...metric.needs.map((id) => [id]), ...populationNeeds(population, counted)],
  }
}

/** Whether any of the metrics counts by the date of payment. */
export function countsPaid(metrics: readonly CompiledMetric[]): boolean {
  return metrics.some(({ numerator, denominator }) => [...numerator, ...denominator].some(({ population }) => population === 'paid'))
}

/** Distinct row predicates of some metrics: the columns of the cube. */
export function predicatesOf(metrics: readonly CompiledMetric[]): string[] {
  const counts = metrics.flatMap(({ numerator, denominator, base, known }) => [...numerator, ...denominator, ...base, ...known])
  return [...new Set(counts.flatMap(({ where }) => (where === null ? [] : [where.sql])))]
}

/** SQL over the cube for a sum of counts; `predicates` gives the cube's columns. */
export function countSql(counts: readonly Count[], predicates: readonly string[], lo: string, hi: string): string {
  const sums = counts.map(({ population, timeliness, where }) => {
    const column = where === null ? 'n' : `p${predicates.indexOf(where.sql)}`
    return `coalesce(sum(CASE WHEN ${populationSql(population, timeliness, lo, hi)} THEN ${column} END), 0)`
  })
  return `(${sums.join(' + ')})::DOUBLE`
}

const predicate = (sql: string): Predicate => ({ sql, said: sql })

function knownColumns(columns: readonly string[]): Predicate | null {
  return columns.length === 0 ? null : predicate(columns.map((id) => `${identifier(id)} IS NOT NULL`).join(' AND '))
}

function needsOf({ population, timeliness }: MetricTerm): string[][] {
  return populationNeeds(population, timeliness)
}

function all(...parts: (Predicate | null)[]): Predicate | null {
  const said = parts.filter((part) => part !== null)
  const join = (texts: string[]): string => (texts.length === 1 ? texts[0]! : texts.map((text) => `(${text})`).join(' AND '))
  return said.length === 0 ? null : { sql: join(said.map(({ sql }) => sql)), said: join(said.map((one) => one.said)) }
}
