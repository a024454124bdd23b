import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { populationNeeds } from './classes.js'

/** The metrics that can't be computed from files without any of these columns of dossiers. */
export function metricsWithout(columns: readonly string[], { metrics }: Pick<Definitions, 'metrics'>): MetricDefinition[] {
  const lacks = (group: readonly string[]): boolean => group.every((id) => columns.includes(id))
  return [...metrics.values()].filter(({ needs, population, timeliness, of_timeliness, numerator = [], denominator = [] }) => {
    const terms = [...(population ? [{ population, timeliness: of_timeliness ?? timeliness }] : []), ...numerator, ...denominator]
    return needs.some((id) => columns.includes(id)) || terms.some((term) => populationNeeds(term.population, term.timeliness).some(lacks))
  })
}
