import { existsSync } from 'node:fs'

import { ToolError, type Source } from '../errors.js'
import { listed, say } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Layout } from '../definitions/schema.js'
import type { Store } from '../store/store.js'
import { byNewestDay } from './file-order.js'
import { loadDossiers, textBytes, type LoadOptions, type LoadOutcome } from './dossiers.js'
import { recognise, recognition, type Mapping } from '../reading/header.js'
import { settleFillDown } from '../reading/merged-copy.js'
import { hiddenParts, type Hidden } from '../reading/hidden.js'
import type { Dates } from '../reading/date-evidence.js'
import type { Encoding } from '../reading/decode.js'
import type { RowCounts } from './ledger.js'
import { indicatorReader } from './indicators.js'
import { lackingColumns } from './lacking.js'
import { sheetMissing } from '../reading/layout.js'
import { keepHash, SUBMITTER } from '../reading/personal-columns.js'
import { loadRecords } from './records.js'
import { sniff, type Sniffed } from '../reading/sniff.js'
import type { Told } from './told.js'
import { surveyReader } from './survey.js'
import { targetReader } from './targets.js'
import { readTitle } from '../reading/title.js'
import { unreadColumns, type UnreadColumn } from '../reading/unread.js'
import { unitAliasReader } from './unit-aliases.js'
import { unitChangeReader } from './unit-changes.js'
import { nameAtLevel, unitReader, type KnownUnits } from './unit-registry.js'

export interface IngestOptions extends LoadOptions {
  /** Where relative names of files are seen from; absent: the folder of the process. */
  folder?: string
  kind?: Kind
  /** A layout's id, or a layout read from a file. */
  layout?: string | Layout
  /** What the user says the text is written in. */
  encoding?: Encoding
  /** The sheet of a workbook. */
  sheet?: string
  /** The header of the personal column of which a keyed hash is kept. */
  keepHash?: string
  /** Headers of the columns whose empty cells say what stands above them, with commas between them; `none`. */
  fillDown?: string
  /** How the days of the files are to be read, where day and month are not as they stand. */
  dates?: Dates
}

/** What became of one file: loaded, unchanged (its content was known), or refused with an error and nothing of it loaded. */
export interface FileResult {
  file: string
  status: 'loaded' | 'unchanged' | 'refused'
  kind: Kind | null
  layout: string | null
  encoding: string | null
  sheet: string | null
  /** What the sheet of a workbook hides; null where none was read. */
  hidden: Hidden | null
  delimiter: string | null
  loadId: number | null
  counts: RowCounts
  /** Rows of dossiers that would have taken a result back: it was kept. */
  kept: number
  /** Rows of dossiers whose code was written otherwise than it is kept. */
  folded: number
  personal: string[]
  ignored: string[]
  told: Told
  /** Columns that are not read, with what they look like. */
  unread: UnreadColumn[]
  /** Columns that earlier files of the kind had and this one lacks. */
  lacking: string[]
  error: ToolError | null
}

/** Hears of each file: when it was looked at, and before it is loaded. */
export interface Listener {
  /** Hears what became of a file, before the next one is loaded. */
  loaded?: (result: FileResult) => Promise<void>
  /** Hears of the rows of a file that are facts, a relation of the store, before they meet what is known. */
  read?: (file: string, relation: string) => Promise<void>
  looked?: (file: string, sniffed: Sniffed, mapping: Mapping) => void
  starts?: (file: string, index: number) => void
}

const NONE: RowCounts = { read: 0, loaded: 0, unchanged: 0, superseded: 0, rejected: 0, skipped: 0 }
const ORDER: Kind[] = ['units', 'unit_changes', 'unit_aliases', 'targets', 'dossiers', 'survey', 'indicators']

