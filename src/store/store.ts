import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'

import { asset } from '../assets.js'
import { ToolError } from '../errors.js'
import { literal, toValue, type Value } from './values.js'

export type { Value } from './values.js'
export { literal, identifier } from './values.js'

/** The layout of the store's tables; a store with a higher number was written by a newer program. */
export const SCHEMA_VERSION = 1

export interface OpenOptions {
  /** Seconds to wait while another process holds the store; then the busy error. */
  wait?: number
  readOnly?: boolean
  /** The engine's memory limit. */
  memory?: string
}

/** One open store. The only holder of the engine; one instance per process and file. */
export class Store {
  readonly path: string
  private instance: DuckDBInstance | undefined
  private connection: DuckDBConnection | undefined
  private isLocked = false

  private readonly options: OpenOptions

  private constructor(path: string, options: OpenOptions) {
    this.path = path
    this.options = options
  }

  /**
   * Opens the store at `path`, creating it when it is absent and not `readOnly`.
   * Errors: store_missing, store_busy (names the holder), store_invalid, store_newer.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<Store> {
    const file = resolve(path)
    if (options.readOnly && !existsSync(file)) {
      throw new ToolError('store_missing', `there is no store at ${path}`, {
        hint: 'load something first: cchc ingest FILE…, or name another with --db FILE',
      })
    }
    if (!existsSync(dirname(file)))
      throw new ToolError('store_unreadable', `there is no folder ${dirname(file)} for the store`, {
        hint: 'make it first, or name another store with --db FILE',
      })
    if (existsSync(file) && statSync(file).isDirectory()) throw new ToolError('store_invalid', `${path} is a directory, not a store`)
    const store = new Store(file, options)
    await store.connect(options)
    return store
  }

  /** A store that lives as long as it is open. */
  static async inMemory(): Promise<Store> {
    const store = new Store(':memory:', {})
    await store.connect({})
    return store
  }

  private async connect({ wait = 0, readOnly = false, memory = '1200MB' }: OpenOptions): Promise<void> {
    const until = Date.now() + wait * 1000
    for (;;) {
      try {
        this.instance = await DuckDBInstance.create(this.path, {
          access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
          autoinstall_known_extensions: 'false',
          autoload_known_extensions: 'false',
          memory_limit: memory,
          storage_compatibility_version: 'latest',
          wal_autocheckpoint: '1MB',
        })
        break
      } catch (error) {
        const problem = this.openError(error)
        if (problem.code !== 'store_busy' || Date.now() >= until) throw problem
        await new Promise((done) => setTimeout(done, 100))
      }
    }
    this.connection = await this.instance.connect()
    if (!readOnly && this.path !== ':memory:') this.removeStage()
    try {
      await this.run(`SET TimeZone = 'Asia/Ho_Chi_Minh'`)
      await this.checkSchema(readOnly)
    } catch (error) {
      this.close()
      throw error
    }
  }

  private openError(error: unknown): ToolError {
    const message = error instanceof Error ? error.message : String(error)
    if (/Could not set lock|Conflicting lock/.test(message)) {
      const holder = /PID (\d+)/.exec(message)?.[1]
      return new ToolError('store_busy', `the store ${this.path} is held by another process${holder ? ` (PID ${holder})` : ''}`, {
        hint: 'wait for it with --wait SECONDS, or try again later',
        details: { pid: holder ? Number(holder) : null },
      })
    }
    if (/newer version|version number|higher version/i.test(message)) {
      return new ToolError('store_newer', `the store ${this.path} was written by a newer program`, {
        hint: 'update cchc: npm install -g cchc',
      })
    }
    if (/Permission denied/i.test(message))
      return new ToolError('store_unreadable', `the store ${this.path} can't be opened: permission denied`)
    return new ToolError('store_invalid', `${this.path} is not a cchc store`, {
      hint: 'name the store with --db FILE, or move this file away',
      details: { engine: message.split('\n')[0] },
    })
  }

