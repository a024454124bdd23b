import type { Level } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { Successors, type Heir } from './change.js'
import { UnitMatcher, type UnmatchedUnit } from './match.js'
import { nameKey } from './name.js'
import { registryChanges, type Registry } from './registry.js'
import { isValidOn, isValidWithin, type Unit } from './unit.js'

/** By whose map figures are drawn: the units of today, or those of the day a dossier was received. */
export type UnitsMode = 'current' | 'as-was'

/** Where a dossier counts: with its heirs, or, without any, nowhere that anybody can say. */
export interface Placed {
  unit: Unit
  heirs: Heir[]
}

/** The registry seen from a day: which unit counts what a file says of one. */
export class UnitView {
  readonly matcher: UnitMatcher
  private readonly successors: Successors | null

  constructor(
    readonly registry: Registry,
    readonly mode: UnitsMode,
    /** The day whose units are today's. */
    readonly today: string,
  ) {
    this.matcher = new UnitMatcher(registry)
    this.successors = mode === 'current' && registry.changes.length > 0 ? new Successors(registry, today) : null
  }

  /** The unit that a file means, and those that count its dossiers of that day. No heirs: it was split, and nothing says how. */
  place(code: string | null, name: string | null, day: string | null): Placed | UnmatchedUnit {
    const match = this.matcher.match(code, name, day)
    return 'unit' in match ? { unit: match.unit, heirs: this.heirs(match.unit, day) } : match
  }

  /** The level of a unit on a day; null after the end of that level. */
  levelOn(level: Level | null, day: string | null): Level | null {
    const end = level === null ? undefined : this.registry.levelEnds[level]
    return end !== undefined && day !== null && day > end ? null : level
  }

  /** The units that figures of a span are drawn for, whether they have any or not. Units of today leave out those that are no more. */
  existing(span: { from: string; until: string }): Unit[] {
    const existing = this.registry.units.filter((unit) => isValidWithin(unit, span))
    const shown = existing.flatMap((unit) => {
      const day = unit.valid_from !== null && unit.valid_from > span.from ? unit.valid_from : span.from
      return this.successors === null ? [unit] : this.successors.reached(unit, day).filter((heir) => isValidOn(heir, this.today))
    })
    return [...new Map(shown.map((unit) => [unit.code, unit])).values()]
  }

  /** The days between which a name means the same unit, counted in the same place. */
  eras(span: { until: string }): string[] {
    const { units, levelEnds } = this.registry
    const hasLevel = (level: string): boolean => units.some((unit) => unit.level === level)
    const days = this.changesWithTime()
      ? registryChanges(this.registry)
      : Object.entries(levelEnds).flatMap(([level, last]) => (hasLevel(level) ? [addDays(last, 1)] : []))
    return days.filter((day) => day < span.until)
  }

  /** Whether some unit was split in shares that are known. */
  get hasShares(): boolean {
    return this.successors !== null && this.registry.changes.some(({ share }) => share !== null && share < 1)
  }

  private heirs(unit: Unit, day: string | null): Heir[] {
    return this.successors === null ? [{ unit, share: 1 }] : (this.successors.of(unit, day) ?? [])
  }

  /** Whether the day decides which unit is meant, or what it was: a change, or a name or a code that the registry has twice. */
  private changesWithTime(): boolean {
    const { units } = this.registry
    if (this.successors !== null) return true
    const distinct = (keyOf: (unit: Unit) => string): number => new Set(units.map(keyOf)).size
    return distinct(({ name }) => nameKey(name)) < units.length || distinct(({ code }) => code) < units.length
  }
}
