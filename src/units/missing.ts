import type { Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import type { Unit } from './unit.js'
import type { UnitView } from './view.js'

/**
 * The units that figures of a period are drawn for and of which no dossier was received or finished in it, by code. Units of vertical
 * sectors are not expected to send any.
 */
export async function findMissingUnits(store: Store, view: UnitView, period: Period): Promise<Unit[]> {
  const named = await store.rows<{ unit_code: string | null; unit_name: string | null; first: string; last: string }>(`
    SELECT unit_code, unit_name, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last
    FROM (SELECT unit_code, unit_name, unnest([received_at, coalesce(resolved_at, returned_at)])::DATE AS day FROM dossier)
    WHERE day >= DATE ${literal(period.from)} AND day < DATE ${literal(period.until)}
    GROUP BY ALL`)
  const present = new Set<string>()
  for (const { unit_code, unit_name, first, last } of named) {
    for (const day of [first, last]) {
      const placed = view.place(unit_code, unit_name, day)
      if ('heirs' in placed) for (const { unit } of placed.heirs) present.add(unit.code)
    }
  }
  const missing = view.existing(period).filter(({ code, is_vertical_sector }) => !is_vertical_sector && !present.has(code))
  return missing.sort((a, b) => (a.code < b.code ? -1 : 1))
}
