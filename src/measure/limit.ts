import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Query } from './result.js'

/** Figures that a report may have: so many take two thirds of the memory that Node.js uses on a computer of 8 GB. */
const MOST_FIGURES = 1_000_000

/** Throws before more figures are made than a report can hold. Error: too_many_figures. */
export function assertFew(figures: number, { groupings, metrics }: Pick<Query, 'groupings' | 'metrics'>): void {
  if (figures <= MOST_FIGURES) return
  const by = groupings.map((grouping) => grouping.join('+')).join(',')
  throw new ToolError('too_many_figures', say('figures.too_many', { by, most: MOST_FIGURES, n: metrics.length }), {
    hint: say('figures.ask_for_fewer'),
  })
}
