import { DERIVED } from '../store/derived.js'
import { identifier, type Store } from '../store/store.js'
import { leastOfResult, mostOfResult, RESULT_DATES, saysResult } from './result-said.js'
import { recompose } from './statements.js'

/** What became of the staged dossiers when they met the ones already known. */
export interface MergeCounts {
  loaded: number
  unchanged: number
  superseded: number
  /** Rows that would have taken a result back by no more than the order of loading: it was kept. */
  kept: number
}

/**
 * Promotes the staged dossiers (one per code; ended rows are duplicates within the file) into a store that already has some,
 * inside the caller's transaction. Per column the newest of the statements that bring it decides (see `statements.ts`). Columns the file
 * does not have keep what is known. Every replaced state and every losing statement stays as a version.
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
  if (outcomes.has('recompose')) await recompose(store, columns, loadId, (id) => bitOf(id, columns))
  const merged = hasMerges ? await countChanges(store) : 0
  const kept = await countKept(store, hasMerges)
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
  if (of('unchanged') + of('known') > 0) await keepUnchanged(store, loadId)
  return {
    loaded: fresh!.n + of('replace') + merged,
    unchanged: of('unchanged') + of('known'),
    superseded: doubles + of('superseded') + of('amend') + of('recompose') - merged,
    kept,
  }
}

async function keepUnchanged(store: Store, loadId: number): Promise<void> {
  await store.run(`
    INSERT INTO unchanged_fact
    SELECT ${loadId}, s.code, m.said_by, m.is_merged FROM meeting m JOIN stage.dossier_version s ON s.rowid = m.new_row
    WHERE m.outcome IN ('unchanged', 'known') ORDER BY m.new_row`)
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
  await doubt(store, provided)
  const isNewer = isTimed ? '(p.new_time IS NULL OR p.old_time IS NULL OR p.new_time >= p.old_time)' : 'true'
  await store.run(`
    CREATE OR REPLACE TEMP TABLE meeting AS
    SELECT p.new_row, p.old_row, p.load_id AS said_by, p.is_merged,
      CASE
        WHEN same.new_row IS NOT NULL THEN 'unchanged'
        WHEN doubt.is_stale AND NOT p.is_merged AND r.covers THEN 'superseded'
        WHEN NOT doubt.is_newest THEN 'recompose'
        WHEN ${isNewer} AND (r.covers_all OR r.is_covered AND NOT p.is_merged) THEN 'replace'
        WHEN NOT ${isNewer} AND NOT p.is_merged AND r.covers THEN 'superseded'
        WHEN ${isNewer} THEN 'amend'
        ELSE 'recompose'
      END AS outcome
    FROM pair p
    JOIN load_relation r USING (load_id)
    LEFT JOIN same ON same.new_row = p.new_row
    LEFT JOIN doubt ON doubt.new_row = p.new_row`)
}

/**
 * Table `doubt`: the staged rows of `pair` that may not be the newest statement in all their columns although they are no older by their
 * update time. is_newest: they are. takes_back: they say less of the result than is known; is_stale: by a lesser stage of it.
 */
