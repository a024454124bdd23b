import { DERIVED } from '../store/derived.js'
import { identifier, type Store } from '../store/store.js'

/** What became of the staged dossiers when they met the ones already known. */
export interface MergeCounts {
  loaded: number
  unchanged: number
  superseded: number
}

/**
 * Promotes the staged dossiers (one per code; ended rows are duplicates within the file) into a store that already has some,
 * inside the caller's transaction. Per column the newest statement wins: by "Cập nhật lần cuối" where both say it, else the later
 * load. Columns the file does not have keep what is known. Every replaced state and every losing statement stays as a version.
 *
 * `provided`: columns the file has. `columns`: all dossier columns.
 */
export async function mergeDossiers(
  store: Store,
  provided: readonly string[],
  columns: readonly string[],
  loadId: number,
): Promise<MergeCounts> {
  await relateLoads(store, provided)
  await meet(store, provided)
  await dropKnownStatements(store, columns)
  const hasMerges = (await store.row(`SELECT 1 FROM meeting WHERE outcome = 'merge' LIMIT 1`)) !== undefined
  const merged = hasMerges ? await composeMerged(store, provided, columns, loadId) : 0
  const list = columns.map(identifier).join(', ')
  const fresh = await store.row<{ n: number }>(
    `SELECT count(*)::BIGINT AS n FROM stage.dossier_version WHERE ended_load_id IS NULL AND rowid NOT IN (SELECT new_row FROM meeting)`,
  )
  await store.run(`
    UPDATE dossier_version SET ended_load_id = ${loadId}
    WHERE rowid IN (SELECT old_row FROM meeting WHERE outcome = 'replace'${hasMerges ? ' UNION ALL SELECT old_row FROM merged WHERE is_change' : ''})`)
  await store.run(`
    INSERT INTO dossier_version
    SELECT ${[...columns, ...Object.keys(DERIVED)].map((id) => `s.${identifier(id)}`).join(', ')}, false, ${loadId},
      CASE WHEN s.ended_load_id IS NOT NULL OR m.outcome IN ('superseded', 'merge') THEN ${loadId} END
    FROM stage.dossier_version s LEFT JOIN meeting m ON m.new_row = s.rowid
    WHERE m.outcome IS DISTINCT FROM 'unchanged' AND m.outcome IS DISTINCT FROM 'known'`)
  if (hasMerges)
    await store.run(
      `INSERT INTO dossier_version SELECT ${[list, ...Object.values(DERIVED)].join(', ')}, true, ${loadId}, NULL FROM merged WHERE is_change`,
    )
  const counts = new Map(
    (await store.rows<{ outcome: string; n: number }>(`SELECT outcome, count(*)::BIGINT AS n FROM meeting GROUP BY outcome`)).map(
      ({ outcome, n }) => [outcome, n],
    ),
  )
  const doubles = (await store.row<{ n: number }>(
    `SELECT count(*)::BIGINT AS n FROM stage.dossier_version WHERE ended_load_id IS NOT NULL`,
  ))!.n
  const of = (outcome: string): number => counts.get(outcome) ?? 0
  return {
    loaded: fresh!.n + of('replace') + merged,
    unchanged: of('unchanged') + of('known'),
    superseded: doubles + of('superseded') + of('merge') - merged,
  }
}

/**
 * Table `meeting`: what becomes of each staged dossier that is already known. The join is narrow, because it passes over all dossiers;
 * only rows that could say the same, by their update time, are compared column by column.
 */
