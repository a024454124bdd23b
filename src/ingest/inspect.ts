import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Definitions } from '../definitions/load.js'
import type { ToolError } from '../errors.js'
import { clean } from '../language/fold.js'
import { maskPersonal } from '../language/personal.js'
import type { Mapping } from '../reading/header.js'
import type { Sniffed } from '../reading/sniff.js'
import { copyStore } from '../store/copy.js'
import { identifier, Store } from '../store/store.js'
import { loadRegistry } from '../units/registry.js'
import { findUnknownUnits, type UnknownUnit } from '../units/unknown.js'
import { dateShapes } from './date-shapes.js'
import { undoLoad } from './undo.js'
import { ingestFiles, type FileResult, type IngestOptions, type Listener } from './ingest.js'

/** Rows that are rejected for one reason. `example`: the first such cell, without what identifies a person. */
export interface RejectGroup {
  reason: string
  column: string | null
  header: string | null
  rows: number
  example: { line: number; text: string | null } | null
}

/** A text of a column that is none of the words known there. */
export interface UnknownWord {
  column: string
  header: string | null
  text: string
  rows: number
}

/** The days that the rows of a column say, and how its first cells are written, the most frequent first. */
export interface DatesSeen {
  column: string
  header: string
  from: string | null
  to: string | null
  formats: string[]
}

/** What loading a file would come to. `sniffed` and `mapping` are null where the file is refused by what it is. */
export interface Inspection {
  result: FileResult
  sniffed: Sniffed | null
  mapping: Mapping | null
  skipped: Record<string, number>
  rejects: RejectGroup[]
  words: UnknownWord[]
  dates: DatesSeen[]
}

export interface InspectOptions extends Omit<IngestOptions, 'dryRun' | 'onTooManyRejects' | 'onRead'> {
  /** The store that the files would be loaded into; it is only read. */
  store: string
  memory: string
  province: string | null
}

export interface Inspections {
  files: Inspection[]
  /** Units of the dossiers in these files that the registry does not know. */
  units: UnknownUnit[]
  /** What of the store the files were held against. */
  compared: 'all' | 'but_dossiers' | 'nothing'
}

const WORDS = 12
const WORD_REASONS = ['unknown_value', 'unknown_metric']

/**
 * Loads files as ingestFiles does, into a store of a temporary folder that holds what the real one does, and says what came of it: the same
 * code, so that looking and loading can't disagree. A file with too many rejected rows is read to the end; its result carries the error that
 * loading would end with.
 */
export async function inspectFiles(
  files: readonly string[],
  definitions: Definitions,
  options: InspectOptions,
  listener: Listener = {},
): Promise<Inspections> {
  const folder = mkdtempSync(join(tmpdir(), 'cchc-inspect-'))

  const store = await Store.open(join(folder, 'inspected.duckdb'), { memory: options.memory })
  try {
    const compared = await copyStore(store, options.store)
    const first = (await store.row<{ id: number }>('SELECT coalesce(max(load_id), 0) + 1 AS id FROM load'))!.id
    const looked = new Map<string, { sniffed: Sniffed; mapping: Mapping }>()
    const refusals = new Map<string, ToolError>()
    const seen = new Map<string, Seen>()
    const dates = new Map<string, DatesSeen[]>()
    const read = async (file: string, relation: string): Promise<void> => {
      const { sniffed, mapping } = looked.get(file)!
      dates.set(file, await datesOf(store, relation, sniffed, mapping, definitions))
    }
    const loaded = async ({ file, loadId }: FileResult): Promise<void> => {
      if (loadId === null) return
      seen.set(file, await look(store, loadId))
      if (refusals.has(file)) await undoLoad(store, loadId)
    }
    const results = await ingestFiles(
      store,
      files,
      definitions,
      { ...options, dryRun: false, onTooManyRejects: (refusal) => refusals.set(refusal.place!.file!, refusal) },
      { ...listener, read, loaded, looked: (file, sniffed, mapping) => looked.set(file, { sniffed, mapping }) },
    )
    const inspections = results.map((result) => {
      const { sniffed = null, mapping = null } = looked.get(result.file) ?? {}
      const refusal = refusals.get(result.file)
      const judged: FileResult = { ...result, loadId: null, ...(refusal ? { status: 'refused', error: refusal } : {}) }
      return { result: judged, sniffed, mapping, ...(seen.get(result.file) ?? NOTHING), dates: dates.get(result.file) ?? [] }
    })
    const units = await findUnknownUnits(store, await loadRegistry(store, definitions, options.province), first)
    return { files: inspections, units, compared }
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Seen = Pick<Inspection, 'skipped' | 'rejects' | 'words'>
const NOTHING: Seen = { skipped: {}, rejects: [], words: [] }

async function look(store: Store, loadId: number): Promise<Seen> {
  const of = { loadId }
  const source = await store.row<{ skipped: string }>(`SELECT skipped_reasons AS skipped FROM load_source WHERE load_id = $loadId`, of)
  const groups = await store.rows<Omit<RejectGroup, 'example'> & { line: number; text: string | null }>(
    `SELECT reason, column_id AS "column", header, count(*)::BIGINT AS rows, min(line) AS line, min_by(text, line) AS text
     FROM rejected_row WHERE load_id = $loadId GROUP BY ALL ORDER BY rows DESC, reason, "column"`,
    of,
  )
  const words = await store.rows<UnknownWord>(
    `SELECT column_id AS "column", header, text, count(*)::BIGINT AS rows FROM rejected_row
     WHERE load_id = $loadId AND text IS NOT NULL AND reason IN (${WORD_REASONS.map((reason) => `'${reason}'`).join(', ')})
     GROUP BY ALL ORDER BY rows DESC, text LIMIT ${WORDS}`,
    of,
  )
  return {
    skipped: JSON.parse(source!.skipped) as Record<string, number>,
    rejects: groups.map(({ line, text, ...group }) => ({ ...group, example: { line, text: text && maskPersonal(text) } })),
    words: words.map((word) => ({ ...word, text: maskPersonal(word.text) })),
  }
}

async function datesOf(store: Store, relation: string, sniffed: Sniffed, mapping: Mapping, definitions: Definitions): Promise<DatesSeen[]> {
  const { columns: known } = definitions.kinds[mapping.kind]
  const columns = mapping.columns.filter(({ id }) => ['time', 'date'].includes(known[id]!.type))
  if (columns.length === 0) return []
  const spans = columns.flatMap(({ id }) => [
    `min(${identifier(id)})::DATE::VARCHAR AS ${identifier(`${id} from`)}`,
    `max(${identifier(id)})::DATE::VARCHAR AS ${identifier(`${id} to`)}`,
  ])
  const found = await store.row<Record<string, string | null>>(`SELECT ${spans.join(', ')} FROM ${relation}`)
  const rows = sniffed.head.slice(mapping.headerRecord + 1)
  return columns.map(({ id, header, index }) => ({
    column: id,
    header,
    from: found![`${id} from`] ?? null,
    to: found![`${id} to`] ?? null,
    formats: dateShapes(rows.map(({ cells }) => clean(cells[index] ?? ''))),
  }))
}
