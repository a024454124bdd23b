import { nearest } from '../errors.js'
import { codeKey } from '../language/code.js'
import { clean } from '../language/fold.js'
import { bareName, nameKey, splitName } from './name.js'
import type { Registry } from './registry.js'
import { isValidOn, type Unit } from './unit.js'

/** What a unit said in a file turned out to be. Suggestions: the units that bear an ambiguous name. */
export type UnitMatch = { unit: Unit } | UnmatchedUnit

export interface UnmatchedUnit {
  /** As the file says it: code and name. */
  unknown: string
  isAmbiguous: boolean
  suggestions: Unit[]
}

const WITH_CODE = /^(.+?) ?\(([^()]+)\)$/

/**
 * Matches units as files say them to the registry: by code, by the office's own aliases, then by exact name ("P. 5" is "Phường 5"), with
 * or without "UBND" and the names of the units above. Units valid on the day go first. Never by likeness: what looks alike, and a
 * unit of another type, is only suggested. A name that several units bear is ambiguous.
 */
export class UnitMatcher {
  private readonly byCode = new Map<string, Unit[]>()
  private readonly byName = new Map<string, Unit[]>()
  private readonly byOwnName = new Map<string, Unit[]>()
  private readonly byAlias = new Map<string, Unit[]>()
  private readonly soleProvince: Unit | undefined

  constructor({ units, aliases, changes }: Registry) {
    for (const unit of units) {
      add(this.byCode, codeKey(unit.code), unit)
      add(this.byName, nameKey(unit.name), unit)
      add(this.byOwnName, splitName(unit.name).own, unit)
    }
    for (const { old_code, old_name, effective_from } of changes) {
      if (old_code === null || old_name === null) continue
      const before = this.byCode.get(codeKey(old_code))?.find((unit) => isBefore(unit, effective_from))
      if (!before || this.byName.get(nameKey(old_name))?.some(({ code }) => code === before.code)) continue
      add(this.byName, nameKey(old_name), before)
      add(this.byOwnName, splitName(old_name).own, before)
    }
    for (const { name, code } of aliases) for (const unit of this.byCode.get(codeKey(code)) ?? []) add(this.byAlias, nameKey(name), unit)
    const provinces = units.filter(({ level, name }) => level === 'province' && /^(tỉnh|thành phố) /.test(nameKey(name)))
    if (new Set(provinces.map(({ code }) => code)).size === 1) this.soleProvince = provinces[0]
  }

  /** `day`: when the dossier was received; null when that is not known. */
  match(code: string | null, name: string | null, day: string | null): UnitMatch {
    for (const candidates of this.candidates(code, name)) {
      if (!candidates || candidates.length === 0) continue
      const valid = candidates.filter((unit) => isValidOn(unit, day))
      const possible = valid.length > 0 ? valid : candidates
      const stated = possible.filter((unit) => !unit.from_changes)
      const chosen = stated.length > 0 ? stated : possible
      if (new Set(chosen.map((unit) => unit.code)).size === 1)
        return { unit: this.sameName(chosen, name) ?? (valid.length > 0 ? chosen[0]! : chosen.at(-1)!) }
      return { unknown: said(code, name), isAmbiguous: true, suggestions: distinct(chosen) }
    }
    return { unknown: said(code, name), isAmbiguous: false, suggestions: [] }
  }

  /** Units that a name of none looks like: of another type, or under another unit, else spelled alike; at most five. */
  suggest(name: string): Unit[] {
    const { own } = splitName(name)
    const keys = [...this.byOwnName.keys()]
    const same = keys.filter((key) => key === own || bareName(key) === bareName(own))
    const like = same.length > 0 ? same : nearest(own, keys)
    return distinct(like.flatMap((key) => this.byOwnName.get(key)!)).slice(0, 5)
  }

  /** A unit's name with that of the unit above it, where it is known. */
  qualifiedName(unit: Unit): string {
    const [above] = this.above(unit)
    return above ? `${unit.name} (${above.name})` : unit.name
  }

  /** The units above, nearest first. A unit that says none is under the registry's province, where that has but one. */
  above(unit: Unit): Unit[] {
    const chain: Unit[] = []
    for (let at: Unit | undefined = unit; at;) {
      const above: Unit | undefined = at.parent === null ? undefined : this.parentOf(at)
      if (!above || above === unit || chain.includes(above)) break
      chain.push(above)
      at = above
    }
    const hasProvince = [unit, ...chain].includes(this.soleProvince!)
    return this.soleProvince && !hasProvince ? [...chain, this.soleProvince] : chain
  }

  private parentOf(unit: Unit): Unit | undefined {
    const parents = this.byCode.get(codeKey(unit.parent!))
    const day = unit.valid_to ?? unit.valid_from
    return parents?.find((parent) => isValidOn(parent, day)) ?? parents?.[0]
  }

  private candidates(code: string | null, name: string | null): (Unit[] | undefined)[] {
    const ofCode = code === null ? undefined : (this.byCode.get(codeKey(code)) ?? this.byAlias.get(nameKey(code)))
    if (name === null) return [ofCode]
    const { own, above } = splitName(name)
    const ofOwnName = above.length === 0 ? undefined : this.byOwnName.get(own)?.filter((unit) => this.isUnder(unit, above))
    return [ofCode, this.withCode(name), this.byAlias.get(nameKey(name)), this.byName.get(nameKey(name)), ofOwnName]
  }

  /** Units whose name stands before their code, as forms write one of several of that name. */
  private withCode(text: string): Unit[] | undefined {
    const [, name, code] = WITH_CODE.exec(clean(text)) ?? []
    return name === undefined ? undefined : this.byCode.get(codeKey(code!))?.filter((unit) => nameKey(unit.name) === nameKey(name))
  }

  private isUnder(unit: Unit, names: readonly string[]): boolean {
    const known = new Set(splitName(unit.name).above)
    for (const above of this.above(unit)) for (const key of [nameKey(above.name), bareName(nameKey(above.name))]) known.add(key)
    return names.every((name) => known.has(name))
  }

  private sameName(units: readonly Unit[], name: string | null): Unit | undefined {
    return name === null ? undefined : units.find((unit) => nameKey(unit.name) === nameKey(name))
  }
}

function isBefore(unit: Unit, day: string): boolean {
  return unit.valid_from === null || unit.valid_from < day
}

const distinct = (units: readonly Unit[]): Unit[] => [...new Map(units.map((unit) => [unit.code, unit])).values()]

function said(code: string | null, name: string | null): string {
  return [code, name === null ? null : clean(name)].filter((part) => part).join(' · ')
}

function add(map: Map<string, Unit[]>, key: string, unit: Unit): void {
  const units = map.get(key)
  if (units) units.push(unit)
  else map.set(key, [unit])
}
