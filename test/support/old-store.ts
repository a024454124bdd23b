import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

import { identifier, literal } from '../../src/store/values.js'
import { ROOT } from './program.js'

/** The tables and types of a store of version 1, as they were. */
export const SCHEMA_1 = readFileSync(join(ROOT, 'test', 'store', 'schema-1.sql'), 'utf8')

export interface Making {
  schema?: string
  /** Whether the rows are only in the engine's log beside the store, as a killed process leaves them. */
  isInLog?: boolean
}

/** Makes a store of version 1 with all that the store `from`, of today, has. */
export async function makeOldStore(from: string, to: string, { schema = SCHEMA_1, isInLog = false }: Making = {}): Promise<void> {
  const built = `${to}.built`
  const instance = await DuckDBInstance.create(built, { storage_compatibility_version: 'latest', checkpoint_threshold: '1TB' })
  const connection = await instance.connect()
  const rows = async (sql: string): Promise<unknown[][]> => (await connection.runAndReadAll(sql)).getRows()
  await connection.run(`${schema}; INSERT INTO meta VALUES ('schema', '1'); CHECKPOINT`)
  await connection.run(`ATTACH ${literal(from)} AS source (READ_ONLY)`)
  const columns = await rows(`
    SELECT t.table_name, list(column_name ORDER BY column_index)
    FROM duckdb_tables() t JOIN duckdb_columns() USING (database_name, schema_name, table_name)
    WHERE database_name = current_database() AND table_name <> 'meta' GROUP BY ALL`)
  for (const [table, names] of columns as [string, { items: string[] }][]) {
    const list = names.items.map(identifier).join(', ')
    await connection.run(`INSERT INTO ${table} (${list}) SELECT ${list} FROM source.${table}`)
  }
  if (!isInLog) await connection.run('CHECKPOINT')
  copyFileSync(built, to)
  if (isInLog) copyFileSync(`${built}.wal`, `${to}.wal`)
  connection.closeSync()
  instance.closeSync()
  rmSync(built, { force: true })
}

/** What any DuckDB file says, read without this program. */
export async function readRaw(file: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowsJS()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Runs statements on any DuckDB file, without this program. */
export async function writeRaw(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}
