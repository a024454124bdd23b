import type { Definitions } from '../definitions/load.js'
import type { Level } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import type { Store } from '../store/store.js'
import { endReplaced, unitsOfChanges, type UnitChange } from './change.js'
import { keepHome } from './home.js'
import type { Unit } from './unit.js'

/** All that is known of units: themselves, what became of them, and what else files call them. */
export interface Registry {
  units: Unit[]
  changes: UnitChange[]
  aliases: { name: string; code: string }[]
  /** The last day of levels that were abolished. */
  levelEnds: Partial<Record<Level, string>>
}

export const EMPTY_REGISTRY: Registry = { units: [], changes: [], aliases: [], levelEnds: {} }

/**
 * The current registry: the units loaded, and those that only a list of changes names; by level and code. With a `province` (a code or a name
 * of today's), only the units in it or merged into it, and those that belong to none.
 */
export async function loadRegistry(
  store: Store,
  definitions: Pick<Definitions, 'levels'>,
  province: string | null = null,
): Promise<Registry> {
  const levelEnds = Object.fromEntries(
    Object.entries(definitions.levels).flatMap(([level, { until }]) => (until === undefined ? [] : [[level, until]])),
  )
  const found = await store.rows<Unit & { own_level: Level }>(`
    SELECT code, name, type, coalesce(reporting_level, level) AS level, parent, valid_from, valid_to,
      coalesce(is_vertical_sector, false) AS is_vertical_sector, level AS own_level
    FROM unit`)
  const changes = await store.rows<UnitChange>(`SELECT * EXCLUDE (key, load_id) FROM unit_change ORDER BY key`)
  const aliases = await store.rows<{ name: string; code: string }>(`SELECT name, code FROM unit_alias ORDER BY key`)
  const stated = endReplaced(found, changes)
  const derived = unitsOfChanges(changes, stated).map((unit) => ({ ...unit, own_level: unit.level }))
  const units = [...stated, ...derived].sort(byLevelAndCode).map(({ own_level, ...unit }) => endWithLevel(unit, levelEnds[own_level]))
  const registry = { units, changes, aliases, levelEnds }
  return province === null ? registry : keepHome(registry, province)
}

/** The days on which something changes, in order: between two of them a name means the same unit, of the same level. */
export function registryChanges({ units, changes, levelEnds }: Registry): string[] {
  const days = [
    ...units.flatMap(({ valid_from, valid_to }) => [valid_from, valid_to === null ? null : addDays(valid_to, 1)]),
    ...changes.map(({ effective_from }) => effective_from),
    ...Object.values(levelEnds).map((last) => addDays(last, 1)),
  ]
  return [...new Set(days.filter((day) => day !== null))].sort()
}

function endWithLevel(unit: Unit, end: string | undefined): Unit {
  const isLonger =
    end !== undefined && (unit.valid_to === null || unit.valid_to > end) && (unit.valid_from === null || unit.valid_from <= end)
  return isLonger ? { ...unit, valid_to: end } : unit
}

const LEVELS: Level[] = ['province', 'district', 'commune']

function byLevelAndCode(a: Unit & { own_level: Level }, b: Unit & { own_level: Level }): number {
  const texts = [a.code, b.code, a.valid_from ?? '', b.valid_from ?? '']
  return LEVELS.indexOf(a.own_level) - LEVELS.indexOf(b.own_level) || compare(texts[0]!, texts[1]!) || compare(texts[2]!, texts[3]!)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
