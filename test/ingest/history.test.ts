import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'

const state = (minute: number, status: string, changes: Record<string, string> = {}): string[] =>
  dossier(1, { 'Trạng thái': status, 'Cập nhật lần cuối': `10/05/2024 08:0${minute}:00`, ...changes })

describe('a later load', () => {
  test('of an older export never overwrites what is newer, and is kept as superseded', async () => {
    const folder = tempFolder()
    const newer = write(folder, 'newer.csv', csv([HEADER, state(2, 'Đã trả kết quả')]))
    const older = write(folder, 'older.csv', csv([HEADER, state(1, 'Đang xử lý')]))
    const { results, dossiers } = await loadInto(join(folder, 's.duckdb'), [newer, older])
    expect(dossiers).toMatchObject([{ status: 'returned' }])
    expect(results[1]).toMatchObject({ status: 'loaded', counts: { read: 1, loaded: 0, superseded: 1 } })
    expect(
      await storeRows(join(folder, 's.duckdb'), 'SELECT status, load_id, ended_load_id FROM dossier_version ORDER BY load_id'),
    ).toEqual([
      { status: 'returned', load_id: 1, ended_load_id: null },
      { status: 'processing', load_id: 2, ended_load_id: 2 },
    ])
  })

  test('replaces what is older, and the replaced version says which loads brought and ended it', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const files = [state(1, 'Đang xử lý'), state(2, 'Chờ bổ sung'), state(3, 'Đã trả kết quả')].map((row, i) =>
      write(folder, `${i}.csv`, csv([HEADER, row, dossier(2)])),
    )
    const { results } = await loadInto(db, files)
    expect(results.map(({ counts }) => [counts.loaded, counts.unchanged])).toEqual([
      [2, 0],
      [1, 1],
      [1, 1],
    ])
    expect(
      await storeRows(db, `SELECT status, load_id, ended_load_id FROM dossier_version WHERE code = '${codeOf(1)}' ORDER BY load_id`),
    ).toEqual([
      { status: 'processing', load_id: 1, ended_load_id: 2 },
      { status: 'supplement_requested', load_id: 2, ended_load_id: 3 },
      { status: 'returned', load_id: 3, ended_load_id: null },
    ])
    expect(await storeRows(db, `SELECT load_id, ended_load_id FROM dossier_version WHERE code = '${codeOf(2)}'`)).toEqual([
      { load_id: 1, ended_load_id: null },
    ])
  })

  test('without a column never erases what is known of it; an empty cell of a column does, but for the date of a result', async () => {
    const folder = tempFolder()
    const full = write(folder, 'full.csv', csv([HEADER, state(1, 'Đang xử lý')]))
    const partial = write(
      folder,
      'partial.csv',
      csv([
        ['Mã hồ sơ', 'Trạng thái'],
        [codeOf(1), 'Đã trả kết quả'],
      ]),
    )
    const empty = write(
      folder,
      'empty.csv',
      csv([
        ['Mã hồ sơ', 'Hình thức nộp'],
        [codeOf(1), ''],
      ]),
    )
    expect((await loadInto(join(folder, 'a.duckdb'), [full, partial])).dossiers).toMatchObject([
      { status: 'returned', channel: 'online', resolved_at: '2024-05-09 15:30:00', unit_name: 'Sở Tư pháp' },
    ])
    const undated = write(
      folder,
      'undated.csv',
      csv([
        ['Mã hồ sơ', 'Ngày có kết quả'],
        [codeOf(1), ''],
      ]),
    )
    expect((await loadInto(join(folder, 'b.duckdb'), [full, empty, undated])).dossiers).toMatchObject([
      { status: 'processing', channel: null, resolved_at: '2024-05-09 15:30:00' },
    ])
  })

  test('without update times wins, as the later one', async () => {
    const folder = tempFolder()
    const header = ['Mã hồ sơ', 'Trạng thái']
    const files = ['Đang xử lý', 'Chờ bổ sung', 'Đang xử lý'].map((status, i) =>
      write(folder, `${i}.csv`, csv([header, [codeOf(1), status], [codeOf(i + 2), status]])),
    )
    expect((await loadInto(join(folder, 's.duckdb'), files)).dossiers[0]).toMatchObject({ status: 'processing' })
  })

  test('of the same content, under any name, is unchanged and no load', async () => {
    const folder = tempFolder()
    const content = csv([HEADER, dossier(1), dossier(2), dossier(3, { 'Hình thức nộp': 'Bồ câu' })])
    const { results } = await loadInto(join(folder, 's.duckdb'), [write(folder, 'a.csv', content), write(folder, 'b.csv', content)])
    expect(results[0]).toMatchObject({ status: 'loaded', loadId: 1, counts: { read: 3, loaded: 2, rejected: 1 } })
    expect(results[1]).toMatchObject({ status: 'unchanged', loadId: null, counts: { read: 3, loaded: 0, unchanged: 2, rejected: 1 } })
    expect(await storeRows(join(folder, 's.duckdb'), 'SELECT load_id FROM load')).toEqual([{ load_id: 1 }])
  })
})

test('of the rows of one file about one dossier the latest update wins; without update times the lower one', async () => {
  const folder = tempFolder()
  const timed = write(folder, 'timed.csv', csv([HEADER, state(3, 'Đã trả kết quả'), state(1, 'Đang xử lý'), state(2, 'Chờ bổ sung')]))
  const first = await loadInto(join(folder, 'a.duckdb'), [timed])
  expect(first.dossiers).toMatchObject([{ status: 'returned' }])
  expect(first.results[0]!.counts).toMatchObject({ read: 3, loaded: 1, superseded: 2 })
  const untimed = write(
    folder,
    'untimed.csv',
    csv([
      ['Mã hồ sơ', 'Trạng thái'],
      [codeOf(1), 'Chờ bổ sung'],
      [codeOf(1), 'Đang xử lý'],
    ]),
  )
  expect((await loadInto(join(folder, 'b.duckdb'), [untimed])).dossiers).toMatchObject([{ status: 'processing' }])
})
