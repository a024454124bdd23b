import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import { countsColumns } from '../definitions/layout.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Layout } from '../definitions/schema.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { openable } from '../reading/odd-name.js'
import { clean } from '../language/fold.js'
import { maskPersonal } from '../language/personal.js'
import { layoutOfLoad, listLoads, listRejected } from '../store/loads.js'
import type { Store } from '../store/store.js'
import { encodingOf } from '../reading/decode.js'
import { inspectFile } from './ingest.js'
import { readRows } from '../reading/rows.js'
import { scanFile } from '../reading/scan.js'

/**
 * The rejected rows of a load as they stand in its file, under its header, to be mended and loaded again: without the personal columns,
 * which are empty where a layout counts columns, and with empty rows above where it says the row of the header.
 * Relative names are those in `folder`. Errors: usage (no such load, nothing rejected), source_gone, source_changed.
 */
export async function rowsToMend(store: Store, loadId: number, definitions: Definitions, folder = ''): Promise<string[][]> {
  const load = (await listLoads(store)).find(({ load_id }) => load_id === loadId)
  if (!load) throw new ToolError('usage', say('ingest.no_load', { load: String(loadId) }), { hint: say('ingest.all_loads') })
  const lines = new Set((await listRejected(store, loadId)).map(({ line }) => line))
  if (lines.size === 0)
    throw new ToolError('usage', say('ingest.nothing_rejected', { load: String(loadId) }), { hint: say('ingest.all_loads') })
  const { file, sheet, sha256, encoding, layout, kind } = load
  const place = { file }
  const path = openable(resolve(folder, file))
  if (!existsSync(path)) throw new ToolError('source_gone', say('ingest.source_gone'), { place, hint: say('ingest.run_where_file_is') })
  if ((await scanFile({ file, path }, statSync(path).size, 0)).sha256 !== sha256)
    throw new ToolError('source_changed', say('ingest.source_changed'), { place, hint: say('ingest.load_then_mend') })
  const wanted = {
    folder,
    kind: kind as Kind,
    encoding: encodingOf(encoding),
    ...(layout === null ? {} : { layout: ((await layoutOfLoad(store, loadId)) as Layout | null) ?? layout }),
    ...(sheet === null ? {} : { sheet }),
  }
  const { sniffed, mapping } = await inspectFile(file, definitions, wanted)
  const isPersonal = mapping.header.map((header) => mapping.personal.includes(clean(header)))
  const isPlaced = mapping.layout !== null && countsColumns(mapping.layout)
  const kept = isPersonal.flatMap((yes, i) => (yes && !isPlaced ? [] : [i]))
  const width = mapping.header.length
  const keep = (cells: readonly string[]): string[] =>
    kept.flatMap((i) => (i < cells.length ? [isPersonal[i] ? '' : maskPersonal(cells[i]!)] : []))
  const above = (mapping.layout?.header_row ?? 1) - 1
  const rows = [...Array.from({ length: above }, (): string[] => []), keep(mapping.header)]
  const take = (line: number, cells: readonly string[]): void => {
    if (lines.has(line)) rows.push([...keep(cells), ...cells.slice(width).map(maskPersonal)])
  }
  await readRows(sniffed, mapping, { row: take, broken: ({ line }, cells) => take(line, cells) })
  return rows
}
