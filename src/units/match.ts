import { nearest } from '../errors.js'
import { clean, fold } from '../language/fold.js'
import type { Unit } from './registry.js'

/** What a unit said in a file turned out to be. */
export type UnitMatch = { unit: Unit } | { unknown: string; isAmbiguous: boolean; suggestions: Unit[] }

/** Words before a unit's own name that files write or leave out. */
const AUTHORITY = /^(ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+/

/**
 * Matches units as files say them to the registry: by code, then by exact folded name among the units valid on `day`, with or
 * without "UBND". Never by likeness: what looks alike is only suggested. A name that several units bear is ambiguous.
 */
export class UnitMatcher {
  private readonly byCode = new Map<string, Unit[]>()
  private readonly byName = new Map<string, Unit[]>()

  constructor(units: readonly Unit[]) {
    for (const unit of units) {
      add(this.byCode, unit.code.toUpperCase(), unit)
      add(this.byName, nameKey(unit.name), unit)
    }
  }

  /** `day`: when the dossier was received; null when that is not known. */
  match(code: string | null, name: string | null, day: string | null): UnitMatch {
    for (const candidates of [this.byCode.get((code ?? '').toUpperCase()), name === null ? undefined : this.byName.get(nameKey(name))]) {
      if (!candidates) continue
      const valid = candidates.filter((unit) => isValidOn(unit, day))
      const distinct = new Set((valid.length > 0 ? valid : candidates).map((unit) => unit.code))
      if (distinct.size === 1) return { unit: valid[0] ?? candidates.at(-1)! }
      return { unknown: said(code, name), isAmbiguous: true, suggestions: candidates }
    }
    const near = name === null ? [] : nearest(nameKey(name), this.byName.keys())
    return { unknown: said(code, name), isAmbiguous: false, suggestions: near.flatMap((key) => this.byName.get(key)!.slice(0, 1)) }
  }
}

/** A unit's name as it is compared: folded, without the authority before it. */
export function nameKey(name: string): string {
  return fold(name).replace(AUTHORITY, '')
}

function isValidOn(unit: Unit, day: string | null): boolean {
  if (day === null) return true
  return (unit.valid_from === null || unit.valid_from <= day) && (unit.valid_to === null || unit.valid_to >= day)
}

function said(code: string | null, name: string | null): string {
  return [code, name === null ? null : clean(name)].filter((part) => part).join(' · ')
}

function add(map: Map<string, Unit[]>, key: string, unit: Unit): void {
  const units = map.get(key)
  if (units) units.push(unit)
  else map.set(key, [unit])
}
