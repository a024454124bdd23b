import { ToolError } from '../errors.js'
import { say, type Message } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import { reasonWords } from '../language/labels.js'
import { maskPersonal } from '../language/personal.js'
import { identifier, type Store } from '../store/store.js'
import type { LoadOptions, LoadOutcome } from './dossiers.js'
import type { Told } from './told.js'
import type { Mapping } from '../reading/header.js'
import {
  checkRejects,
  countAll,
  definitionsFingerprint,
  findSameContent,
  nextLoadId,
  writeLedger,
  type RejectedRow,
  type RejectTally,
} from './ledger.js'
import { refuseMisreadDates } from './date-check.js'
import { rowCells, type RowCells } from './row-cells.js'
import { readRows } from '../reading/rows.js'
import { scanFile } from '../reading/scan.js'
import type { Sniffed } from '../reading/sniff.js'

/** One fact of a small kind (survey answer, target, unit): canonical texts by column, and the key that identifies it across files. */
export interface FactRecord {
  key: string
  values: Record<string, string | null>
}

export interface RecordReject {
  column: string | null
  text: string | null
  reason: string
  /** What to write instead, when the tool knows. */
  hint?: Message
}

/** The cells of a column that say something, in the order of the rows. */
export interface ColumnTexts {
  id: string
  texts: readonly string[]
}

/** How rows of one kind become facts; `read` returns the row's facts (none: nothing said), why it has none, or what is wrong with it. */
export interface RecordReader {
  table: string
  /** Columns of the version table after its key, with their SQL types. */
  columns: Record<string, string>
  read: (
    cell: (id: string) => string | null,
    item: (position: number) => string | null,
    line: number,
  ) => FactRecord[] | RecordReject | { skip: string }
  /** Sees all cells of each column, before the first row is read: how its numbers are written shows only there. */
  look?: (columns: readonly ColumnTexts[]) => void
  /** What was told of the rows besides what became of them, by what it is. */
  told?: () => Told
  /** Facts that only the whole file tells, with the line that told them first. */
  conclude?: () => (FactRecord & { line: number })[]
  /** Problems that only the whole file shows, by line. */
  finish?: () => { line: number; reject: RecordReject }[]
}

/** Loads a file of a small kind: row by row, each fact a new version where it differs from the one known under its key. */
export async function loadRecords(
  store: Store,
  sniffed: Sniffed,
  mapping: Mapping,
  definitions: Definitions,
  reader: RecordReader,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const fingerprint = definitionsFingerprint(definitions, mapping, sniffed, options.period)
  const { sha256 } = await scanFile(sniffed, sniffed.bytes, 0)
  const same = await findSameContent(store, sha256, fingerprint)
  if (same) return { loadId: null, counts: same.counts, hidden: null, road: 'known', told: {} }

  await refuseMisreadDates(sniffed, mapping, definitions)
  const { facts, rejected, rows, read, skipped, hidden } = await readFacts(sniffed, mapping, definitions, reader)
  if (rows === 0) throw new ToolError('no_rows', say('ingest.no_rows'), { place: { file: sniffed.file }, hint: say('ingest.export_again') })
  await checkRejects(rejected.map(tally), rows, options, sniffed.file, () => refuseMisreadDates(sniffed, mapping, definitions, true))
  const loadId = await nextLoadId(store)
  const counts = { read, loaded: 0, unchanged: 0, superseded: 0, rejected: rejected.length, skipped: countAll(skipped) }
  await store.transaction(async () => {
    Object.assign(counts, await promoteRecords(store, reader, facts, loadId, options.onRead))
    await store.run(
      `CREATE OR REPLACE TEMP TABLE reject (load_id BIGINT, line BIGINT, column_id VARCHAR, header VARCHAR, text VARCHAR, reason VARCHAR)`,
    )
    const rejects = rejected.map(({ line, column, header, text, reason }) => [loadId, line, column, header, text, reason])
    await store.append('reject', rejects, 2, 'temp')
    await store.run(`INSERT INTO rejected_row SELECT * FROM reject ORDER BY line`)
    const columns = [...mapping.columns.map(({ id }) => id), ...Object.keys(mapping.layout?.constants ?? {})]
    await writeLedger(store, loadId, { sniffed, mapping, sha256, fingerprint, counts, columns, skippedReasons: skipped }, options.now)
  }, options.dryRun)
  return { loadId: options.dryRun ? null : loadId, counts, hidden, road: 'careful', told: reader.told?.() ?? {} }
}

interface ReadFacts {
  facts: (FactRecord & { line: number })[]
  rejected: (RejectedRow & { hint?: Message | undefined })[]
  /** Rows that are entries of the list, and all rows. */
  rows: number
  read: number
  /** Rows that a sheet hides. */
  hidden: number
  /** Rows that say nothing, by reason. */
  skipped: Record<string, number>
}

/** A rejected row of a small file is shown as it is: there are few. */
function tally({ line, column, header, text, reason, hint }: ReadFacts['rejected'][number]): RejectTally {
  const why = hint ? say('ingest.reason_and_hint', { reason: reasonWords(reason), hint }) : reasonWords(reason)
  const said = { line: String(line), column: header ?? column ?? say('ingest.row'), reason: why }
  const example = text === null ? say('ingest.line_is_empty', said) : say('ingest.line_says', { ...said, text })
  const words = reason === 'unknown_value' && text !== null ? [{ text, n: 1 }] : []
  return { reason, column, header, words, n: 1, example }
}

