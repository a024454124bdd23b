import type { Comparison } from '../measure/compare.js'

/** The months of a figure: those of the same metric and place, oldest first. */
export function monthsOf(figure: Pick<Comparison, 'metric' | 'level' | 'unit'>, trend: TrendIndex): Comparison[] {
  return trend.get(placeKey(figure)) ?? []
}

export type TrendIndex = ReadonlyMap<string, Comparison[]>

/** The rows of a trend by metric and place. */
export function indexTrend(trend: readonly Comparison[]): TrendIndex {
  const index = new Map<string, Comparison[]>()
  for (const row of trend) {
    const key = placeKey(row)
    const known = index.get(key)
    if (known) known.push(row)
    else index.set(key, [row])
  }
  return index
}

/** Since when a figure has missed its target: the first of the months in a row, up to the last with a figure, and how many; null: it met it last. */
export function missedSince(months: readonly Comparison[]): { month: string; count: number } | null {
  const known = months.filter(({ value }) => value !== null)
  const lastGood = known.findLastIndex(({ status }) => status !== 'missed')
  const missed = known.slice(lastGood + 1)
  return missed.length === 0 ? null : { month: missed[0]!.month!, count: missed.length }
}

/** `2025-09` → `9/2025`. */
export const shortMonth = (label: string): string => `${Number(label.slice(5))}/${label.slice(0, 4)}`

function placeKey({ metric, level, unit }: Pick<Comparison, 'metric' | 'level' | 'unit'>): string {
  return unit ? `${metric} unit ${unit.code ?? unit.name}` : `${metric} ${level}`
}
