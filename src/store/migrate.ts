import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { removeBeside } from './leftovers.js'
import { isUnwritable, olderStore } from './problems.js'
import { createSchema, MIGRATED, tablesOf } from './schema.js'
import type { Store } from './store.js'
import { identifier, literal } from './values.js'

/**
 * Brings an open store of an older version up to date: all rows of all its tables, in their order, go into a new file of today's tables,
 * which then takes its place, all or nothing. Columns that are new are null. The store is closed then. Errors: store_older
 * (its folder can't be written), disk_full, store_invalid (it holds something that has no place in the new tables).
 */
export async function migrate(store: Store): Promise<void> {
  const file = `${store.path}.migrate`
  try {
    await store.run('CHECKPOINT')
    await store.run(`ATTACH ${literal(file)} AS ${MIGRATED} (STORAGE_VERSION 'latest')`)
    await createSchema(store, MIGRATED)
    await copyTables(store)
    await store.run(`CHECKPOINT ${MIGRATED}`)
    await store.run(`DETACH ${MIGRATED}`)
    store.replaceBy(file)
  } catch (error) {
    await store.run(`DETACH DATABASE IF EXISTS ${MIGRATED}`).catch(() => undefined)
    removeBeside(store.path, 'migrate')
    throw explain(error, store.path)
  }
}

async function copyTables(store: Store): Promise<void> {
  const places = await tablesOf(store, MIGRATED)
  for (const [table, columns] of await tablesOf(store)) {
    const known = places.get(table) ?? []
    const homeless = known.length === 0 ? table : columns.find((column) => !known.includes(column))
    if (homeless !== undefined)
      throw new ToolError('store_invalid', say('store.homeless', { path: store.path, column: homeless, table }), {
        hint: say('store.move_out'),
      })
    const list = columns.map(identifier).join(', ')
    const source = `FROM ${identifier(table)} ${table === 'meta' ? `WHERE key <> 'schema'` : ''}`
    await store.run(`INSERT INTO ${MIGRATED}.${identifier(table)} (${list}) SELECT ${list} ${source}`)
    const counts = await store.row<{ before: number; after: number }>(
      `SELECT (SELECT count(*) FROM ${identifier(table)}) AS before, (SELECT count(*) FROM ${MIGRATED}.${identifier(table)}) AS after`,
    )
    if (counts!.before !== counts!.after) throw new ToolError('internal', say('store.rows_lost', { table, ...counts! }))
  }
}

function explain(error: unknown, path: string): unknown {
  const message = error instanceof Error ? error.message : ''
  if (/No space left|ENOSPC/.test(message))
    return new ToolError('disk_full', say('store.disk_full', { path }), {
      cause: error,
    })
  return isUnwritable(message) ? olderStore(path, error) : error
}
