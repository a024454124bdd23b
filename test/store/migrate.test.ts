import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { makeOldStore, readRaw, SCHEMA_1, writeRaw } from '../support/old-store.js'
import { cleanEnvironment, csv, ROOT, run, runProgram, SAMPLES, storeRows, succeed, tempFolder, write } from '../support/program.js'

const folder = tempFolder()
const today = join(folder, 'today.duckdb')
/** Samples of kinds that version 1 had no tables for. */
const LATER = ['unit-changes.csv']
const TABLES = ['load', 'load_source', 'rejected_row', 'dossier_version', 'survey_answer_version', 'unit_version', 'target_version']
const QUESTIONS = [
  ['report', '--period', '2025', '--by', 'level,unit,month,factor', '--format', 'json'],
  ['targets', '--format', 'json'],
  ['units', '--format', 'json'],
  ['loads', '--rejected', '--format', 'json'],
]

/** The rows of a table in their order, under the columns of version 1. */
async function contents(db: string, table: string): Promise<unknown> {
  const columns = await readRaw(join(folder, 'old.duckdb'), `SELECT string_agg('"' || column_name || '"') FROM (DESCRIBE ${table})`)
  return readRaw(db, `SELECT ${String(columns[0]![0])} FROM ${table} ORDER BY rowid`)
}

beforeAll(async () => {
  const bad = write(folder, 'bad.csv', csv([HEADER, dossier(1), dossier(2, { 'Hình thức nộp': 'Bồ câu' })]))
  const files = readdirSync(join(SAMPLES, 'small-province')).filter((file) => !LATER.includes(file))
  await succeed(['ingest', '--db', today, '--max-rejects', '50%', ...files.map((file) => join(SAMPLES, 'small-province', file)), bad])
  await makeOldStore(today, join(folder, 'old.duckdb'))
  await makeOldStore(today, join(folder, 'logged.duckdb'), { isInLog: true })
})

/** Opens a store for reading without the rights of root, who may write everywhere; the program is loaded before they are given up. */
const OPEN_AS_NOBODY = `
  const { Store } = await import(${JSON.stringify(join(ROOT, 'dist', 'index.js'))})
  if (process.getuid() === 0) { process.setegid(65534); process.seteuid(65534) }
  const error = await Store.open(process.argv[1], { readOnly: true }).then(() => null, (problem) => problem.toJSON())
  process.stdout.write(JSON.stringify(error))`

