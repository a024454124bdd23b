import type { Definitions } from '../definitions/load.js'
import { monthsIn, type Period } from '../language/period.js'
import type { UnitView } from '../units/view.js'
import { compare, type Comparison } from './compare.js'
import type { MetricResult } from './result.js'
import type { Target, TargetBook } from './target.js'

/** Puts figures of a span, or of its months, beside the targets that hold in it. A level after its last day has none. */
export function judgeBy(
  definitions: Definitions,
  view: UnitView,
  book: TargetBook,
): (span: Period) => (result: MetricResult) => Comparison {
  return (span) => {
    const months = new Map(monthsIn(span).map((month) => [month.label, month]))
    return (result) => {
      const period = months.get(result.month ?? '') ?? span
      const hasEnded = result.level !== null && view.levelOn(result.level, period.from) === null
      const targetOf = (metric: string): Target | null => (hasEnded ? null : book.find({ ...result, metric, period }))
      const metric = definitions.metrics.get(result.metric)!
      const partner = metric.complement_of === undefined ? undefined : definitions.metrics.get(metric.complement_of)
      return compare(result, targetOf(metric.id), metric, partner ? { metric: partner, target: targetOf(partner.id) } : null)
    }
  }
}
