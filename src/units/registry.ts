import type { Level } from '../definitions/schema.js'
import type { Store } from '../store/store.js'

/** A unit of the registry, in one of its validities. */
export interface Unit {
  code: string
  name: string
  type: string | null
  /** The level it counts to in reports: the office's own setting where there is one. */
  level: Level
  parent: string | null
  valid_from: string | null
  valid_to: string | null
  is_vertical_sector: boolean
}

/** The current registry, by level and code; empty when no units file was loaded. */
export async function loadRegistry(store: Store): Promise<Unit[]> {
  return store.rows<Unit>(`
    SELECT code, name, type, coalesce(reporting_level, level) AS level, parent, valid_from, valid_to, is_vertical_sector
    FROM unit ORDER BY CASE level WHEN 'province' THEN 1 WHEN 'district' THEN 2 ELSE 3 END, code, valid_from NULLS FIRST`)
}

/** Whether a unit exists on some day of a half-open span. */
export function isValidWithin(unit: Unit, span: { from: string; until: string }): boolean {
  return (unit.valid_from === null || unit.valid_from < span.until) && (unit.valid_to === null || unit.valid_to >= span.from)
}

/** The days on which the registry changes, in order: between two of them a name means the same unit. */
export function registryChanges(units: readonly Unit[]): string[] {
  const days = units.flatMap(({ valid_from, valid_to }) => [valid_from, valid_to === null ? null : dayAfter(valid_to)])
  return [...new Set(days.filter((day) => day !== null))].sort()
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}
