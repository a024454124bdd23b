import { addDays } from '../language/date.js'
import { monthsIn, parsePeriod, type Calendar, type Period } from '../language/period.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Store } from '../store/store.js'

/** What was loaded of a kind of file: how many files, and what became of their rows. */
export interface Source {
  kind: string
  files: number
  read: number
  rejected: number
}

/** The period asked for, else the latest month with data (or, year to date, January to it). */
export async function choosePeriod(
  store: Store,
  request: { period?: string; calendar?: Calendar; isYearToDate?: boolean; asOf: string },
): Promise<{ period: Period; isDefault: boolean }> {
  const calendar = request.calendar ?? 'month'
  if (request.period) return { period: parsePeriod(request.period, calendar), isDefault: false }
  const latest = await store.row<{ day: string | null }>(
    `SELECT max(greatest(coalesce(received_at, resolved_at), coalesce(resolved_at, received_at)))::DATE::VARCHAR AS day FROM dossier WHERE coalesce(received_at, resolved_at) < $until::TIMESTAMP`,
    { until: addDays(request.asOf, 1) },
  )
  const answered =
    latest?.day ?? (await store.row<{ day: string | null }>(`SELECT max(answered_at)::DATE::VARCHAR AS day FROM survey_answer`))?.day
  if (!answered) throw new ToolError('no_data', say('figures.nothing_loaded'), { hint: say('figures.load_some') })
  const day = answered < request.asOf ? answered : request.asOf
  const month = monthsIn(parsePeriod(`${day}..${day}`, calendar))[0]!.label
  const label = request.isYearToDate ? `${month.slice(0, 4)}-01..${month}` : month
  return { period: parsePeriod(label, calendar), isDefault: true }
}

/** The last day anything happened to a dossier, up to a day; without dossiers that of the last answer; null without any. */
export async function newestDay(store: Store, asOf: string): Promise<string | null> {
  const newest = ['received_at', 'resolved_at', 'returned_at', 'updated_at'].map(
    (time) => `max(${time}) FILTER (${time} < $until::TIMESTAMP)`,
  )
  const row = await store.row<{ day: string | null }>(`SELECT greatest(${newest.join(', ')})::DATE::VARCHAR AS day FROM dossier`, {
    until: addDays(asOf, 1),
  })
  if (row?.day) return row.day
  const answered = await store.row<{ day: string | null }>(
    `SELECT max(answered_at)::DATE::VARCHAR AS day FROM survey_answer WHERE answered_at < $until::TIMESTAMP`,
    { until: addDays(asOf, 1) },
  )
  return answered?.day ?? null
}

/** What the store was filled from, by kind. The same file loaded again counts once. */
export async function listSources(store: Store): Promise<Source[]> {
  return store.rows<Source>(`
    SELECT kind, count(*)::BIGINT AS files, sum(read)::BIGINT AS read, sum(rejected)::BIGINT AS rejected
    FROM (SELECT kind, sha256, sheet, max(read) AS read, max(rejected) AS rejected FROM load JOIN load_source USING (load_id) GROUP BY ALL)
    GROUP BY kind ORDER BY kind`)
}
