import type { Definitions } from '../definitions/load.js'
import type { Comparison, Rank } from './compare.js'

/** Ranks the units of each level in each metric, now and in the earlier period, by the whole numbers; equal figures share a place: 1-2-2-4. */
export function addRanks(rows: readonly Comparison[], definitions: Definitions): void {
  const groups = new Map<string, Comparison[]>()
  for (const row of rows.filter(isRanked)) {
    const key = `${row.metric} ${row.level}`
    const known = groups.get(key)
    if (known) known.push(row)
    else groups.set(key, [row])
  }
  for (const group of groups.values()) {
    const direction = definitions.metrics.get(group[0]!.metric)!.direction
    const now = placesOf(group, (row) => row, direction)
    const before = placesOf(group, ({ previous }) => previous, direction)
    for (const row of group) row.rank = now.has(row) ? { ...now.get(row)!, before: before.get(row) ?? null } : null
  }
}

interface Counts {
  numerator: number | null
  denominator: number | null
}

function isRanked({ unit, month, field, procedure, factor }: Comparison): boolean {
  return unit?.code != null && month === null && field === null && procedure === null && factor === null
}

function placesOf(
  rows: readonly Comparison[],
  countsOf: (row: Comparison) => Counts | null,
  direction: 'higher' | 'lower',
): Map<Comparison, Pick<Rank, 'place' | 'of'>> {
  const placed = rows.flatMap((row) => {
    const counts = countsOf(row)
    return counts?.denominator ? [{ row, n: BigInt(counts.numerator!), d: BigInt(counts.denominator) }] : []
  })
  const byRate = (a: (typeof placed)[number], b: (typeof placed)[number]): number => {
    const [left, right] = [a.n * b.d, b.n * a.d]
    return left === right ? 0 : left < right ? -1 : 1
  }
  placed.sort((a, b) => (direction === 'higher' ? byRate(b, a) : byRate(a, b)))
  const places = new Map<Comparison, Pick<Rank, 'place' | 'of'>>()
  let place = 1
  placed.forEach((one, i) => {
    if (i > 0 && byRate(placed[i - 1]!, one) !== 0) place = i + 1
    places.set(one.row, { place, of: placed.length })
  })
  return places
}
