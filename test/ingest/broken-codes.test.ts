import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { dossier, HEADER, isBalanced, loadInto } from '../support/facts.js'
import { csv, succeed, tempFolder, write } from '../support/program.js'
import { workbook } from '../support/workbook.js'

const load = (road: string, rows: string[][]) => {
  const folder = tempFolder()
  const all = [HEADER, ...rows]
  const file = road === 'xlsx' ? write(folder, 'a.xlsx', workbook({ name: 'S', rows: all })) : write(folder, 'a.csv', csv(all))
  return loadInto(join(folder, 's.duckdb'), [file], { careful: road === 'careful' })
}
const coded = (code: string, serial: number): string[] => dossier(serial, { 'Mã hồ sơ': code })

describe.each(['bulk', 'careful', 'xlsx'])('by the road of %s', (road) => {
  test.each([
    ['2.50901E+11', '2,50901E+11', '2.50902E+11'],
    ['250901000123456000', '250901000123457000', '250901000123458000'],
  ])('a file whose codes became numbers is refused, with two of them: %s', async (...codes) => {
    const { results, dossiers } = await load(road, [dossier(9), ...codes.map(coded)])
    expect(results[0]).toMatchObject({ status: 'refused', error: { code: 'broken_codes' } })
    expect(JSON.stringify(results[0]!.error!.hint)).toContain(codes[0])
    expect(dossiers).toEqual([])
  })

  test('one code that became a number is a rejected row, and long codes of digits are codes', async () => {
    const long = ['250901000123456001', '250901000123456010', '250901000123456100']
    const { dossiers, rejected, results } = await load(road, [coded('2.5E+11', 1), ...long.map(coded)])
    expect(dossiers.map(({ code }) => code)).toEqual(long)
    expect(rejected).toMatchObject([{ line: 2, column_id: 'code', reason: 'broken_code' }])
    expect(isBalanced(results[0]!.counts)).toBe(true)
  })

  test('rows that share a code and differ in the day of receipt are told with their lines, others are not', async () => {
    const { results } = await load(road, [
      dossier(1),
      dossier(2),
      dossier(2, { 'Cập nhật lần cuối': '10/05/2024 16:00:00' }),
      dossier(1, { 'Ngày tiếp nhận': '03/05/2024 09:00:00' }),
      dossier(1, { 'Ngày tiếp nhận': '02/05/2024 08:00:00' }),
    ])
    expect(results[0]!.told).toEqual({ shared_codes: 1, shared_code_lines: [[2, 6]] })
  })
})

test('codes that rows of different days share are said when they are loaded', async () => {
  const cwd = tempFolder()
  write(cwd, 'a.csv', csv([HEADER, dossier(1), dossier(1, { 'Ngày tiếp nhận': '02/05/2024 08:00:00' })]))
  expect(JSON.parse(await succeed(['ingest', 'a.csv', '--format', 'json'], { cwd }))).toMatchObject({
    files: [{ told: { shared_codes: 1, shared_code_lines: [[2, 3]] } }],
  })
})
