import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

import { ROOT, succeed, tempFolder } from '../support/program.js'

type Row = [metric: string, level: string | null, unit: string | null, numerator: number | null, denominator: number | null, state: string]
interface Said {
  loads: (string | number)[][]
  rows: Row[]
}

/** Stores that the program of version 1 made, packed, and what it reported of 2024 by level and unit. */
const FOLDER = join(ROOT, 'test', 'store', 'version-1')

describe.each(['small-province', 'merged'])('the store "%s" that version 1 made', (name) => {
  test('lists the same loads and gives the same figures, in counts', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'cchc.duckdb'), gunzipSync(readFileSync(join(FOLDER, `${name}.store.gz`))))
    const said = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Said
    const { loads } = JSON.parse(await succeed(['loads', '--format', 'json'], { cwd })) as { loads: Record<string, string | number>[] }
    const COUNTS = ['load_id', 'kind', 'read', 'loaded', 'unchanged', 'superseded', 'rejected', 'skipped']
    expect(loads.map((load) => COUNTS.map((key) => load[key]))).toEqual(said.loads)
    const asked = ['report', '--period', '2024', '--as-of', '2025-01-31', '--by', 'level,unit', '--format', 'json']
    const { rows } = JSON.parse(await succeed(asked, { cwd })) as {
      rows: { metric: string; level: string | null; unit: { name: string } | null; numerator: number; denominator: number; state: string }[]
    }
    const key = ([metric, level, unit]: Row): string => [metric, unit ?? level ?? 'total'].join(' / ')
    const now = new Map(
      rows.map((row) => {
        const one: Row = [row.metric, row.level, row.unit?.name ?? null, row.numerator, row.denominator, row.state]
        return [key(one), one]
      }),
    )
    const changed = said.rows.filter((row) => JSON.stringify(now.get(key(row))) !== JSON.stringify(row))
    expect(changed.map((row) => ({ before: row, after: now.get(key(row)) }))).toEqual([])
    await succeed(['loads', 'verify'], { cwd })
  })
})
