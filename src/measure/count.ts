import type { Definitions, MetricDefinition } from '../definitions/load.js'

/** A count of indicators.yaml as a metric whose numerator it is, so that it is measured with the others; null where there is none of the id. */
export function countMetric(id: string, { indicators }: Pick<Definitions, 'indicators'>): MetricDefinition | null {
  const indicator = indicators[id]
  if (!indicator) return null
  const { label, counts, needs } = indicator
  const words = { label, short: label, definition: label, source: '', direction: 'higher', unit: 'percent' } as const
  return { id, file: null, ...words, needs, numerator: counts, denominator: counts }
}