async function meet(store: Store, provided: readonly string[]): Promise<void> {
  const isTimed = provided.includes('updated_at')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE pair AS
    SELECT s.rowid AS new_row, d.rowid AS old_row, s.updated_at AS new_time, d.updated_at AS old_time, d.load_id, d.is_merged
    FROM dossier_version d JOIN stage.dossier_version s ON s.code = d.code
    WHERE d.ended_load_id IS NULL AND s.ended_load_id IS NULL`)
  await store.run(
    `CREATE OR REPLACE TEMP TABLE alike AS SELECT new_row, old_row FROM pair ${isTimed ? 'WHERE new_time IS NOT DISTINCT FROM old_time' : ''}`,
  )
  await keepSame(store, provided)
  const isNewer = isTimed ? '(p.new_time IS NULL OR p.old_time IS NULL OR p.new_time >= p.old_time)' : 'true'
  await store.run(`
    CREATE OR REPLACE TEMP TABLE meeting AS
    SELECT p.new_row, p.old_row,
      CASE
        WHEN same.new_row IS NOT NULL THEN 'unchanged'
        WHEN ${isNewer} AND (r.covers_all OR r.is_covered AND NOT p.is_merged) THEN 'replace'
        WHEN NOT ${isNewer} AND NOT p.is_merged AND r.covers THEN 'superseded'
        ELSE 'merge'
      END AS outcome
    FROM pair p
    JOIN load_relation r USING (load_id)
    LEFT JOIN same ON same.new_row = p.new_row`)
}

/** Table `same`: the staged rows of `alike` that say the same in all these columns as the version beside them. */
async function keepSame(store: Store, columns: readonly string[]): Promise<void> {
  const isSame = columns.map((id) => `s.${identifier(id)} IS NOT DISTINCT FROM d.${identifier(id)}`).join(' AND ')
  const span = await store.row<{ first: number | null; last: number | null }>(
    `SELECT min(old_row) AS first, max(old_row) AS last FROM alike`,
  )
  await store.run(`
    CREATE OR REPLACE TEMP TABLE same AS
    SELECT a.new_row
    FROM dossier_version d
    JOIN alike a ON d.rowid = a.old_row
    JOIN stage.dossier_version s ON s.rowid = a.new_row
    WHERE d.rowid BETWEEN ${span?.first ?? 0} AND ${span?.last ?? -1} AND ${isSame}`)
}

/** Which earlier loads this file's columns cover, and which cover them. */
async function relateLoads(store: Store, provided: readonly string[]): Promise<void> {
  const loads = await store.rows<{ load_id: number; columns: string[] }>(`SELECT load_id, columns FROM load WHERE kind = 'dossiers'`)
  const ours = new Set(provided)
  const coversAll = loads.every(({ columns }) => columns.every((id) => ours.has(id)))
  const values = loads.map(({ load_id, columns }) => {
    const isCovered = columns.every((id) => ours.has(id))
    const covers = provided.every((id) => columns.includes(id))
    return `(${load_id}, ${isCovered}, ${covers}, ${coversAll})`
  })
  await store.run(`CREATE OR REPLACE TEMP TABLE load_relation (load_id INTEGER, is_covered BOOLEAN, covers BOOLEAN, covers_all BOOLEAN)`)
  if (values.length > 0) await store.run(`INSERT INTO load_relation VALUES ${values.join(', ')}`)
  await store.run(`CREATE OR REPLACE TEMP TABLE load_column AS
    SELECT load_id, unnest(columns) AS column_id FROM load WHERE kind = 'dossiers'`)
}

/**
 * Rebuilds the dossiers about which exports with different columns speak, from all statements ever loaded: in load order a
 * statement wins over earlier ones unless both carry an update time and its own is older. A file without update times so starts
 * a new era: every later statement is newer than it. Table `merged`; returns how many states differ from the current ones.
 */
async function composeMerged(store: Store, provided: readonly string[], columns: readonly string[], loadId: number): Promise<number> {
  const list = columns.map(identifier).join(', ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE contested AS
    SELECT s.code, m.new_row, m.old_row FROM meeting m JOIN stage.dossier_version s ON s.rowid = m.new_row WHERE m.outcome = 'merge'`)
  await store.run(`
    INSERT INTO load_column SELECT ${loadId}, unnest([${provided.map((id) => `'${id}'`).join(', ')}])`)
  await store.run(`
    CREATE OR REPLACE TEMP TABLE statement AS
    SELECT *, row_number() OVER (PARTITION BY code ORDER BY era, updated_at NULLS FIRST, load_id, is_last) AS rank
    FROM (
      SELECT *, sum(CASE WHEN is_timed THEN 0 ELSE 1 END) OVER (PARTITION BY code ORDER BY load_id, is_last ROWS UNBOUNDED PRECEDING) AS era
      FROM (
        SELECT ${list}, v.load_id, v.ended_load_id IS DISTINCT FROM v.load_id AS is_last, t.column_id IS NOT NULL AS is_timed
        FROM (
          SELECT ${list}, load_id, ended_load_id FROM dossier_version
          WHERE NOT is_merged AND code IN (SELECT code FROM contested)
          UNION ALL
          SELECT ${list}, ${loadId}, NULL FROM stage.dossier_version WHERE rowid IN (SELECT new_row FROM contested)
        ) v
        LEFT JOIN load_column t ON t.load_id = v.load_id AND t.column_id = 'updated_at'
      )
    )`)
  const newest = columns
    .filter((id) => id !== 'code')
    .map(
      (id) =>
        `arg_max_null(${identifier(id)}, rank) FILTER (WHERE load_id IN (SELECT load_id FROM load_column WHERE column_id = '${id}')) AS ${identifier(id)}`,
    )
  const differs = columns.map((id) => `n.${identifier(id)} IS DISTINCT FROM d.${identifier(id)}`).join(' OR ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE merged AS
    SELECT n.*, c.old_row, (${differs}) AS is_change
    FROM (SELECT code, ${newest.join(', ')} FROM statement GROUP BY code) n
    JOIN contested c USING (code)
    JOIN dossier_version d ON d.rowid = c.old_row`)
  return (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM merged WHERE is_change`))!.n
}

/** A statement that is already among the versions of its dossier says nothing new. */
async function dropKnownStatements(store: Store, columns: readonly string[]): Promise<void> {
  if (!(await store.row(`SELECT 1 FROM meeting WHERE outcome IN ('merge', 'superseded') LIMIT 1`))) return
  await store.run(`
    CREATE OR REPLACE TEMP TABLE alike AS
    SELECT s.rowid AS new_row, v.rowid AS old_row
    FROM dossier_version v
    JOIN stage.dossier_version s ON s.code = v.code AND s.updated_at IS NOT DISTINCT FROM v.updated_at
    WHERE NOT v.is_merged AND s.rowid IN (SELECT new_row FROM meeting WHERE outcome IN ('merge', 'superseded'))`)
  await keepSame(store, columns)
  await store.run(`UPDATE meeting SET outcome = 'known' WHERE new_row IN (SELECT new_row FROM same)`)
}
