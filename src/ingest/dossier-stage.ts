import { rmSync, writeFileSync } from 'node:fs'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { maskPersonal } from '../language/personal.js'
import type { Definitions } from '../definitions/load.js'
import type { Store } from '../store/store.js'
import { csvRelation, FIND_OTHER_HEADER, SETTLE_NAMES, stageDossiers } from './dossier-sql.js'
import type { Mapping } from '../reading/header.js'
import { blankLines, countAll } from './ledger.js'
import { sortSql } from '../reading/list-rows.js'
import { SUBMITTER } from '../reading/personal-columns.js'
import { readRows, type RowReader, type BrokenRow } from '../reading/rows.js'
import { linesOfRecords, scanFile, type Scan } from '../reading/scan.js'
import type { Sniffed } from '../reading/sniff.js'
import { hashSubmitter } from './submitter.js'

/** One export on its way into a store. */
export interface DossierJob {
  store: Store
  sniffed: Sniffed
  mapping: Mapping
  definitions: Definitions
  loadId: number
  /** Whether the stage is a file of its own beside the store. */
  isOnDisk: boolean
  /** What submitters are hashed with; null where the file has none. */
  key: string | null
  /** The clock, `yyyy-MM-dd HH:mm:ss`. */
  now: string
}

/** What was staged: every row of the file is in `stage.dossier_version`, broken or skipped. */
export interface Staged {
  read: number
  /** Rows that were not staged, by reason. */
  skipped: Record<string, number>
  broken: BrokenRow[]
  /** Rows that a sheet hides. */
  hidden: number
  sha256: string
  /** The line a staged row is on, for the rows asked, in their order. */
  linesOf: (rowids: number[]) => Promise<number[]>
  road: 'bulk' | 'careful'
}

