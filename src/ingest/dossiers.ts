import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import { reasonWords } from '../language/labels.js'
import { DOUBTFUL, maskPersonal } from '../language/personal.js'
import { tablesOf } from '../store/schema.js'
import { literal, type Store } from '../store/store.js'
import { markCodes, matchOldCodes } from './codes.js'
import { refuseContradictedDates, refuseMisreadDates } from './date-check.js'
import { mergeDossiers } from './dossier-merge.js'
import { dossierColumns, providedColumns, SKIP } from './dossier-sql.js'
import { openStage, stageCarefully, stageInBulk, type DossierJob, type Staged } from './dossier-stage.js'
import type { Mapping } from '../reading/header.js'
import { leastOfResult, NEWEST_OF_FILE, RESULT_DATES } from './result-said.js'
import {
  checkRejects,
  countAll,
  definitionsFingerprint,
  findSameContent,
  mayBeLoadedAlready,
  nextLoadId,
  writeLedger,
  type LedgerEntry,
  type RowCounts,
} from './ledger.js'
import type { Told } from './told.js'
import { scanFile } from '../reading/scan.js'
import { SUBMITTER } from '../reading/personal-columns.js'
import type { Sniffed } from '../reading/sniff.js'
import { hashKey } from './submitter.js'

export interface LoadOptions {
  /** Largest share of rejected rows, as a fraction. */
  maxRejects: number
  /** Hears of a file with more of them, which is then read all the same; absent: it is refused. */
  onTooManyRejects?: (refusal: ToolError) => void
  dryRun: boolean
  /** Hears of the rows of a file that are facts, a relation of the store, before they meet what is known. */
  onRead?: (relation: string) => Promise<void>
  /** The clock, `yyyy-MM-dd HH:mm:ss`. */
  now: string
  /** Whether every file goes the careful road: for tests and doubtful files. */
  careful: boolean
  /** Bytes from which a first load is built in a file of its own: for tests. */
  stageOnDiskAbove?: number
  /** What submitters are hashed with; absent: the key beside the store. */
  hashKey?: string
  /** The period of a summary that does not say it itself. */
  period?: string
}

export interface LoadOutcome {
  loadId: number | null
  counts: RowCounts
  /** Rows that a sheet hides, among those read; null where none were read. */
  hidden: number | null
  road: 'bulk' | 'careful' | 'known'
  told: Told
  /** Rows of dossiers that would have taken a result back by no more than the order of loading: it was kept. */
  kept?: number
  /** Rows of dossiers whose code was written otherwise than it is kept. */
  folded?: number
}

const FIRST_LOAD_ON_DISK_ABOVE = 32 << 20
const LATER_LOAD_ON_DISK_ABOVE = 1 << 30
/** How many times larger the text of a workbook or a gzip is. */
const PACKED = 4

/** About how many bytes of text a file holds. */
export function textBytes({ bytes, isPacked, sheet }: Sniffed): number {
  return bytes * (isPacked || sheet !== null ? PACKED : 1)
}

/** Loads one dossier export: all of it in one step, or nothing. */
export async function loadDossiers(
  store: Store,
  sniffed: Sniffed,
  mapping: Mapping,
  definitions: Definitions,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const fingerprint = definitionsFingerprint(definitions, mapping, sniffed)
  const headerEnd = sniffed.endOfRecord(mapping.headerRecord)
  const scanned = (await mayBeLoadedAlready(store, sniffed.bytes))
    ? await scanFile(sniffed.file, sniffed.bytes, headerEnd?.offset ?? 0, sniffed.delimiter)
    : null
  const same = scanned && (await findSameContent(store, scanned.sha256, fingerprint))
  if (same) return { loadId: null, counts: same.counts, hidden: null, road: 'known', told: {} }

  const isFirst = (await store.row(`SELECT 1 FROM dossier_version LIMIT 1`)) === undefined
  const size = textBytes(sniffed)
  const isOnDisk = size > (options.stageOnDiskAbove ?? (isFirst ? FIRST_LOAD_ON_DISK_ABOVE : LATER_LOAD_ON_DISK_ABOVE))
  const key = mapping.columns.some(({ id }) => id === SUBMITTER) ? hashKey(store.path, options.hashKey) : null
  const job: DossierJob = { store, sniffed, mapping, definitions, loadId: await nextLoadId(store), isOnDisk, key }
  await refuseMisreadDates(sniffed, mapping, definitions)
  const stageFile = await openStage(store, isOnDisk)
  try {
    const inBulk =
      headerEnd && sniffed.newline !== null && !options.careful && mapping.fillDown.length === 0
        ? await stageInBulk(job, headerEnd, scanned)
        : null
    const staged = inBulk ?? (await stageCarefully(job, scanned))
    await refuseContradictedDates(store, sniffed, mapping, staged.read)
    const { rejected, skipped: skippedReasons, isSoiled } = await moveRejects(job, staged, options)
    await options.onRead?.('stage.dossier_version')
    const masked = await maskTexts(job)
    const skipped = countAll(skippedReasons)
    const counts: RowCounts = { read: staged.read, loaded: 0, unchanged: 0, superseded: 0, rejected, skipped }
    const folded = (await store.row<{ n: number }>(`SELECT count(*) FILTER (folded)::BIGINT AS n FROM stage.dossier_version`))!.n
    const kept = await endDoubles(job)
    const entry = {
      sniffed,
      mapping,
      sha256: staged.sha256,
      fingerprint,
      counts,
      columns: providedColumns(mapping),
      skippedReasons,
      kept,
      folded,
    }
    if (isFirst && stageFile && !options.dryRun) await adoptStage(job, entry, options, isSoiled || masked > 0 ? null : stageFile)
    else await promote(job, entry, options)
    return {
      loadId: options.dryRun ? null : job.loadId,
      counts,
      hidden: staged.hidden,
      road: staged.road,
      told: {},
      kept: entry.kept,
      folded,
    }
  } finally {
    await store.detachStage()
  }
}

