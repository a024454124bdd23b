import type { Kind } from '../definitions/schema.js'
import type { LoadEntry } from '../store/loads.js'
import { tablesOf } from '../store/schema.js'
import { identifier, type Store } from '../store/store.js'
import { FACTS } from './facts.js'

/**
 * Takes the facts of a load of a small kind away, and lets what later loads said of the same stand in its place: of each fact the last
 * statement holds, and one that says what the one before it said is unchanged. Inside the caller's transaction. Later loads keep
 * their counts of rows, which may have held several facts each; where a row is a fact, these follow.
 */
export async function replayRecords(store: Store, { load_id: gone, kind }: LoadEntry, later: readonly LoadEntry[]): Promise<void> {
  const { table } = FACTS[kind as Kind]
  const columns = (await tablesOf(store)).get(table)!.filter((id) => !['load_id', 'ended_load_id', 'key'].includes(id))
  const list = columns.map(identifier).join(', ')
  const content = `struct_pack(${columns.map((id) => `${identifier(id)} := v.${identifier(id)}`).join(', ')})`
  const isOwn = 'ended_load_id IS NOT DISTINCT FROM load_id'
  await store.run(`
    CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT key FROM ${table} WHERE load_id = ${gone};
    CREATE OR REPLACE TEMP TABLE said_again AS
    SELECT *, lag(load_id) OVER steps AS before, lag(content) OVER steps AS content_before
    FROM (
      SELECT v.key, v.load_id, ${content} AS content, v.rowid AS position
      FROM ${table} v WHERE v.load_id <> ${gone} AND key IN (SELECT key FROM touched) AND NOT (${isOwn})
        AND (v.load_id > ${gone} OR v.ended_load_id IS NULL OR v.ended_load_id >= ${gone})
      UNION ALL
      SELECT u.key, u.load_id, ${content}, ${Number.MAX_SAFE_INTEGER}
      FROM unchanged_fact u JOIN load l ON l.load_id = u.load_id AND l.kind = '${kind}'
        JOIN ${table} v ON v.key = u.key AND v.load_id = u.said_by AND NOT (v.ended_load_id IS NOT DISTINCT FROM v.load_id)
      WHERE u.load_id > ${gone} AND u.key IN (SELECT key FROM touched))
    WINDOW steps AS (PARTITION BY key ORDER BY load_id);
    CREATE OR REPLACE TEMP TABLE standing AS
    SELECT *, lead(load_id) OVER (PARTITION BY key ORDER BY load_id) AS ended
    FROM said_again WHERE before IS NULL OR content IS DISTINCT FROM content_before;
    DELETE FROM ${table} WHERE load_id >= ${gone} AND key IN (SELECT key FROM touched) AND (load_id = ${gone} OR NOT (${isOwn}));
    UPDATE ${table} SET ended_load_id = standing.ended FROM standing WHERE standing.key = ${table}.key AND standing.load_id = ${table}.load_id
      AND NOT (${table}.ended_load_id IS NOT DISTINCT FROM ${table}.load_id);
    INSERT INTO ${table} (key, ${list}, load_id, ended_load_id)
    SELECT key, ${columns.map((id) => `content.${identifier(id)}`).join(', ')}, load_id, ended FROM standing WHERE load_id > ${gone} ORDER BY load_id, position;
    DELETE FROM unchanged_fact WHERE load_id >= ${gone} AND key IN (SELECT key FROM touched)
      AND load_id IN (SELECT load_id FROM load WHERE kind = '${kind}');
    INSERT INTO unchanged_fact
    SELECT s.load_id, s.key, max(t.load_id), false FROM said_again s JOIN standing t ON t.key = s.key AND t.load_id < s.load_id
    WHERE s.before IS NOT NULL AND s.content IS NOT DISTINCT FROM s.content_before GROUP BY ALL ORDER BY ALL`)
  for (const { load_id: loadId } of later) await countAnew(store, table, loadId, kind === 'targets' || kind === 'unit_aliases')
}

async function countAnew(store: Store, table: string, loadId: number, isFactARow: boolean): Promise<void> {
  const rows = 'loaded = found.facts - lost, superseded = lost, unchanged = read - rejected - skipped - found.facts,'
  await store.run(`
    UPDATE load SET facts = found.facts, ${isFactARow ? rows : ''} unchanged_facts = (SELECT count(*) FROM unchanged_fact WHERE load_id = ${loadId})
    FROM (SELECT count(*) AS facts, count(*) FILTER (ended_load_id = load_id) AS lost FROM ${table} WHERE load_id = ${loadId}) found
    WHERE load_id = ${loadId}`)
}
