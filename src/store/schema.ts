import { readFileSync } from 'node:fs'

import { asset } from '../assets.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { newerStore } from './problems.js'
import type { Store } from './store.js'
import { identifier, literal } from './values.js'

/** The layout of the store's tables: a store with a lower number is brought up to date, one with a higher was written by a newer program. */
const SCHEMA_VERSION = 7

/** The new store, while an older one is brought up to date. */
export const MIGRATED = 'migrated'

/** What an open store's tables are: none yet, those of an older version, or today's. Errors: store_invalid, store_newer. */
export async function standing(store: Store): Promise<'empty' | 'older' | 'current'> {
  const [{ name, tables } = { name: '', tables: null }] = await store.rows<{ name: string; tables: string[] | null }>(
    `SELECT current_database() AS name, list(table_name) AS tables FROM duckdb_tables() WHERE database_name = current_database()`,
  )
  if (name === 'stage' || name === MIGRATED)
    throw new ToolError('store_invalid', say('store.bad_name', { name }), { hint: say('store.name_another') })
  if (tables === null) return 'empty'
  const found = tables.includes('meta') ? await store.rows<{ value: string }>(`SELECT value FROM meta WHERE key = 'schema'`) : []
  if (!found[0]) throw new ToolError('store_invalid', say('store.not_ours', { path: store.path }), { hint: say('store.name_it') })
  const version = Number(found[0].value)
  if (version > SCHEMA_VERSION) throw newerStore(store.path, { version: String(version), known: String(SCHEMA_VERSION) })
  return version < SCHEMA_VERSION ? 'older' : 'current'
}

/** Makes the store's types, tables and views in the current database, or in an attached one, in one transaction. */
export async function createSchema(store: Store, database?: string): Promise<void> {
  const schema = readFileSync(asset('store/schema.sql'), 'utf8')
  const [{ name } = { name: '' }] = await store.rows<{ name: string }>('SELECT current_database() AS name')
  await store.run('BEGIN')
  if (database) await store.run(`USE ${database}`)
  await store.run(schema)
  await store.run(`INSERT INTO meta VALUES ('schema', '${SCHEMA_VERSION}')`)
  await store.run('COMMIT')
  if (database) await store.run(`USE ${identifier(name)}`)
}

/** The tables, each with its columns in their order, of the store or of an attached database. */
export async function tablesOf(store: Store, database?: string): Promise<Map<string, string[]>> {
  const found = await store.rows<{ name: string; columns: string[] }>(`
    SELECT t.table_name AS name, list(column_name ORDER BY column_index) AS columns
    FROM duckdb_tables() t JOIN duckdb_columns() USING (database_name, schema_name, table_name)
    WHERE database_name = ${database ? literal(database) : 'current_database()'}
    GROUP BY ALL ORDER BY name`)
  return new Map(found.map(({ name, columns }) => [name, columns]))
}
