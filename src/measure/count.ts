import { countsOf } from '../definitions/form.js'
import type { Form } from '../definitions/form-schema.js'
import type { Definitions, MetricDefinition } from '../definitions/load.js'
import type { Label, MetricTerm } from '../definitions/schema.js'

/** A count of indicators.yaml as a metric whose numerator it is, so that it is measured with the others; null where there is none of the id. */
export function countMetric(id: string, { indicators }: Pick<Definitions, 'indicators'>): MetricDefinition | null {
  const indicator = indicators[id]
  if (!indicator) return null
  return asMetric(id, indicator)
}

/** The same as summaries count it: where a form reports it in a column, as that column does. */
export function reportedMetric(id: string, definitions: Pick<Definitions, 'indicators' | 'forms'>): MetricDefinition | null {
  const columns = [...definitions.forms.values()].flatMap((form) => form.columns)
  const column = columns.find(({ indicator }) => indicator === id)
  if (!column) return countMetric(id, definitions)
  return asMetric(id, { label: definitions.indicators[id]!.label, ...countsOf(column, definitions) })
}

/** All that a form counts, as metrics: `column:3`, `note:0`, and `less:0`, what is to be taken away from that note. */
export function formMetrics(form: Form, definitions: Pick<Definitions, 'indicators'>): MetricDefinition[] {
  const label = form.title
  return [
    ...form.columns.map((column) => asMetric(`column:${column.number}`, { label, ...countsOf(column, definitions) })),
    ...form.notes.map(({ needs, counts }, i) => asMetric(`note:${i}`, { label, needs, counts })),
    ...form.notes.flatMap(({ needs, less }, i) => (less ? [asMetric(`less:${i}`, { label, needs, counts: less })] : [])),
  ]
}

/** Counts as a metric whose numerator they are. */
function asMetric(id: string, { label, counts, needs }: { label: Label; counts: MetricTerm[]; needs: string[] }): MetricDefinition {
  const words = { label, short: label, definition: label, source: '', direction: 'higher', unit: 'percent' } as const
  return { id, file: null, ...words, needs: [], provided: needs, numerator: counts, denominator: counts }
}