  private async checkSchema(readOnly: boolean): Promise<void> {
    const tables = await this.rows<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_type = 'BASE TABLE'`,
    )
    if (tables.length === 0) {
      if (readOnly)
        throw new ToolError('store_missing', `the store ${this.path} is empty`, { hint: 'load something first: cchc ingest FILE…' })
      await this.createSchema()
      return
    }
    const found = tables.some(({ table_name }) => table_name === 'meta')
      ? await this.rows<{ value: string }>(`SELECT value FROM meta WHERE key = 'schema'`)
      : []
    if (!found[0])
      throw new ToolError('store_invalid', `${this.path} is a DuckDB file, but not a cchc store`, { hint: 'name the store with --db FILE' })
    if (Number(found[0].value) > SCHEMA_VERSION) {
      throw new ToolError(
        'store_newer',
        `the store ${this.path} was written by a newer program (store version ${found[0].value}; this program reads up to ${SCHEMA_VERSION})`,
        {
          hint: 'update cchc: npm install -g cchc',
        },
      )
    }
  }

  /** Makes the store's types, tables and views in the current database, or in an attached one, in one transaction. */
  async createSchema(database?: string): Promise<void> {
    const schema = readFileSync(asset('store/schema.sql'), 'utf8')
    const [{ name } = { name: '' }] = await this.rows<{ name: string }>('SELECT current_database() AS name')
    await this.run('BEGIN')
    if (database) await this.run(`USE ${database}`)
    await this.run(schema)
    await this.run(`INSERT INTO meta VALUES ('schema', '${SCHEMA_VERSION}')`)
    await this.run('COMMIT')
    if (database) await this.run(`USE "${name}"`)
  }

  private get open(): DuckDBConnection {
    if (!this.connection) throw new ToolError('internal', 'the store is closed')
    return this.connection
  }

  /** Runs statements; parameters are for the last one. */
  async run(sql: string, parameters?: Record<string, Value>): Promise<void> {
    await this.open.run(sql, parameters as never)
  }

  /** Runs a query and returns its rows as plain objects. */
  async rows<Row>(sql: string, parameters?: Record<string, Value>): Promise<Row[]> {
    const reader = await this.open.runAndReadAll(sql, parameters as never)
    const names = reader.columnNames()
    return reader.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], toValue(value)])) as Row)
  }

  /** Runs a query and returns its columns as plain arrays: cheaper than rows for wide or long results. */
  async columns(sql: string): Promise<Record<string, Value[]>> {
    const reader = await this.open.runAndReadAll(sql)
    const names = reader.columnNames()
    return Object.fromEntries(reader.getColumns().map((column, i) => [names[i]!, column.map(toValue)]))
  }

  /** The query's first row, or undefined. */
  async row<Row>(sql: string, parameters?: Record<string, Value>): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters))[0]
  }

  /** Runs `work` in one transaction: all of it is kept, and on disk, or nothing. A rehearsal keeps nothing. */
  async transaction<T>(work: () => Promise<T>, isRehearsal = false): Promise<T> {
    await this.run('BEGIN')
    let result: T
    try {
      result = await work()
      await this.run(isRehearsal ? 'ROLLBACK' : 'COMMIT')
    } catch (error) {
      await this.run('ROLLBACK').catch(() => undefined)
      throw error
    }
    if (!isRehearsal) await this.run('CHECKPOINT')
    return result
  }

  /** Appends rows to a table of text columns (after `numbers` leading BIGINT columns) without SQL. */
  async append(table: string, rows: readonly (readonly (string | number | null)[])[], numbers: number, catalog: string): Promise<void> {
    const appender = await this.open.createAppender(table, null, catalog)
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) {
        const value = row[i]
        if (value === null || value === undefined) appender.appendNull()
        else if (i < numbers) appender.appendBigInt(BigInt(value))
        else appender.appendVarchar(value as string)
      }
      appender.endRow()
    }
    appender.closeSync()
  }

  /** From here on, statements can read the store and nothing else, and no setting can change: for an office's own SQL. */
  async lockDown(): Promise<void> {
    if (this.isLocked) return
    this.isLocked = true
    await this.run(`SET enable_external_access = false; SET lock_configuration = true`)
  }

  /** Attaches an empty database for staging: a file beside the store for large input, else in memory. */
  async attachStage(onDisk: boolean): Promise<string | null> {
    const file = onDisk ? `${this.path}.stage` : null
    this.removeStage()
    await this.run(`ATTACH ${literal(file ?? ':memory:')} AS stage${file ? ` (STORAGE_VERSION 'latest')` : ''}`)
    await this.createSchema('stage')
    return file
  }

  /** Detaches the stage, if it is still attached, and removes its files. */
  async detachStage(): Promise<void> {
    await this.run('DETACH DATABASE IF EXISTS stage')
    this.removeStage()
  }

  /** The file for a part of the rows on their way into the stage. */
  stagedRows(part: number): string {
    return `${this.path}.stage.${part}.csv`
  }

  private removeStage(): void {
    removeDatabase(`${this.path}.stage`)
    const start = `${basename(this.path)}.stage.`
    for (const name of readdirSync(dirname(this.path)))
      if (name.startsWith(start) && /^\d+\.csv$/.test(name.slice(start.length))) rmSync(join(dirname(this.path), name), { force: true })
  }

  /** Closes this store; it can be opened again with reopen. */
  close(): void {
    this.connection?.closeSync()
    this.instance?.closeSync()
    this.connection = undefined
    this.instance = undefined
    this.isLocked = false
  }

  async reopen(): Promise<void> {
    await this.connect({ ...this.options, wait: 5 })
  }
}

/** Removes a database file with what the engine keeps beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '.wal', '.tmp']) rmSync(file + suffix, { force: true, recursive: true })
}