/** Opens an empty stage; returns its file, if it has one. */
export async function openStage(store: Store, isOnDisk: boolean): Promise<string | null> {
  const file = await store.attachStage(isOnDisk)
  await store.run(
    `ALTER TABLE stage.dossier_version ADD COLUMN problem VARCHAR; ALTER TABLE stage.dossier_version ADD COLUMN folded BOOLEAN`,
  )
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
  const counting = known ? Promise.resolve(known) : scanFile(sniffed, sniffed.bytes, headerEnd.offset, sniffed.delimiter)
  counting.catch(() => undefined)
  const columns = mapping.header.map((_, index) => index)
  const relation = csvRelation({ path: sniffed.path, delimiter: sniffed.delimiter, columns, headerLines: headerEnd.lines })
  const isStaged = await store
    .run(stageDossiers(relation, sniffed, mapping, definitions, loadId, { sort: sortSql(sniffed, mapping), key: job.key, now: job.now }))
    .then(
      () => true,
      (error: Error) => {
        if (isCsvFault(error)) return false
        throw error
      },
    )
  const scan = await counting
  const rows = (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM stage.dossier_version`))!.n
  if (
    !isStaged ||
    rows !== scan.records ||
    scan.endsInsideQuote ||
    scan.hasNul ||
    scan.hasInnerMark ||
    scan.hasMixedEnds ||
    mayHoldRows(scan, mapping.header.length) ||
    (await store.row(FIND_OTHER_HEADER)) !== undefined
  ) {
    await store.detachStage()
    await openStage(store, job.isOnDisk)
    return null
  }
  await store.run(SETTLE_NAMES)
  const isPlain = scan.embeddedNewlines === 0 && scan.blankLines === 0
  const firstLine = headerEnd.lines + 1
  return {
    read: scan.records + scan.blankLines,
    skipped: blankLines(scan.blankLines),
    broken: [],
    hidden: 0,
    sha256: scan.sha256,
    linesOf: async (rowids) =>
      isPlain
        ? rowids.map((rowid) => firstLine + rowid)
        : linesOfRecords(
            sniffed.path,
            headerEnd.offset,
            firstLine,
            rowids.map((rowid) => rowid + 1),
          ),
    road: 'bulk',
  }
}

/** Whether a quoted text may hold whole rows: the careful road tells. */
const mayHoldRows = (scan: Scan, columns: number): boolean => columns > 1 && scan.separatorsAcrossLines >= columns - 1

const isCodeColumn = (id: string, { kinds }: DossierJob['definitions']): boolean => kinds.dossiers.columns[id]!.type === 'code'

/* Days and times as nearly all are written: no number of a person. */
const PLAIN_TIME = /^(?:\d{1,2}\/\d{1,2}\/(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?$|^(?:19|20)\d{12}$/

/** A cell as it may be written to disk. */
const masked = (cell: string): string => (cell.length < 7 || PLAIN_TIME.test(cell) ? cell : maskPersonal(cell))

const PART = 8 << 20

/**
 * The careful road: row by row through csv-parse into clean CSV files of the mapped columns alone, which the engine's reader then can't
 * misread; it loads one part while the next is parsed, in one thread, so that the parser has a core to itself.
 */
export async function stageCarefully(
  { store, sniffed, mapping, definitions, loadId, key, now }: DossierJob,
  known: Scan | null,
): Promise<Staged> {
  const hashing = known ? Promise.resolve(known) : scanFile(sniffed, sniffed.bytes, 0)
  hashing.catch(() => undefined)
  const columns = [...new Set(mapping.columns.map(({ index }) => index))]
  const submitter = key === null ? -1 : mapping.columns.find(({ id }) => id === SUBMITTER)!.index
  const isCode = mapping.header.map((_, index) =>
    mapping.columns.some((column) => column.index === index && isCodeColumn(column.id, definitions)),
  )
  const broken: BrokenRow[] = []
  const lines = new LineIndex()
  const part = Buffer.allocUnsafe(2 * PART)
  let size = 0
  let longest = 0
  let parts = 0
  let loading = Promise.resolve()
  const loadPart = (): void => {
    const path = store.stagedRows(parts++)
    writeFileSync(path, part.subarray(0, size), { mode: 0o600 })
    const form = { path, delimiter: ',', columns, headerLines: 0, endsInLineFeed: true, ...(longest > PART / 16 ? { longest } : {}) }
    const statement = stageDossiers(csvRelation(form), sniffed, mapping, definitions, loadId, { now })
    loading = loading.then(() => store.run(statement)).finally(() => rmSync(path, { force: true }))
    loading.catch(() => undefined)
    size = longest = 0
  }
  const reader: RowReader = {
    row: (line, cells) => {
      lines.push(line)
      let text = ''
      let opening = '"'
      for (const index of columns) {
        const cell =
          index === submitter ? (hashSubmitter(cells[index]!, key!) ?? '') : isCode[index] ? cells[index]! : masked(cells[index]!)
        text += opening
        text += cell.includes('"') ? cell.replaceAll('"', '""') : cell
        opening = '","'
      }
      text += '"\n'
      const length = part.write(text, size)
      size += length
      longest = Math.max(longest, length)
      if (size > PART) loadPart()
    },
    broken: (row) => broken.push(row),
  }
  const readAll = async (): ReturnType<typeof readRows> => {
    const read = await readRows(sniffed, mapping, reader).finally(() => loading)
    if (size > 0) loadPart()
    await loading
    return read
  }
  const { rows, skipped, hidden } = await store.inOrder(readAll)
  const staged = (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM stage.dossier_version`))!.n
  if (staged !== rows - broken.length)
    throw new ToolError('internal', say('ingest.rows_lost', { read: rows - broken.length, arrived: staged }))
  return {
    read: rows + countAll(skipped),
    skipped,
    broken,
    hidden,
    sha256: (await hashing).sha256,
    linesOf: async (rowids) => rowids.map((rowid) => lines.of(rowid)),
    road: 'careful',
  }
}

/** The lines that rows start on, in little memory: only where they don't follow one another is kept. */
class LineIndex {
  private readonly rows: number[] = []
  private readonly lines: number[] = []
  private count = 0
  private next = -1

  push(line: number): void {
    if (line !== this.next) {
      this.rows.push(this.count)
      this.lines.push(line)
    }
    this.count++
    this.next = line + 1
  }

  /** The line of a row, numbered from 0. */
  of(row: number): number {
    let [low, high] = [0, this.rows.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.rows[middle]! <= row) low = middle
      else high = middle - 1
    }
    return this.lines[low]! + row - this.rows[low]!
  }
}
