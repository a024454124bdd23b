import { nearest } from '../errors.js'
import { clean } from '../language/fold.js'
import type { Store } from '../store/store.js'
import { UnitMatcher, type UnmatchedUnit } from './match.js'
import { nameKey } from './name.js'
import type { Registry } from './registry.js'
import type { Unit } from './unit.js'

/** A unit that files name and the registry does not know, or knows several of. */
export interface UnknownUnit {
  /** As the files say it: code and name. */
  said: string
  /** What an alias of it would be: its name, or its code where it has none. */
  alias: string
  rows: number
  isAmbiguous: boolean
  /** Names of the registry that look like it, or, where it is ambiguous, bear it: each with the unit above. */
  suggestions: string[]
}

/** A unit as a file says it. */
export interface SaidUnit {
  code: string | null
  name: string | null
  rows: number
}

const SUGGESTED = 50

/** Names without a unit, most rows first; what the most frequent of them look like. */
export class UnknownUnits {
  private readonly bySaid = new Map<string, SaidUnit & { said: string; candidates: Unit[] }>()

  add(said: SaidUnit, { unknown, suggestions }: UnmatchedUnit): void {
    const known = this.bySaid.get(unknown)
    if (known) known.rows += said.rows
    else this.bySaid.set(unknown, { ...said, said: unknown, candidates: suggestions })
  }

  list(matcher: UnitMatcher): UnknownUnit[] {
    const sorted = [...this.bySaid.values()].sort((a, b) => b.rows - a.rows)
    return sorted.map(({ said, code, name, rows, candidates }, i) => {
      const isAmbiguous = candidates.length > 0
      const like = isAmbiguous || name === null || i >= SUGGESTED ? candidates : matcher.suggest(name)
      return { said, alias: clean(name ?? code!), rows, isAmbiguous, suggestions: like.map((unit) => matcher.qualifiedName(unit)) }
    })
  }
}

/** The units that current dossiers name and the registry has under no code and no name, or under several; most dossiers first. `sinceLoad`: only the dossiers that this load and later ones brought. */
export async function findUnknownUnits(store: Store, registry: Registry, sinceLoad = 0): Promise<UnknownUnit[]> {
  if (registry.units.length === 0) return []
  const matcher = new UnitMatcher(registry)
  const unknown = new UnknownUnits()
  const named = await store.rows<SaidUnit & { last: string | null }>(`
    SELECT unit_code AS code, unit_name AS name, count(*)::BIGINT AS rows, max(received_at)::DATE::VARCHAR AS last FROM dossier
    WHERE (unit_code IS NOT NULL OR unit_name IS NOT NULL) AND load_id >= ${sinceLoad}
    GROUP BY ALL ORDER BY rows DESC, code, name`)
  for (const said of named) {
    const match = matcher.match(said.code, said.name, said.last)
    if (!('unit' in match)) unknown.add(said, match)
  }
  return unknown.list(matcher)
}

/**
 * The units that targets of the plan name and that are none: the registry has them under no code and no name, or under several; without a
 * registry, no dossier or answer is of them. `rows`: how many targets. None where nothing says which units there are.
 */
export async function findUnknownTargetUnits(store: Store, registry: Registry): Promise<UnknownUnit[]> {
  const named = await store.rows<{ unit: string; rows: number }>(
    `SELECT unit, count(*)::BIGINT AS rows FROM target WHERE unit IS NOT NULL GROUP BY unit ORDER BY rows DESC, unit`,
  )
  if (named.length === 0) return []
  if (registry.units.length === 0) return withoutFacts(store, named)
  const matcher = new UnitMatcher(registry)
  const unknown = new UnknownUnits()
  for (const { unit, rows } of named) {
    const match = matcher.match(unit, unit, null)
    if (!('unit' in match)) unknown.add({ code: null, name: unit, rows }, { ...match, unknown: unit })
  }
  return unknown.list(matcher)
}

async function withoutFacts(store: Store, named: readonly { unit: string; rows: number }[]): Promise<UnknownUnit[]> {
  const facts = await store.rows<{ code: string | null; name: string | null }>(
    `SELECT DISTINCT unit_code AS code, unit_name AS name
     FROM (SELECT unit_code, unit_name FROM dossier UNION ALL SELECT unit_code, unit_name FROM survey_answer)
     WHERE coalesce(unit_code, unit_name) IS NOT NULL ORDER BY name, code`,
  )
  if (facts.length === 0) return []
  const codes = new Set(facts.map(({ code }) => code))
  const names = new Map(facts.flatMap(({ name }) => (name === null ? [] : [[nameKey(name), clean(name)]])))
  return named
    .filter(({ unit }) => !codes.has(unit) && !names.has(nameKey(unit)))
    .map(({ unit, rows }) => ({
      said: unit,
      alias: unit,
      rows,
      isAmbiguous: false,
      suggestions: nearest(nameKey(unit), names.keys()).map((key) => names.get(key)!),
    }))
}
