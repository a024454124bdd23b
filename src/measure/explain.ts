import type { Definitions, MetricDefinition } from '../definitions/load.js'
import type { Policy } from '../definitions/schema.js'
import { compileMetric, type Count } from './compile.js'
import { classSql } from './classes.js'

/** A metric spelled out: what is counted, by which date, as SQL over the dossiers, and what it needs. */
export interface MetricExplanation {
  metric: MetricDefinition
  fact: string
  needs: string[][]
  date: string
  sql: { numerator: string; denominator: string }
  classSql: string | null
}

const DATE_OF: Record<string, string> = {
  received: 'received_at',
  resolved: 'coalesce(resolved_at, returned_at)',
  resolved_of_intake: 'coalesce(resolved_at, returned_at)',
  paid: 'paid_at',
  answered: 'answered_at',
  pending: 'open at the end of the period',
  carried_over: 'received before the period, open at its start',
}

/** Spells a metric out under a policy. */
export function explainMetric(definitions: Definitions, metric: MetricDefinition, policy: Policy): MetricExplanation {
  const compiled = compileMetric(metric)
  const counts = [...compiled.numerator, ...compiled.denominator]
  const usesClass = compiled.fact === 'dossier'
  return {
    metric,
    fact: compiled.fact,
    needs: compiled.needs,
    date: [...new Set(counts.map(({ population }) => DATE_OF[population]!))].join('; '),
    sql: { numerator: countsText(compiled.numerator, compiled.fact), denominator: countsText(compiled.denominator, compiled.fact) },
    classSql: usesClass ? classSql(policy, definitions.stages).class.replace(/\s*\n\s*/g, '\n') : null,
  }
}

function countsText(counts: readonly Count[], fact: string): string {
  return counts
    .map(({ population, timeliness, where }) => {
      const conditions = [
        population,
        timeliness ? `timeliness IN (${timeliness.map((one) => `'${one}'`).join(', ')})` : null,
        where,
      ].filter((part) => part !== null)
      return `count of ${fact} WHERE ${conditions.join(' AND ')}`
    })
    .join('\n+ ')
}
