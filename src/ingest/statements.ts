import { identifier, type Store } from '../store/store.js'
import { leastOfResult, mostOfResult, NEWEST_OF_FILE, RESULT_DATES } from './result-said.js'

/**
 * Adds to table `merged` the dossiers of outcome `recompose` in `meeting`, rebuilt from all statements ever loaded; rows that lost within
 * their own file are none (see `endDoubles`). Per column, of the statements that bring it, in the order of loading, the newest decides:
 *
 * 1. One with an update time is as new as that.
 * 2. One without is at least as new as those loaded before it, and as the result it tells of. A result told without an hour came after every
 *    update of that day that has none; one told without a day, after all such updates.
 * 3. Of those equally new the later one is newer, unless it takes back a result that one before it tells of: it is then older than that.
 * 4. A date of the result is never erased by a statement that is only equally new.
 *
 * `bitOf`: a column's bit in `brings` of table `load_relation`.
 */
export async function recompose(store: Store, columns: readonly string[], loadId: number, bitOf: (id: string) => bigint): Promise<void> {
  const list = columns.map(identifier).join(', ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE contested AS
    SELECT s.code, m.new_row, m.old_row FROM meeting m JOIN stage.dossier_version s ON s.rowid = m.new_row WHERE m.outcome = 'recompose'`)
  const brings = (id: string): string => `(s.brings & ${bitOf(id)}) <> 0`
  await store.run(`
    CREATE OR REPLACE TEMP TABLE statement AS
    SELECT *, ${leastOfResult('s')} AS least, ${mostOfResult('s', brings)} AS most,
      CASE WHEN updated_at IS NULL THEN greatest(resolved_at, returned_at) END AS told_at
    FROM (
      SELECT said.*, brings FROM (
        SELECT ${list}, load_id FROM dossier_version v
        WHERE NOT is_merged AND code IN (SELECT code FROM contested)
        QUALIFY row_number() OVER (PARTITION BY code, load_id ORDER BY ${NEWEST_OF_FILE('v')}) = 1
        UNION ALL
        SELECT ${list}, ${loadId} FROM stage.dossier_version WHERE rowid IN (SELECT new_row FROM contested)
      ) said
      JOIN load_relation USING (load_id)
    ) s`)
  const parts = await columnsByLoads(store, columns, bitOf)
  const composed = parts.map(({ ids, loads }, i) => `LEFT JOIN (${decide(ids, loads)}) part${i} USING (code)`)
  const found = new Set(parts.flatMap(({ ids }) => ids))
  const values = columns.map((id) => (id === 'code' ? 'c.code' : found.has(id) ? identifier(id) : `NULL AS ${identifier(id)}`)).join(', ')
  const differs = columns.map((id) => `n.${identifier(id)} IS DISTINCT FROM d.${identifier(id)}`).join(' OR ')
  await store.run(`
    INSERT INTO merged BY NAME
    SELECT n.*, (${differs}) AS is_change
    FROM (SELECT ${values}, c.old_row FROM contested c ${composed.join(' ')}) n
    JOIN dossier_version d ON d.rowid = n.old_row`)
}

/** Columns that the same loads bring, so that their statements have one order. */
async function columnsByLoads(
  store: Store,
  columns: readonly string[],
  bitOf: (id: string) => bigint,
): Promise<{ ids: string[]; loads: number[] }[]> {
  const found = await store.rows<{ load_id: number; brings: string }>(
    `SELECT DISTINCT load_id, brings::VARCHAR AS brings FROM statement ORDER BY load_id`,
  )
  const parts = new Map<string, { ids: string[]; loads: number[] }>()
  for (const id of columns) {
    const loads = found.filter(({ brings }) => (BigInt(brings) & bitOf(id)) !== 0n).map(({ load_id }) => load_id)
    if (id === 'code' || loads.length === 0) continue
    const key = loads.join()
    parts.set(key, { ids: [...(parts.get(key)?.ids ?? []), id], loads })
  }
  return [...parts.values()]
}

/** SQL of what the newest statement says in columns that these loads bring, one row per code. */
function decide(ids: readonly string[], loads: readonly number[]): string {
  const rank = (first = ''): string => `row_number() OVER (PARTITION BY code ORDER BY since NULLS FIRST, ${first}stage, load_id)`
  const dates = ids.filter((id) => RESULT_DATES.includes(id))
  const newest = ids.map((id) => `arg_max_null(${identifier(id)}, ${dates.includes(id) ? `rank_${id}` : 'rank'}) AS ${identifier(id)}`)
  const openUpdate = (window: string, least: number): string => `max(updated_at) FILTER (most < ${least}) OVER (PARTITION BY ${window})`
  const byLeast = (window: string): string => `CASE least WHEN 1 THEN ${openUpdate(window, 1)} WHEN 2 THEN ${openUpdate(window, 2)} END`
  return `
    SELECT code, ${newest.join(', ')}
    FROM (
      SELECT *, ${rank()} AS rank${dates.map((id) => `, ${rank(`${id} IS NOT NULL, `)} AS rank_${id}`).join('')}
      FROM (
        SELECT *, CASE WHEN most < before THEN most ELSE greatest(before, least) END AS stage
        FROM (
          SELECT *, max(least) OVER (PARTITION BY code, since ORDER BY load_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
          FROM (
            SELECT *, coalesce(updated_at, max(coalesce(updated_at, tells_from)) OVER (PARTITION BY code ORDER BY load_id)) AS since
            FROM (
              SELECT *, CASE
                  WHEN updated_at IS NOT NULL OR least = 0 THEN NULL
                  WHEN told_at IS NULL THEN ${byLeast('code')}
                  WHEN told_at = told_at::DATE THEN greatest(told_at, ${byLeast('code, coalesce(updated_at, told_at)::DATE')})
                  ELSE told_at END AS tells_from
              FROM statement WHERE load_id IN (${loads.join(', ')}))))))
    GROUP BY code`
}
