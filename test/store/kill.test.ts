import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'

import { bigExport, type BigExport } from '../support/big-export.js'
import { DOSSIERS } from '../support/facts.js'
import { finish, run, start, storeRows, succeed, tempFolder } from '../support/program.js'

const KILLS = 4
const STATE = `SELECT (SELECT count(*) FROM dossier) AS dossiers, (SELECT coalesce(sum(loaded), 0)::BIGINT FROM load) AS loaded,
  (SELECT count(*) FROM load) AS loads, (SELECT count(*) FROM load_source) AS sources, (SELECT count(*) FROM rejected_row) AS rejected,
  (SELECT sum(hash(d)::HUGEINT)::VARCHAR FROM (${DOSSIERS}) d) AS digest`
const EMPTY = { dossiers: 0, loaded: 0, loads: 0, sources: 0, rejected: 0, digest: null }

const folder = tempFolder()
let big: BigExport
beforeAll(() => {
  big = bigExport(folder)
})

async function state(db: string): Promise<Record<string, unknown>> {
  return (await storeRows(db, STATE))[0]!
}

/** Starts a load, kills it after a while, and says whether it was still running then. */
async function killLoad(db: string, file: string, after: number): Promise<boolean> {
  const child = start(['ingest', '--db', db, file])
  const ended = finish(child)
  await sleep(after)
  child.kill('SIGKILL')
  return (await ended).status === null
}

/** Moments spread over a duration, one anywhere in each part of it. */
const moments = (duration: number): number[] =>
  Array.from({ length: KILLS }, (_, i) => duration * (0.2 + (0.9 * (i + Math.random())) / KILLS))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

describe('a load that is killed leaves the store as it was before or as it is after', () => {
  test('at any moment of a first large load', async () => {
    const whole = join(folder, 'whole.duckdb')
    const duration = await timed(() => succeed(['ingest', '--db', whole, big.file]))
    const after = await state(whole)
    let killed = 0
    for (const [i, moment] of moments(duration).entries()) {
      const db = join(folder, `first-${i}.duckdb`)
      killed += Number(await killLoad(db, big.file, moment))
      const { status, stderr } = await run(['loads', '--db', db])
      expect([0, 6], `after ${moment} of ${duration} ms: ${stderr}`).toContain(status)
      if (status === 0) expect([EMPTY, after]).toContainEqual(await state(db))
      await succeed(['ingest', '--db', db, big.file])
      expect(await state(db)).toEqual(after)
      expect(readdirSync(folder).filter((name) => name.startsWith(`first-${i}.`))).toEqual([`first-${i}.duckdb`])
    }
    expect(killed).toBeGreaterThan(0)
  }, 60_000)

  test('at any moment of a later load', async () => {
    const base = join(folder, 'base.duckdb')
    const whole = join(folder, 'both.duckdb')
    const [one, two] = big.halves as [string, string]
    await succeed(['ingest', '--db', base, one])
    copyFileSync(base, whole)
    const before = await state(base)
    const duration = await timed(() => succeed(['ingest', '--db', whole, two]))
    const after = await state(whole)
    let killed = 0
    for (const [i, moment] of moments(duration).entries()) {
      const db = join(folder, `later-${i}.duckdb`)
      copyFileSync(base, db)
      killed += Number(await killLoad(db, two, moment))
      await succeed(['loads', '--db', db])
      expect([before, after], `after ${moment} of ${duration} ms`).toContainEqual(await state(db))
      await succeed(['ingest', '--db', db, two])
      expect(await state(db)).toEqual(after)
    }
    expect(killed).toBeGreaterThan(0)
  }, 60_000)
})
