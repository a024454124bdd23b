import type { Level } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { clean } from '../language/fold.js'
import type { Period } from '../language/period.js'
import { choice } from '../store/choices.js'
import { monthNumber } from '../store/derived.js'
import { literal, type Store } from '../store/store.js'
import type { UnmatchedUnit } from '../units/match.js'
import { nameKey } from '../units/name.js'
import { UnknownUnits, type UnknownUnit } from '../units/unknown.js'
import type { UnitView } from '../units/view.js'
import type { Scope } from './result.js'

/** What `unit_ref.unit` says of units that the registry does not know, and of those split nobody knows how. */
export const UNKNOWN = ''
export const SPLIT = '\u001f'
/** What figures of dossiers and answers that name no unit are called. */
export const NO_UNIT = 'no_unit'

/** A kind of fact, and what decides in it which unit counts it. */
const FACTS = {
  dossier: { id: 'code', time: 'received_at' },
  survey_answer: { id: 'key', time: 'answered_at' },
} as const
export type UnitFact = keyof typeof FACTS

/** How the units named in facts are told apart besides by what they are called. */
export interface UnitFrame {
  eras: readonly string[]
  /** SQL of a relation: the fact, with `keys` beside its columns. */
  relation: string
  /** Those of `era` and `piece` that are not 0 everywhere. */
  keys: readonly ('era' | 'piece')[]
}

/**
 * Prepares the facts of a kind for being grouped by unit: which span of the registry they lie in, which part of a split unit they are.
 * A level that a file says of a dossier received, or an answer given, after the end of that level is none.
 */
export async function frameUnits(store: Store, fact: UnitFact, period: Period, view: UnitView, isLevelSaid: boolean): Promise<UnitFrame> {
  const eras = view.eras(period)
  const { id } = FACTS[fact]
  const hasPieces = view.hasShares && (await apportion(store, fact, period, view, eras))
  const beside = [...(eras.length > 0 ? [`${eraSql(fact, eras)} AS era`] : []), ...(hasPieces ? ['coalesce(x.piece, 0) AS piece'] : [])]
  const ended = isLevelSaid ? Object.entries(view.registry.levelEnds).filter(([, last]) => last < period.until) : []
  const ends = ended.map(
    ([level, last]) =>
      `WHEN level = ${choice('level', level)} AND ${fact === 'dossier' ? isFrom(addDays(last, 1)) : `answered_at >= TIMESTAMP ${literal(addDays(last, 1))}`} THEN NULL`,
  )
  const said = ends.length === 0 ? 'f.*' : `f.* REPLACE (CASE ${ends.join(' ')} ELSE level END AS level)`
  const join = hasPieces ? `LEFT JOIN unit_piece x ON x.id = f.${id}` : ''
  return {
    eras,
    relation: `(SELECT ${[said, ...beside].join(', ')} FROM ${fact} f ${join})`,
    keys: [...(eras.length > 0 ? ['era' as const] : []), ...(hasPieces ? ['piece' as const] : [])],
  }
}

/** SQL of the table of which piece of a split unit each fact of a kind is, dealt anew: what an earlier measurement left may be of other facts. */
export async function piecesOf(store: Store, fact: UnitFact, period: Period, view: UnitView): Promise<string> {
  const hasPieces = view.hasShares && (await apportion(store, fact, period, view, view.eras(period)))
  return hasPieces ? 'unit_piece' : '(SELECT NULL::BIGINT AS piece, NULL::VARCHAR AS id WHERE false)'
}

/** SQL, whether a dossier was received on a day or later; by the month where that is enough, because it is stored, and small. */
const isFrom = (day: string): string =>
  day.endsWith('-01') ? `received_month >= ${monthNumber(day)}` : `received_at >= TIMESTAMP ${literal(day)}`

/**
 * Table `unit_piece`: the facts of units that were split in known shares, each dealt to one heir. In the order of their days every heir gets its
 * share of any run of facts, within one; so a fact counts once, as a whole, and figures stay integers.
 */
