import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Kind } from '../definitions/schema.js'
import { listLoads, type LoadEntry } from '../store/loads.js'
import type { Source } from '../errors.js'
import { say, type Message } from '../messages/message.js'
import { openable } from '../reading/odd-name.js'
import type { Store } from '../store/store.js'
import { scanFile } from '../reading/scan.js'
import { FACTS } from './facts.js'

/** What became of the file of a load: the same bytes, other bytes, not where it was. */
export type SourceState = 'same' | 'changed' | 'gone'

export interface Verified {
  load_id: number
  file: string
  source: SourceState
  /** Sums that do not add up, in words; there are none unless the store is damaged. */
  faults: Message[]
}

/** Kinds of which every row loaded is one fact. */
const ONE_FACT_A_ROW = new Set<string>(['dossiers', 'targets', 'unit_aliases'] satisfies Kind[])

/** Hashes the files of all loads again, and checks every sum of the ledger against the facts and rejected rows that are there; relative names are those in `folder`. */
export async function verifyLoads(store: Store, folder = ''): Promise<Verified[]> {
  const verified: Verified[] = []
  for (const load of await listLoads(store)) {
    const { load_id, file, sha256 } = load
    verified.push({
      load_id,
      file,
      source: await sourceState({ file, path: openable(resolve(folder, file)) }, sha256),
      faults: await sumFaults(store, load),
    })
  }
  for (const { table, key } of Object.values(FACTS)) {
    const faults = await factFaults(store, table, key)
    if (faults.length > 0) verified.push({ load_id: 0, file: table, source: 'same', faults })
  }
  const strays = await strayRows(store)
  if (strays.length > 0) verified.push({ load_id: 0, file: 'load', source: 'same', faults: strays })
  return verified
}

async function sumFaults(store: Store, load: LoadEntry): Promise<Message[]> {
  const { load_id, kind, read, loaded, unchanged, superseded, rejected, skipped, skipped_reasons } = load
  const faults: Message[] = []
  const check = (
    what: 'read' | 'skipped' | 'rejected' | 'facts' | 'unchanged_facts' | 'loaded' | 'superseded',
    said: number,
    found: number,
  ): void => {
    if (said !== found) faults.push(say('usage.ledger_says', { what: say(`usage.sum_${what}`), said: String(said), found: String(found) }))
  }
  check('read', read, loaded + unchanged + superseded + rejected + skipped)
  const skips = Object.values(JSON.parse(skipped_reasons) as Record<string, number>)
  check(
    'skipped',
    skipped,
    skips.reduce((sum, n) => sum + n, 0),
  )
  const isDossiers = kind === 'dossiers'
  const there = (await store.row<{ rejected: number; facts: number; lost: number; merged: number; counted: number | null; same: number }>(`
    SELECT (SELECT count(*) FROM rejected_row WHERE load_id = ${load_id}) AS rejected,
      count(*) AS facts,
      count(*) FILTER (ended_load_id = load_id) AS lost,
      count(*) FILTER (${isDossiers ? 'is_merged' : 'false'}) AS merged,
      (SELECT any_value(facts) FROM load WHERE load_id = ${load_id}) AS counted,
      (SELECT count(*) FROM unchanged_fact WHERE load_id = ${load_id}) AS same
    FROM ${FACTS[kind as Kind].table} WHERE load_id = ${load_id}`))!
  check('rejected', rejected, there.rejected)
  if (there.counted !== null) check('facts', there.counted, there.facts)
  if (load.unchanged_facts !== null) check('unchanged_facts', load.unchanged_facts, there.same)
  if (!ONE_FACT_A_ROW.has(kind)) return faults
  check('loaded', loaded, there.facts - there.lost)
  check('superseded', superseded, there.lost - there.merged)
  return faults
}

/** What no sum shows: a fact that is current twice, one that a load ended without saying what it is now. */
async function factFaults(store: Store, table: string, key: string): Promise<Message[]> {
  const found = (await store.row<{ doubles: number; ended: number }>(`
    SELECT
      (SELECT count(*) FROM (SELECT ${key} FROM ${table} WHERE ended_load_id IS NULL GROUP BY ${key} HAVING count(*) > 1)) AS doubles,
      (SELECT count(*) FROM (SELECT ${key}, ended_load_id FROM ${table} WHERE ended_load_id <> load_id) ended
        ANTI JOIN ${table} next ON next.${key} = ended.${key} AND next.load_id = ended.ended_load_id) AS ended`))!
  return [
    ...(found.doubles > 0 ? [say('usage.current_twice', { n: found.doubles })] : []),
    ...(found.ended > 0 ? [say('usage.ended_without_next', { n: found.ended })] : []),
  ]
}

/** Rows of loads that the ledger does not have, and loads without their file. */
async function strayRows(store: Store): Promise<Message[]> {
  const tables = ['load_source', 'rejected_row', 'unchanged_fact', ...Object.values(FACTS).map(({ table }) => table)]
  const counts = tables.map((table) => `SELECT '${table}' AS name, count(*) AS n FROM ${table} ANTI JOIN load USING (load_id)`)
  const strays = await store.rows<{ name: string; n: number }>(
    `${counts.join(' UNION ALL ')} UNION ALL SELECT 'load', count(*) FROM load ANTI JOIN load_source USING (load_id)`,
  )
  return strays
    .filter(({ n }) => n > 0)
    .map(({ name, n }) => (name === 'load' ? say('usage.loads_without_file', { n }) : say('usage.rows_of_no_load', { table: name, n })))
}

async function sourceState(source: Source, sha256: string): Promise<SourceState> {
  if (!existsSync(source.path)) return 'gone'
  return (await scanFile(source, statSync(source.path).size, 0)).sha256 === sha256 ? 'same' : 'changed'
}
