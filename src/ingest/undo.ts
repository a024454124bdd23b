import { ToolError } from '../errors.js'
import { apart, listed, say } from '../messages/message.js'
import type { Kind } from '../definitions/schema.js'
import { listLoads, type LoadEntry } from '../store/loads.js'
import type { Store } from '../store/store.js'
import { FACTS } from './facts.js'
import { replayDossiers } from './replay-dossiers.js'
import { replayRecords } from './replay-records.js'

/** What goes when a load is taken back. */
export interface UndoPlan {
  load: LoadEntry
  /** Later loads that spoke about the same facts, or found some of them unchanged: what they say of those is merged anew without this one. */
  resting: LoadEntry[]
}

/** What taking a load back does. Errors: usage (no such load), undo_refused (what a later load found unchanged was not kept then). */
export async function planUndo(store: Store, loadId: number): Promise<UndoPlan> {
  const loads = await listLoads(store)
  const load = loads.find(({ load_id }) => load_id === loadId)
  if (!load) throw new ToolError('usage', say('ingest.no_load', { load: String(loadId) }), { hint: say('ingest.all_loads') })
  const later = loads.filter(({ load_id, kind }) => kind === load.kind && load_id > loadId)
  const { table, key } = FACTS[load.kind as Kind]
  const touched = await store.rows<{ load_id: number }>(`
    SELECT DISTINCT load_id FROM (
      SELECT load_id, ${key} AS key FROM ${table} UNION ALL SELECT load_id, key FROM unchanged_fact JOIN load USING (load_id) WHERE kind = '${load.kind}')
    WHERE load_id > ${loadId} AND key IN (SELECT ${key} FROM ${table} WHERE load_id = ${loadId})`)
  const unknown = later.filter(({ unchanged, unchanged_facts: kept }) => unchanged > 0 && kept === null)
  if (unknown.length > 0) throw refused(load, later, unknown)
  const ids = new Set(touched.map(({ load_id }) => load_id))
  return { load, resting: later.filter(({ load_id }) => ids.has(load_id)) }
}

/**
 * Takes a load back, in one transaction: its facts, rejected rows and ledger go, and the facts it spoke about are what they would be had it
 * never been loaded. Errors: as planUndo.
 */
export async function undoLoad(store: Store, loadId: number): Promise<LoadEntry> {
  const { load, resting } = await planUndo(store, loadId)
  const replay = load.kind === 'dossiers' ? replayDossiers : replayRecords
  await store.transaction(async () => {
    await replay(store, load, resting)
    await store.run(`DELETE FROM unchanged_fact WHERE load_id = ${loadId}`)
    for (const ledger of ['rejected_row', 'load_source', 'load']) await store.run(`DELETE FROM ${ledger} WHERE load_id = ${loadId}`)
  })
  return load
}

function refused({ load_id }: LoadEntry, later: readonly LoadEntry[], unknown: readonly LoadEntry[]): ToolError {
  const reasons = unknown.map((one) => say('ingest.later_unchanged', { load: String(one.load_id), n: one.unchanged }))
  const order = later.map((one) => one.load_id).toReversed()
  return new ToolError('undo_refused', say('ingest.undo_refused', { load: String(load_id), reasons: apart(reasons) }), {
    hint: say('ingest.undo_later_first', { order: listed(order.map(String)), load: String(load_id) }),
    details: { later: order },
  })
}
