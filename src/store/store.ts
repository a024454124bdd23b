import { randomUUID } from 'node:crypto'
import { existsSync, statSync, type Stats } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'

import { replaceFile } from '../durable.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { claim, release } from './in-use.js'
import { removeBeside } from './leftovers.js'
import { migrate } from './migrate.js'
import { olderStore, openProblem } from './problems.js'
import { createSchema, standing, tablesOf } from './schema.js'
import { identifier, literal, toValue, type Value } from './values.js'

export type { Value } from './values.js'
export { literal, identifier } from './values.js'

/** Bytes of a store, or of a file to load, that are worth a second thread: waking it costs a small one a quarter of its time. */
const WORTH_THREADS = 4 << 20

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
  private hasThreads = false
  /** Whether it was interrupted. */
  isStopped = false

  private readonly options: OpenOptions

  private constructor(path: string, options: OpenOptions) {
    this.path = path
    this.options = options
  }

  /**
   * Opens the store at `path`, creating it when it is absent and not `readOnly`. One of an older version is brought up to date first.
   * Errors: store_missing, store_busy (names the holder), store_invalid, store_newer, store_older (it can't be written), disk_full.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<Store> {
    const file = resolve(path)
    if (options.readOnly && !existsSync(file)) {
      throw new ToolError('store_missing', say('store.missing', { path }), {
        hint: say('store.load_or_name'),
      })
    }
    if (!existsSync(dirname(file)))
      throw new ToolError('store_unreadable', say('store.no_folder', { folder: dirname(file) }), {
        hint: say('store.make_folder'),
      })
    if (existsSync(file) && statSync(file).isDirectory()) throw new ToolError('store_invalid', say('store.is_directory', { path }))
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

  private async connect(options: OpenOptions): Promise<void> {
    await this.openFile(options)
    try {
      // Who may open the store at all knows that nobody writes to it; readers spill beside one another.
      if (this.path !== ':memory:') removeBeside(this.path, 'stage', 'migrate', ...(options.readOnly ? [] : (['spilled'] as const)))
      await this.run(`SET TimeZone = 'Asia/Ho_Chi_Minh'`)
      if (await this.isOlder(options.readOnly ?? false)) await this.bringUpToDate(options)
    } catch (error) {
      this.close()
      throw error
    }
  }

  private async openFile({ wait = 0, readOnly = false, memory = '1200MB' }: OpenOptions): Promise<void> {
    const until = Date.now() + wait * 1000
    for (;;) {
      const { ino: inode, size = 0 } = this.file() ?? {}
      this.hasThreads = size >= WORTH_THREADS
      try {
        claim(this, this.path, readOnly)
        this.instance = await DuckDBInstance.create(this.path, {
          access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
          autoinstall_known_extensions: 'false',
          autoload_known_extensions: 'false',
          memory_limit: memory,
          ...(this.path === ':memory:' ? {} : { temp_directory: this.ownFolder() }),
          storage_compatibility_version: 'latest',
          ...(this.hasThreads ? {} : { threads: '1' }),
          wal_autocheckpoint: '1MB',
        })
        this.connection = await this.instance.connect()
        const isReplaced = inode !== undefined && inode !== this.file()?.ino
        if (!isReplaced) return
        this.close()
      } catch (error) {
        release(this)
        const problem = openProblem(this.path, error)
        if (problem.code !== 'store_busy' || Date.now() >= until) throw problem
        await new Promise((done) => setTimeout(done, 100))
      }
    }
  }

  /** Where the engine spills to. Not the engine's own choice: it is the same for all who read a store, and they write into each other's files. */
  private ownFolder(): string {
    return `${this.path}.tmp.${randomUUID().slice(0, 8)}`
  }

  /** Says which file is at the path: another one once a process has put a new store in its place, and what is opened then is lost. */
  private file(): Stats | undefined {
    return statSync(this.path, { throwIfNoEntry: false })
  }

  /** For writing, the open store is migrated; for reading, it is opened for writing once. Ends with it open as asked. */
  private async bringUpToDate(options: OpenOptions): Promise<void> {
    if (!options.readOnly) await migrate(this)
    else {
      this.close()
      await this.connect({ ...options, readOnly: false }).catch((error: Error) => {
        throw error instanceof ToolError && error.code === 'store_unreadable' ? olderStore(this.path, error) : error
      })
    }
    this.close()
    await this.connect(options)
  }

  private async isOlder(readOnly: boolean): Promise<boolean> {
    const found = await standing(this)
    if (found === 'empty' && readOnly)
      throw new ToolError('store_missing', say('store.empty', { path: this.path }), { hint: say('store.load_first') })
    if (found === 'empty') await createSchema(this)
    return found === 'older'
  }

  private get open(): DuckDBConnection {
    if (this.isStopped) throw new ToolError('interrupted', say('store.interrupted'))
    if (!this.connection) throw new ToolError('internal', say('store.closed'))
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

  /** Runs a query and gives its columns as plain arrays, some thousand rows at a time: for wide and long results. */
  async *chunks(sql: string): AsyncGenerator<Record<string, Value[]>> {
    const result = await this.open.stream(sql)
    const names = result.columnNames()
    for await (const chunk of result) {
      yield Object.fromEntries(names.map((name, i) => [name, chunk.getColumnValues(i).map(toValue)]))
    }
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
      await this.connection?.run('ROLLBACK').catch(() => undefined)
      throw error
    }
    if (!isRehearsal && !this.isStopped)
      await this.run('CHECKPOINT').catch((error: unknown) => this.isStopped || Promise.reject(error as Error))
    return result
  }

  /** Lets the engine use every core from here on, where so many bytes beside those of the store are worth it. */
  async prepareFor(bytes: number): Promise<void> {
    if (this.hasThreads || bytes + (this.file()?.size ?? 0) < WORTH_THREADS) return
    await this.run('RESET threads')
    this.hasThreads = true
  }

  /** Runs `work` on one thread, which keeps rows in their order. */
  async inOrder<T>(work: () => Promise<T>): Promise<T> {
    if (!this.hasThreads) return work()
    await this.run('SET threads = 1')
    return work().finally(() => this.run('RESET threads'))
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
    removeBeside(this.path, 'stage')
    await this.run(`ATTACH ${literal(file ?? ':memory:')} AS stage${file ? ` (STORAGE_VERSION 'latest')` : ''}`)
    await createSchema(this, 'stage')
    return file
  }

  /** Writes what the attached stage holds into a file of its own, in which nothing is left of what was masked or deleted; detaches the stage. */
  async copyStage(): Promise<string> {
    const file = `${this.path}.stage.clean`
    await this.run(`ATTACH ${literal(file)} AS clean (STORAGE_VERSION 'latest')`)
    await createSchema(this, 'clean')
    for (const [table, columns] of await tablesOf(this, 'clean')) {
      if (table === 'meta') await this.run('DELETE FROM clean.meta')
      const list = columns.map(identifier).join(', ')
      await this.run(`INSERT INTO clean.${identifier(table)} (${list}) SELECT ${list} FROM stage.${identifier(table)}`)
    }
    await this.run('CHECKPOINT clean; CHECKPOINT; DETACH clean; DETACH stage')
    return file
  }

  /** Detaches the stage, if it is still attached, and removes its files. */
  async detachStage(): Promise<void> {
    await this.connection
      ?.run('DETACH DATABASE IF EXISTS stage')
      .catch((error: unknown) => this.isStopped || Promise.reject(error as Error))
    removeBeside(this.path, 'stage')
  }

  /** The file for a part of the rows on their way into the stage. */
  stagedRows(part: number): string {
    return `${this.path}.stage.${part}.csv`
  }

  /** Puts another file, whole and detached, in this store's place: all or nothing. The store is closed then. */
  replaceBy(file: string): void {
    replaceFile(file, this.path)
    this.close()
  }

  /** Closes this store; it can be opened again with reopen. */
  close(): void {
    this.connection?.closeSync()
    this.instance?.closeSync()
    this.connection = undefined
    this.instance = undefined
    this.isLocked = false
    if (this.isStopped && this.path !== ':memory:') removeBeside(this.path, 'stage', 'spilled')
    release(this)
  }

  /** Opens this store again, however long another process holds it. */
  async reopen(): Promise<void> {
    const isStopped = this.isStopped
    this.isStopped = false
    await this.connect({ ...this.options, wait: Infinity })
    this.isStopped ||= isStopped
  }

  /** Stops what runs and refuses what would begin, with the error interrupted: what is not committed is undone. */
  interrupt(): void {
    this.isStopped = true
    this.connection?.interrupt()
  }
}
