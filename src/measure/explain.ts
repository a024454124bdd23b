import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { apart, say, type Filling } from '../messages/message.js'
import type { Policy, Timeliness } from '../definitions/schema.js'
import { CLASSES, classSql } from './classes.js'
import { compileMetric, type Count } from './compile.js'

/** A metric spelled out: what is counted, by which date, as SQL, and what it needs. */
export interface MetricExplanation {
  metric: MetricDefinition
  fact: string
  /** Columns some load must have brought; one of each group. */
  needs: string[][]
  date: Filling
  /** Statements with $from (in the period) and $until (the day after it), each giving one count. */
  sql: { numerator: string; denominator: string }
  /** What the statements read dossiers from, `classed`; null for survey answers. */
  classed: string | null
}

const DATE_OF: Record<Count['population'], Filling> = {
  received: 'received_at',
  resolved: 'closed_at',
  resolved_of_intake: 'closed_at',
  paid: 'paid_at',
  answered: 'answered_at',
  pending: say('figures.open_at_end'),
  carried_over: say('figures.open_at_start'),
  caseload: say('figures.in_caseload'),
  caseload_received: 'received_at',
}

const RESOLVED = ['early', 'on_time', 'late', 'no_due_date']

/** Spells a metric out under a policy. */
export function explainMetric(definitions: Definitions, metric: MetricDefinition, policy: Policy): MetricExplanation {
  const compiled = compileMetric(metric, definitions)
  const counts = [...compiled.numerator, ...compiled.denominator]
  const { class: classNumber, closedAt } = classSql(policy, definitions.stages)
  const names = CLASSES.map((name, i) => `WHEN ${i} THEN '${name}'`).join(' ')
  const classed = `SELECT *, ${closedAt} AS closed_at, CASE ${classNumber} ${names} END AS class FROM dossier`
  return {
    metric,
    fact: compiled.fact,
    needs: compiled.needs,
    date: apart([...new Set(counts.map(({ population }) => DATE_OF[population]))]),
    sql: { numerator: statement(compiled.numerator), denominator: statement(compiled.denominator) },
    classed: compiled.fact === 'dossier' ? classed.replace(/\s*\n\s*/g, '\n') : null,
  }
}

function statement(counts: readonly Count[]): string {
  const one = ({ population, timeliness, where }: Count): string => {
    const conditions = [...conditionsOf(population, timeliness), ...(where === null ? [] : [`(${where.said})`])]
    return `SELECT count(*) AS n FROM ${population === 'answered' ? 'survey_answer' : 'classed'} WHERE ${conditions.join(' AND ')}`
  }
  return counts.length === 1 ? one(counts[0]!) : `SELECT sum(n) AS n FROM (\n  ${counts.map(one).join('\n  UNION ALL ')})`
}

function conditionsOf(population: Count['population'], timeliness: readonly Timeliness[] | undefined): string[] {
  const within = (time: string): string[] => [`${time} >= $from`, `${time} < $until`]
  const isOf = (classes: readonly string[], sign = 'IN'): string => `class ${sign} (${classes.map((name) => `'${name}'`).join(', ')})`
  const alive = isOf([...RESOLVED, 'open', 'suspended'])
  const resolved = [...within('closed_at'), isOf(timeliness ?? RESOLVED)]
  switch (population) {
    case 'received':
      return [...within('received_at'), isOf(['not_received', 'vertical_sector', 'registered'], 'NOT IN')]
    case 'resolved':
      return resolved
    case 'resolved_of_intake':
      return [...resolved, 'received_at < $until']
    case 'paid':
      return [...within('paid_at'), isOf(['not_received', 'vertical_sector'], 'NOT IN')]
    case 'answered':
      return within('answered_at')
    case 'carried_over':
      return ['received_at < $from', '(closed_at IS NULL OR closed_at >= $from)', alive]
    case 'caseload':
      return ['received_at < $until', '(closed_at IS NULL OR closed_at >= $from)', alive]
    case 'caseload_received':
      return [...within('received_at'), '(closed_at IS NULL OR closed_at >= $from)', alive]
    case 'pending': {
      const open = ['received_at < $until', '(closed_at IS NULL OR closed_at >= $until)', alive]
      return timeliness ? [...open, `(${timeliness.map(pendingCondition).join(' OR ')})`] : open
    }
  }
}

function pendingCondition(timeliness: Timeliness): string {
  switch (timeliness) {
    case 'suspended':
      return `class = 'suspended'`
    case 'within_due':
      return `class <> 'suspended' AND due_at::DATE + 1 >= $until`
    case 'overdue':
      return `class <> 'suspended' AND due_at::DATE + 1 < $until`
    case 'no_due_date':
      return `class <> 'suspended' AND due_at IS NULL`
    default:
      return 'false'
  }
}
