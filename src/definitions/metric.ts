import type { Metric, Population, Timeliness } from './schema.js'

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
export function timelinessProblem(population: Population, said: readonly Timeliness[] = []): string | null {
  const classes = CLASSES_OF[population]
  const [wrong] = said.filter((one) => !classes?.includes(one))
  if (wrong === undefined) return null
  return `what is ${population} is never ${wrong}: ${classes === null ? 'it has no timeliness' : `one of ${classes.join(', ')}`}`
}

type Said = Pick<Metric, 'population' | 'of_timeliness' | 'timeliness' | 'survey_kind' | 'among' | 'counts' | 'numerator' | 'denominator'>

/** What a metric says that does not fit together. */
export function metricProblems(value: Said): { path: string[]; message: string }[] {
  const problems: { path: string[]; message: string }[] = []
  const problem = (path: string, message: string): void => void problems.push({ path: [path], message })
  const { population, numerator, denominator } = value
  if (population === undefined) {
    const foreign = (['among', 'counts', 'of_timeliness', 'timeliness', 'survey_kind'] as const).find((key) => value[key] !== undefined)
    if (foreign) problem(foreign, `a rate over several populations has no ${foreign}: say it in its terms`)
    for (const [part, terms] of Object.entries({ numerator, denominator }))
      if (terms?.some((term) => term.population === 'answered'))
        problem(part, 'a rate over several populations counts dossiers, not answers')
    return problems
  }
  if (value.survey_kind !== undefined && population !== 'answered') problem('survey_kind', 'only answers are of a kind of survey')
  for (const part of ['of_timeliness', 'timeliness'] as const) {
    const message = timelinessProblem(population, value[part])
    if (message !== null) problem(part, message)
  }
  const outside = value.timeliness?.find((one) => value.of_timeliness !== undefined && !value.of_timeliness.includes(one))
  if (outside) problem('timeliness', `${outside} is not among of_timeliness, the denominator`)
  return problems
}
