import type { Store } from '../store/store.js'
import { UnitMatcher } from './match.js'
import type { Unit } from './registry.js'

/** A unit that files name and the registry does not know. */
export interface UnknownUnit {
  /** As the files say it: code and name. */
  said: string
  rows: number
  isAmbiguous: boolean
  /** Names of the registry that look like it. */
  suggestions: string[]
}

/** The units that current dossiers name and the registry has under no code and no name, most dossiers first. */
export async function findUnknownUnits(store: Store, registry: readonly Unit[]): Promise<UnknownUnit[]> {
  if (registry.length === 0) return []
  const named = await store.rows<{ unit_code: string | null; unit_name: string | null; n: number }>(
    `SELECT unit_code, unit_name, count(*)::BIGINT AS n FROM dossier GROUP BY ALL ORDER BY n DESC, unit_code, unit_name`,
  )
  const matcher = new UnitMatcher(registry)
  return named.flatMap(({ unit_code, unit_name, n }) => {
    if (unit_code === null && unit_name === null) return []
    const match = matcher.match(unit_code, unit_name, null)
    if ('unit' in match || match.isAmbiguous) return []
    return [{ said: match.unknown, rows: n, isAmbiguous: false, suggestions: match.suggestions.map(({ name }) => name) }]
  })
}
