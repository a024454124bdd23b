import { SHARES, sharesOf } from './shown.js'

/**
 * What a missed target wants. `needed`: of the cases that are counted so many more would have to be good, or, where lower is better, so many
 * fewer bad. `further`: so many cases besides those, all of them good, would reach it too; null where no number of them does.
 */
export interface Shortfall {
  needed: number
  further: number | null
}

/** The shortfall of a figure that misses its target. */
export function shortfallOf(
  numerator: number,
  denominator: number,
  target: number,
  direction: 'higher' | 'lower',
  isStrict = false,
): Shortfall {
  const reach = isStrict ? above : ceil
  const [n, d, share] = [BigInt(numerator), BigInt(denominator), sharesOf(target)]
  if (direction === 'higher') {
    const rest = SHARES - share
    return {
      needed: Number(reach(share * d, SHARES) - n),
      further: rest === 0n ? null : Number(reach(share * d - n * SHARES, rest)),
    }
  }
  return {
    needed: Number(n - (isStrict ? ceil(share * d, SHARES) - 1n : (share * d) / SHARES)),
    further: share === 0n ? null : Number(reach(n * SHARES, share) - d),
  }
}

/** The least whole number above a quotient. */
function above(part: bigint, whole: bigint): bigint {
  return part / whole + 1n
}

function ceil(part: bigint, whole: bigint): bigint {
  return (part + whole - 1n) / whole
}