async function doubt(store: Store, provided: readonly string[]): Promise<void> {
  const isTimed = provided.includes('updated_at')
  const isUndated = '(p.new_time IS NULL OR p.new_time = p.old_time)'
  const hasUndated = isTimed && (await store.row(`SELECT 1 FROM dossier_version WHERE updated_at IS NULL AND NOT is_merged LIMIT 1`))
  const asked = [...(saysResult(provided) ? [isUndated] : []), ...(hasUndated ? ['p.new_time >= coalesce(p.old_time, p.new_time)'] : [])]
  const has = (id: string): string => String(provided.includes(id))
  const most = mostOfResult('s', has)
  const erases = (known: (id: string) => string): string =>
    ['false', ...RESULT_DATES.filter((id) => provided.includes(id)).map((id) => `s.${id} IS NULL AND ${known(id)}`)].join(' OR ')
  await store.run(`
    CREATE OR REPLACE TEMP TABLE doubt AS
    WITH asked AS (
      SELECT p.*, s.code, ${most} AS most, ${erases((id) => `d.${id} IS NOT NULL`)} AS erases, ${leastOfResult('d')} AS known_least
      FROM pair p JOIN stage.dossier_version s ON s.rowid = p.new_row JOIN dossier_version d ON d.rowid = p.old_row
      WHERE p.new_row NOT IN (SELECT new_row FROM same) AND (${asked.length === 0 ? 'false' : asked.join(' OR ')})
    ),
    history AS (
      SELECT a.new_row, max(${leastOfResult('v')}) AS least, max(v.updated_at) AS last_update,
        ${RESULT_DATES.map((id) => `bool_or(v.${id} IS NOT NULL) AS has_${id}`).join(', ')},
        max(greatest(v.resolved_at, v.returned_at)) FILTER (v.updated_at IS NULL) AS last_result,
        bool_or(v.updated_at IS NULL AND ${leastOfResult('v')} > 0 AND greatest(v.resolved_at, v.returned_at) IS NULL) AS has_result_of_no_day
      FROM asked a JOIN dossier_version v USING (code)
      WHERE NOT v.is_merged GROUP BY a.new_row
    )
    SELECT p.new_row, p.old_row, p.most < p.known_least OR p.erases AS takes_back,
      ${isUndated} AND p.most < p.known_least AS is_stale,
      coalesce(p.new_time > h.last_update, p.new_time IS NOT NULL) AND coalesce(p.new_time::DATE > h.last_result::DATE, true) AND NOT h.has_result_of_no_day
        OR coalesce(p.new_time >= h.last_update, true) AND coalesce(p.new_time >= h.last_result, true)
          AND p.most >= h.least AND NOT (${erases((id) => `h.has_${id}`)}) AS is_newest
    FROM asked p JOIN history h USING (new_row) JOIN stage.dossier_version s ON s.rowid = p.new_row`)
}

/** Rows that take a result back, not by an older update time, of dossiers that still have it. */
async function countKept(store: Store, hasMerges: boolean): Promise<number> {
  const isThere = (row: string): string =>
    [`${leastOfResult(row)} >= ${leastOfResult('d')}`, ...RESULT_DATES.map((id) => `(d.${id} IS NULL OR ${row}.${id} IS NOT NULL)`)].join(
      ' AND ',
    )
  const found = await store.row<{ n: number }>(`
    SELECT count(*)::BIGINT AS n FROM meeting m JOIN doubt USING (new_row)
    ${hasMerges ? `LEFT JOIN merged ON merged.old_row = m.old_row LEFT JOIN dossier_version d ON d.rowid = m.old_row` : ''}
    WHERE takes_back AND (outcome = 'superseded'${hasMerges ? ` OR outcome IN ('amend', 'recompose') AND ${isThere('merged')}` : ''})`)
  return found!.n
}

/** Table `same`: the staged rows of `alike` that say the same in all these columns as the version beside them. */
async function keepSame(store: Store, columns: readonly string[]): Promise<void> {
  const isSame = columns.map((id) => `s.${identifier(id)} IS NOT DISTINCT FROM d.${identifier(id)}`).join(' AND ')
  const span = await store.row<{ first: string | null; last: string | null }>(
    `SELECT min(old_row)::VARCHAR AS first, max(old_row)::VARCHAR AS last FROM alike`, // rows not yet committed have numbers beyond 2^53
  )
  await store.run(`
    CREATE OR REPLACE TEMP TABLE same AS
    SELECT a.new_row, d.load_id AS said_by
    FROM dossier_version d
    JOIN alike a ON d.rowid = a.old_row
    JOIN stage.dossier_version s ON s.rowid = a.new_row
    WHERE d.rowid BETWEEN ${span?.first ?? 0} AND ${span?.last ?? -1} AND ${isSame}`)
}

/** Table `load_relation`: each load, this one too, with which columns it `brings`, a bit each, and how those relate to this file's. */
async function relateLoads(store: Store, provided: readonly string[], columns: readonly string[], loadId: number): Promise<void> {
  const loads = await store.rows<{ load_id: number; columns: string[] }>(
    `SELECT load_id, columns FROM load WHERE kind = 'dossiers' AND load_id < ${loadId}`,
  )
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
  await store.run(`
    UPDATE meeting SET outcome = 'known', said_by = known.said_by, is_merged = false
    FROM (SELECT new_row, max(said_by) AS said_by FROM same GROUP BY new_row) known WHERE known.new_row = meeting.new_row`)
}
