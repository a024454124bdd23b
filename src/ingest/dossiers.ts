import { renameSync } from 'node:fs'

import { ToolError } from '../errors.js'
import type { Definitions } from '../definitions/load.js'
import { removeDatabase, type Store } from '../store/store.js'
import { mergeDossiers } from './dossier-merge.js'
import { csvRelation, dossierColumns, providedColumns, stageDossiers } from './dossier-sql.js'
import type { Mapping } from './header.js'
import {
  blankLines,
  checkRejects,
  definitionsFingerprint,
  findSameContent,
  mayBeLoadedAlready,
  nextLoadId,
  writeLedger,
  type RowCounts,
} from './ledger.js'
import { readRows, type BrokenRow } from './rows.js'
import { linesOfRecords, scanFile, type Scan } from './scan.js'
import type { Sniffed } from './sniff.js'

export interface LoadOptions {
  /** Largest share of rejected rows, as a fraction. */
  maxRejects: number
  dryRun: boolean
  /** The clock, `yyyy-MM-dd HH:mm:ss`. */
  now: string
  /** Whether every file goes the careful road: for tests and doubtful files. */
  careful: boolean
}

/** The engine's reader gave up on the file's form; any other error of it is a fault. */
const isCsvFault = (error: Error): boolean => /CSV (Error|Parser)|sniffing file|unicode|utf-8/i.test(error.message)

export interface LoadOutcome {
  loadId: number | null
  counts: RowCounts
  road: 'bulk' | 'careful' | 'known'
}

interface Staged {
  read: number
  skipped: number
  broken: BrokenRow[]
  sha256: string
  /** The line a staged row is on, for the rows asked. */
  linesOf: (rowids: number[]) => Promise<number[]>
  road: 'bulk' | 'careful'
}

const FIRST_LOAD_ON_DISK_ABOVE = 32 << 20
const LATER_LOAD_ON_DISK_ABOVE = 1 << 30

