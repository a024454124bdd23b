import type { Store } from './store.js'

/** A load as the ledger has it. */
export interface LoadEntry {
  load_id: number
  kind: string
  loaded_at: string
  file: string
  /** The sheet of a workbook. */
  sheet: string | null
  sha256: string
  bytes: number
  encoding: string
  layout: string | null
  read: number
  loaded: number
  unchanged: number
  superseded: number
  rejected: number
  skipped: number
  /** Rows of dossiers that would have taken a result back: it was kept. Null where that was not counted. */
  kept_results: number | null
  /** Rows of dossiers whose code was written otherwise than it is kept. Null likewise. */
  folded_codes: number | null
  skipped_reasons: string
  /** Facts that it found unchanged; null: loaded before they were kept. */
  unchanged_facts: number | null
  columns: string[]
  personal_columns: string[]
  ignored_columns: string[]
}

export interface RejectedEntry {
  load_id: number
  file: string
  line: number
  column: string | null
  header: string | null
  text: string | null
  reason: string
}

/** The loads, oldest first. */
export async function listLoads(store: Store): Promise<LoadEntry[]> {
  return store.rows<LoadEntry>(`
    SELECT load_id, kind, loaded_at, file, sheet, sha256, bytes, encoding, layout, read, loaded, unchanged, superseded, rejected, skipped,
      kept_results, folded_codes, skipped_reasons, unchanged_facts, columns, personal_columns, ignored_columns
    FROM load JOIN load_source USING (load_id) ORDER BY load_id`)
}

/** The rejected rows of one load, or of all. */
export async function listRejected(store: Store, loadId: number | null): Promise<RejectedEntry[]> {
  return store.rows<RejectedEntry>(`
    SELECT load_id, file, line, column_id AS "column", header, text, reason
    FROM rejected_row JOIN load_source USING (load_id)
    ${loadId === null ? '' : `WHERE load_id = ${loadId}`} ORDER BY load_id, line`)
}

/** The layout that a load was read by, as it was then; null where there was none, or it was not kept. */
export async function layoutOfLoad(store: Store, loadId: number): Promise<unknown> {
  const found = await store.row<{ text: string | null }>(`SELECT layout_text AS text FROM load_source WHERE load_id = ${loadId}`)
  return found?.text ? JSON.parse(found.text) : null
}
