import type { FormDefinition } from '../definitions/form.js'
import type { FormRow } from '../definitions/form-schema.js'
import type { Definitions } from '../definitions/load.js'
import type { Policy } from '../definitions/schema.js'
import { clean } from '../language/fold.js'
import type { Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import type { UnitView } from '../units/view.js'
import { CLASSES, classSql, isAlive, type AliveClass, type DossierClass } from './classes.js'
import { placeKey, type FormLine, type FormPlace } from './form-lines.js'
import type { Scope } from './result.js'
import { piecesOf, placeUnit, SPLIT, UNKNOWN, type SaidUnit } from './unit-ref.js'

/** Where a dossier stood at the start of the period: `later` is received after it, `closed` resolved before, `absent` not in the store. */
export type Standing = 'pending' | 'closed' | 'later' | 'absent' | Exclude<DossierClass, AliveClass>

export interface MovedDossier extends FormPlace {
  code: string
  /** 1: carried over now and not then; −1: the other way round. */
  change: 1 | -1
  was: Standing
  is: Standing
  /** The load that changed it. */
  loadId: number
}

/** What was filled in. */
export interface Filled {
  form: FormDefinition
  by: FormRow
  period: Period
  cut: Period
  total: FormLine
  rows: readonly FormLine[]
  scope: Scope
  /** Whether that is one unit or one level at most, which a summary can be of. */
  isOfOnePlace: boolean
  asOf: string
}

interface Version extends SaidUnit {
  field: string | null
  received_at: string | null
  closed_at: string | null
  class: number
  load_id: number
}

/** The dossiers whose statement then and statement now do not put them in the same line of what is open at the start of the period. */
export async function movedSince(
  store: Store,
  loadId: number,
  { stages }: Definitions,
  policy: Policy,
  filled: Filled,
  view: UnitView,
): Promise<MovedDossier[]> {
  const { period, cut, scope, by, rows } = filled
  const { class: classNumber, closedAt } = classSql(policy, stages)
  const versions = (condition: string): string => `
    SELECT code, field, unit_code, unit_name, level::VARCHAR AS level, received_at::VARCHAR AS received_at, (${closedAt})::VARCHAR AS closed_at,
      ${classNumber} AS class, load_id
    FROM dossier_version WHERE ${condition}`
  const pieces = await piecesOf(store, 'dossier', cut, view)
  const columns = ['field', 'unit_code', 'unit_name', 'level', 'received_at', 'closed_at', 'class', 'load_id']
  const isBefore = (version: string): string => `${version}.received_at < ${literal(period.from)}`
  const found = await store.rows<Record<string, string | number | null> & { code: string; piece: number }>(`
    WITH was AS (${versions(`load_id <= ${loadId} AND ended_load_id > ${loadId}`)}),
      now AS (${versions(`load_id > ${loadId} AND ended_load_id IS NULL`)})
    SELECT code, ${columns.flatMap((one) => [`was.${one} AS was_${one}`, `now.${one} AS now_${one}`]).join(', ')},
      coalesce(piece, 0) AS piece
    FROM was FULL JOIN now USING (code) LEFT JOIN ${pieces} ON id = code
    WHERE ${isBefore('was')} OR ${isBefore('now')}
    ORDER BY code`)
  const hasEras = view.eras(cut).length > 0
  const names = new Map(rows.map((line) => [placeKey(line), line]))

  const standOf = (version: Version | null, piece: number): { standing: Standing; place: FormPlace | null } => {
    const standing = standingOf(version, period.from)
    if (version === null || standing !== 'pending') return { standing, place: null }
    const unit = placeUnit(view, version, hasEras ? version.received_at!.slice(0, 10) : period.from, piece)
    if (unit.isVertical && policy.vertical_sector === 'excluded') return { standing: 'vertical_sector', place: null }
    const isAsked =
      (scope.levels === undefined || scope.levels.includes(unit.level!)) &&
      (scope.units === undefined || (unit.unit !== null && scope.units.includes(unit.unit)))
    const place = placeOf(by, version.field, unit)
    return { standing, place: isAsked ? { ...place, ...pick(names.get(placeKey(place))) } : null }
  }
  return found.flatMap((row): MovedDossier[] => {
    const version = (state: 'was' | 'now'): Version | null =>
      row[`${state}_load_id`] === null
        ? null
        : (Object.fromEntries(columns.map((one) => [one, row[`${state}_${one}`]])) as unknown as Version)
    const [was, is] = [standOf(version('was'), row.piece), standOf(version('now'), row.piece)]
    if (was.place && is.place && placeKey(was.place) === placeKey(is.place)) return []
    const common = { code: row.code, was: was.standing, is: is.standing, loadId: Number(row.now_load_id) }
    return [
      ...(was.place ? [{ ...common, ...was.place, change: -1 as const }] : []),
      ...(is.place ? [{ ...common, ...is.place, change: 1 as const }] : []),
    ]
  })
}

/** The place as the form writes it. */
function pick(line: FormLine | undefined): Partial<FormPlace> {
  return line === undefined ? {} : { field: line.field, unit: line.unit, level: line.level }
}

function standingOf(version: Version | null, start: string): Standing {
  if (version === null) return 'absent'
  const name = CLASSES[version.class]!
  if (!isAlive(name)) return name
  if (version.received_at === null || version.received_at >= start) return 'later'
  return version.closed_at !== null && version.closed_at < start ? 'closed' : 'pending'
}

function placeOf(by: FormRow, field: string | null, { unit, level, name }: ReturnType<typeof placeUnit>): FormPlace {
  if (by === 'field') return { field: field === null ? '' : clean(field), unit: null, level: null }
  if (by === 'level') return { field: null, unit: null, level }
  const nobody = unit === UNKNOWN ? 'unknown' : unit === SPLIT ? 'not_attributable' : null
  if (unit === null) return { field: null, unit: null, level: null }
  return { field: null, level: null, unit: nobody === null ? { code: unit, name: name ?? unit } : { code: null, name: nobody } }
}
