import type { MetricDefinition } from '../definitions/load.js'
import type { MetricTerm, Population, Timeliness } from '../definitions/schema.js'
import { identifier } from '../store/store.js'
import { populationNeeds, populationSql } from './classes.js'

/** A count: a population of the cube, restricted by a row predicate (null: all of it). */
export interface Count {
  population: Population
  timeliness?: readonly Timeliness[] | undefined
  where: string | null
}

/** A metric as sums of counts. value = Σ numerator / Σ denominator; coverage = Σ known / Σ base. */
export interface CompiledMetric {
  metric: MetricDefinition
  fact: 'dossier' | 'survey_answer'
  numerator: Count[]
  denominator: Count[]
  base: Count[]
  known: Count[]
  /** Columns some load must have provided; one of each group. */
  needs: string[][]
}

/** Turns a definition into the counts it consists of. */
export function compileMetric(metric: MetricDefinition): CompiledMetric {
  const fact = metric.population === 'answered' ? 'survey_answer' : 'dossier'
  if (metric.population === undefined) {
    const [numerator, denominator] = [metric.numerator!.map(fromTerm), metric.denominator!.map(fromTerm)]
    const terms = [...numerator, ...denominator]
    return {
      metric,
      fact,
      numerator,
      denominator,
      base: denominator,
      known: denominator,
      needs: [...metric.needs.map((id) => [id]), ...terms.flatMap(needsOf)],
    }
  }
  const { population, of_timeliness: ofTimeliness } = metric
  const kind = metric.survey_kind === undefined ? null : `survey_kind = '${metric.survey_kind}'`
  const known = knownSql(metric.needs)
  const denominator = conjunction(knownSql(unsaid(metric.needs, metric.among)), kind, metric.among)
  const numerator = conjunction(knownSql(unsaid(metric.needs, metric.among, metric.counts)), kind, metric.among, metric.counts)
  const counted = metric.timeliness ?? ofTimeliness
  return {
    metric,
    fact,
    numerator: [{ population, timeliness: counted, where: numerator }],
    denominator: [{ population, timeliness: ofTimeliness, where: denominator }],
    base: [{ population, timeliness: ofTimeliness, where: kind }],
    known: [{ population, timeliness: ofTimeliness, where: conjunction(known, kind) }],
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
  return [...new Set(counts.flatMap(({ where }) => (where === null ? [] : [where])))]
}

/** SQL over the cube for a sum of counts; `predicates` gives the cube's columns. */
export function countSql(counts: readonly Count[], predicates: readonly string[], lo: string, hi: string): string {
  const sums = counts.map(({ population, timeliness, where }) => {
    const column = where === null ? 'n' : `p${predicates.indexOf(where)}`
    return `coalesce(sum(CASE WHEN ${populationSql(population, timeliness, lo, hi)} THEN ${column} END), 0)`
  })
  return `(${sums.join(' + ')})::DOUBLE`
}

function knownSql(columns: readonly string[]): string | null {
  return columns.length === 0 ? null : columns.map((id) => `${identifier(id)} IS NOT NULL`).join(' AND ')
}

/** A comparison of one column with constants, or a flag: true only where the column is known. */
const STRICT = /^(?:NOT )?([a-z_]+)(?: (?:=|<>|<=?|>=?) (?:\d+|'[^']*')| (?:NOT )?IN \((?:\d+|'[^']*')(?:, (?:\d+|'[^']*'))*\))?$/

/** The needed columns whose being known does not already follow from the conditions. */
function unsaid(needs: readonly string[], ...conditions: (string | undefined)[]): string[] {
  const parts = conditions.flatMap((condition) => condition?.split(' AND ') ?? [])
  const implied = new Set(parts.flatMap((part) => STRICT.exec(part)?.[1] ?? []))
  return needs.filter((id) => !implied.has(id))
}

function fromTerm({ population, timeliness, where }: MetricTerm): Count {
  return { population, timeliness, where: where ?? null }
}

function needsOf({ population, timeliness }: Count): string[][] {
  return populationNeeds(population, timeliness)
}

function conjunction(...parts: (string | null | undefined)[]): string | null {
  const said = parts.filter((part) => part !== null && part !== undefined)
  if (said.length === 0) return null
  return said.length === 1 ? said[0]! : said.map((part) => `(${part})`).join(' AND ')
}
