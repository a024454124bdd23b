import { loadDefinitions, type Definitions } from '../../src/definitions/load.js'
import { ingestFiles, type FileResult, type IngestOptions } from '../../src/ingest/ingest.js'
import { Store, type Value } from '../../src/store/store.js'

/** The header of the tests' dossier exports. */
export const HEADER = [
  'Mã hồ sơ',
  'Cơ quan thực hiện',
  'Hình thức nộp',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Ngày có kết quả',
  'Trạng thái',
  'Cập nhật lần cuối',
]

/** The code of the tests' dossier number `serial`. */
export const codeOf = (serial: number): string => `000.00.01.H99-240503-${String(serial).padStart(4, '0')}`

/** A row of a good dossier under HEADER; `changes` by header. */
export function dossier(serial: number, changes: Record<string, string> = {}): string[] {
  const cells: Record<string, string> = {
    'Mã hồ sơ': codeOf(serial),
    'Cơ quan thực hiện': 'Sở Tư pháp',
    'Hình thức nộp': 'Trực tuyến',
    'Ngày tiếp nhận': '03/05/2024 08:00:00',
    'Ngày hẹn trả': '10/05/2024 17:00:00',
    'Ngày có kết quả': '09/05/2024 15:30:00',
    'Trạng thái': 'Đã trả kết quả',
    'Cập nhật lần cuối': '09/05/2024 16:00:00',
    ...changes,
  }
  return HEADER.map((name) => cells[name]!)
}

export const LOAD: IngestOptions = { maxRejects: 1, dryRun: false, careful: false, now: '2026-06-01 08:00:00' }

let shipped: Promise<Definitions> | undefined
/** The definitions shipped with the program. */
export const definitions = (): Promise<Definitions> => (shipped ??= loadDefinitions())

export interface Loaded {
  results: FileResult[]
  dossiers: Record<string, Value>[]
  rejected: Record<string, Value>[]
}

/** Loads files one after the other into a new store, by the library; then closes it. */
export async function loadInto(db: string, files: readonly string[], options: Partial<IngestOptions> = {}): Promise<Loaded> {
  const store = await Store.open(db)
  try {
    const results: FileResult[] = []
    for (const file of files) results.push(...(await ingestFiles(store, [file], await definitions(), { ...LOAD, ...options })))
    return { results, dossiers: await store.rows(DOSSIERS), rejected: await store.rows(REJECTED) }
  } finally {
    store.close()
  }
}

/** What is known of every dossier, without where it came from. */
export const DOSSIERS = 'SELECT * EXCLUDE (load_id, is_merged) FROM dossier ORDER BY code'
/** The rejected rows without their load. */
export const REJECTED = 'SELECT * EXCLUDE (load_id) FROM rejected_row ORDER BY load_id, line'

/** Whether the rows of a load add up. */
export function isBalanced({ read, loaded, unchanged, superseded, rejected, skipped }: FileResult['counts']): boolean {
  return read === loaded + unchanged + superseded + rejected + skipped
}
