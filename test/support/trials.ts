import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { bigExport } from './big-export.js'
import { dossier, HEADER } from './facts.js'
import type { Trial } from './kills.js'
import { makeOldStore } from './old-store.js'
import { csv, SAMPLES, succeed } from './program.js'

const ROWS = 6_000

/**
 * Three exports of the same dossiers: all columns; fewer columns, some rows older; all columns again. Together they replace, merge,
 * lose, stay and are rejected.
 */
function layeredExports(folder: string): [string, string, string] {
  const day = (serial: number, turn: number): string => `${String(9 + ((serial * 7 + turn * 5) % 15)).padStart(2, '0')}/05/2024 16:00:00`
  const rows = (turn: number, first: number): string[][] =>
    Array.from({ length: ROWS }, (_, i) => {
      const serial = first + i
      if (i % 1000 === 13) return dossier(serial, { 'Ngày hẹn trả': '31/02/2024' })
      if (i % 500 === 4) return dossier(serial - 1, { 'Cập nhật lần cuối': day(serial, turn + 1) })
      if (turn > 0 && i % 3 === 0) return dossier(serial, { 'Cập nhật lần cuối': day(serial, 0) })
      return dossier(serial, { 'Cập nhật lần cuối': day(serial, turn), 'Hình thức nộp': turn === 1 ? 'Trực tiếp' : 'Trực tuyến' })
    })
  const kept = HEADER.map((name) => name !== 'Cơ quan thực hiện')
  const tables = [
    [HEADER, ...rows(0, 1)],
    [HEADER, ...rows(1, ROWS / 3)].map((cells) => cells.filter((_, i) => kept[i])),
    [HEADER, ...rows(2, ROWS / 2)],
  ]
  return tables.map((table, i) => {
    const file = join(folder, `layer-${i}.csv`)
    writeFileSync(file, csv(table))
    return file
  }) as [string, string, string]
}

const sample = (name: string): string => join(SAMPLES, 'small-province', name)

const once = <T>(work: () => T): (() => T) => {
  let made: { is: T } | undefined
  return () => (made ??= { is: work() }).is
}

/** Commands worth killing, all or those of these names, with the stores they meet made in a folder. */
export async function makeTrials(folder: string, wanted?: readonly string[]): Promise<Trial[]> {
  const db = (name: string): string => join(folder, `${name}.duckdb`)
  const load = async (name: string, from: Promise<string> | null, files: string[]): Promise<string> => {
    if (from !== null) copyFileSync(await from, db(name))
    await succeed(['ingest', '--db', db(name), '--max-rejects', '50%', ...files])
    return db(name)
  }
  const old = async (name: string, from: Promise<string>, isInLog: boolean): Promise<string> => {
    await makeOldStore(await from, db(name), { isInLog })
    return db(name)
  }
  const big = once(() => bigExport(folder))
  const layers = once(() => layeredExports(folder))
  const registry = once(() => load('registry', null, [sample('units.csv'), sample('plan.csv'), sample('survey-2024.csv')]))
  const furnished = once(() => {
    const indicators = join(folder, 'indicators.csv')
    writeFileSync(
      indicators,
      csv([
        ['Chỉ tiêu', 'Kỳ', 'Đơn vị', 'Tử số', 'Mẫu số', 'Kết quả'],
        ['on_time_rate', 'Quý III/2025', 'Sở Tư pháp', '2', '3', ''],
      ]),
    )
    return load('furnished', registry(), [sample('unit-changes.csv'), indicators])
  })
  const layered = once(() => load('layered', registry(), layers().slice(0, 2)))
  const taken = once(() => load('taken', layered(), layers().slice(2)))
  const oldLarge = once(() => old('old-large', load('large', registry(), [big().file]), false))
  const oldLogged = once(() => old('old-logged', taken(), true))
  const [surveys, ratings] = [sample('survey-2025.csv'), sample('kiosk-2025.csv')]

  const trials: Record<string, () => Promise<Omit<Trial, 'name'>>> = {
    'first load, large': async () => ({ before: null, command: ['ingest', big().file] }),
    'first load, large, beside other facts': async () => ({ before: await furnished(), command: ['ingest', big().file] }),
    'first load, small': async () => ({ before: null, command: ['ingest', layers()[0]] }),
    'first load, row by row': async () => ({ before: await furnished(), command: ['ingest', '--careful', layers()[0]] }),
    'later load': async () => ({ before: await layered(), command: ['ingest', layers()[2]] }),
    'later load, row by row': async () => ({ before: await layered(), command: ['ingest', '--careful', layers()[2]] }),
    'later surveys': async () => ({ before: await layered(), command: ['ingest', surveys] }),
    'several files': async () => ({
      before: await layered(),
      command: ['ingest', layers()[2], ratings],
      stations: [
        ['ingest', layers()[2]],
        ['ingest', ratings],
      ],
    }),
    'taking a load back': async () => ({ before: await taken(), command: ['loads', 'undo', '6'] }),
    'migration, large': async () => ({ before: await oldLarge(), command: ['loads'] }),
    'migration, with a log': async () => ({ before: await oldLogged(), command: ['report', '--period', '2024-05'] }),
    'migration by a load': async () => ({ before: await oldLogged(), command: ['ingest', surveys], stations: [['loads']] }),
  }
  const made: Trial[] = []
  for (const [name, make] of Object.entries(trials)) if (wanted?.includes(name) ?? true) made.push({ name, ...(await make()) })
  return made
}
