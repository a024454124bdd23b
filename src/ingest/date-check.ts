import type { Definitions } from '../definitions/load.js'
import { ToolError } from '../errors.js'
import { onDay, say } from '../messages/message.js'
import { DateEvidence, type Example } from '../reading/date-evidence.js'
import type { Mapping } from '../reading/header.js'
import { readRows } from '../reading/rows.js'
import type { Sniffed } from '../reading/sniff.js'
import type { Store } from '../store/store.js'

/**
 * Refuses a file whose days Excel exchanged with their months, or whose texts are month first, as its cells show it: its start if that is
 * doubtful, then all of it, or all of it at once where `isSuspect`. Errors: swapped_dates, month_first_dates.
 */
export async function refuseMisreadDates(sniffed: Sniffed, mapping: Mapping, definitions: Definitions, isSuspect = false): Promise<void> {
  if (mapping.dates !== undefined) return
  const isSheet = sniffed.sheet !== null
  const columns = mapping.columns.filter(
    ({ id, options }) =>
      ['time', 'date'].includes(definitions.kinds[mapping.kind].columns[id]!.type) && (isSheet || options?.date_format === undefined),
  )
  if (columns.length === 0) return
  const dateSystem = mapping.layout?.date_system ?? sniffed.sheet?.dateSystem ?? 1900
  const start = columns.map(() => new DateEvidence(dateSystem))
  for (const { line, cells } of sniffed.head.slice(mapping.headerRecord + 1))
    for (const [i, { index }] of columns.entries()) start[i]!.add(line, cells[index] ?? '')
  if (!isSuspect && !start.some((one) => one.isDoubtful)) return
  const all = columns.map(() => new DateEvidence(dateSystem))
  const row = (line: number, cells: readonly string[]): void => {
    for (const [i, { index }] of columns.entries()) all[i]!.add(line, cells[index] ?? '')
  }
  await readRows(sniffed, mapping, { row, broken: () => undefined }).catch((error: unknown) => {
    // What can't be read is said by those who load it; the rows before it show the dates.
    if (!(error instanceof ToolError) || error.code === 'internal') throw error
  })
  for (const [i, { header }] of columns.entries()) {
    const found = all[i]!.verdict()
    if (found) throw misread(found.dates, header, found.examples, sniffed.file)
  }
}

function misread(dates: 'swapped' | 'month-first', header: string, examples: readonly Example[], file: string): ToolError {
  const rows = examples.map(({ line, text }) => say('dates.row_says', { line: String(line), header, text }))
  if (dates === 'month-first')
    return new ToolError('month_first_dates', say('dates.month_first', { header }), {
      place: { file },
      hint: [...rows, say('dates.load_month_first', { file })],
    })
  return new ToolError('swapped_dates', say('dates.swapped', { header }), {
    place: { file },
    hint: [...rows, say('dates.how_it_shows'), say('dates.load_swapped', { file })],
  })
}

/** Rows that are enough to see it, of a large file evenly. */
const ENOUGH = 50_000

/**
 * Refuses staged dossiers of which the codes, or the order of receipt, due day and result, say that the other reading of their days is
 * right. Errors: swapped_dates.
 */
export async function refuseContradictedDates(store: Store, sniffed: Sniffed, mapping: Mapping, rows: number): Promise<void> {
  const has = (id: string): boolean => mapping.columns.some((column) => column.id === id)
  if (mapping.dates === 'as-written' || !has('received_at')) return
  const other = (id: string): string =>
    `CASE WHEN day(${id}) <= 12 THEN make_date(year(${id}), day(${id}), month(${id})) ELSE ${id}::DATE END`
  const later = ['due_at', 'resolved_at', 'returned_at'].filter(has)
  const broken = (day: (id: string) => string): string => ['false', ...later.map((id) => `${day('received_at')} > ${day(id)}`)].join(' OR ')
  const coded = `try_strptime(regexp_extract(code, '[-.](\\d{6})[-.]', 1), '%y%m%d')::DATE`
  const found = (await store.row<Record<'others' | 'agree' | 'broken' | 'better' | 'worse' | 'known', number>>(`
    SELECT count(*) FILTER (coded = other AND coded <> day)::BIGINT AS others, count(*) FILTER (coded = day AND coded <> other)::BIGINT AS agree,
      count(*) FILTER (is_broken)::BIGINT AS broken, count(*) FILTER (is_broken AND NOT other_is_broken)::BIGINT AS better,
      count(*) FILTER (other_is_broken AND NOT is_broken)::BIGINT AS worse, count(*)::BIGINT AS known
    FROM (
      SELECT ${coded} AS coded, received_at::DATE AS day, ${other('received_at')} AS other,
        coalesce(${broken((id) => `${id}::DATE`)}, false) AS is_broken, coalesce(${broken(other)}, false) AS other_is_broken
      FROM stage.dossier_version WHERE received_at IS NOT NULL AND rowid % ${Math.max(1, Math.ceil(rows / ENOUGH))} = 0)`))!
  const byCode = found.others >= 3 && found.others > 4 * found.agree
  const { better, worse, broken: all } = found
  const byOrder = better >= 5 && better * 33 >= found.known && better > 4 * (all - better) && better > 10 * worse
  if (!byCode && !byOrder) return
  const shown = await store.rows<{ day: string; row_id: number }>(`
    SELECT received_at::DATE::VARCHAR AS day, rowid AS row_id FROM stage.dossier_version
    WHERE ${byCode ? `${coded} = ${other('received_at')} AND ${coded} <> received_at::DATE` : `(${broken((id) => `${id}::DATE`)}) AND NOT coalesce(${broken(other)}, false)`} ORDER BY rowid LIMIT 2`)
  const header = mapping.columns.find(({ id }) => id === 'received_at')!.header
  const values = { header, n: byCode ? found.others : better, all: found.known }
  throw new ToolError('swapped_dates', byCode ? say('dates.contradicted_by_codes', values) : say('dates.contradicted_by_order', values), {
    place: { file: sniffed.file },
    hint: [
      ...shown.map(({ day, row_id }) => say('dates.row_is_read', { row: String(row_id + 1), day: onDay(day) })),
      mapping.dates === undefined ? say('dates.load_swapped', { file: sniffed.file }) : say('dates.load_without', { dates: mapping.dates }),
    ],
  })
}
