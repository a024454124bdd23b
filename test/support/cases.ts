import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

import { loadRegistry } from '../../src/units/registry.js'
import { UnitMatcher } from '../../src/units/match.js'
import { Store, type Value } from '../../src/store/store.js'
import { REJECTED } from './facts.js'
import { run, SAMPLES, succeed, tempFolder } from './program.js'

interface Reject {
  row: number
  column: string | null
  text: string | null
  reason: string
}

/** One file of data-samples/traps, bad-input or workbooks with what reading it must give. */
export interface Case {
  file: string
  about: string
  kind: string
  encoding: string
  separator: string
  units?: string
  expect: {
    exit: number
    error: string | null
    read: number
    loaded: number
    superseded: number
    rejected: number
    skipped?: number
    sheet?: string
    hidden?: { rows: number; columns: number; sheet: boolean }
    rejects: Reject[]
    facts: ({ code: string } & Record<string, Value>)[]
    resolved_units?: { code: string; unit_code: string | null }[]
  }
}

export function readCases(folder: string): Case[] {
  return JSON.parse(readFileSync(join(SAMPLES, folder, 'cases.json'), 'utf8')) as Case[]
}

/** Loads the case's file with the program into a store of its own and holds it against what is expected. */
export async function checkCase(folder: string, one: Case): Promise<void> {
  const cwd = tempFolder()
  const { exit, error, rejects, facts, resolved_units, ...facets } = one.expect
  if (one.units) await succeed(['ingest', join(SAMPLES, folder, one.units)], { cwd })
  const outcome = await run(['ingest', '--max-rejects', '100%', '--format', 'json', join(SAMPLES, folder, one.file)], { cwd })
  expect(outcome.stderr).not.toMatch(/^\s+at |node:internal|\[object/m)
  expect(outcome.status, outcome.stderr).toBe(exit)
  const [result] = (JSON.parse(outcome.stdout) as { files: Record<string, Value>[] }).files
  expect(result).toMatchObject({
    ...(error === null ? { kind: one.kind, encoding: one.encoding, delimiter: one.separator } : {}),
    ...facets,
    error: error === null ? null : { code: error, place: { file: join(SAMPLES, folder, one.file) } },
  })
  const sum = ['loaded', 'unchanged', 'superseded', 'rejected', 'skipped'].reduce((total, name) => total + Number(result![name]), 0)
  expect(sum).toBe(result!.read)
  if (error !== null) return

  const store = await Store.open(join(cwd, 'cchc.duckdb'), { readOnly: true })
  try {
    const found = await store.rows<Record<string, Value>>(REJECTED)
    const asserted = found.map(({ line, column_id, text, reason }, i) => ({
      row: line,
      column: rejects[i]?.column === null ? null : column_id,
      text: rejects[i]?.text === null ? null : text,
      reason,
    }))
    expect(asserted).toEqual(rejects)
    const dossiers = new Map((await store.rows<Record<string, Value>>('SELECT * FROM dossier')).map((row) => [row.code, row]))
    for (const fact of facts) expect(dossiers.get(fact.code), `dossier ${fact.code}`).toMatchObject(fact)
    if (resolved_units) {
      const matcher = new UnitMatcher(await loadRegistry(store))
      for (const { code, unit_code } of resolved_units) {
        const { unit_code: saidCode, unit_name } = dossiers.get(code) as Record<string, string | null>
        const match = matcher.match(saidCode ?? null, unit_name ?? null, '2024-05-03')
        expect('unit' in match ? match.unit.code : null, `unit of ${code}: ${unit_name}`).toBe(unit_code)
      }
    }
  } finally {
    store.close()
  }
}
