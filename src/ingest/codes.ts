import { CODE_CHARACTERS, CODE_WRAPPINGS, PLAIN_CODE } from '../language/code.js'
import { cleanSql } from '../reading/clean-sql.js'
import { literal, type Store } from '../store/store.js'

/** SQL, true of a code in its one spelling; of nearly all. */
export const isPlainCode = (raw: string): string => `regexp_full_match(${raw}, '${PLAIN_CODE}')`

/** SQL of foldCode: a code in the one spelling by which it is kept. */
export function foldCodeSql(raw: string): string {
  const characters = `translate(${cleanSql(raw)}, ${literal(CODE_CHARACTERS.written)}, ${literal(CODE_CHARACTERS.kept)})`
  const folded = CODE_WRAPPINGS.reduce(
    (sql, [pattern, stays]) => `regexp_replace(${sql}, ${literal(pattern)}, '${stays === 1 ? '\\1' : ''}', 'g')`,
    characters,
  )
  return `CASE WHEN ${isPlainCode(raw)} THEN ${raw} ELSE ${folded} END`
}

/**
 * Gives staged dossiers the spelling under which a store of an earlier version knows them. What the store knows under its one spelling
 * already stays so. Returns whether no code of the store has another spelling and it is not marked yet: see `markCodes`.
 */
export async function matchOldCodes(store: Store): Promise<boolean> {
  if (await store.row(`SELECT 1 FROM meta WHERE key = 'codes'`)) return false
  await store.run(`
    CREATE OR REPLACE TEMP TABLE old_code AS
    SELECT arg_max(code, load_id) AS code, folded
    FROM (SELECT code, load_id, ${foldCodeSql('code')} AS folded FROM dossier_version WHERE NOT ${isPlainCode('code')})
    WHERE folded <> code GROUP BY folded`)
  if (!(await store.row('SELECT 1 FROM old_code LIMIT 1'))) return true
  await store.run(`DELETE FROM old_code WHERE folded IN (SELECT code FROM dossier_version)`)
  await store.run(`UPDATE stage.dossier_version SET code = old_code.code FROM old_code WHERE dossier_version.code = old_code.folded`)
  return false
}

/** Says of the store, or of an attached one, that all codes in it have their one spelling, so that it need not be looked at again. */
export async function markCodes(store: Store, database = ''): Promise<void> {
  await store.run(`INSERT INTO ${database === '' ? '' : `${database}.`}meta VALUES ('codes', 'folded')`)
}
