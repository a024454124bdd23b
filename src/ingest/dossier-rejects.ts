import { ToolError } from '../errors.js'
import { reasonWords } from '../language/labels.js'
import { DOUBTFUL, maskPersonal } from '../language/personal.js'
import { say } from '../messages/message.js'
import type { Sniffed } from '../reading/sniff.js'
import { literal, type Store } from '../store/store.js'
import { refuseMisreadDates } from './date-check.js'
import { SKIP } from './dossier-sql.js'
import type { DossierJob, Staged } from './dossier-stage.js'
import type { LoadOptions } from './dossiers.js'
import { checkRejects, countAll } from './ledger.js'

/**
 * Takes the rows with a problem out of the staged ones: into the rejected ones, with their lines, or among the skipped. Where there were any, the
 * stage is soiled: its file still holds what they said.
 */
export async function moveRejects(
  { store, sniffed, mapping, definitions, loadId }: DossierJob,
  staged: Staged,
  options: LoadOptions,
): Promise<{ rejected: number; skipped: Record<string, number>; isSoiled: boolean }> {
  if (staged.read === countAll(staged.skipped)) throw noRows(sniffed)
  const headerOf = new Map(mapping.columns.map(({ id, header }) => [id, header]))
  const reasons = await store.rows<{ reason: string; column: string; n: number; text: string }>(`
    SELECT split_part(problem, chr(31), 2) AS reason, split_part(problem, chr(31), 1) AS "column", count(*)::BIGINT AS n,
      min_by(split_part(problem, chr(31), 3), rowid) AS text
    FROM stage.dossier_version WHERE problem IS NOT NULL GROUP BY ALL ORDER BY n DESC, reason, "column"`)
  const skipped = Object.assign(Object.create(null) as typeof staged.skipped, staged.skipped)
  for (const { reason, n } of reasons) {
    const why = reason.startsWith(SKIP) ? reason.slice(SKIP.length) : null
    if (why !== null) skipped[why] = (skipped[why] ?? 0) + n
  }
  const passed = countAll(skipped)
  if (passed === staged.read) throw noRows(sniffed)
  const words = reasons.some(({ reason }) => reason === 'unknown_value') ? await unknownTexts(store) : []
  const tallies = reasons
    .filter(({ reason }) => !reason.startsWith(SKIP))
    .map(({ text, ...one }) => ({
      ...one,
      header: headerOf.get(one.column),
      words: one.reason === 'unknown_value' ? words.filter(({ column }) => column === one.column) : [],
      example:
        text === ''
          ? undefined
          : say('ingest.column_says', {
              column: headerOf.get(one.column) ?? one.column,
              text: maskPersonal(text),
              reason: reasonWords(one.reason),
            }),
    }))
  const broken = staged.broken.map(({ reason, column }) => ({ reason, column, n: 1 }))
  await checkRejects([...tallies, ...broken], staged.read - passed, options, sniffed.file, () =>
    refuseMisreadDates(sniffed, mapping, definitions, true),
  )
  const isSoiled = reasons.length > 0
  if (reasons.length + broken.length === 0) return { rejected: 0, skipped, isSoiled }
  const bad = await store.rows<{ rowid: number; problem: string }>(
    `SELECT rowid, problem FROM stage.dossier_version WHERE NOT starts_with(split_part(problem, chr(31), 2), '${SKIP}') ORDER BY rowid`,
  )
  const lines = bad.length > 0 ? await staged.linesOf(bad.map(({ rowid }) => rowid)) : []
  const rows = bad.map(({ problem }, i) => {
    const [column = '', reason = '', ...text] = problem.split('\u001f')
    return [loadId, lines[i]!, column, headerOf.get(column) ?? null, maskPersonal(text.join('')), reason]
  })
  const idOf = new Map(mapping.columns.map(({ id, header }) => [header, id]))
  const brokenRows = staged.broken.map(({ line, column, text, reason }) => [
    loadId,
    line,
    idOf.get(column ?? '') ?? null,
    column,
    text && maskPersonal(text),
    reason,
  ])
  await store.run(
    `CREATE TABLE stage.reject (load_id BIGINT, line BIGINT, column_id VARCHAR, header VARCHAR, text VARCHAR, reason VARCHAR)`,
  )
  await store.append('reject', [...rows, ...brokenRows], 2, 'stage')
  await store.run(`INSERT INTO stage.rejected_row SELECT * FROM stage.reject ORDER BY line; DROP TABLE stage.reject`)
  await store.run(`DELETE FROM stage.dossier_version WHERE problem IS NOT NULL`)
  return { rejected: rows.length + brokenRows.length, skipped, isSoiled }
}

/** The texts of rejected rows that no vocabulary knows, masked; of each column the most frequent. */
async function unknownTexts(store: Store): Promise<{ column: string; text: string; n: number }[]> {
  const found = await store.rows<{ column: string; text: string; n: number }>(`
    SELECT split_part(problem, chr(31), 1) AS "column", trim(split_part(problem, chr(31), 3)) AS text, count(*)::BIGINT AS n
    FROM stage.dossier_version WHERE split_part(problem, chr(31), 2) = 'unknown_value' GROUP BY 1, 2
    QUALIFY row_number() OVER (PARTITION BY "column" ORDER BY count(*) DESC) <= 200 ORDER BY n DESC, text`)
  return found.map((one) => ({ ...one, text: maskPersonal(one.text) }))
}

const FREE_TEXTS = ['unit_name', 'field', 'procedure_name']

/** Masks what identifies a person in the free texts that are kept; returns in how many. The limit keeps the engine from looking at every row instead of every text. */
export async function maskTexts({ store, mapping }: DossierJob): Promise<number> {
  let count = 0
  for (const { id } of mapping.columns.filter((column) => FREE_TEXTS.includes(column.id))) {
    const doubtful = await store.rows<{ text: string }>(`
      SELECT text FROM (SELECT DISTINCT ${id} AS text FROM stage.dossier_version LIMIT ${Number.MAX_SAFE_INTEGER})
      WHERE regexp_matches(text, ${literal(DOUBTFUL)})`)
    const masked = doubtful.map(({ text }) => [text, maskPersonal(text)] as const).filter(([text, mask]) => text !== mask)
    if (masked.length === 0) continue
    count += masked.length
    await store.run(`CREATE OR REPLACE TEMP TABLE mask (said VARCHAR, kept VARCHAR)`)
    await store.append('mask', masked, 0, 'temp')
    await store.run(`UPDATE stage.dossier_version SET ${id} = kept FROM mask WHERE ${id} = said; DROP TABLE mask`)
  }
  return count
}

function noRows({ file }: Sniffed): ToolError {
  return new ToolError('no_rows', say('ingest.no_rows'), {
    place: { file },
    hint: say('ingest.export_with_dossiers'),
  })
}
