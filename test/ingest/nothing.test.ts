import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, isBalanced, loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'
import { workbook } from '../support/workbook.js'

const ROADS = ['bulk', 'careful', 'xlsx']
/** Loads rows by a road, all rejected rows allowed (the clock: 01/06/2024). */
async function load(road: string, rows: string[][]) {
  const folder = tempFolder()
  const file =
    road === 'xlsx'
      ? write(folder, 'a.xlsx', workbook({ name: 'S', rows: [HEADER, ...rows] }))
      : write(folder, 'a.csv', csv([HEADER, ...rows]))
  const db = join(folder, 's.duckdb')
  const { results, dossiers } = await loadInto(db, [file], { careful: road === 'careful', now: '2024-06-01 08:00:00' })
  expect(results.every(({ counts, error }) => error === null && isBalanced(counts))).toBe(true)
  const rejected = await storeRows(db, 'SELECT line, column_id, text, reason FROM rejected_row ORDER BY line')
  return { dossiers, rejected, counts: results[0]!.counts }
}

const RESULT = 'Ngày có kết quả'
const DUE = 'Ngày hẹn trả'

describe.each(ROADS)('by the road of %s', (road) => {
  test.each([
    'NULL',
    'null',
    '(null)',
    'N/A',
    'NaN',
    'NA',
    'None',
    '\\N',
    '-',
    '–',
    '01/01/1900',
    '1900-01-01 00:00:00',
    '0000-00-00',
    '00/00/0000',
    '0001-01-01',
    '31/12/9999',
    '9999-12-31 23:59:59',
  ])('an open dossier whose result is %s is open', async (text) => {
    const { dossiers, rejected } = await load(road, [dossier(1), dossier(2, { [RESULT]: text })])
    expect(rejected).toEqual([])
    expect(dossiers).toMatchObject([
      { code: codeOf(1), resolved_at: expect.anything() as unknown },
      { code: codeOf(2), resolved_at: null },
    ])
  })

  test('a word for nothing is no unit, no choice and no code', async () => {
    const empty = { 'Cơ quan thực hiện': 'NULL', 'Hình thức nộp': 'N/A', 'Lĩnh vực': '-' }
    const { dossiers, rejected } = await load(road, [
      dossier(1, empty),
      dossier(2, { 'Mã hồ sơ': 'NULL' }),
      dossier(3, { 'Mã hồ sơ': 'NULL' }),
    ])
    expect(dossiers).toMatchObject([{ code: codeOf(1), unit_name: null, channel: null }])
    expect(rejected).toMatchObject([
      { line: 3, reason: 'missing_code' },
      { line: 4, reason: 'missing_code' },
    ])
  })

  test('a day that can not be is a rejected row, in whatever year, and the other rows are loaded', async () => {
    const { dossiers, rejected } = await load(road, [
      dossier(1),
      dossier(2, { [RESULT]: '01/09/9025' }),
      dossier(3, { [RESULT]: '05/05/5461' }),
      dossier(4, { 'Ngày tiếp nhận': '31/12/9999' }),
      dossier(5, { [DUE]: '31/12/9999' }),
    ])
    expect(rejected).toMatchObject([3, 4, 5].map((line) => ({ line, reason: 'invalid_date' })))
    expect(dossiers).toMatchObject([{ code: codeOf(1) }, { code: codeOf(5), due_at: null }])
  })

  test('what happened after the day of loading and the next is rejected; a due day may be to come', async () => {
    const { dossiers, rejected } = await load(road, [
      dossier(1, { [RESULT]: '02/06/2024 23:59:59' }),
      dossier(2, { [RESULT]: '03/06/2024' }),
      dossier(3, { [RESULT]: '09/09/2052' }),
      dossier(4, { [DUE]: '09/09/2052' }),
    ])
    expect(rejected).toMatchObject([3, 4].map((line) => ({ line, column_id: 'resolved_at', reason: 'future_date' })))
    expect(dossiers.map(({ code }) => code)).toEqual([codeOf(1), codeOf(4)])
  })
})