/** A file looked at: how it would be read, without reading its rows. Throws what would refuse it. */
export async function inspectFile(
  file: string,
  definitions: Definitions,
  wanted: Pick<IngestOptions, 'folder' | 'kind' | 'layout' | 'encoding' | 'sheet' | 'fillDown' | 'dates'> = {},
): Promise<{ sniffed: Sniffed; mapping: Mapping }> {
  const layout = typeof wanted.layout === 'string' ? layoutById(wanted.layout, definitions) : wanted.layout
  const how = { ...(wanted.kind ? { kind: wanted.kind } : {}), ...(layout ? { layout } : {}), sheet: wanted.sheet }
  const sheet = wanted.sheet ?? layout?.sheet
  const sniffed = await sniff(file, { ...wanted, sheet }, (one) => recognition(one, definitions, how)).catch((error: unknown) => {
    throw layout && wanted.sheet === undefined ? sheetMissing(layout, error) : error
  })
  const mapping = await settleFillDown(recognise(sniffed, definitions, how), sniffed, wanted.fillDown)
  return { sniffed, mapping: wanted.dates ? { ...mapping, dates: wanted.dates } : mapping }
}

/**
 * Loads files, each in a transaction of its own: registry and plan first, whatever their order, and dossiers by the days in them. One that
 * is refused leaves the others loaded; so does an interrupt of the store, which refuses the file under way and those after it. Returns the results in the order of the files.
 */
export async function ingestFiles(
  store: Store,
  files: readonly string[],
  definitions: Definitions,
  options: IngestOptions,
  { looked: hasLooked, loaded: hasLoaded, read, starts }: Listener = {},
): Promise<FileResult[]> {
  const results = new Map<string, FileResult>()
  const looked: { file: string; sniffed: Sniffed; mapping: Mapping }[] = []
  const refuse = (file: string, error: unknown, mapping?: Mapping): void => {
    if (!(error instanceof ToolError) || error.code === 'internal') throw error
    const result = { ...describe(file, mapping), status: 'refused' as const, error }
    results.set(file, result)
  }
  for (const file of new Set(files)) {
    try {
      const one = { file, ...(await inspectFile(file, definitions, options)) }
      looked.push(one)
      hasLooked?.(file, one.sniffed, one.mapping)
    } catch (error) {
      refuse(file, error)
    }
  }
  if (options.keepHash !== undefined) keepHashes(looked, options.keepHash)
  const ordered: typeof looked = []
  for (const kind of ORDER) {
    const files = looked.filter(({ mapping }) => mapping.kind === kind)
    ordered.push(...(kind === 'dossiers' ? await byNewestDay(store, files, definitions, options.now) : files))
  }
  for (const [index, { file, sniffed, mapping }] of ordered.entries()) {
    starts?.(file, index)
    try {
      await store.prepareFor(textBytes(sniffed))
      const lacking = await lackingColumns(store, sniffed, mapping)
      const onRead = read && ((relation: string) => read(file, relation))
      const outcome = await load(store, sniffed, mapping, definitions, { ...options, ...(onRead ? { onRead } : {}) })
      const result: FileResult = {
        ...describe(file, mapping, sniffed),
        unread: unreadColumns(mapping, definitions),
        lacking,
        status: outcome.road === 'known' ? 'unchanged' : 'loaded',
        loadId: outcome.loadId,
        counts: outcome.counts,
        told: outcome.told,
        kept: outcome.kept ?? 0,
        folded: outcome.folded ?? 0,
        hidden: outcome.hidden === null ? null : hiddenParts(sniffed, mapping, outcome.hidden),
      }
      results.set(file, result)
      await hasLoaded?.(result)
    } catch (error) {
      const stopped = store.isStopped ? new ToolError('interrupted', say('store.interrupted'), { place: { file }, cause: error }) : null
      refuse(file, stopped ?? explainFailure(error, sniffed), mapping)
    }
  }
  return [...results.keys()].length === 0 ? [] : [...new Set(files)].map((file) => results.get(file)!)
}

