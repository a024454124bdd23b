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
  await relateLoads(store, provided, columns, loadId)
  await meet(store, provided)
  await dropKnownStatements(store, columns)
  const outcomes = await countOutcomes(store)
  const hasMerges = outcomes.has('amend') || outcomes.has('recompose')
  if (hasMerges) await amend(store, provided, columns)
  if (outcomes.has('recompose')) await recompose(store, columns, loadId)
  const merged = hasMerges ? await countChanges(store) : 0
  const list = columns.map(identifier).join(', ')
  const fresh = await store.row<{ n: number }>(
    `SELECT count(*)::BIGINT AS n FROM stage.dossier_version WHERE ended_load_id IS NULL AND rowid NOT IN (SELECT new_row FROM meeting)`,
  )
  const doubles = (await store.row<{ n: number }>(
    `SELECT count(*)::BIGINT AS n FROM stage.dossier_version WHERE ended_load_id IS NOT NULL`,
  ))!.n
  await store.run(`
    UPDATE dossier_version SET ended_load_id = ${loadId}
    WHERE rowid IN (SELECT old_row FROM meeting WHERE outcome = 'replace'${hasMerges ? ' UNION ALL SELECT old_row FROM merged WHERE is_change' : ''})`)
  await store.run(`
    INSERT INTO dossier_version
    SELECT ${[...columns, ...Object.keys(DERIVED)].map((id) => `s.${identifier(id)}`).join(', ')}, false, ${loadId},
      CASE WHEN s.ended_load_id IS NOT NULL OR m.outcome IN ('superseded', 'amend', 'recompose') THEN ${loadId} END
    FROM stage.dossier_version s LEFT JOIN meeting m ON m.new_row = s.rowid
    WHERE m.outcome IS DISTINCT FROM 'unchanged' AND m.outcome IS DISTINCT FROM 'known'
    ${doubles > 0 ? 'ORDER BY s.rowid' : ''}`)
  if (hasMerges)
    await store.run(
      `INSERT INTO dossier_version SELECT ${[list, ...Object.values(DERIVED)].join(', ')}, true, ${loadId}, NULL FROM merged WHERE is_change`,
    )
  const of = (outcome: string): number => outcomes.get(outcome) ?? 0
  return {
    loaded: fresh!.n + of('replace') + merged,
    unchanged: of('unchanged') + of('known'),
    superseded: doubles + of('superseded') + of('amend') + of('recompose') - merged,
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
        WHEN ${isNewer} THEN 'amend'
        ELSE 'recompose'
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

/** Table `load_relation`: each load, this one too, with which columns it `brings`, a bit each, and how those relate to this file's. */
async function relateLoads(store: Store, provided: readonly string[], columns: readonly string[], loadId: number): Promise<void> {
  const loads = await store.rows<{ load_id: number; columns: string[] }>(`SELECT load_id, columns FROM load WHERE kind = 'dossiers'`)
  const ours = new Set(provided)
  const coversAll = loads.every((load) => load.columns.every((id) => ours.has(id)))
  const values = [...loads, { load_id: loadId, columns: provided }].map((load) => {
    const isCovered = load.columns.every((id) => ours.has(id))
    const covers = provided.every((id) => load.columns.includes(id))
    const brings = load.columns.reduce((bits, id) => bits | bitOf(id, columns), 0n)
    return `(${load.load_id}, ${isCovered}, ${covers}, ${coversAll}, ${brings})`
  })
  await store.run(`
    CREATE OR REPLACE TEMP TABLE load_relation (load_id INTEGER, is_covered BOOLEAN, covers BOOLEAN, covers_all BOOLEAN, brings UBIGINT);
    INSERT INTO load_relation VALUES ${values.join(', ')}`)
}

/** The bit of a column; 0 of one that dossiers no longer have. */
function bitOf(id: string, columns: readonly string[]): bigint {
  return columns.includes(id) ? 1n << BigInt(columns.indexOf(id)) : 0n
}

async function countOutcomes(store: Store): Promise<Map<string, number>> {
  const found = await store.rows<{ outcome: string; n: number }>(`SELECT outcome, count(*)::BIGINT AS n FROM meeting GROUP BY outcome`)
  return new Map(found.map(({ outcome, n }) => [outcome, n]))
}

/**
 * Table `merged`: the new states of dossiers about which exports with different columns speak, where this file is newer than all that is
 * known: it wins in its columns, and the others stay as they are.
 */
async function amend(store: Store, provided: readonly string[], columns: readonly string[]): Promise<void> {
  const differs = provided.map((id) => `s.${identifier(id)} IS DISTINCT FROM d.${identifier(id)}`).join(' OR ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE merged AS
    SELECT ${columns.map((id) => `${provided.includes(id) ? 's' : 'd'}.${identifier(id)}`).join(', ')}, m.old_row, (${differs}) AS is_change
    FROM meeting m JOIN stage.dossier_version s ON s.rowid = m.new_row JOIN dossier_version d ON d.rowid = m.old_row
    WHERE m.outcome = 'amend'`)
}

/**
 * Adds to `merged` those about which something newer is known: rebuilt from all statements ever loaded. In load order a statement wins over
 * earlier ones unless both carry an update time and its own is older. One without an update time so starts a new era: every later
 * statement is newer than it. Rows that lost within their own file (see `endDoubles`) are no statements.
 */
async function recompose(store: Store, columns: readonly string[], loadId: number): Promise<void> {
  const list = columns.map(identifier).join(', ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE contested AS
    SELECT s.code, m.new_row, m.old_row FROM meeting m JOIN stage.dossier_version s ON s.rowid = m.new_row WHERE m.outcome = 'recompose'`)
  const brings = (id: string): string => `(brings & ${bitOf(id, columns)}) <> 0`
  await store.run(`
    CREATE OR REPLACE TEMP TABLE statement AS
    SELECT *, row_number() OVER (PARTITION BY code ORDER BY era, updated_at NULLS FIRST, load_id) AS rank
    FROM (
      SELECT s.*, brings, sum(CASE WHEN updated_at IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY code ORDER BY load_id) AS era
      FROM (
        SELECT ${list}, load_id FROM dossier_version
        WHERE NOT is_merged AND code IN (SELECT code FROM contested)
        QUALIFY row_number() OVER (PARTITION BY code, load_id ORDER BY updated_at DESC NULLS LAST, rowid DESC) = 1
        UNION ALL
        SELECT ${list}, ${loadId} FROM stage.dossier_version WHERE rowid IN (SELECT new_row FROM contested)
      ) s
      JOIN load_relation r USING (load_id)
    )`)
  const newest = columns
    .filter((id) => id !== 'code')
    .map((id) => `arg_max_null(${identifier(id)}, rank) FILTER (WHERE ${brings(id)}) AS ${identifier(id)}`)
  const differs = columns.map((id) => `n.${identifier(id)} IS DISTINCT FROM d.${identifier(id)}`).join(' OR ')
  await store.run(`
    INSERT INTO merged BY NAME
    SELECT n.*, c.old_row, (${differs}) AS is_change
    FROM (SELECT code, ${newest.join(', ')} FROM statement GROUP BY code) n
    JOIN contested c USING (code)
    JOIN dossier_version d ON d.rowid = c.old_row`)
}

async function countChanges(store: Store): Promise<number> {
  return (await store.row<{ n: number }>(`SELECT count(*)::BIGINT AS n FROM merged WHERE is_change`))!.n
}

/** A statement that is already among the versions of its dossier says nothing new. */
async function dropKnownStatements(store: Store, columns: readonly string[]): Promise<void> {
  if (!(await store.row(`SELECT 1 FROM meeting WHERE outcome IN ('amend', 'recompose', 'superseded') LIMIT 1`))) return
  await store.run(`
    CREATE OR REPLACE TEMP TABLE alike AS
    SELECT s.rowid AS new_row, v.rowid AS old_row
    FROM dossier_version v
    JOIN stage.dossier_version s ON s.code = v.code AND s.updated_at IS NOT DISTINCT FROM v.updated_at
    WHERE NOT v.is_merged AND s.rowid IN (SELECT new_row FROM meeting WHERE outcome IN ('amend', 'recompose', 'superseded'))`)
  await keepSame(store, columns)
  await store.run(`UPDATE meeting SET outcome = 'known' WHERE new_row IN (SELECT new_row FROM same)`)
}