/**
 * Takes the rows with a problem out of the staged ones: into the rejected ones, with their lines, or among the skipped. Where there were any, the
 * stage is soiled: its file still holds what they said.
 */
async function moveRejects(
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
async function maskTexts({ store, mapping }: DossierJob): Promise<number> {
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

/**
 * Of rows with the same code in this file the latest stays current: by update time, else the one that tells most of the result, else the
 * lower one. Returns how many would have taken a result back by being lower.
 */
export async function endDoubles({ store, loadId }: Pick<DossierJob, 'store' | 'loadId'>): Promise<number> {
  await store.run(`
    CREATE OR REPLACE TEMP TABLE double_code AS SELECT hash(code) AS code_hash FROM stage.dossier_version GROUP BY 1 HAVING count(*) > 1`)
  if (!(await store.row('SELECT 1 FROM double_code LIMIT 1'))) return 0
  await store.run(`
    CREATE OR REPLACE TEMP TABLE double_row AS
    SELECT s.rowid AS row_id, code, updated_at, ${leastOfResult('s')} AS least, resolved_at, returned_at,
      row_number() OVER (PARTITION BY code ORDER BY ${NEWEST_OF_FILE('s')}) AS rank
    FROM stage.dossier_version s WHERE hash(code) IN (SELECT code_hash FROM double_code)`)
  await store.run(
    `UPDATE stage.dossier_version SET ended_load_id = ${loadId} WHERE rowid IN (SELECT row_id FROM double_row WHERE rank > 1)`,
  )
  const kept = await store.row<{ n: number }>(`
    SELECT count(*)::BIGINT AS n FROM double_row lost JOIN double_row won USING (code)
    WHERE won.rank = 1 AND lost.row_id > won.row_id AND lost.updated_at IS NOT DISTINCT FROM won.updated_at
      AND (lost.least < won.least OR ${RESULT_DATES.map((id) => `lost.${id} IS NULL AND won.${id} IS NOT NULL`).join(' OR ')})`)
  return kept!.n
}

/** Merges the staged rows into the store in one transaction. */
async function promote({ store, mapping, definitions, loadId }: DossierJob, entry: LedgerEntry, options: LoadOptions): Promise<void> {
  const isFolded = await matchOldCodes(store)
  await store.transaction(async () => {
    if (isFolded) await markCodes(store)
    const { kept, ...counts } = await mergeDossiers(store, providedColumns(mapping), dossierColumns(definitions), loadId)
    Object.assign(entry.counts, counts)
    entry.kept = (entry.kept ?? 0) + kept
    await store.run(`INSERT INTO rejected_row SELECT * FROM stage.rejected_row`)
    await writeLedger(store, loadId, entry, options.now)
  }, options.dryRun)
}

/**
 * A large first load is built in a file of its own, which then takes the place of the store: one rename, all or nothing. `file`: the stage's;
 * null where what must not be kept was ever in it: then a clean copy takes the place.
 */
async function adoptStage({ store, loadId }: DossierJob, entry: LedgerEntry, options: LoadOptions, file: string | null): Promise<void> {
  const current = await store.row<{ all: number; current: number }>(
    `SELECT count(*)::BIGINT AS "all", count(*) FILTER (ended_load_id IS NULL)::BIGINT AS current FROM stage.dossier_version`,
  )
  entry.counts.loaded = current!.current
  entry.counts.superseded = current!.all - current!.current
  await writeLedger(store, loadId, entry, options.now, 'stage')
  for (const table of (await tablesOf(store, 'stage')).keys()) {
    if (table !== 'meta' && table !== 'dossier_version') await store.run(`INSERT INTO stage.${table} SELECT * FROM ${table}`)
  }
  await markCodes(store, 'stage')
  if (file !== null) {
    await store.run(`ALTER TABLE stage.dossier_version DROP COLUMN problem; ALTER TABLE stage.dossier_version DROP COLUMN folded`)
    await store.run(`CHECKPOINT stage; CHECKPOINT; DETACH stage`)
  }
  store.replaceBy(file ?? (await store.copyStage()))
  await store.reopen()
}
