import type { Definitions } from '../definitions/load.js'
import type { Store } from '../store/store.js'
import { csvRelation, stageDossiers } from './dossier-sql.js'
import type { Mapping } from './header.js'
import { readRows, type BrokenRow } from './rows.js'
import { linesOfRecords, scanFile, type Scan } from './scan.js'
import type { Sniffed } from './sniff.js'

/** One export on its way into a store. */
export interface DossierJob {
  store: Store
  sniffed: Sniffed
  mapping: Mapping
  definitions: Definitions
  loadId: number
  /** Whether the stage is a file of its own beside the store. */
  isOnDisk: boolean
}

/** What was staged: every row of the file is in `stage.dossier_version`, broken or blank. */
export interface Staged {
  read: number
  skipped: number
  broken: BrokenRow[]
  sha256: string
  /** The line a staged row is on, for the rows asked, in their order. */
  linesOf: (rowids: number[]) => Promise<number[]>
  road: 'bulk' | 'careful'
}

/** Opens an empty stage; returns its file, if it has one. */
export async function openStage(store: Store, isOnDisk: boolean): Promise<string | null> {
  const file = await store.attachStage(isOnDisk)
  await store.run(`ALTER TABLE stage.dossier_version ADD COLUMN problem VARCHAR`)
  return file
}

/** The engine's reader gave up on the file's form; any other error of it is a fault. */
const isCsvFault = (error: Error): boolean => /CSV (Error|Parser)|sniffing file|unicode|utf-8/i.test(error.message)

/**
 * The bulk road: the engine's parallel reader, checked by an independent count of the records. Null when the reader fails or the counts
 * disagree; the stage is then empty again.
 */
export async function stageInBulk(
  job: DossierJob,
  headerEnd: { offset: number; lines: number },
  known: Scan | null,
): Promise<Staged | null> {
  const { store, sniffed, mapping, definitions, loadId } = job
  const counting = known ? Promise.resolve(known) : scanFile(sniffed.file, sniffed.bytes, headerEnd.offset)
  counting.catch(() => undefined)
  const relation = csvRelation(sniffed, mapping.header.length, headerEnd.lines)
  const isStaged = await store.run(stageDossiers(relation, sniffed, mapping, definitions, loadId)).then(
    () => true,
    (error: Error) => {
      if (isCsvFault(error)) return false
      throw error
    },
  )
  const scan = await counting
  const rows = (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM stage.dossier_version`))!.n
  if (!isStaged || rows !== scan.records || scan.endsInsideQuote || scan.hasNul || scan.hasMixedEnds) {
    await store.detachStage(job.isOnDisk)
    await openStage(store, job.isOnDisk)
    return null
  }
  const isPlain = scan.embeddedNewlines === 0 && scan.blankLines === 0
  const firstLine = headerEnd.lines + 1
  return {
    read: scan.records + scan.blankLines,
    skipped: scan.blankLines,
    broken: [],
    sha256: scan.sha256,
    linesOf: async (rowids) =>
      isPlain
        ? rowids.map((rowid) => firstLine + rowid)
        : linesOfRecords(
            sniffed.file,
            headerEnd.offset,
            firstLine,
            rowids.map((rowid) => rowid + 1),
          ),
    road: 'bulk',
  }
}

/** Stands between the cells of a row on their way to the engine: one text a row is cheaper than one a cell. */
const SEPARATOR = '\u001f'

/** The careful road: row by row through csv-parse into a table of texts, then the same typing as the bulk road. */
export async function stageCarefully({ store, sniffed, mapping, definitions, loadId }: DossierJob, known: Scan | null): Promise<Staged> {
  const hashing = known ? Promise.resolve(known) : scanFile(sniffed.file, sniffed.bytes, 0)
  hashing.catch(() => undefined)
  const wanted = mapping.columns.map(({ index }) => index)
  await store.run(`CREATE TABLE stage.careful_row (line BIGINT, cells VARCHAR)`)
  const broken: BrokenRow[] = []
  const appender = await store.appender('careful_row', 'stage')
  const { rows, blank } = await readRows(sniffed, mapping, {
    row: (line, cells) => {
      let text = ''
      for (const index of wanted) {
        const cell = cells[index]!
        text += SEPARATOR + (cell.includes(SEPARATOR) ? cell.replaceAll(SEPARATOR, ' ') : cell)
      }
      appender.append(line, text)
    },
    broken: (row) => broken.push(row),
  }).finally(() => appender.close())
  const columns = wanted.map((index, i) => `nullif(cells[${i + 2}], '') AS c${index}`).join(', ')
  const relation = `(SELECT ${columns} FROM (SELECT string_split(cells, chr(31)) AS cells FROM stage.careful_row))`
  await store.run(stageDossiers(relation, sniffed, mapping, definitions, loadId))
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