/** Keeps a hash of a column wherever dossiers have it. Error: usage, where none do. */
function keepHashes(looked: { mapping: Mapping }[], header: string): void {
  const headers = looked.flatMap(({ mapping }) => (mapping.kind === 'dossiers' ? mapping.personal : []))
  for (const one of looked) one.mapping = keepHash(one.mapping, header)
  if (looked.some(({ mapping }) => mapping.columns.some(({ id }) => id === SUBMITTER))) return
  const hint =
    headers.length > 0 ? say('ingest.personal_columns', { headers: listed([...new Set(headers)]) }) : say('ingest.look_at_headers')
  throw new ToolError('usage', say('ingest.no_hash_column', { header }), { hint })
}

async function load(
  store: Store,
  sniffed: Sniffed,
  mapping: Mapping,
  definitions: Definitions,
  options: IngestOptions,
): Promise<LoadOutcome> {
  switch (mapping.kind) {
    case 'dossiers':
      return loadDossiers(store, sniffed, mapping, definitions, options)
    case 'survey':
      return loadRecords(store, sniffed, mapping, definitions, surveyReader(definitions, mapping, options.now), options)
    case 'targets':
      return loadRecords(
        store,
        sniffed,
        mapping,
        definitions,
        targetReader(definitions, { columns: mapping.columns, title: readTitle(sniffed, mapping) }),
        options,
      )
    case 'units':
      return loadRecords(store, sniffed, mapping, definitions, unitReader(definitions, await knownUnits(store)), options)
    case 'indicators': {
      const title = readTitle(sniffed, mapping)
      const reader = indicatorReader(
        definitions,
        { ...title, period: options.period ?? title.period },
        { columns: mapping.columns, sheet: sniffed.sheet?.name ?? null },
      )
      return loadRecords(store, sniffed, mapping, definitions, reader, options)
    }
    case 'unit_changes':
      return loadRecords(store, sniffed, mapping, definitions, unitChangeReader(definitions), options)
    case 'unit_aliases':
      return loadRecords(store, sniffed, mapping, definitions, unitAliasReader(), options)
  }
}

async function knownUnits(store: Store): Promise<KnownUnits> {
  const units = await store.rows<{ key: string; code: string; name: string; level: string; parent: string | null }>(
    `SELECT key, code, name, level, parent FROM unit ORDER BY key`,
  )
  const codes = new Map<string, string[]>()
  for (const { code, name, level } of units) {
    const at = nameAtLevel(name, level)
    codes.set(at, [...(codes.get(at) ?? []), code])
  }
  return {
    parents: new Map(units.map(({ code, parent }) => [code, parent])),
    keys: new Set(units.map(({ key }) => key)),
    codes,
  }
}

function describe(file: string, mapping?: Mapping, sniffed?: Sniffed): FileResult {
  return {
    file,
    status: 'refused',
    kind: mapping?.kind ?? null,
    layout: mapping?.layout?.id ?? null,
    encoding: sniffed?.encoding ?? null,
    sheet: sniffed?.sheet?.name ?? null,
    hidden: null,
    delimiter: sniffed?.delimiter ?? null,
    loadId: null,
    counts: NONE,
    kept: 0,
    folded: 0,
    personal: mapping?.personal ?? [],
    ignored: mapping?.ignored ?? [],
    told: {},
    unread: [],
    lacking: [],
    error: null,
  }
}

/** A file that vanished or a disk that is full is the user's to mend; everything else is ours. */
function explainFailure(error: unknown, { file, path }: Source): unknown {
  if (error instanceof ToolError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/No space left|ENOSPC/.test(message)) return new ToolError('disk_full', say('ingest.disk_full'), { place: { file }, cause: error })
  if (!existsSync(path)) return new ToolError('file_not_found', say('ingest.file_vanished'), { place: { file }, cause: error })
  return error
}

function layoutById(id: string, definitions: Definitions): Layout {
  const layout = definitions.layouts.find((one) => one.id === id)
  if (layout) return layout
  throw new ToolError('usage', say('ingest.no_layout', { id }), {
    hint: say('ingest.layouts_are', { all: listed(definitions.layouts.map((one) => one.id)) }),
  })
}
