import type { Stage } from '../definitions/schema.js'
import type { Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import type { UnitView } from '../units/view.js'
import { CLASSES, NEVER, stageSql, type DossierClass } from './classes.js'
import type { Query } from './result.js'
import { placeUnit, type SaidUnit, scopeSql, SPLIT, UNIT_JOIN, UNKNOWN } from './unit-ref.js'

/** Dossiers of the period that a reader must know of because they do not count, or not everywhere. */
export interface Notes {
  vertical: number
  /** Done, but without any date to count them by. */
  undated: number
  noDueDate: number
  withdrawn: number
  stopped: number
  notReceived: number
  /** Counted in the total and in no level. */
  noLevel: number
  /** Counted in the total, of no unit, because none is named. */
  noUnit: number
  /** Counted in the total, of a unit that the registry does not know. */
  unknownUnit: number
  /** Counted in the total and in its level, of a unit that was split nobody knows how. */
  split: number
  /** Survey forms' items without a score: no opinion, not known, left empty. */
  noAnswer: number
  /** Survey answers counted in the total and in no level. */
  noLevelAnswers: number
}

/** Items of survey forms of the period that say no score, of the units of the scope. */
export async function countNoAnswers(
  store: Store,
  { period, scope = {} }: Pick<Query, 'period' | 'scope'>,
  view: UnitView,
): Promise<number> {
  const found = await store.rows<SaidUnit & { n: number }>(`
    SELECT unit_code, unit_name, level::VARCHAR AS level, count(*)::BIGINT AS n FROM survey_no_answer
    WHERE answered_at >= TIMESTAMP ${literal(period.from)} AND answered_at < TIMESTAMP ${literal(period.until)} GROUP BY ALL`)
  const counts = found.filter((said) => {
    const { unit, level } = placeUnit(view, said, period.from, 0)
    return (scope.units === undefined || scope.units.includes(unit ?? '')) && (scope.levels === undefined || scope.levels.includes(level!))
  })
  return counts.reduce((sum, { n }) => sum + n, 0)
}

/** Counts, over the part of the cube with units, of `months` buckets, what stands apart: received or closed in the period. */
export async function countNotes(
  store: Store,
  { period, policy, scope = {} }: Pick<Query, 'period' | 'policy' | 'scope'>,
  stages: Record<string, Stage>,
  months: number,
): Promise<Notes> {
  const within = `(rb BETWEEN 1 AND ${months} OR cb BETWEEN 1 AND ${months})`
  const isVertical = policy.vertical_sector === 'excluded' ? `(u.is_vertical OR class = ${CLASSES.indexOf('vertical_sector')})` : 'false'
  const count = (condition: string): string => `coalesce(sum(CASE WHEN ${condition} THEN n END), 0)::BIGINT`
  const classed = (name: DossierClass, span = within): string => count(`NOT ${isVertical} AND class = ${CLASSES.indexOf(name)} AND ${span}`)
  const counted = await store.row<Omit<Notes, 'noAnswer' | 'noLevelAnswers'> & { unreceived: number }>(`
    SELECT ${count(`${isVertical} AND ${within}`)} AS vertical,
      ${classed('undated', `(${within} OR rb = ${NEVER})`)} AS undated,
      ${classed('no_due_date', `cb BETWEEN 1 AND ${months}`)} AS "noDueDate",
      ${classed('withdrawn')} AS withdrawn,
      ${classed('stopped')} AS stopped,
      ${classed('not_received', `rb BETWEEN 1 AND ${months}`)} AS "notReceived",
      ${classed('not_received', `rb = ${NEVER}`)} AS unreceived,
      ${count(`NOT ${isVertical} AND u.unit_level IS NULL AND ${within}`)} AS "noLevel",
      ${count(`NOT ${isVertical} AND u.unit = ${literal(SPLIT)} AND ${within}`)} AS split,
      ${count(`NOT ${isVertical} AND u.unit IS NULL AND ${within}`)} AS "noUnit",
      ${count(`NOT ${isVertical} AND (u.unit = ${literal(UNKNOWN)}) AND ${within}`)} AS "unknownUnit"
    FROM cube c
    ${UNIT_JOIN}
    WHERE c.grain = 0 AND ${scopeSql(scope)}`)
  const { unreceived, ...counts } = counted!
  const rest: Notes = { ...counts, noAnswer: 0, noLevelAnswers: 0 }
  if (unreceived > 0 && Object.keys(scope).length === 0) rest.notReceived += await refusedWithoutReceipt(store, period, stages)
  return rest
}

/** Dossiers refused at intake that were never received: they belong to the period they were submitted or last changed in. */
async function refusedWithoutReceipt(store: Store, period: Period, stages: Record<string, Stage>): Promise<number> {
  const row = await store.row<{ n: number }>(`
    SELECT count(*)::BIGINT AS n FROM dossier
    WHERE ${stageSql('not_received', stages)} AND received_month IS NULL
      AND coalesce(submitted_at, updated_at) >= TIMESTAMP ${literal(period.from)} AND coalesce(submitted_at, updated_at) < TIMESTAMP ${literal(period.until)}`)
  return row!.n
}
