import type { Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import { UnitMatcher } from './match.js'
import { isValidWithin, type Unit } from './registry.js'

/**
 * The registry units that exist in a period and of which no dossier was received or finished in it, by code. Units of vertical sectors are
 * not expected to send any.
 */
export async function findMissingUnits(store: Store, registry: readonly Unit[], period: Period): Promise<Unit[]> {
  const named = await store.rows<{ unit_code: string | null; unit_name: string | null; first: string; last: string }>(`
    SELECT unit_code, unit_name, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
    FROM (SELECT unit_code, unit_name, unnest([received_at, coalesce(resolved_at, returned_at)])::DATE AS day FROM dossier)
    WHERE day >= DATE ${literal(period.from)} AND day < DATE ${literal(period.until)}
    GROUP BY ALL`)
  const matcher = new UnitMatcher(registry)
  const present = new Set<string>()
  for (const { unit_code, unit_name, first, last } of named) {
    for (const day of [first, last]) {
      const match = matcher.match(unit_code, unit_name, day)
      if ('unit' in match) present.add(match.unit.code)
    }
  }
  const expected = registry.filter((unit) => isValidWithin(unit, period) && !unit.is_vertical_sector && !present.has(unit.code))
  return [...new Map(expected.map((unit) => [unit.code, unit])).values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}
