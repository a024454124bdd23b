import type { MetricDefinition } from '../definitions/load.js'

/** What a satisfaction share rests on: number of answers, their mean score (1–5), and the share's Wilson 95 % interval. */
export interface SurveyStatistics {
  kind: string | null
  n: number
  mean: number
  low: number
  high: number
}

const Z95 = 1.959963984540054

/** Wilson's score interval of a share, at 95 %. Source: Wilson (1927); R's prop.test(correct = FALSE) gives the same. */
export function wilson(count: number, n: number): { low: number; high: number } {
  const share = count / n
  const z2 = Z95 * Z95
  const centre = share + z2 / (2 * n)
  const spread = Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  const bound = (value: number): number => Math.min(1, Math.max(0, value / (1 + z2 / n)))
  return { low: count === 0 ? 0 : bound(centre - spread), high: count === n ? 1 : bound(centre + spread) }
}

export function surveyStatistics(count: number, n: number, scoreSum: number, metric: MetricDefinition): SurveyStatistics {
  const { low, high } = wilson(count, n)
  const round = (value: number): number => Math.round(value * 1e8) / 1e8
  return { kind: metric.survey_kind ?? null, n, mean: round(scoreSum / n), low: round(low), high: round(high) }
}