async function apportion(store: Store, fact: UnitFact, period: Period, view: UnitView, eras: readonly string[]): Promise<boolean> {
  const { id, time } = FACTS[fact]
  const era = eraSql(fact, eras)
  const named = await store.rows<{ unit_code: string | null; unit_name: string | null; era: number }>(
    `SELECT DISTINCT unit_code, unit_name, ${era} AS era FROM ${fact}`,
  )
  const pieces: (string | number)[][] = []
  for (const { unit_code, unit_name, era: number } of named) {
    const placed = view.place(unit_code, unit_name, dayOfEra(number, eras, period))
    if (!('heirs' in placed) || placed.heirs.length < 2) continue
    const same = (column: string, text: string | null): string => `${column} IS NOT DISTINCT FROM ${text === null ? 'NULL' : literal(text)}`
    const facts = await store.rows<{ id: string }>(
      `SELECT ${id} AS id FROM ${fact} WHERE ${same('unit_code', unit_code)} AND ${same('unit_name', unit_name)} AND ${era} = ${number} ORDER BY ${time}, ${id}`,
    )
    const dealt = placed.heirs.map(() => 0)
    facts.forEach((one, i) => {
      const behind = placed.heirs.map(({ share }, k) => share * (i + 1) - dealt[k]!)
      const k = behind.indexOf(Math.max(...behind))
      dealt[k]!++
      pieces.push([k, one.id])
    })
  }
  await store.run(`CREATE OR REPLACE TEMP TABLE unit_piece (piece BIGINT, id VARCHAR)`)
  await store.append('unit_piece', pieces, 1, 'temp')
  return pieces.length > 0
}

/**
 * Table `unit_ref`: what each unit named in the cube is: its registry code, level and name, or, without a registry, itself. Returns
 * the names the registry does not know, most rows first. `weight`: SQL by which the most usual spelling of a name is chosen.
 */