/** Loads one dossier export: all of it in one step, or nothing. */
export async function loadDossiers(
  store: Store,
  sniffed: Sniffed,
  mapping: Mapping,
  definitions: Definitions,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const fingerprint = definitionsFingerprint(definitions, mapping.layout)
  const headerEnd = sniffed.endOfRecord(mapping.headerRecord)
  const scanned = (await mayBeLoadedAlready(store, sniffed.bytes))
    ? await scanFile(sniffed.file, sniffed.bytes, headerEnd?.offset ?? 0)
    : null
  const same = scanned && (await findSameContent(store, scanned.sha256, fingerprint))
  if (same) return { loadId: null, counts: same.counts, road: 'known' }

  const loadId = await nextLoadId(store)
  const isFirst = (await store.row(`SELECT 1 FROM dossier_version LIMIT 1`)) === undefined
  const columns = dossierColumns(definitions)
  const stageFile = await openStage(isFirst ? sniffed.bytes > FIRST_LOAD_ON_DISK_ABOVE : sniffed.bytes > LATER_LOAD_ON_DISK_ABOVE)
  try {
    const staged =
      (headerEnd && sniffed.newline !== null && !options.careful ? await stageInBulk(headerEnd, scanned) : null) ??
      (await stageCarefully(scanned))
    const rejected = await moveRejects(staged)
    const counts: RowCounts = { read: staged.read, loaded: 0, unchanged: 0, superseded: 0, rejected, skipped: staged.skipped }
    const entry = {
      sniffed,
      mapping,
      sha256: staged.sha256,
      fingerprint,
      counts,
      columns: providedColumns(mapping),
      skippedReasons: blankLines(staged.skipped),
    }
    await endDoubles()
    if (isFirst && stageFile && !options.dryRun) {
      counts.superseded = (await store.row<{ n: number }>(
        `SELECT count(*)::BIGINT AS n FROM stage.dossier_version WHERE ended_load_id IS NOT NULL`,
      ))!.n
      counts.loaded = (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM stage.dossier_version`))!.n - counts.superseded
      await writeLedger(store, loadId, entry, options.now, 'stage')
      await adoptStage(stageFile)
    } else {
      await promote(counts, entry)
    }
    return { loadId: options.dryRun ? null : loadId, counts, road: staged.road }
  } finally {
    await store.detachStage(stageFile).catch(() => undefined)
  }

  async function openStage(onDisk: boolean): Promise<string | null> {
    const file = await store.attachStage(onDisk)
    await store.run(`ALTER TABLE stage.dossier_version ADD COLUMN problem VARCHAR`)
    return file
  }

  /** The engine's parallel reader; null when it fails or an independent count disagrees, and then nothing is staged. */
  async function stageInBulk(end: { offset: number; lines: number }, known: Scan | null): Promise<Staged | null> {
    const counting = known ? Promise.resolve(known) : scanFile(sniffed.file, sniffed.bytes, end.offset)
    counting.catch(() => undefined)
    const relation = csvRelation(sniffed, mapping.header.length, end.lines)
    const isStaged = await store.run(stageDossiers(relation, sniffed, mapping, definitions, loadId)).then(
      () => true,
      (error: Error) => {
        if (isCsvFault(error)) return false
        throw error
      },
    )
    const scan = await counting
    const rows = (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM stage.dossier_version`))!.n
    if (!isStaged || rows !== scan.records || scan.endsInsideQuote || scan.hasNul) {
      await store.run(`DELETE FROM stage.dossier_version`)
      await store.detachStage(stageFile)
      await openStage(stageFile !== null)
      return null
    }
    const isPlain = scan.embeddedNewlines === 0 && scan.blankLines === 0
    return {
      read: scan.records + scan.blankLines,
      skipped: scan.blankLines,
      broken: [],
      sha256: scan.sha256,
      linesOf: async (rowids) =>
        isPlain
          ? rowids.map((rowid) => end.lines + 1 + rowid)
          : linesOfRecords(
              sniffed.file,
              end.offset,
              end.lines + 1,
              rowids.map((rowid) => rowid + 1),
            ),
      road: 'bulk',
    }
  }

  async function stageCarefully(known: Scan | null): Promise<Staged> {
    const hashing = known ? Promise.resolve(known) : scanFile(sniffed.file, sniffed.bytes, 0)
    hashing.catch(() => undefined)
    const wanted = mapping.columns.map(({ index }) => index)
    await store.run(`CREATE TABLE stage.careful_row (line BIGINT, ${wanted.map((index) => `c${index} VARCHAR`).join(', ')})`)
    const broken: BrokenRow[] = []
    let batch: (string | number | null)[][] = []
    const { rows, blank } = await readRows(sniffed, mapping, wanted, {
      row: (line, cells) => batch.push([line, ...cells]),
      broken: (row) => broken.push(row),
      drain: async () => {
        if (batch.length === 0) return
        await store.append('careful_row', batch, 1, 'stage')
        batch = []
      },
    })
    await store.run(stageDossiers('stage.careful_row', sniffed, mapping, definitions, loadId))
    return {
      read: rows + blank,
      skipped: blank,
      broken,
      sha256: (await hashing).sha256,
      linesOf: async (rowids) => {
        const found = await store.rows<{ line: number }>(
          `SELECT line FROM stage.careful_row WHERE rowid IN (${rowids.join(', ')}) ORDER BY rowid`,
        )
        return found.map(({ line }) => line)
      },
      road: 'careful',
    }
  }

  /** Takes the rows with a problem out of the staged ones and into the rejected ones, with their lines. Returns how many. */
  async function moveRejects(staged: Staged): Promise<number> {
    if (staged.read === staged.skipped) {
      throw new ToolError('no_rows', 'there is a header, but no rows under it', {
        place: { file: sniffed.file },
        hint: 'export it again, with the dossiers of the period',
      })
    }
    const reasons = await store.rows<{ reason: string; column: string; n: number }>(
      `SELECT split_part(problem, chr(31), 2) AS reason, split_part(problem, chr(31), 1) AS "column", count(*)::BIGINT AS n
       FROM stage.dossier_version WHERE problem IS NOT NULL GROUP BY ALL`,
    )
    const rejected = reasons.reduce((sum, { n }) => sum + n, 0) + staged.broken.length
    checkRejects(
      [...reasons, ...staged.broken.map(({ reason, column }) => ({ reason, column, n: 1 }))],
      { read: staged.read - staged.skipped, rejected },
      options.maxRejects,
      sniffed.file,
    )
    if (rejected === 0) return 0
    const headerOf = new Map(mapping.columns.map(({ id, header }) => [id, header]))
    const bad = await store.rows<{ rowid: number; problem: string }>(
      `SELECT rowid, problem FROM stage.dossier_version WHERE problem IS NOT NULL ORDER BY rowid`,
    )
    const lines = bad.length > 0 ? await staged.linesOf(bad.map(({ rowid }) => rowid)) : []
    const rows = bad.map(({ problem }, i) => {
      const [column = '', reason = '', ...text] = problem.split('\u001f')
      return [loadId, lines[i]!, column, headerOf.get(column) ?? null, text.join(''), reason]
    })
    const brokenRows = staged.broken.map(({ line, column, text, reason }) => [loadId, line, null, column, text, reason])
    await store.run(
      `CREATE TABLE stage.reject (load_id BIGINT, line BIGINT, column_id VARCHAR, header VARCHAR, text VARCHAR, reason VARCHAR)`,
    )
    await store.append('reject', [...rows, ...brokenRows], 2, 'stage')
    await store.run(`INSERT INTO stage.rejected_row SELECT * FROM stage.reject ORDER BY line`)
    await store.run(`DROP TABLE stage.reject`)
    await store.run(`DELETE FROM stage.dossier_version WHERE problem IS NOT NULL`)
    return rejected
  }

  /** Of rows with the same code in this file the latest stays current: by update time, else the lower one. */
  async function endDoubles(): Promise<void> {
    await store.run(
      `CREATE OR REPLACE TEMP TABLE double_code AS SELECT hash(code) AS code_hash FROM stage.dossier_version GROUP BY 1 HAVING count(*) > 1`,
    )
    if (!(await store.row('SELECT 1 FROM double_code LIMIT 1'))) return
    await store.run(`
      UPDATE stage.dossier_version SET ended_load_id = ${loadId} WHERE rowid IN (
        SELECT row_id FROM (
          SELECT rowid AS row_id, row_number() OVER (PARTITION BY code ORDER BY updated_at DESC NULLS LAST, rowid DESC) AS rank
          FROM stage.dossier_version WHERE hash(code) IN (SELECT code_hash FROM double_code))
        WHERE rank > 1)`)
  }

  async function promote(counts: RowCounts, entry: Parameters<typeof writeLedger>[2]): Promise<void> {
    await store.run('BEGIN')
    try {
      Object.assign(counts, await mergeDossiers(store, providedColumns(mapping), columns, loadId))
      await store.run(`INSERT INTO rejected_row SELECT * FROM stage.rejected_row`)
      await writeLedger(store, loadId, entry, options.now)
      await store.run(options.dryRun ? 'ROLLBACK' : 'COMMIT')
    } catch (error) {
      await store.run('ROLLBACK').catch(() => undefined)
      throw error
    }
    if (!options.dryRun) await store.run('CHECKPOINT')
  }

  /** A large first load is built in a file of its own, which then takes the place of the store: one rename, all or nothing. */
  async function adoptStage(file: string): Promise<void> {
    for (const table of ['load', 'load_source', 'rejected_row', 'survey_answer_version', 'unit_version', 'target_version']) {
      await store.run(`INSERT INTO stage.${table} SELECT * FROM ${table}`)
    }
    await store.run(`DROP TABLE IF EXISTS stage.careful_row; ALTER TABLE stage.dossier_version DROP COLUMN problem`)
    await store.run(`CHECKPOINT stage; CHECKPOINT`)
    await store.run('DETACH stage')
    renameSync(file, store.path)
    removeDatabase(file)
    store.close()
    await store.reopen()
  }
}