async function readFacts(sniffed: Sniffed, mapping: Mapping, definitions: Definitions, reader: RecordReader): Promise<ReadFacts> {
  const headerOf = (column: string | null): string | null => mapping.columns.find(({ id }) => id === column)?.header ?? column
  const cellsOf = rowCells(mapping, definitions, sniffed)
  const result: Omit<ReadFacts, 'rows' | 'read' | 'hidden'> = {
    facts: [],
    rejected: [],
    skipped: Object.create(null) as ReadFacts['skipped'],
  }
  const reject = (line: number, { column, text, reason, hint }: RecordReject): void => {
    result.rejected.push({ line, column, header: headerOf(column), text: text && maskPersonal(text), reason, hint })
  }
  const skip = (reason: string, n = 1): void => {
    result.skipped[reason] = (result.skipped[reason] ?? 0) + n
  }
  const use = (line: number, row: RowCells): void => {
    const outcome = reader.read(row.cell, row.item, line)
    if ('skip' in outcome) return skip(outcome.skip)
    if (!Array.isArray(outcome)) return reject(line, outcome)
    if (outcome.length === 0) skip('no answer')
    for (const fact of outcome) result.facts.push({ ...row.known(fact), line })
  }
  const waiting: { line: number; row: RowCells }[] = []
  const { rows, skipped, hidden } = await readRows(sniffed, mapping, {
    row: (line, cells) => {
      const row = cellsOf(reader.look ? [...cells] : cells)
      if ('reason' in row) return reject(line, row)
      if (reader.look) waiting.push({ line, row })
      else use(line, row)
    },
    broken: ({ line, column, text, reason }) => reject(line, { column, text, reason }),
  })
  reader.look?.(mapping.columns.map(({ id }) => ({ id, texts: waiting.flatMap(({ row }) => row.cell(id) ?? []) })))
  for (const { line, row } of waiting) use(line, row)
  const late = new Map(reader.finish?.().map(({ line, reject: problem }) => [line, problem]) ?? [])
  result.facts = [...result.facts, ...(reader.conclude?.() ?? [])].filter(({ line }) => !late.has(line))
  for (const [line, problem] of late) reject(line, problem)
  result.rejected.sort((a, b) => a.line - b.line)
  for (const [reason, n] of Object.entries(skipped)) skip(reason, n)
  return { ...result, rows, hidden, read: rows + countAll(skipped) }
}

/** Versions of the facts, by key: a row counts as loaded when any of its facts is new or changed. */
async function promoteRecords(
  store: Store,
  reader: RecordReader,
  facts: ReadFacts['facts'],
  loadId: number,
  onRead: LoadOptions['onRead'],
): Promise<{ loaded: number; unchanged: number; superseded: number }> {
  const names = Object.keys(reader.columns)
  const typed = names.map((name) => `CAST(${identifier(name)} AS ${reader.columns[name]}) AS ${identifier(name)}`).join(', ')
  await store.run(
    `CREATE OR REPLACE TEMP TABLE record_text (line BIGINT, key VARCHAR, ${names.map((name) => `${identifier(name)} VARCHAR`).join(', ')})`,
  )
  await store.append(
    'record_text',
    facts.map(({ line, key, values }) => [line, key, ...names.map((name) => values[name] ?? null)]),
    1,
    'temp',
  )
  const same = names.map((name) => `r.${identifier(name)} IS NOT DISTINCT FROM v.${identifier(name)}`).join(' AND ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE record AS
    SELECT r.*, v.row_id AS old_row, v.load_id AS said_by,
      CASE WHEN r.rank > 1 THEN 'superseded' WHEN v.row_id IS NOT NULL AND ${same} THEN 'unchanged' ELSE 'loaded' END AS outcome
    FROM (SELECT line, key, ${typed}, row_number() OVER (PARTITION BY key ORDER BY line DESC, rowid DESC) AS rank FROM record_text) r
    LEFT JOIN (SELECT rowid AS row_id, * FROM ${reader.table} WHERE ended_load_id IS NULL) v ON v.key = r.key`)
  await onRead?.('record')
  await store.run(
    `UPDATE ${reader.table} SET ended_load_id = ${loadId} WHERE rowid IN (SELECT old_row FROM record WHERE outcome = 'loaded')`,
  )
  await store.run(`
    INSERT INTO ${reader.table}
    SELECT key, ${names.map(identifier).join(', ')}, ${loadId}, CASE WHEN outcome = 'superseded' THEN ${loadId} END
    FROM record WHERE outcome <> 'unchanged' ORDER BY line`)
  await store.run(`INSERT INTO unchanged_fact SELECT ${loadId}, key, said_by, false FROM record WHERE outcome = 'unchanged' ORDER BY line`)
  const counts = await store.rows<{ outcome: string; n: number }>(
    `SELECT outcome, count(*)::BIGINT AS n FROM (SELECT line, min(outcome) AS outcome FROM record GROUP BY line) GROUP BY outcome`,
  )
  const of = (outcome: string): number => counts.find((one) => one.outcome === outcome)?.n ?? 0
  return { loaded: of('loaded'), unchanged: of('unchanged'), superseded: of('superseded') }
}
