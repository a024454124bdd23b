import type { Level } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { nameKey } from './name.js'
import type { Registry } from './registry.js'
import { isValidOn, type Unit } from './unit.js'

/** A row of a list of changes: one unit went, whole or in part, into another on a day. */
export interface UnitChange {
  old_code: string | null
  old_name: string | null
  /** The district of the old unit and its province, codes and names. */
  old_parent: string | null
  old_parent_name: string | null
  old_province: string | null
  new_code: string
  new_name: string | null
  new_parent: string | null
  level: Level
  old_level: Level
  effective_from: string
  /** The share of the old unit that passed on, in (0, 1]; null: not known. */
  share: number | null
  /** What is said in words instead; null: nothing. */
  extent: 'whole' | 'part' | null
}

/** A unit that takes over another's dossiers, with its share of them. */
export interface Heir {
  unit: Unit
  share: number
}

/** What became of units by a day: who counts today what they did then. */
export class Successors {
  private readonly byCode = new Map<string, UnitChange[]>()
  private readonly byName = new Map<string, UnitChange[]>()
  private readonly units = new Map<string, Unit[]>()
  private readonly statedByName = new Map<string, Unit[]>()

  constructor(
    registry: Registry,
    private readonly today: string,
  ) {
    for (const change of registry.changes) {
      const code = oldCode(change)
      if (code === null || change.effective_from > today) continue
      add(this.byCode, code, change)
      if (change.old_name !== null)
        for (const parent of [change.old_parent, null]) add(this.byName, placeKey(parent, change.old_name), change)
    }
    for (const unit of registry.units) {
      add(this.units, unit.code, unit)
      if (!unit.from_changes) add(this.statedByName, nameKey(unit.name), unit)
    }
  }

  /** The units that count a dossier which `unit` received on `day`: itself where it goes on; null where nobody can say. */
  of(unit: Unit, day: string | null): Heir[] | null {
    const { valid_from: first, valid_to: last } = unit
    const from = day ?? last ?? this.today
    return this.heirs(unit, last !== null && last < from ? last : first !== null && first > from ? first : from, 0)
  }

  /** Every unit that some of what `unit` did on `day` went to, itself where it goes on. */
  reached(unit: Unit, day: string, depth = 0): Unit[] {
    const changes = this.next(unit, day)
    if (changes.length === 0 || depth > 20) return [unit]
    const from = changes[0]!.effective_from
    const codes = [...new Set(changes.map(({ new_code }) => new_code))]
    return codes.flatMap((code) => {
      const heir = this.unitOn(from, code)
      return heir ? this.reached(heir, from, depth + 1) : []
    })
  }

  private heirs(unit: Unit, day: string, depth: number): Heir[] | null {
    const changes = this.next(unit, day)
    if (changes.length === 0 || depth > 20) return [{ unit, share: 1 }]
    const codes = [...new Set(changes.map(({ new_code }) => new_code))]
    const shares = codes.map((code) => {
      const parts = changes.filter(({ new_code }) => new_code === code).map((change) => shareOf(change, codes.length === 1))
      return parts.includes(null) ? null : parts.reduce<number>((sum, part) => sum + part!, 0)
    })
    if (shares.includes(null) || Math.abs(shares.reduce<number>((sum, share) => sum + share!, 0) - 1) > 1e-6) return null
    const from = changes[0]!.effective_from
    const heirs: Heir[] = []
    for (const [i, code] of codes.entries()) {
      const heir = this.unitOn(from, code)
      const final = heir && this.heirs(heir, from, depth + 1)
      if (!final) return null
      heirs.push(...final.map((one) => ({ unit: one.unit, share: one.share * shares[i]! })))
    }
    return heirs
  }

  /** The unit of a code on a day; one that only a list of changes has gives way to the office's own of the same name. */
  private unitOn(day: string, code: string): Unit | undefined {
    const unit = this.units.get(code)?.find((one) => isValidOn(one, day)) ?? this.units.get(code)?.at(-1)
    if (!unit?.from_changes) return unit
    const own = (this.statedByName.get(nameKey(unit.name)) ?? []).filter((one) => isValidOn(one, day))
    return own.length === 1 && own[0]!.parent === null ? own[0] : unit
  }

