import type { Definitions, MetricDefinition } from '../definitions/load.js'
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
  const all = [...definitions.metrics.values()]
  const kinOf = memoised((metric: MetricDefinition): MetricDefinition[] => {
    const base = metric.complement_of ?? metric.id
    return all.filter(({ id, complement_of }) => id === base || complement_of === base)
  })
  return (span) => {
    const months = new Map(monthsIn(span).map((month) => [month.label, month]))
    return (result) => {
      const period = months.get(result.month ?? '') ?? span
      const hasEnded = result.level !== null && view.levelOn(result.level, period.from) === null
      const targetOf = (metric: string): Target | null => (hasEnded ? null : book.find({ ...result, metric, period }))
      const metric = definitions.metrics.get(result.metric)!
      const kin = kinOf(metric).map((one) => ({ metric: one, target: targetOf(one.id) }))
      return compare(result, targetOf(metric.id), metric, kin)
    }
  }
}

function memoised<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, make(key))
    return known.get(key)!
  }
}
