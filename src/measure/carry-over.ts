import type { Definitions } from '../definitions/load.js'
import type { Level, Policy } from '../definitions/schema.js'
import { addDays } from '../language/date.js'
import { fold } from '../language/fold.js'
import { earlier, parsePeriod, type Period } from '../language/period.js'
import { literal, type Store } from '../store/store.js'
import type { UnitView } from '../units/view.js'
import { placeKey, type FormPlace } from './form-lines.js'
import { movedSince, type Filled, type MovedDossier } from './moved.js'
import { codeOf } from './reported.js'

/** What is carried over into a period, held against what was pending at the end of the one before when that was reported. */
export interface CarryOver {
  previous: Period
  /** The last load that the store is taken to have been reported from; null: it did not yet know that period, or nothing else. */
  known: { loadId: number; loadedAt: string } | null
  /** Lines that differ: the total first, then in the order of the form, then those that are no longer in it. */
  differences: CarryOverDifference[]
  /** Every dossier that the loads since then have moved in or out of a line, by line and code. */
  dossiers: MovedDossier[]
}

export interface CarryOverDifference extends FormPlace {
  isTotal: boolean
  /** What was reported: in a summary that was loaded, or, without one, by what the store knew then. */
  source: 'summary' | 'store'
  reported: number
  recomputed: number
}

/* Data of a period reach the store some days after its end, and a report is made of them: a fortnight. */
const GRACE_DAYS = 15

/**
 * Compares the column of what is carried over, line by line, with a summary of the period before where one was loaded, else with what the
 * store knew when that period was reported: on `reportedOn`, else after the last load before one with news of more than a fortnight (or half
 * the period) after its start.
 */
export async function compareCarryOver(
  store: Store,
  definitions: Definitions,
  filled: Filled,
  { policy, reportedOn }: { policy: Policy; reportedOn: string | undefined },
  view: UnitView,
): Promise<CarryOver | null> {
  const { form, period, total, rows } = filled
  const { carry_over: rule, columns } = form
  const at = columns.findIndex(({ number }) => number === rule?.column)
  if (!rule || total.counts[at] === null) return null
  const previous = earlier(period, 'previous')
  const known = reportedOn === undefined ? await knownByData(store, period, previous, filled.asOf) : await knownOn(store, reportedOn)
  const dossiers = known === null ? [] : await movedSince(store, known.loadId, definitions, policy, filled, view)
  const indicator = columns.find(({ number }) => number === rule.of)?.indicator
  const summaries = indicator === undefined ? new Map<string, number>() : await summariesOf(store, indicator, previous, filled, view)

  const places = new Map<string, FormPlace>()
  for (const place of [total, ...rows, ...dossiers]) {
    const key = place === total ? TOTAL : placeKey(place)
    if (!places.has(key)) places.set(key, { field: place.field, unit: place.unit, level: place.level })
  }
  const recomputedOf = new Map(rows.map((line) => [placeKey(line), line.counts[at]!]))
  const differences = [...places].flatMap(([key, place]): CarryOverDifference[] => {
    const recomputed = key === TOTAL ? total.counts[at]! : (recomputedOf.get(key) ?? 0)
    const moved = dossiers.filter((one) => key === TOTAL || placeKey(one) === key).reduce((sum, { change }) => sum + change, 0)
    const summary = summaries.get(key)
    const reported = summary ?? (known === null ? recomputed : recomputed - moved)
    return reported === recomputed
      ? []
      : [{ isTotal: key === TOTAL, ...place, source: summary === undefined ? 'store' : 'summary', reported, recomputed }]
  })
  return { previous, known, differences, dossiers }
}

/* A key that no row has. */
const TOTAL = '\u0000'

/** The state of the store when its data reached to a fortnight before or after the start of the period; null: they never did. */
async function knownByData(store: Store, period: Period, previous: Period, asOf: string): Promise<CarryOver['known']> {
  const days = ({ from, until }: Period): number => (Date.parse(until) - Date.parse(from)) / 86_400_000
  const grace = (span: Period): number => Math.min(GRACE_DAYS, Math.floor(days(span) / 2))
  const until = `TIMESTAMP ${literal(addDays(asOf, 1))}`
  const newest = ['received_at', 'resolved_at', 'returned_at', 'updated_at'].map((time) => `max(${time}) FILTER (${time} < ${until})`)
  const loads = await store.rows<{ load_id: number; loaded_at: string; newest: string | null }>(`
    SELECT load_id, loaded_at::VARCHAR AS loaded_at, newest::DATE::VARCHAR AS newest
    FROM load LEFT JOIN (SELECT load_id, greatest(${newest.join(', ')}) AS newest FROM dossier_version GROUP BY load_id) USING (load_id)
    WHERE kind = 'dossiers' ORDER BY load_id`)
  const isFrom = (day: string | null, first: string): boolean => day !== null && day >= first
  const beyond = loads.findIndex((load) => isFrom(load.newest, addDays(period.from, grace(period))))
  const before = beyond < 0 ? loads : loads.slice(0, beyond)
  const isReached = before.some((load) => isFrom(load.newest, addDays(period.from, -grace(previous))))
  const last = before.at(-1)
  return isReached && last ? { loadId: last.load_id, loadedAt: last.loaded_at.slice(0, 10) } : null
}

async function knownOn(store: Store, day: string): Promise<CarryOver['known']> {
  const [last] = await store.rows<{ load_id: number; loaded_at: string }>(`
    SELECT load_id, loaded_at::VARCHAR AS loaded_at FROM load
    WHERE kind = 'dossiers' AND loaded_at < TIMESTAMP ${literal(addDays(day, 1))} ORDER BY load_id DESC LIMIT 1`)
  return last ? { loadId: last.load_id, loadedAt: last.loaded_at.slice(0, 10) } : null
}

/** What summaries of the period before report of the lines of the form, by their keys. */
async function summariesOf(
  store: Store,
  indicator: string,
  previous: Period,
  { by, scope, isOfOnePlace, rows }: Filled,
  view: UnitView,
): Promise<Map<string, number>> {
  const reported = await store.rows<{ level: Level | null; unit: string | null; field: string | null; period: string; numerator: number }>(`
    SELECT level, unit, field, period, numerator FROM reported_indicator
    WHERE indicator = ${literal(indicator)} AND numerator IS NOT NULL AND coalesce(units, ${literal(view.mode)}) = ${literal(view.mode)} ORDER BY load_id`)
  const units = new Map(rows.flatMap((line) => (line.unit === null ? [] : [[line.unit.code, line]])))
  const found = new Map<string, number>()
  const isOfScope = (unit: string | null, code: string | null, level: Level | null): boolean =>
    isOfOnePlace &&
    (scope.units === undefined ? unit === null && level === (scope.levels?.[0] ?? null) : code !== null && scope.units.includes(code))
  for (const { level, unit, field, period, numerator } of reported) {
    const { from, until } = parsePeriod(period)
    if (from !== previous.from || until !== previous.until) continue
    const code = unit === null ? null : codeOf(unit, view)
    if (isOfScope(unit, code, level) && field === null) found.set(TOTAL, numerator)
    else if (isOfScope(unit, code, level) && by === 'field') found.set(fold(field!), numerator)
    else if (by === 'unit' && field === null && code !== null && units.has(code)) found.set(placeKey(units.get(code)!), numerator)
    else if (by === 'level' && field === null && unit === null && level !== null && scope.units === undefined)
      found.set(`=${level}`, numerator)
  }
  return found
}
