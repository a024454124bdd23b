import type { Metric, Population, Timeliness } from './schema.js'
import { listed, say, type Message } from '../messages/message.js'

/** The classes of timeliness that a population has; null: it is not told apart by them. */
const CLASSES_OF: Record<Population, readonly Timeliness[] | null> = {
  received: null,
  resolved: ['early', 'on_time', 'late', 'no_due_date'],
  resolved_of_intake: ['early', 'on_time', 'late', 'no_due_date'],
  paid: null,
  carried_over: null,
  pending: ['within_due', 'overdue', 'suspended', 'no_due_date'],
  answered: null,
  caseload: null,
  caseload_received: null,
}

/** What a population can not be told apart by; null: nothing of it. */
export function timelinessProblem(population: Population, said: readonly Timeliness[] = []): Message | null {
  const classes = CLASSES_OF[population]
  const [wrong] = said.filter((one) => !classes?.includes(one))
  if (wrong === undefined) return null
  return classes === null
    ? say('definitions.no_timeliness', { population, wrong })
    : say('definitions.never_timely', { population, wrong, all: listed(classes) })
}

type Said = Pick<Metric, 'population' | 'of_timeliness' | 'timeliness' | 'survey_kind' | 'among' | 'counts' | 'numerator' | 'denominator'>

/** What a metric says that does not fit together. */
export function metricProblems(value: Said): { path: string[]; says: Message }[] {
  const problems: { path: string[]; says: Message }[] = []
  const problem = (path: string, says: Message): void => void problems.push({ path: [path], says })
  const { population, numerator, denominator } = value
  if (population === undefined) {
    const foreign = (['among', 'counts', 'of_timeliness', 'timeliness', 'survey_kind'] as const).find((key) => value[key] !== undefined)
    if (foreign) problem(foreign, say('definitions.in_its_terms', { key: foreign }))
    for (const [part, terms] of Object.entries({ numerator, denominator }))
      if (terms?.some((term) => term.population === 'answered')) problem(part, say('definitions.rate_counts_dossiers'))
    return problems
  }
  if (value.survey_kind !== undefined && population !== 'answered') problem('survey_kind', say('definitions.only_answers'))
  for (const part of ['of_timeliness', 'timeliness'] as const) {
    const says = timelinessProblem(population, value[part])
    if (says !== null) problem(part, says)
  }
  const outside = value.timeliness?.find((one) => value.of_timeliness !== undefined && !value.of_timeliness.includes(one))
  if (outside) problem('timeliness', say('definitions.outside_denominator', { timeliness: outside }))
  return problems
}