describe.concurrent('a store of version 1', () => {
  test.each([
    ['as it was closed', 'old.duckdb'],
    ['with the log that a killed process left', 'logged.duckdb'],
  ])('gives the same figures and lists, %s', async (_, name) => {
    const cwd = tempFolder()
    const db = join(cwd, 'cchc.duckdb')
    for (const file of [name, `${name}.wal`])
      if (existsSync(join(folder, file))) copyFileSync(join(folder, file), db + file.slice(name.length))
    for (const [i, question] of QUESTIONS.entries()) {
      expect(await succeed(question, { cwd })).toBe(await succeed([...question, '--db', today]))
      if (i === 0) expect(readdirSync(cwd)).toEqual(['cchc.duckdb'])
    }
    for (const table of TABLES) expect(await contents(db, table), table).toEqual(await contents(today, table))
    const listed = async (args: string[]): Promise<unknown[]> =>
      (JSON.parse(await succeed(['loads', '--format', 'json', ...args], { cwd })) as { loads: unknown[] }).loads
    const unknown = { sheet: null, kept_results: null, folded_codes: null, unchanged_facts: null }
    expect(await listed([])).toEqual((await listed(['--db', today])).map((load) => ({ ...(load as object), ...unknown })))
    expect(await storeRows(db, 'SELECT DISTINCT facts, sheet FROM load JOIN load_source USING (load_id)')).toEqual([
      { facts: null, sheet: null },
    ])
    await succeed(['loads', 'verify'], { cwd })
  })

  test('takes a load', async () => {
    const cwd = tempFolder()
    copyFileSync(join(folder, 'old.duckdb'), join(cwd, 'cchc.duckdb'))
    write(cwd, 'a.csv', csv([HEADER, dossier(90), dossier(91)]))
    await succeed(['ingest', 'a.csv'], { cwd })
    const [{ n: before }] = (await storeRows(today, 'SELECT count(*) AS n FROM dossier')) as [{ n: number }]
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT count(*) AS n FROM dossier')).toEqual([{ n: before + 2 }])
    await succeed(['loads', 'verify'], { cwd })
  })

  test('keeps each choice by its name, though today they stand in another order', async () => {
    const db = join(tempFolder(), 'cchc.duckdb')
    const schema = SCHEMA_1.replace(`('online', 'in_person', 'postal')`, `('postal', 'in_person', 'online')`)
    expect(schema).not.toBe(SCHEMA_1)
    await makeOldStore(today, db, { schema })
    const asked = 'SELECT channel, count(*) AS n FROM dossier GROUP BY ALL ORDER BY ALL'
    expect(await storeRows(db, asked)).toEqual(await storeRows(today, asked))
  })

  test('keeps the order of its rows', async () => {
    const db = join(tempFolder(), 'cchc.duckdb')
    copyFileSync(join(folder, 'old.duckdb'), db)
    await writeRaw(
      db,
      `DELETE FROM dossier_version;
       INSERT INTO dossier_version (code, load_id) SELECT lpad(i::VARCHAR, 9, '0'), 1 FROM range(500000) t(i);
       DELETE FROM dossier_version WHERE rowid % 7 = 3`,
    )
    const order =
      'SELECT count(*) AS n FROM (SELECT code <= lag(code) OVER (ORDER BY rowid) AS is_wrong FROM dossier_version) WHERE is_wrong'
    expect(await storeRows(db, order)).toEqual([{ n: 0 }])
  })

  test('with something that this program did not make stays as it is, and says what', async () => {
    const cwd = tempFolder()
    const db = join(cwd, 'cchc.duckdb')
    copyFileSync(join(folder, 'old.duckdb'), db)
    await writeRaw(db, `CREATE TABLE my_note (text VARCHAR); INSERT INTO my_note VALUES ('giữ lại')`)
    const content = readFileSync(db)
    const { status, stderr } = await run(['loads', '--format', 'json'], { cwd })
    expect(status).toBe(3)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'store_invalid', message: expect.stringContaining('my_note') } })
    expect(readFileSync(db).equals(content)).toBe(true)
    expect(readdirSync(cwd)).toEqual(['cchc.duckdb'])
  })

  test('that another process reads is busy; --wait gets it when the reader leaves', async () => {
    const cwd = tempFolder()
    copyFileSync(join(folder, 'old.duckdb'), join(cwd, 'cchc.duckdb'))
    const script = `import { DuckDBInstance } from '@duckdb/node-api'
      const instance = await DuckDBInstance.create(${JSON.stringify(join(cwd, 'cchc.duckdb'))}, { access_mode: 'READ_ONLY' })
      process.stdin.on('end', () => instance.closeSync()).resume()
      console.log('held')`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    const refused = await run(['loads', '--format', 'json'], { cwd })
    expect([refused.status, JSON.parse(refused.stderr)]).toMatchObject([5, { error: { code: 'store_busy', details: { pid: holder.pid } } }])
    const waiting = run(['loads', '--wait', '20'], { cwd })
    setTimeout(() => holder.stdin.end(), 300)
    expect((await waiting).status).toBe(0)
  })

  test('that many read at once is brought up to date by one of them', async () => {
    const cwd = tempFolder()
    copyFileSync(join(folder, 'old.duckdb'), join(cwd, 'cchc.duckdb'))
    const listed = await Promise.all(Array.from({ length: 5 }, () => runProgram(['units', '--wait', '30', '--format', 'json'], { cwd })))
    const stdout = await succeed(['units', '--db', today, '--format', 'json'])
    expect(listed).toEqual(Array(5).fill({ status: 0, stdout, stderr: '' }))
    expect(readdirSync(cwd)).toEqual(['cchc.duckdb'])
  })

  test('in a folder that can not be written says so', () => {
    const cwd = tempFolder()
    const db = join(cwd, 'cchc.duckdb')
    copyFileSync(join(folder, 'old.duckdb'), db)
    chmodSync(cwd, 0o555)
    for (const mode of [0o666, 0o444]) {
      chmodSync(db, mode)
      const opened = spawnSync(process.execPath, ['--input-type=module', '--eval', OPEN_AS_NOBODY, db], { env: cleanEnvironment() })
      expect(JSON.parse(String(opened.stdout))).toMatchObject({ code: 'store_older', hint: expect.stringContaining('--db') })
    }
    chmodSync(cwd, 0o755)
  })
})
