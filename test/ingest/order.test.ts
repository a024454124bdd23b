import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Value } from '../../src/store/store.js'
import { codeOf, isBalanced, loadInto, type Loaded } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

/** One export: which columns it has, and one row a dossier. */
interface Export {
  columns: string[]
  rows: string[][]
}

const STATUSES = ['Đang xử lý', 'Chờ bổ sung', 'Đã có kết quả', 'Đã trả kết quả', '']
const CELLS: Record<string, string[]> = {
  'Hình thức nộp': ['Trực tuyến', 'Trực tiếp', ''],
  'Trạng thái': STATUSES,
  'Ngày tiếp nhận': ['01/05/2024', '02/05/2024', ''],
  'Lệ phí': ['0', '10.000', ''],
}
const ROWS = 60
const UPDATED = 'Cập nhật lần cuối'
const time = (minute: number): string =>
  `03/05/2024 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`

/** Exports of few dossiers, each with some columns; no two rows of a dossier have one update time. */
const exports: fc.Arbitrary<Export[]> = fc
  .record({
    files: fc.array(fc.subarray(Object.keys(CELLS), { minLength: 1 }), { minLength: 2, maxLength: 4 }),
    times: fc.shuffledSubarray(
      Array.from({ length: 4 * ROWS }, (_, i) => i),
      { minLength: 4 * ROWS },
    ),
  })
  .chain(({ files, times }) =>
    fc
      .tuple(
        ...files.map((columns) =>
          fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), ...columns.map((name) => fc.constantFrom(...CELLS[name]!))), {
            minLength: 1,
            maxLength: ROWS,
          }),
        ),
      )
      .map((tables) => {
        let next = 0
        return tables.map((rows, i) => ({
          columns: ['Mã hồ sơ', ...files[i]!, UPDATED],
          rows: rows.map(([serial, ...cells]) => [codeOf(serial as number), ...(cells as string[]), time(times[next++]!)]),
        }))
      }),
  )

async function loadExports(tables: readonly Export[]): Promise<Loaded> {
  const folder = tempFolder()
  const files = tables.map(({ columns, rows }, i) => write(folder, `${i}.csv`, csv([columns, ...rows])))
  const loaded = await loadInto(join(folder, 's.duckdb'), files)
  for (const { counts, error } of loaded.results) {
    expect(error).toBeNull()
    expect(isBalanced(counts)).toBe(true)
  }
  return loaded
}

const known = async (tables: readonly Export[]): Promise<Record<string, Value>[]> => (await loadExports(tables)).dossiers

describe('what is known of the dossiers does not depend on', () => {
  test('the order of the files, when every row says when it was updated', async () => {
    const shuffled = exports.chain((tables) => fc.tuple(fc.constant(tables), fc.shuffledSubarray(tables, { minLength: tables.length })))
    await fc.assert(
      fc.asyncProperty(shuffled, async ([tables, other]) => {
        expect(await known(other)).toEqual(await known(tables))
      }),
      property(3),
    )
  }, 300_000)

  test('the order of the rows, splitting a file in two, or loading a file twice or again after others', async () => {
    const changed = exports.chain((tables) =>
      fc.tuple(fc.constant(tables), fc.shuffledSubarray(tables[0]!.rows, { minLength: tables[0]!.rows.length }), fc.nat({ max: ROWS })),
    )
    await fc.assert(
      fc.asyncProperty(changed, async ([tables, rows, at]) => {
        const expected = await known(tables)
        const [first, ...others] = tables as [Export, ...Export[]]
        expect(await known([{ ...first, rows }, ...others]), 'another order of rows').toEqual(expected)
        const parts = [rows.slice(0, at), rows.slice(at)].filter((part) => part.length > 0)
        expect(await known([...parts.map((part) => ({ ...first, rows: part })), ...others]), 'split in two').toEqual(expected)
        expect(await known([...tables, ...tables]), 'twice').toEqual(expected)
        expect(await known([...others, { ...first, rows }, first]), 'again, after others').toEqual(expected)
      }),
      property(2),
    )
  }, 300_000)

  test('the order in which three partial exports of one dossier arrive', async () => {
    const a = { columns: ['Mã hồ sơ', 'Hình thức nộp', UPDATED], rows: [[codeOf(1), 'Trực tuyến', time(1)]] }
    const b = {
      columns: ['Mã hồ sơ', 'Trạng thái', 'Ngày tiếp nhận', UPDATED],
      rows: [[codeOf(1), 'Đã trả kết quả', '03/05/2024', time(3)]],
    }
    const c = { columns: ['Mã hồ sơ', 'Hình thức nộp', 'Trạng thái', UPDATED], rows: [[codeOf(1), 'Trực tiếp', 'Đang xử lý', time(2)]] }
    for (const order of [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]) {
      expect(await known(order)).toMatchObject([
        { channel: 'in_person', status: 'returned', received_at: '2024-05-03 00:00:00', updated_at: '2024-05-03 00:03:00' },
      ])
    }
  })
})