export async function resolveUnits(
  store: Store,
  fact: UnitFact,
  view: UnitView,
  period: Period,
  eras: readonly string[],
  weight: string,
): Promise<UnknownUnit[]> {
  const hasRegistry = view.registry.units.length > 0
  const levels = hasRegistry || fact === 'dossier' ? new Map<string, Level>() : await levelsOfDossiers(store)
  const named = await store.rows<{
    unit_code: string | null
    unit_name: string | null
    level: Level | null
    era: number
    piece: number
    n: number
  }>(
    `SELECT unit_code, unit_name, level::VARCHAR AS level, era, piece, sum(n)::BIGINT AS n FROM cube WHERE grain = 0
     GROUP BY unit_code, unit_name, level, era, piece ORDER BY ${weight} DESC, unit_code, unit_name, level, era, piece`,
  )
  const unknown = new UnknownUnits()
  const references: (string | null)[][] = []
  const firstNames = new Map<string, string>()
  for (const { unit_code, unit_name, level, era, piece, n } of named) {
    const said = [unit_code, unit_name, level, String(era), String(piece)]
    const day = dayOfEra(era, eras, period)
    const known = level ?? levels.get(unnamedKey(unit_code, unit_name)) ?? null
    const placed = placeUnit(view, { unit_code, unit_name, level: known }, day, piece)
    if (!hasRegistry && placed.unit !== null && !firstNames.has(placed.unit)) firstNames.set(placed.unit, placed.name!)
    const name = hasRegistry || placed.unit === null ? placed.name : firstNames.get(placed.unit)!
    references.push([...said, placed.unit, placed.level, String(placed.isVertical), name])
    if (placed.unmatched) unknown.add({ code: unit_code, name: unit_name, rows: n }, placed.unmatched)
  }
  await store.run(
    `CREATE OR REPLACE TEMP TABLE unit_text (unit_code VARCHAR, unit_name VARCHAR, level VARCHAR, era VARCHAR, piece VARCHAR, unit VARCHAR, unit_level VARCHAR, is_vertical VARCHAR, name VARCHAR)`,
  )
  await store.append('unit_text', references, 0, 'temp')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE unit_ref AS
    SELECT unit_code, unit_name, level::dossier_level AS level, era::INTEGER AS era, piece::INTEGER AS piece, unit, unit_level,
      is_vertical::BOOLEAN AS is_vertical, name
    FROM unit_text`)
  return unknown.list(view.matcher)
}

/** What a unit is known by where there is no registry: its code, else its name as compared. */
const unnamedKey = (code: string | null, name: string | null): string => code ?? nameKey(name ?? '')

/** The levels that dossiers put units on, of units that they put on one only: for where a file names a unit without its level. */
async function levelsOfDossiers(store: Store): Promise<Map<string, Level>> {
  const found = await store.rows<{ unit_code: string | null; unit_name: string | null; level: Level }>(
    `SELECT DISTINCT unit_code, unit_name, level::VARCHAR AS level FROM dossier WHERE level IS NOT NULL AND coalesce(unit_code, unit_name) IS NOT NULL`,
  )
  const levels = new Map<string, Set<Level>>()
  for (const { unit_code, unit_name, level } of found) {
    for (const key of new Set([unnamedKey(unit_code, unit_name), ...(unit_name === null ? [] : [nameKey(unit_name)])]))
      levels.set(key, (levels.get(key) ?? new Set()).add(level))
  }
  return new Map([...levels].flatMap(([key, several]) => (several.size === 1 ? [[key, [...several][0]!]] : [])))
}

/** Answers on the cube of which no level is known. */
export async function countUnleveled(store: Store): Promise<number> {
  const row = await store.row<{ n: number }>(
    `SELECT coalesce(sum(n), 0)::BIGINT AS n FROM cube c ${UNIT_JOIN} WHERE u.unit_level IS NULL AND NOT u.is_vertical`,
  )
  return row!.n
}

/** What a file says of the unit of a dossier. */
export interface SaidUnit {
  unit_code: string | null
  unit_name: string | null
  level: Level | null
}

/** What that unit is on a day: `unit` as in `unit_ref`, null where none is named; `unmatched` where the registry does not know it. */
export function placeUnit(
  view: UnitView,
  { unit_code, unit_name, level }: SaidUnit,
  day: string | null,
  piece: number,
): { unit: string | null; level: Level | null; isVertical: boolean; name: string | null; unmatched?: UnmatchedUnit } {
  const said = { level: view.levelOn(level, day), isVertical: false }
  if (unit_code === null && unit_name === null) return { unit: null, ...said, name: null }
  if (view.registry.units.length === 0) {
    const unit = unit_code ?? nameKey(unit_name!)
    return { unit, ...said, name: unit_name === null ? unit : clean(unit_name) }
  }
  const placed = view.place(unit_code, unit_name, day)
  if (!('heirs' in placed)) return { unit: UNKNOWN, ...said, name: null, unmatched: placed }
  const unit = placed.heirs[piece]?.unit
  const { level: ofRegistry, is_vertical_sector, name } = unit ?? placed.unit
  return { unit: unit?.code ?? SPLIT, level: view.levelOn(ofRegistry, day), isVertical: is_vertical_sector, name }
}

/** SQL joining cells of the cube, `c`, with what their units are, `u`. */
export const UNIT_JOIN = `JOIN unit_ref u ON u.unit_code IS NOT DISTINCT FROM c.unit_code AND u.unit_name IS NOT DISTINCT FROM c.unit_name
        AND u.level IS NOT DISTINCT FROM c.level AND u.era = c.era AND u.piece = c.piece`

/** SQL, whether a unit `u` is of a scope. */
export function scopeSql({ levels, units }: Scope): string {
  const conditions = [
    ...(levels === undefined ? [] : [`u.unit_level IN (${levels.map(literal).join(', ')})`]),
    ...(units === undefined ? [] : [`u.unit IN (${units.map(literal).join(', ')})`]),
  ]
  return conditions.join(' AND ') || 'true'
}

function dayOfEra(era: number, changes: readonly string[], period: Period): string | null {
  if (era < 0) return null
  if (changes.length === 0) return period.from
  return era === 0 ? (period.from < changes[0]! ? period.from : '1900-01-01') : changes[era - 1]!
}

/** Which span between changes of the registry a fact lies in; −1 where it has no time. */
function eraSql(fact: UnitFact, changes: readonly string[]): string {
  if (changes.length === 0) return '0'
  const isAfter = (day: string): string => (fact === 'dossier' ? isFrom(day) : `${FACTS[fact].time} >= TIMESTAMP ${literal(day)}`)
  return `coalesce(${changes.map((day) => `(${isAfter(day)})::TINYINT`).join(' + ')}, -1)::TINYINT`
}
