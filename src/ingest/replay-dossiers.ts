import { DERIVED } from '../store/derived.js'
import type { LoadEntry } from '../store/loads.js'
import { tablesOf } from '../store/schema.js'
import { identifier, type Store } from '../store/store.js'
import { mergeDossiers } from './dossier-merge.js'
import { endDoubles } from './dossiers.js'

const OWN = ['is_merged', 'load_id', 'ended_load_id', ...Object.keys(DERIVED)]

/**
 * Takes the statements of a load away and merges what later loads said of the same dossiers anew, load by load, as if their files came
 * again: what they found unchanged as well. Inside the caller's transaction. Their counts follow.
 */
export async function replayDossiers(store: Store, { load_id: gone }: LoadEntry, later: readonly LoadEntry[]): Promise<void> {
  const columns = (await tablesOf(store)).get('dossier_version')!.filter((id) => !OWN.includes(id))
  await store.run(`
    CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT code FROM dossier_version WHERE load_id = ${gone}`)
  await gatherStatements(store, columns, gone)
  await store.run(`
    DELETE FROM dossier_version WHERE load_id >= ${gone} AND code IN (SELECT code FROM touched);
    UPDATE dossier_version SET ended_load_id = NULL WHERE ended_load_id >= ${gone} AND code IN (SELECT code FROM touched);
    DELETE FROM unchanged_fact WHERE load_id >= ${gone} AND key IN (SELECT code FROM touched)
      AND load_id IN (SELECT load_id FROM load WHERE kind = 'dossiers')`)
  // The statements of a load stand where those of a file would: in `stage`, here a schema of the store, as one transaction writes one database.
  await store.run('CREATE SCHEMA stage; CREATE TABLE stage.dossier_version AS SELECT * FROM dossier_version LIMIT 0')
  for (const { load_id: loadId, columns: brought } of later) {
    const provided = columns.filter((id) => brought.includes(id))
    const values = columns.map((id) =>
      provided.includes(id) ? identifier(id) : `nullif(${identifier(id)}, ${identifier(id)}) AS ${identifier(id)}`,
    )
    await store.run(`
      DELETE FROM stage.dossier_version;
      INSERT INTO stage.dossier_version
      SELECT *, ${Object.values(DERIVED).join(', ')}, false, ${loadId}, NULL
      FROM (SELECT ${values.join(', ')} FROM said_again WHERE load_id = ${loadId} ORDER BY position)`)
    await endDoubles({ store, loadId })
    await mergeDossiers(store, provided, columns, loadId)
    await countAnew(store, loadId)
  }
  await store.run('DROP TABLE stage.dossier_version; DROP SCHEMA stage')
}

/** Table `said_again`: what later loads said of the dossiers of table `touched`, in the order of their rows. */
async function gatherStatements(store: Store, columns: readonly string[], gone: number): Promise<void> {
  const list = columns.map((id) => `v.${identifier(id)}`).join(', ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE said_again AS
    SELECT ${list}, v.load_id, v.rowid AS position
    FROM dossier_version v WHERE NOT is_merged AND load_id > ${gone} AND code IN (SELECT code FROM touched)
    UNION ALL
    SELECT ${list}, u.load_id, ${Number.MAX_SAFE_INTEGER} AS position
    FROM unchanged_fact u JOIN load l ON l.load_id = u.load_id AND l.kind = 'dossiers'
      JOIN dossier_version v ON v.code = u.key AND v.load_id = u.said_by AND v.is_merged = u.is_merged
    WHERE u.load_id > ${gone} AND u.key IN (SELECT code FROM touched)
    QUALIFY row_number() OVER (PARTITION BY u.load_id, u.key ORDER BY v.ended_load_id IS NOT DISTINCT FROM v.load_id, v.rowid DESC) = 1`)
}

async function countAnew(store: Store, loadId: number): Promise<void> {
  await store.run(`
    UPDATE load SET facts = found.facts, loaded = found.facts - lost, superseded = lost - merged, unchanged_facts = same,
      unchanged = read - rejected - skipped - (found.facts - merged)
    FROM (
      SELECT count(*) AS facts, count(*) FILTER (ended_load_id = load_id) AS lost, count(*) FILTER (is_merged) AS merged,
        (SELECT count(*) FROM unchanged_fact WHERE load_id = ${loadId}) AS same
      FROM dossier_version WHERE load_id = ${loadId}) found
    WHERE load_id = ${loadId}`)
}
