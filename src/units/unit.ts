import type { Level } from '../definitions/schema.js'

/** A unit of the registry, in one of its validities. */
export interface Unit {
  code: string
  name: string
  type: string | null
  /** The level it counts to in reports: the office's own setting where there is one. */
  level: Level
  parent: string | null
  valid_from: string | null
  /** The last day; a level that was abolished ends all its units. */
  valid_to: string | null
  is_vertical_sector: boolean
  /** Only a list of changes names it; no registry does. */
  from_changes?: true
}

/** Whether a unit exists on a day; on an unknown day any does. */
export function isValidOn({ valid_from, valid_to }: Pick<Unit, 'valid_from' | 'valid_to'>, day: string | null): boolean {
  return day === null || ((valid_from === null || valid_from <= day) && (valid_to === null || valid_to >= day))
}

/** Whether a unit exists on some day of a half-open span. */
export function isValidWithin(unit: Unit, span: { from: string; until: string }): boolean {
  return (unit.valid_from === null || unit.valid_from < span.until) && (unit.valid_to === null || unit.valid_to >= span.from)
}
