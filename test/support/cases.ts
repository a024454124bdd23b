import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { loadRegistry } from '../../src/units/registry.js'
import { UnitMatcher } from '../../src/units/match.js'
import { Store, type Value } from '../../src/store/store.js'
import { definitions, isBalanced, LOAD, REJECTED } from './facts.js'
import { run, SAMPLES, succeed, tempFolder } from './program.js'

interface Reject {
  row: number
  column: string | null
  text: string | null
  reason: string
}

/** One file of data-samples/traps, headers, bad-input or workbooks with what reading it must give. */
export interface Case {
  file: string
  about: string
  kind: 'dossiers' | 'survey' | 'targets' | 'units'
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
    skipped?: Record<string, number>
    personal?: string[]
    sheet?: string
    hidden?: { rows: number; columns: number; sheet: boolean }
    rejects: Reject[]
    facts: Record<string, Value>[]
    resolved_units?: { code: string; unit_code: string | null }[]
  }
}

export function readCases(folder: string): Case[] {
  return JSON.parse(readFileSync(join(SAMPLES, folder, 'cases.json'), 'utf8')) as Case[]
}

/** Loads the case's file with the program into a store of its own and holds it against what is expected. */
export async function checkCase(folder: string, one: Case): Promise<void> {
  const cwd = tempFolder()
  const { exit, error, read, loaded, superseded, rejected, sheet = null, hidden = null } = one.expect
  if (one.units) await succeed(['ingest', join(SAMPLES, folder, one.units)], { cwd })
  const outcome = await run(['ingest', '--max-rejects', '100%', '--format', 'json', join(SAMPLES, folder, one.file)], { cwd })
  expect(outcome.stderr).not.toMatch(/^\s+at |node:internal|\[object/m)
  expect(outcome.status, outcome.stderr).toBe(exit)
  const [result] = (JSON.parse(outcome.stdout) as { files: Record<string, Value>[] }).files
  expect(result).toMatchObject({
    ...(error === null ? { kind: one.kind, encoding: one.encoding, delimiter: one.separator } : {}),
    read,
    loaded,
    superseded,
    rejected,
    sheet,
    hidden,
    error: error === null ? null : { code: error, place: { file: join(SAMPLES, folder, one.file) } },
  })
  const sum = ['loaded', 'unchanged', 'superseded', 'rejected', 'skipped'].reduce((total, name) => total + Number(result![name]), 0)
  expect(sum).toBe(result!.read)
  if (error !== null) return
  const store = await Store.open(join(cwd, 'cchc.duckdb'), { readOnly: true })
  await checkStore(store, one).finally(() => store.close())
}

/** As checkCase, by the library and on both roads. */
export async function checkRoads(folder: string, one: Case): Promise<void> {
  const { error, read, loaded, superseded, rejected, personal = [] } = one.expect
  for (const careful of [false, true]) {
    const store = await Store.open(join(tempFolder(), 's.duckdb'))
    try {
      const file = join(SAMPLES, folder, one.file)
      const [result] = await ingestFiles(store, [file], await definitions(), { ...LOAD, careful })
      expect(result!.error?.toJSON() ?? null).toEqual(error === null ? null : expect.objectContaining({ code: error }))
      expect(result!.counts, `careful: ${careful}`).toMatchObject({ read, loaded, superseded, rejected })
      expect(isBalanced(result!.counts)).toBe(true)
      if (error !== null) continue
      expect(result).toMatchObject({ kind: one.kind, encoding: one.encoding, delimiter: one.separator, personal })
      await checkStore(store, one)
    } finally {
      store.close()
    }
  }
}

const FACTS: Record<string, string> = { dossiers: 'dossier', survey: 'survey_answer', targets: 'target', units: 'unit' }

async function checkStore(store: Store, { kind, expect: { rejects, facts, skipped = {}, resolved_units } }: Case): Promise<void> {
  const found = await store.rows<Record<string, Value>>(REJECTED)
  const asserted = found.map(({ line, column_id, text, reason }, i) => ({
    row: line,
    column: rejects[i]?.column === null ? null : column_id,
    text: rejects[i]?.text === null ? null : text,
    reason,
  }))
  expect(asserted).toEqual(rejects)
  const [source] = await store.rows<{ skipped_reasons: string }>('SELECT skipped_reasons FROM load_source ORDER BY load_id DESC')
  expect(JSON.parse(source!.skipped_reasons)).toEqual(skipped)
  const known = await store.rows<Record<string, Value>>(`SELECT * FROM ${FACTS[kind]}`)
  for (const fact of facts) {
    const same = fact.code === undefined ? undefined : known.find(({ code }) => code === fact.code)
    if (same) expect(same, `${kind} ${fact.code}`).toMatchObject(fact)
    else expect(known).toContainEqual(expect.objectContaining(fact))
  }
  if (!resolved_units) return
  const matcher = new UnitMatcher(await loadRegistry(store, await definitions()))
  for (const { code, unit_code } of resolved_units) {
    const { unit_code: saidCode, unit_name } = known.find((row) => row.code === code) as Record<string, string | null>
    const match = matcher.match(saidCode ?? null, unit_name ?? null, '2024-05-03')
    expect('unit' in match ? match.unit.code : null, `unit of ${code}: ${unit_name}`).toBe(unit_code)
  }
}
