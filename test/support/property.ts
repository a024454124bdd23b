import type { Parameters } from 'fast-check'

/** Settings of a property: the same examples in every run, others with PROPERTY_SEED, more with PROPERTY_RUNS (a factor). */
export function property(runs: number): Parameters<unknown> {
  const { PROPERTY_SEED = '1', PROPERTY_RUNS = '1' } = process.env
  return { seed: Number(PROPERTY_SEED), numRuns: Math.ceil(runs * Number(PROPERTY_RUNS)) }
}
