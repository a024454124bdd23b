import { join } from 'node:path'

import { readLayoutFile } from '../../src/definitions/load.js'
import type { Layout } from '../../src/definitions/schema.js'
import { ingestFiles, type FileResult, type IngestOptions } from '../../src/ingest/ingest.js'
import { Store, type Value } from '../../src/store/store.js'
import { definitions, DOSSIERS, LOAD, REJECTED } from './facts.js'
import { csv, tempFolder, write } from './program.js'
import { workbook } from './workbook.js'

/** What became of rows that were read by a layout. */
export interface Read {
  result: FileResult
  facts: Record<string, Value>[]
  /** Line, column and reason of the rejected rows. */
  rejected: [Value, Value, Value][]
  skipped: Record<string, number>
}

/** A layout of the tests: its YAML without id. */
export async function layoutOf(yaml: string): Promise<Layout> {
  return readLayoutFile(write(tempFolder(), 'own.yaml', `id: own\n${yaml}`), await definitions())
}

/** Reads one file by a layout into a store of its own. */
export async function readBy(layout: Layout, file: string, query = DOSSIERS, options: Partial<IngestOptions> = {}): Promise<Read> {
  const store = await Store.open(join(tempFolder(), 's.duckdb'))
  try {
    const [result] = await ingestFiles(store, [file], await definitions(), { ...LOAD, layout, ...options })
    const rejected = await store.rows<Record<string, Value>>(REJECTED)
    const ledger = await store.row<{ skipped: string }>('SELECT skipped_reasons AS skipped FROM load_source')
    return {
      result: result!,
      facts: await store.rows(query),
      rejected: rejected.map(({ line, column_id, reason }) => [line!, column_id!, reason!]),
      skipped: JSON.parse(ledger?.skipped ?? '{}') as Record<string, number>,
    }
  } finally {
    store.close()
  }
}

/** The same rows by the same layout: as text on both roads, and as a workbook. */
export async function eachWay(
  yaml: string,
  rows: (string | number)[][],
  query = DOSSIERS,
): Promise<Record<'bulk' | 'careful' | 'sheet', Read>> {
  const layout = await layoutOf(yaml)
  const folder = tempFolder()
  const text = write(folder, 'a.csv', csv(rows))
  const book = write(folder, 'a.xlsx', workbook({ name: 'Sheet1', rows }))
  const [bulk, careful, sheet] = await Promise.all([
    readBy(layout, text, query),
    readBy(layout, text, query, { careful: true }),
    readBy(layout, book, query),
  ])
  return { bulk: bulk!, careful: careful!, sheet: sheet! }
}
