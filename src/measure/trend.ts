import { monthsUpTo, type Period } from '../language/period.js'
import type { Dimension, Query } from './result.js'

/** The months up to a period's end: how many, and for what besides the total. */
export interface TrendRequest {
  months: number
  by: readonly (readonly Dimension[])[]
}

/** The months as a query of their own; `isPeriod` where they are those of the period itself, so that one look at the dossiers does for both. */
export interface TrendPlan {
  period: Period
  groupings: Dimension[][]
  isPeriod: boolean
}

/** Plans the months up to the end of a query's period, cut where it is cut. */
export function planTrend({ months, by }: TrendRequest, whole: Period, { period, groupings }: Query): TrendPlan {
  const window = { ...monthsUpTo(whole, months), until: period.until }
  return {
    period: window,
    groupings: [[], ...by].map((grouping) => [...grouping, 'month']),
    isPeriod: window.from === period.from && !groupings.flat().includes('month'),
  }
}
