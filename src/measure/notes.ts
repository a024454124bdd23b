import type { Policy, Stage } from '../definitions/schema.js'
import type { Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import { CLASSES, NEVER, stageSql, type DossierClass } from './classes.js'

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
  /** Counted in the total, of a unit that the registry does not know. */
  unknownUnit: number
}

/** Counts, over the cube of `months` buckets, what stands apart: received or closed in the period. */
export async function countNotes(
  store: Store,
  period: Period,
  policy: Policy,
  stages: Record<string, Stage>,
  months: number,
): Promise<Notes> {
  const within = `(rb BETWEEN 1 AND ${months} OR cb BETWEEN 1 AND ${months})`
  const isVertical = policy.vertical_sector === 'excluded' ? `(u.is_vertical OR class = ${CLASSES.indexOf('vertical_sector')})` : 'false'
  const count = (condition: string): string => `coalesce(sum(CASE WHEN ${condition} THEN n END), 0)::BIGINT`
  const classed = (name: DossierClass, span = within): string => count(`NOT ${isVertical} AND class = ${CLASSES.indexOf(name)} AND ${span}`)
  const refused = await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM dossier
    WHERE ${stageSql('not_received', stages)} AND coalesce(received_at, submitted_at, updated_at) >= TIMESTAMP ${literal(period.from)}
      AND coalesce(received_at, submitted_at, updated_at) < TIMESTAMP ${literal(period.until)}`)
  const counted = await store.row<Omit<Notes, 'notReceived'>>(`
    SELECT ${count(`${isVertical} AND ${within}`)} AS vertical,
      ${classed('undated', `(${within} OR rb = ${NEVER})`)} AS undated,
      ${classed('no_due_date', `cb BETWEEN 1 AND ${months}`)} AS "noDueDate",
      ${classed('withdrawn')} AS withdrawn,
      ${classed('stopped')} AS stopped,
      ${count(`NOT ${isVertical} AND u.unit_level IS NULL AND ${within}`)} AS "noLevel",
      ${count(`NOT ${isVertical} AND (u.unit = '') AND ${within}`)} AS "unknownUnit"
    FROM cube c
    JOIN unit_ref u ON u.unit_code IS NOT DISTINCT FROM c.unit_code AND u.unit_name IS NOT DISTINCT FROM c.unit_name
      AND u.level IS NOT DISTINCT FROM c.level AND u.era = c.era`)
  return { ...counted!, notReceived: refused!.n }
}
