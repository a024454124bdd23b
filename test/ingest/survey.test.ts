import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import type { Value } from '../../src/store/store.js'
import { isBalanced, loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'

const ANSWERS = 'SELECT form, answered_at, unit_code, factor, score FROM survey_answer ORDER BY ALL'

async function answers(db: string): Promise<Record<string, Value>[]> {
  return storeRows(db, ANSWERS)
}

const LONG = [
  ['Mã phiếu', 'Ngày khảo sát', 'Mã đơn vị', 'Yếu tố', 'Mức độ hài lòng'],
  ['P1', '02/01/2025', 'U1', 'Tiếp cận dịch vụ', 'Hài lòng'],
  ['P1', '02/01/2025', 'U1', 'Công chức', '2'],
  ['P2', '03/01/2025', 'U2', 'Tiếp cận dịch vụ', 'Rất không hài lòng'],
  ['P2', '03/01/2025', 'U2', 'Công chức', 'RẤT HÀI LÒNG'],
]
const WIDE = [
  ['Mã phiếu', 'Ngày khảo sát', 'Mã đơn vị', '1. Tiếp cận dịch vụ', '2. Công chức'],
  ['P1', '02/01/2025', 'U1', '4', 'Không hài lòng'],
  ['P2', '03/01/2025', 'U2', '1', '5'],
]

describe('survey answers', () => {
  test('are the same from the long and the wide form', async () => {
    const folder = tempFolder()
    const [long, wide] = [join(folder, 'long.duckdb'), join(folder, 'wide.duckdb')]
    const { results } = await loadInto(long, [write(folder, 'long.csv', csv(LONG))])
    await loadInto(wide, [write(folder, 'wide.csv', csv(WIDE))])
    expect(results[0]!.counts).toMatchObject({ read: 4, loaded: 4 })
    const expected = [
      { form: 'P1', answered_at: '2025-01-02 00:00:00', unit_code: 'U1', factor: 'access', score: 4 },
      { form: 'P1', answered_at: '2025-01-02 00:00:00', unit_code: 'U1', factor: 'officials', score: 2 },
      { form: 'P2', answered_at: '2025-01-03 00:00:00', unit_code: 'U2', factor: 'access', score: 1 },
      { form: 'P2', answered_at: '2025-01-03 00:00:00', unit_code: 'U2', factor: 'officials', score: 5 },
    ]
    expect(await answers(long)).toEqual(expected)
    expect(await answers(wide)).toEqual(expected)
  })

  test('loaded twice, or in another order of rows, count once', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const turned = [LONG[0]!, ...LONG.slice(1).reverse()]
    const { results } = await loadInto(
      db,
      [LONG, LONG, turned].map((rows, i) => write(folder, `${i}.csv`, csv(rows))),
    )
    expect(results.map(({ status, counts }) => [status, counts.loaded, counts.unchanged])).toEqual([
      ['loaded', 4, 0],
      ['unchanged', 0, 4],
      ['loaded', 0, 4],
    ])
    expect(await answers(db)).toHaveLength(4)
  })

  test('of kiosks have no form: equal ones of one file all count, those of an overlapping file once', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const header = ['Thời gian', 'Đơn vị', 'Đánh giá']
    const rating = ['02/01/2025 16:27:57', 'Sở Tư pháp', 'Rất hài lòng']
    const first = write(folder, 'a.csv', csv([header, rating, rating, ['03/01/2025 08:00:00', 'Sở Tư pháp', 'Hài lòng']]))
    const second = write(folder, 'b.csv', csv([header, rating, rating, rating]))
    const { results } = await loadInto(db, [first, second])
    expect(results[0]!.counts).toMatchObject({ read: 3, loaded: 3 })
    expect(results[1]!.counts).toMatchObject({ read: 3, loaded: 1, unchanged: 2 })
    expect(await storeRows(db, `SELECT survey_kind, count(*) AS n FROM survey_answer GROUP BY ALL`)).toEqual([
      { survey_kind: 'kiosk', n: 4 },
    ])
  })

  test('that are no answers are rejected; forms without any are skipped; the rows add up', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const rows = [
      WIDE[0]!,
      ['P1', '02/01/2025', 'U1', '4', ''],
      ['P2', '02/01/2025', 'U1', '', ''],
      ['P3', '02/01/2025', 'U1', '6', '5'],
      ['P4', '', 'U1', '4', '5'],
      ['P5', '31/02/2025', 'U1', '4', '5'],
    ]
    const { results, rejected } = await loadInto(db, [write(folder, 'a.csv', csv(rows))])
    expect(results[0]!.counts).toEqual({ read: 5, loaded: 1, unchanged: 0, superseded: 0, rejected: 3, skipped: 1 })
    expect(isBalanced(results[0]!.counts)).toBe(true)
    expect(rejected).toMatchObject([
      { line: 4, header: '1. Tiếp cận dịch vụ', text: '6', reason: 'unknown_value' },
      { line: 5, column_id: 'answered_at', reason: 'missing_date' },
      { line: 6, column_id: 'answered_at', text: '31/02/2025', reason: 'invalid_date' },
    ])
  })

  test('corrected in a later file replace the earlier ones, which stay as versions', async () => {
    for (const [name, rows, from, to] of [
      ['wide', WIDE, '5', '3'],
      ['long', LONG, 'RẤT HÀI LÒNG', 'Bình thường'],
    ] as const) {
      const folder = tempFolder()
      const db = join(folder, 's.duckdb')
      const corrected = rows.map((row) => row.map((cell) => (cell === from ? to : cell)))
      await loadInto(db, [write(folder, 'a.csv', csv(rows)), write(folder, 'b.csv', csv(corrected))])
      expect(await storeRows(db, `SELECT score FROM survey_answer WHERE form = 'P2' AND factor = 'officials'`), name).toEqual([
        { score: 3 },
      ])
      expect(await storeRows(db, 'SELECT score FROM survey_answer_version WHERE ended_load_id = 2')).toEqual([{ score: 5 }])
    }
  })
})
