import { ToolError } from '../errors.js'
import type { Kind } from '../definitions/schema.js'
import { listLoads, type LoadEntry } from '../store/loads.js'
import type { Store } from '../store/store.js'

/** Where the facts of a kind are kept, and what identifies one. */
export const FACTS: Record<Kind, { table: string; key: string }> = {
  dossiers: { table: 'dossier_version', key: 'code' },
  survey: { table: 'survey_answer_version', key: 'key' },
  units: { table: 'unit_version', key: 'key' },
  unit_changes: { table: 'unit_change_version', key: 'key' },
  unit_aliases: { table: 'unit_alias_version', key: 'key' },
  indicators: { table: 'reported_indicator_version', key: 'key' },
  targets: { table: 'target_version', key: 'key' },
}

/**
 * Takes a load back: its facts, rejected rows and ledger go, and what it ended is current again, in one transaction. Later loads may stay
 * as long as none of them spoke about the same facts. Errors: usage (no such load), undo_refused.
 */
export async function undoLoad(store: Store, loadId: number): Promise<LoadEntry> {
  const loads = await listLoads(store)
  const load = loads.find(({ load_id }) => load_id === loadId)
  if (!load) throw new ToolError('usage', `there is no load ${loadId}`, { hint: 'all: cchc loads' })
  await refuseIfBuiltUpon(store, load, loads)
  const { table } = FACTS[load.kind as Kind]
  await store.transaction(async () => {
    await store.run(`DELETE FROM ${table} WHERE load_id = ${loadId}`)
    await store.run(`UPDATE ${table} SET ended_load_id = NULL WHERE ended_load_id = ${loadId}`)
    for (const ledger of ['rejected_row', 'load_source', 'load']) await store.run(`DELETE FROM ${ledger} WHERE load_id = ${loadId}`)
  })
  return load
}

async function refuseIfBuiltUpon(store: Store, load: LoadEntry, loads: readonly LoadEntry[]): Promise<void> {
  const later = loads.filter(({ load_id, kind }) => kind === load.kind && load_id > load.load_id)
  if (later.length === 0) return
  const { table, key } = FACTS[load.kind as Kind]
  const shared = await store.rows<{ load_id: number; n: number }>(`
    SELECT load_id, count(DISTINCT ${key})::BIGINT AS n FROM ${table}
    WHERE load_id > ${load.load_id} AND ${key} IN (SELECT ${key} FROM ${table} WHERE load_id = ${load.load_id})
    GROUP BY load_id`)
  const sharedWith = new Map(shared.map(({ load_id, n }) => [load_id, n]))
  const reasons = later.flatMap(({ load_id, unchanged }) => {
    const n = sharedWith.get(load_id)
    if (n !== undefined) return [`load ${load_id} spoke about ${n} of the same`]
    return unchanged > 0 ? [`load ${load_id} found ${unchanged} unchanged, perhaps what this load had brought`] : []
  })
  if (reasons.length === 0) return
  const order = later.map(({ load_id }) => load_id).toReversed()
  throw new ToolError('undo_refused', `load ${load.load_id} can't be taken back by itself: ${reasons.join('; ')}`, {
    hint: `take back the later ones first, newest first (${order.join(', ')}), then ${load.load_id}; then load the files of the later ones again`,
    details: { later: order },
  })
}
