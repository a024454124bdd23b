import { addDays } from '../language/date.js'
import { lastDay, monthsIn, parsePeriod, periodWords, yearToDate, type Calendar, type Period } from '../language/period.js'
import { ToolError } from '../errors.js'
import { onDay, say, type Message } from '../messages/message.js'
import type { Store } from '../store/store.js'

/** What was loaded of a kind of file: how many files, and what became of their rows. */
export interface Source {
  kind: string
  files: number
  read: number
  rejected: number
}

/** The last day, up to one, of what is loaded of a kind; null: nothing, or nothing that was wanted. */
export interface DataTo {
  dossiers: string | null
  answers: string | null
}

/** What happens to a dossier, and when an answer was given. */
const TIMES = {
  dossiers: { fact: 'dossier', times: ['received_at', 'resolved_at', 'returned_at', 'paid_at', 'updated_at'] },
  answers: { fact: 'survey_answer', times: ['answered_at'] },
} as const
const KINDS = ['dossiers', 'answers'] as const

/**
 * The period asked for, whole or from the start of its year; else the latest month with data that has ended, or, where none has or for the year to date,
 * the running one. `isWhole`: whether the month has ended and its data reach its last days. Error: no_data, of a store without any day.
 */
export async function choosePeriod(
  store: Store,
  request: { period?: string; calendar?: Calendar; isYearToDate?: boolean; asOf: string },
): Promise<{ period: Period; isDefault: boolean; isWhole: boolean }> {
  const calendar = request.calendar ?? 'month'
  if (request.period) {
    const period = parsePeriod(request.period, calendar)
    return { period: request.isYearToDate ? yearToDate(period) : period, isDefault: false, isWhole: true }
  }
  const until = await lastLoaded(store, request.asOf)
  const monthOf = (day: string): Period => parsePeriod(monthsIn(parsePeriod(`${day}..${day}`, calendar))[0]!.label, calendar)
  let day = (await latestDay(store, until)) ?? (await latestDay(store, request.asOf))
  if (day === null) throw await nothingIn(store, null)
  let period = monthOf(day)
  if (lastDay(period) > request.asOf && !request.isYearToDate) {
    const before = await latestDay(store, addDays(period.from, -1))
    if (before !== null) [day, period] = [before, monthOf(before)]
  }
  const isWhole = lastDay(period) <= request.asOf && day >= addDays(lastDay(period), -QUIET_DAYS)
  return { period: request.isYearToDate ? yearToDate(period) : period, isDefault: true, isWhole }
}

/* So many days at the end of a month may be without dossiers: the longest holidays, at Tết, with the weekends around them. */
const QUIET_DAYS = 9

/** The last day, up to one, on which a dossier was received or resolved; without dossiers, that of an answer. */
async function latestDay(store: Store, asOf: string): Promise<string | null> {
  const dossiers = await newestOf(store, 'dossier', ['received_at', 'resolved_at'], asOf)
  return dossiers ?? (await newestOf(store, 'survey_answer', TIMES.answers.times, asOf))
}

async function newestOf(store: Store, fact: string, times: readonly string[], asOf: string): Promise<string | null> {
  const newest = times.map((time) => `max(${time}) FILTER (${time} < $until::TIMESTAMP)`)
  const row = await store.row<{ day: string | null }>(`SELECT greatest(${newest.join(', ')})::DATE::VARCHAR AS day FROM ${fact}`, {
    until: addDays(asOf, 1),
  })
  return row?.day ?? null
}

/** The day asked for, or that of the last load where it is earlier: nothing was known then of the days after it, whatever a row says. */
async function lastLoaded(store: Store, asOf: string): Promise<string> {
  const row = await store.row<{ day: string | null }>(`SELECT max(loaded_at)::DATE::VARCHAR AS day FROM load`)
  return row?.day != null && row.day < asOf ? row.day : asOf
}

/** The last day, up to one, that anything is known of. `isShown`: what lies after the day of the last load is set aside, as a slip of the pen. */
export async function dataTo(store: Store, asOf: string, isShown = true): Promise<DataTo> {
  const until = isShown ? await lastLoaded(store, asOf) : asOf
  const [dossiers, answers] = KINDS.map((kind) => newestOf(store, TIMES[kind].fact, TIMES[kind].times, until))
  return { dossiers: await dossiers!, answers: await answers! }
}

/** The last day anything happened to a dossier, up to a day; without dossiers that of the last answer; null without any. */
export async function newestDay(store: Store, asOf: string): Promise<string | null> {
  const { dossiers, answers } = await dataTo(store, asOf, false)
  return dossiers ?? answers
}

/** Whether nothing is known of a period's days and, on one side of it, of any other: what is missing there is not "no cases". */
export async function isBeyondData(store: Store, { from, until }: Period, reached: DataTo): Promise<boolean> {
  if (KINDS.some((kind) => reached[kind] !== null && reached[kind] >= from)) return false
  const isBefore = reached.dossiers === null && reached.answers === null
  const later = await dataTo(store, '9000-01-01')
  return isBefore || !KINDS.some((kind) => later[kind] !== null && later[kind] >= until)
}

/** The error that says that there is nothing to report of a period (null: of any), and from when to when there is. */
export async function nothingIn(store: Store, period: Period | null): Promise<ToolError> {
  const count = async (table: string): Promise<number> => (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM ${table}`))!.n
  const last = await lastLoaded(store, '9000-01-01')
  const spans: Message[] = []
  for (const [kind, key] of [
    ['dossiers', 'asked.dossiers_span'],
    ['answers', 'asked.answers_span'],
  ] as const) {
    const { fact, times } = TIMES[kind]
    const first = await store.row<{ day: string | null }>(
      `SELECT least(${times.map((time) => `min(${time})`).join(', ')})::DATE::VARCHAR AS day FROM ${fact}`,
    )
    const newest = await newestOf(store, fact, times, last)
    if (first?.day && newest) spans.push(say(key, { from: onDay(first.day), until: onDay(newest) }))
  }
  if (period !== null && spans.length > 0)
    return new ToolError('no_data', say('asked.nothing_in_period', { period: periodWords(period.label) }), { hint: spans })
  const dossiers = await count('dossier')
  if (dossiers > 0) return new ToolError('no_data', say('asked.undated_dossiers', { n: dossiers }), { hint: say('asked.load_dates') })
  const isSummaryAlone = (await count('reported_indicator')) > 0
  return isSummaryAlone
    ? new ToolError('no_data', say('asked.only_summaries'), { hint: say('asked.see_indicators') })
    : new ToolError('no_data', say('figures.nothing_loaded'), { hint: say('figures.load_some') })
}

/** What the store was filled from, by kind. The same file loaded again counts once. */
export async function listSources(store: Store): Promise<Source[]> {
  return store.rows<Source>(`
    SELECT kind, count(*)::BIGINT AS files, sum(read)::BIGINT AS read, sum(rejected)::BIGINT AS rejected
    FROM (SELECT kind, sha256, sheet, max(read) AS read, max(rejected) AS rejected FROM load JOIN load_source USING (load_id) GROUP BY ALL)
    GROUP BY kind ORDER BY kind`)
}
