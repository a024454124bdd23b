import { ToolError } from '../errors.js'
import type { Definitions } from '../definitions/load.js'
import { tablesOf } from '../store/schema.js'
import type { Store } from '../store/store.js'
import { refuseBrokenCodes } from './broken-codes.js'
import { markCodes, matchOldCodes } from './codes.js'
import { refuseContradictedDates, refuseMisreadDates } from './date-check.js'
import { mergeDossiers } from './dossier-merge.js'
import { maskTexts, moveRejects } from './dossier-rejects.js'
import { dossierColumns, providedColumns } from './dossier-sql.js'
import { openStage, stageCarefully, stageInBulk, type DossierJob, type Staged } from './dossier-stage.js'
import type { Mapping } from '../reading/header.js'
import { leastOfResult, NEWEST_OF_FILE, RESULT_DATES } from './result-said.js'
import {
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
    ? await scanFile(sniffed, sniffed.bytes, headerEnd?.offset ?? 0, sniffed.delimiter)
    : null
  const same = scanned && (await findSameContent(store, scanned.sha256, fingerprint))
  if (same) return { loadId: null, counts: same.counts, hidden: null, road: 'known', told: {} }

  const isFirst = (await store.row(`SELECT 1 FROM dossier_version LIMIT 1`)) === undefined
  const size = textBytes(sniffed)
  const isOnDisk = size > (options.stageOnDiskAbove ?? (isFirst ? FIRST_LOAD_ON_DISK_ABOVE : LATER_LOAD_ON_DISK_ABOVE))
  const key = mapping.columns.some(({ id }) => id === SUBMITTER) ? hashKey(store.path, options.hashKey) : null
  const job: DossierJob = { store, sniffed, mapping, definitions, loadId: await nextLoadId(store), isOnDisk, key, now: options.now }
  await refuseMisreadDates(sniffed, mapping, definitions)
  try {
    const stageFile = await openStage(store, isOnDisk)
    const inBulk =
      headerEnd && sniffed.newline !== null && !options.careful && mapping.fillDown.length === 0
        ? await stageInBulk(job, headerEnd, scanned)
        : null
    const staged = inBulk ?? (await stageCarefully(job, scanned))
    await refuseContradictedDates(store, sniffed, mapping, staged.read)
    await refuseBrokenCodes(store, sniffed, mapping, staged)
    const { rejected, skipped: skippedReasons, isSoiled } = await moveRejects(job, staged, options)
    await options.onRead?.('stage.dossier_version')
    const masked = await maskTexts(job)
    const skipped = countAll(skippedReasons)
    const counts: RowCounts = { read: staged.read, loaded: 0, unchanged: 0, superseded: 0, rejected, skipped }
    const folded = (await store.row<{ n: number }>(`SELECT count(*) FILTER (folded)::BIGINT AS n FROM stage.dossier_version`))!.n
    const kept = await endDoubles(job)
    const told = await sharedCodes(job, staged.linesOf)
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
      told,
      kept: entry.kept,
      folded,
    }
  } finally {
    await store.detachStage()
  }
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

const SHOWN_CODES = 3

/** Codes of the file that have rows of different days of receipt: of one dossier, or of several that lost what told them apart. After endDoubles. */
async function sharedCodes({ store }: DossierJob, linesOf: Staged['linesOf']): Promise<Told> {
  if (!(await store.row('SELECT 1 FROM double_code LIMIT 1'))) return {}
  const shared = await store.rows<{ n: number; first: number; other: number }>(`
    SELECT count(*) OVER ()::BIGINT AS n, first, other FROM (
      SELECT min(rowid) AS first, min(rowid) FILTER (day <> first_day) AS other
      FROM (
        SELECT rowid, code, received_at::DATE AS day, first_value(received_at::DATE) OVER (PARTITION BY code ORDER BY rowid) AS first_day
        FROM stage.dossier_version WHERE hash(code) IN (SELECT code_hash FROM double_code) AND received_at IS NOT NULL)
      GROUP BY code)
    WHERE other IS NOT NULL ORDER BY first LIMIT ${SHOWN_CODES}`)
  if (shared.length === 0) return {}
  const lines = await linesOf(shared.flatMap(({ first, other }) => [first, other]))
  return { shared_codes: shared[0]!.n, shared_code_lines: shared.map((_, i) => lines.slice(2 * i, 2 * i + 2)) }
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
