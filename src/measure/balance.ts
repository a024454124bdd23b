import { ToolError } from '../errors.js'
import { listed, say } from '../messages/message.js'
import type { Tally } from './rollup.js'
import type { Dimension } from './result.js'

/**
 * Proves that the parts of every grouping add up to the total, metric by metric: what names no unit or level is a part too. Months are none:
 * what is pending in one is pending in the next.
 */
export class Balance {
  private readonly totals = new Map<string, [number, number]>()

  /** What adds up a grouping, and then throws where it is not the total. Error: internal. */
  of(grouping: readonly Dimension[]): Tally & { assert: () => void } {
    const sums = grouping.length === 0 ? this.totals : new Map<string, [number, number]>()
    return {
      add: (metric, numerator, denominator) => {
        const [n, d] = sums.get(metric) ?? [0, 0]
        sums.set(metric, [n + numerator, d + denominator])
      },
      assert: () => {
        if (grouping.includes('month')) return
        for (const [metric, total] of this.totals) {
          const parts = sums.get(metric) ?? [0, 0]
          if (parts[0] === total[0] && parts[1] === total[1]) continue
          throw new ToolError(
            'internal',
            say('asked.parts_differ', { metric, by: listed(grouping), parts: parts.join(' / '), total: total.join(' / ') }),
          )
        }
      },
    }
  }
}
