import type { Unit } from '../units/unit.js'
import type { Dimension, Query } from './result.js'

/** What a part of the cube keeps apart besides classes: a grouping is summed from the smallest part that has its dimensions. */
export interface Grain {
  units: boolean
  months: boolean
  field: boolean
  procedure: boolean
}

const covers = (wide: Grain, narrow: Grain): boolean => (Object.keys(narrow) as (keyof Grain)[]).every((key) => wide[key] || !narrow[key])

export interface GrainPlan {
  /** None covers another. The first has the units: the notes are counted over it. */
  grains: Grain[]
  /** The number of the part that a grouping is summed from. */
  of: (grouping: readonly Dimension[]) => number
}

/**
 * The parts of the cube that some groupings need. Only where no unit can be of a vertical sector, and those of all units are asked for, are
 * parts without units enough.
 */
export function planGrains(
  groupings: readonly (readonly Dimension[])[],
  { policy, scope }: Pick<Query, 'policy' | 'scope'>,
  registry: readonly Unit[],
): GrainPlan {
  const hasVertical = policy.vertical_sector === 'excluded' && registry.some(({ is_vertical_sector }) => is_vertical_sector)
  const grainOf = (grouping: readonly Dimension[]): Grain => ({
    units: scope !== undefined || hasVertical || grouping.length === 0 || grouping.includes('unit') || grouping.includes('level'),
    months: grouping.includes('month'),
    field: grouping.includes('field'),
    procedure: grouping.includes('procedure'),
  })
  const wanted = [[], ...groupings].map(grainOf)
  const grains = wanted
    .filter((one, i) => !wanted.some((other, j) => covers(other, one) && (!covers(one, other) || j < i)))
    .sort((a, b) => Number(b.units) - Number(a.units))
  return { grains, of: (grouping) => grains.findIndex((grain) => covers(grain, grainOf(grouping))) }
}
