import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'

import { Store } from '../../src/store/store.js'
import { dossier, HEADER } from '../support/facts.js'
import { cleanEnvironment, csv, ROOT, run, runProgram, storeRows, succeed, tempFolder, write } from '../support/program.js'

const exportOf = (cwd: string): string => write(cwd, 'a.csv', csv([HEADER, dossier(1), dossier(2)]))

/** A process that holds the store until its input ends. */
async function hold(db: string): Promise<{ pid: number; release: () => void }> {
  const script = `import { Store } from ${JSON.stringify(join(ROOT, 'dist', 'index.js'))}
    const store = await Store.open(${JSON.stringify(db)})
    process.stdin.on('end', () => store.close()).resume()
    console.log('held')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return { pid: child.pid!, release: () => child.stdin.end() }
}

describe.concurrent('a file that is no store of this program is left as it is', () => {
  test('a text file', async () => {
    const cwd = tempFolder()
    const db = write(cwd, 'notes.duckdb', 'không phải kho dữ liệu\n'.repeat(2000))
    const { status, stderr } = await run(['ingest', '--db', db, exportOf(cwd)], { cwd })
    expect(status).toBe(3)
    expect(stderr).toMatch(/notes\.duckdb is not a cchc store/)
    expect(stderr).toContain('--db')
    expect(readFileSync(db, 'utf8')).toBe('không phải kho dữ liệu\n'.repeat(2000))
  })
  test('a DuckDB file of something else', async () => {
    const cwd = tempFolder()
    const db = join(cwd, 'other.duckdb')
    const instance = await DuckDBInstance.create(db)
    const connection = await instance.connect()
    await connection.run('CREATE TABLE hoa_don (so INTEGER)')
    connection.closeSync()
    instance.closeSync()
    for (const args of [['ingest', exportOf(cwd)], ['loads']]) {
      const { status, stderr } = await run([...args, '--db', db, '--format', 'json'], { cwd })
      expect(status).toBe(3)
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'store_invalid', message: expect.stringContaining('not a cchc store') } })
    }
  })
  test('a directory', async () => {
    const cwd = tempFolder()
    mkdirSync(join(cwd, 'cchc.duckdb'))
    const { status, stderr } = await run(['ingest', exportOf(cwd)], { cwd })
    expect(status).toBe(3)
    expect(stderr).toContain('directory')
  })
  test('a store of a newer program', async () => {
    const cwd = tempFolder()
    await succeed(['ingest', exportOf(cwd)], { cwd })
    const db = join(cwd, 'cchc.duckdb')
    const instance = await DuckDBInstance.create(db)
    const connection = await instance.connect()
    await connection.run(`UPDATE meta SET value = '99' WHERE key = 'schema'`)
    connection.closeSync()
    instance.closeSync()
    const { status, stderr } = await run(['loads', '--format', 'json'], { cwd })
    expect(status).toBe(3)
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'store_newer', message: expect.stringContaining('99'), hint: expect.stringContaining('update') },
    })
  })
})

describe.concurrent('a store that is not there', () => {
  test('is data missing, exit status 6, and is not made by looking', async () => {
    const cwd = tempFolder()
    for (const command of ['loads', 'units', 'targets', 'report', 'check']) {
      const { status, stderr, stdout } = await run([command], { cwd })
      expect(status, command).toBe(6)
      expect(stderr).toContain('cchc ingest')
      expect(stdout).toBe('')
    }
  })
  test('in a folder that is not there says so', async () => {
    const cwd = tempFolder()
    const { status, stderr } = await run(['ingest', '--db', join(cwd, 'no', 'such', 's.duckdb'), exportOf(cwd)], { cwd })
    expect(status).toBe(3)
    expect(stderr).toMatch(/no such|folder|directory/)
  })
})

describe('a store that another process holds', () => {
  test('is busy, exit status 5, with the holder named; --wait gets it when the holder leaves', async () => {
    const cwd = tempFolder()
    const db = join(cwd, 'cchc.duckdb')
    await succeed(['ingest', exportOf(cwd)], { cwd })
    const later = write(cwd, 'b.csv', csv([HEADER, dossier(3)]))
    const holder = await hold(db)
    const refused = await run(['ingest', '--format', 'json', later], { cwd })
    expect(refused.status).toBe(5)
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'store_busy', details: { pid: holder.pid } } })
    expect(refused.stderr).toContain(`PID ${holder.pid}`)
    const [looking, impatient] = await Promise.all([run(['loads'], { cwd }), run(['loads', '--wait', '0.3'], { cwd })])
    expect([looking.status, impatient.status]).toEqual([5, 5])
    const waiting = run(['ingest', '--wait', '20', later], { cwd })
    setTimeout(holder.release, 800)
    expect((await waiting).status).toBe(0)
    expect(await storeRows(db, 'SELECT count(*) AS n FROM dossier')).toEqual([{ n: 3 }])
  })
  test('may be read by many at once', async () => {
    const cwd = tempFolder()
    await succeed(['ingest', exportOf(cwd)], { cwd })
    const outcomes = await Promise.all(['loads', 'units', 'targets'].map((command) => runProgram([command], { cwd })))
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0])
  })
})

describe('a store uses', () => {
  const threads = async (store: Store): Promise<number> => (await store.row<{ n: number }>(`SELECT current_setting('threads') AS n`))!.n
  let all = 0

  beforeAll(async () => {
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    all = Number((await connection.runAndReadAll(`SELECT current_setting('threads')`)).getRows()[0]![0])
    connection.closeSync()
    instance.closeSync()
  })

  test('one thread where it is small, and all once a large file is to be loaded', async () => {
    const store = await Store.open(join(tempFolder(), 'a.duckdb'))
    expect(await threads(store)).toBe(1)
    await store.prepareFor(1_000)
    expect(await threads(store)).toBe(1)
    await store.prepareFor(10_000_000)
    expect(await threads(store)).toBe(all)
    expect(await store.inOrder(() => threads(store))).toBe(1)
    expect(await threads(store)).toBe(all)
    store.close()
  })

  test('all threads once it has become large itself', async () => {
    const store = await Store.open(join(tempFolder(), 'a.duckdb'))
    await store.transaction(() => store.run(`CREATE TABLE ballast AS SELECT md5(i::VARCHAR) AS text FROM range(400_000) t(i)`))
    await store.prepareFor(1_000)
    expect(await threads(store)).toBe(all)
    store.close()
  })

  test('all threads where it is large', async () => {
    const db = join(tempFolder(), 'a.duckdb')
    const small = await Store.open(db)
    await small.run(`CREATE TABLE ballast AS SELECT md5(i::VARCHAR) AS text FROM range(400_000) t(i)`)
    small.close()
    const large = await Store.open(db, { readOnly: true })
    expect(await threads(large)).toBe(all)
    large.close()
  })
})
