import { existsSync, statSync } from 'node:fs'

import { tablesOf } from './schema.js'
import { identifier, literal } from './values.js'
import type { Store } from './store.js'

const KNOWN = 'known'
/** Stores up to this size are copied whole: a larger one without its dossiers. */
const WHOLE = 256 << 20

/**
 * Fills an empty store with what another holds, which is only read; what files were loaded is known of it, but not that they are the same
 * as any. Returns what was copied: nothing where there is no other or another process writes to it.
 */
export async function copyStore(store: Store, path: string): Promise<'all' | 'but_dossiers' | 'nothing'> {
  if (!existsSync(path)) return 'nothing'
  const isWhole = statSync(path).size <= WHOLE
  try {
    await store.run(`ATTACH ${literal(path)} AS ${KNOWN} (READ_ONLY)`)
  } catch {
    return 'nothing'
  }
  try {
    await store.transaction(async () => {
      const places = await tablesOf(store)
      for (const [table, columns] of await tablesOf(store, KNOWN)) {
        if (!places.has(table) || table === 'meta' || table === 'rejected_row' || (table === 'dossier_version' && !isWhole)) continue
        const known = columns.filter((column) => places.get(table)!.includes(column))
        const source = known.map((column) => (table === 'load_source' && column === 'sha256' ? 'NULL' : identifier(column)))
        await store.run(
          `INSERT INTO ${identifier(table)} (${known.map(identifier).join(', ')}) SELECT ${source.join(', ')} FROM ${KNOWN}.${identifier(table)}`,
        )
      }
    })
    return isWhole ? 'all' : 'but_dossiers'
  } catch {
    return 'nothing'
  } finally {
    await store.run(`DETACH DATABASE IF EXISTS ${KNOWN}`)
  }
}
