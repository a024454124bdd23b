import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, storeRows, succeed, tempFolder, write } from '../support/program.js'

test('what killed processes left beside a store is in nobody’s way, and goes with the next load; nothing else does', async () => {
  const cwd = tempFolder()
  write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
  write(cwd, 'b.csv', csv([HEADER, dossier(2)]))
  await succeed(['ingest', 'a.csv'], { cwd })
  const left = ['stage', 'stage.wal', 'stage.wal.checkpoint', 'stage.0.csv', 'stage.17.csv', 'migrate', 'migrate.wal']
  for (const name of left) write(cwd, `cchc.duckdb.${name}`, 'half of something')
  for (const name of ['tmp', 'tmp.0a1b2c3d']) mkdirSync(join(cwd, `cchc.duckdb.${name}`))
  write(join(cwd, 'cchc.duckdb.tmp.0a1b2c3d'), 'duckdb_temp_storage_DEFAULT-0.tmp', 'spilled')
  const others = ['cchc.duckdb.bak', 'cchc.duckdb.migrate.txt', 'cchc.duckdb.stage.csv', 'cchc.duckdb.tmp.old', 'other.duckdb.stage']
  for (const name of others) write(cwd, name, 'of somebody else')
  await succeed(['loads', 'verify'], { cwd })
  expect(readdirSync(cwd)).not.toContain('cchc.duckdb.stage.wal')
  expect(readdirSync(cwd)).toContain('cchc.duckdb.tmp.0a1b2c3d')
  await succeed(['ingest', 'b.csv'], { cwd })
  expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'b.csv', 'cchc.duckdb', ...others].sort())
})

test('every process spills into a folder of its own', async () => {
  const cwd = tempFolder()
  write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
  await succeed(['ingest', 'a.csv'], { cwd })
  const folders = async (): Promise<unknown> =>
    (await storeRows(join(cwd, 'cchc.duckdb'), `SELECT current_setting('temp_directory') AS at`))[0]!.at
  const [one, two] = [await folders(), await folders()]
  expect(one).toMatch(/cchc\.duckdb\.tmp\.[0-9a-f]{8}$/)
  expect(one).not.toBe(two)
})