  /**
   * The next changes of a unit after a day: all that took place on the same day. Lists have a wrong code now and then: where the name under a
   * code is another's, the same name in the same district says more.
   */
  private next(unit: Unit, day: string): UnitChange[] {
    const ofCode = firstAfter(day, this.byCode.get(unit.code) ?? [])
    const named = ofCode.filter(({ old_name }) => old_name !== null && nameKey(old_name) === nameKey(unit.name))
    if (named.length > 0) return named
    const ofName = firstAfter(day, this.byName.get(placeKey(unit.parent, unit.name)) ?? [])
    const isSame = new Set(ofName.map(({ old_parent }) => old_parent)).size === 1
    return isSame && (ofCode.length > 0 || !unit.from_changes) ? ofName : ofCode
  }
}

function firstAfter(day: string, changes: readonly UnitChange[]): UnitChange[] {
  const later = changes.filter(({ effective_from }) => effective_from > day)
  const first = later.reduce((from, { effective_from }) => (effective_from < from ? effective_from : from), '9999')
  return later.filter(({ effective_from }) => effective_from === first)
}

const placeKey = (parent: string | null, name: string): string => `${parent ?? ''}|${nameKey(name)}`

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

/** The code a change gives the old unit; one that has none is known by its name, as in a registry. */
function oldCode({ old_code, old_name }: UnitChange): string | null {
  return old_code ?? (old_name === null ? null : nameKey(old_name))
}

function shareOf({ share, extent }: UnitChange, isSole: boolean): number | null {
  if (share !== null) return share
  return extent === 'whole' || (extent === null && isSole) ? 1 : null
}

/** The registry's units, those that a change ended with their last day where the registry gives none. */
export function endReplaced<T extends Unit>(units: readonly T[], changes: readonly UnitChange[]): T[] {
  const byCode = new Map<string, UnitChange[]>()
  for (const change of changes) if (change.old_code !== null) add(byCode, change.old_code, change)
  const goesOn = new Set(changes.map(({ new_code, new_name }) => `${new_code}|${nameKey(new_name ?? '')}`))
  return units.map((unit) => {
    const ends = (byCode.get(unit.code) ?? []).filter(
      ({ old_name, effective_from }) =>
        (unit.valid_from === null || unit.valid_from < effective_from) && (old_name === null || nameKey(old_name) === nameKey(unit.name)),
    )
    if (unit.valid_to !== null || ends.length === 0 || goesOn.has(`${unit.code}|${nameKey(unit.name)}`)) return unit
    const first = ends.map(({ effective_from }) => effective_from).sort()[0]!
    return { ...unit, valid_to: addDays(first, -1) }
  })
}

/** The units that a list of changes names, before and after, where the registry has none of their code, or name and parent, at the time. */
export function unitsOfChanges(changes: readonly UnitChange[], stated: readonly Unit[]): Unit[] {
  const known = new Map<string, Unit[]>()
  for (const unit of stated) for (const key of [unit.code, placeKey(unit.parent, unit.name)]) add(known, key, unit)
  const named = new Map<string, Unit>()
  const take = (
    day: string,
    unit: Pick<Unit, 'level' | 'parent' | 'valid_from' | 'valid_to'> & { code: string | null; name: string | null },
  ): void => {
    const { code, name, parent } = unit
    if (code === null || name === null) return
    const isKnown = [code, ...(parent === null ? [] : [placeKey(parent, name)])].some((key) =>
      known.get(key)?.some((one) => isValidOn(one, day)),
    )
    const key = [code, unit.valid_from, unit.valid_to === null ? '' : nameKey(name)].join('|')
    if (!isKnown && !named.has(key)) named.set(key, { ...unit, code, name, type: null, is_vertical_sector: false, from_changes: true })
  }
  for (const change of changes) {
    const {
      new_code,
      new_name,
      new_parent,
      level,
      old_name,
      old_level,
      old_parent,
      old_parent_name,
      old_province,
      effective_from: from,
    } = change
    const before = { valid_from: null, valid_to: addDays(from, -1) }
    take(from, { code: new_code, name: new_name, level, parent: new_parent, valid_from: from, valid_to: null })
    take(before.valid_to, { code: oldCode(change), name: old_name, level: old_level, parent: old_parent ?? old_province, ...before })
    take(before.valid_to, { code: old_parent, name: old_parent_name, level: 'district', parent: old_province, ...before })
  }
  return [...named.values()]
}
