import { existsSync, statSync } from 'node:fs'

import { listLoads } from '../store/loads.js'
import type { Store } from '../store/store.js'
import { scanFile } from './scan.js'
import { FACTS } from './undo.js'

/** What became of the file of a load: the same bytes, other bytes, not where it was. */
export type SourceState = 'same' | 'changed' | 'gone'

export interface Verified {
  load_id: number
  file: string
  source: SourceState
  /** Sums that do not add up, in words; there are none unless the store is damaged. */
  faults: string[]
}

/** Hashes the files of all loads again, and checks every sum of the ledger against the facts and rejected rows that are there. */
export async function verifyLoads(store: Store): Promise<Verified[]> {
  const verified: Verified[] = []
  for (const load of await listLoads(store)) {
    const { load_id, kind, file, sha256, read, loaded, unchanged, superseded, rejected, skipped, skipped_reasons } = load
    const faults: string[] = []
    const check = (what: string, said: number, found: number): void => {
      if (said !== found) faults.push(`${what}: the ledger says ${said}, there are ${found}`)
    }
    check('read', read, loaded + unchanged + superseded + rejected + skipped)
    check(
      'skipped',
      skipped,
      Object.values(JSON.parse(skipped_reasons) as Record<string, number>).reduce((sum, n) => sum + n, 0),
    )
    const counted = await store.row<{ rejected: number; lines: number }>(
      `SELECT count(*)::BIGINT AS rejected FROM rejected_row WHERE load_id = ${load_id}`,
    )
    check('rejected', rejected, counted!.rejected)
    if (kind === 'dossiers') {
      const facts = await store.row<{ n: number }>(
        `SELECT count(*)::BIGINT AS n FROM dossier_version WHERE load_id = ${load_id} AND NOT is_merged`,
      )
      check('loaded and superseded', loaded + superseded, facts!.n)
    }
    verified.push({ load_id, file, source: await sourceState(file, sha256), faults })
  }
  for (const { table, key } of Object.values(FACTS)) {
    const doubles = await store.row<{ n: number }>(
      `SELECT count(*)::BIGINT AS n FROM (SELECT ${key} FROM ${table} WHERE ended_load_id IS NULL GROUP BY ${key} HAVING count(*) > 1)`,
    )
    if (doubles!.n > 0) verified.push({ load_id: 0, file: table, source: 'same', faults: [`${doubles!.n} facts are current twice`] })
  }
  return verified
}

async function sourceState(file: string, sha256: string): Promise<SourceState> {
  if (!existsSync(file)) return 'gone'
  return (await scanFile(file, statSync(file).size, 0)).sha256 === sha256 ? 'same' : 'changed'
}
