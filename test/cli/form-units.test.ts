import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'

import { csv, succeed, tempFolder, write } from '../support/program.js'

/* Two communes of one name at a time, in two districts; on 01/07/2025 one commune of another name goes into a new one that is called as an old one. */
const UNITS = csv([
  ['Mã đơn vị', 'Tên đơn vị', 'Cấp', 'Mã đơn vị cha', 'Hiệu lực từ', 'Hiệu lực đến'],
  ['D1', 'Huyện Đầm', 'Cấp huyện', '', '', '30/06/2025'],
  ['D2', 'Huyện Rạch', 'Cấp huyện', '', '', '30/06/2025'],
  ['P1', 'Xã Bình An', 'Cấp xã', 'D1', '', '30/06/2025'],
  ['P2', 'Xã Bình An', 'Cấp xã', 'D2', '', '30/06/2025'],
  ['O1', 'Xã Vàm Trên', 'Cấp xã', 'D1', '', '30/06/2025'],
  ['N1', 'Xã Vàm Trên', 'Cấp xã', '', '01/07/2025', ''],
  ['N2', 'Xã Bến Lúa', 'Cấp xã', '', '01/07/2025', ''],
  ['N3', 'Xã Bến Lúa', 'Cấp xã', '', '01/07/2025', ''],
])
const CHANGES = csv([
  ['Mã đơn vị cũ', 'Mã đơn vị mới', 'Hiệu lực từ'],
  ['O1', 'N1', '01/07/2025'],
  ['P1', 'N2', '01/07/2025'],
  ['P2', 'N3', '01/07/2025'],
])
let serial = 0
const of = (unit: string, day: string, n: number): string[][] =>
  Array.from({ length: n }, () => {
    const code = `D-${String(++serial).padStart(6, '0')}`
    return [code, unit, 'Hộ tịch', day, '20/07/2025', '10/07/2025', 'Trực tuyến', 'Đã trả kết quả']
  })
const DOSSIERS = csv([
  ['Mã hồ sơ', 'Mã đơn vị', 'Lĩnh vực', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', 'Hình thức nộp', 'Trạng thái'],
  ...of('P1', '20/06/2025', 1),
  ...of('P2', '20/06/2025', 2),
  ...of('O1', '20/06/2025', 4),
  ...of('N1', '02/07/2025', 8),
  ...of('N2', '02/07/2025', 16),
  ...of('N3', '02/07/2025', 32),
])

interface Said {
  indicators: { indicator: string; unit: string | null; numerator: number; difference: number | null; units: string }[]
}
let cwd: string
const FORM = ['form', 'ii06', '--period', '2025', '--as-of', '2025-12-31']
const read = async (...args: string[]): Promise<Said['indicators']> =>
  (JSON.parse(await succeed(['indicators', '--as-of', '2025-12-31', ...args, '--format', 'json'], { cwd })) as Said).indicators

beforeEach(async () => {
  cwd = tempFolder()
  write(cwd, 'units.csv', UNITS)
  write(cwd, 'changes.csv', CHANGES)
  write(cwd, 'dossiers.csv', DOSSIERS)
  await succeed(['ingest', 'units.csv', 'changes.csv', 'dossiers.csv'], { cwd })
})

describe.each(['xlsx', 'csv'])('a form written as %s after a merger', (format) => {
  test.each(['vi', 'en'])('in %s is read back under the units that it was counted under, every unit by itself', async (lang) => {
    const period = format === 'csv' ? ['--period', '2025'] : []
    for (const mode of ['current', 'as-was']) {
      const file = `${mode}.${format}`
      await succeed([...FORM, '--by', 'unit', '--units', mode, '--lang', lang, '--out', file], { cwd })
      await succeed(['ingest', '--strict', ...period, file], { cwd })
    }
    const said = await read()
    expect(said.filter(({ difference }) => difference !== 0)).toEqual([])
    expect(new Set(said.map(({ indicator }) => indicator)).size).toBe(11)
    const received = (mode: string): [string | null, number][] =>
      said
        .filter(({ indicator, units }) => indicator === 'received_total' && units === mode)
        .map(({ unit, numerator }): [string | null, number] => [unit, numerator])
        .sort(([, a], [, b]) => a - b)
    expect(received('current')).toEqual([
      ['Xã Vàm Trên', 12],
      ['Xã Bến Lúa (N2)', 17],
      ['Xã Bến Lúa (N3)', 34],
      [null, 63],
    ])
    expect(received('as-was').filter(([, n]) => n > 0)).toEqual([
      ['Xã Bình An (P1)', 1],
      ['Xã Bình An (P2)', 2],
      ['Xã Vàm Trên (O1)', 4],
      ['Xã Vàm Trên (N1)', 8],
      ['Xã Bến Lúa (N2)', 16],
      ['Xã Bến Lúa (N3)', 32],
      [null, 63],
    ])
  })

  test('of one unit that shares its name says its code, and is read back', async () => {
    await succeed([...FORM, '--by', 'field', '--units', 'as-was', '--unit', 'O1', '--out', `o1.${format}`], { cwd })
    if (format === 'csv') return
    await succeed(['ingest', '--strict', 'o1.xlsx'], { cwd })
    const said = await read()
    expect(new Set(said.map(({ unit, units, difference }) => `${unit} ${units} ${difference}`))).toEqual(
      new Set(['Xã Vàm Trên (O1) as-was 0']),
    )
  })
})

test.each(['md', 'html', 'csv', 'table'])('the form as %s says under whose units it was counted, and indicators does', async (format) => {
  const form = [...FORM, '--by', 'unit', '--lang', 'vi', '--format', format]
  expect(await succeed(form, { cwd })).toMatch(/Tính theo đơn vị(?:: |[^]*,)hiện nay/)
  expect(await succeed([...form, '--units', 'as-was'], { cwd })).toMatch(/Tính theo đơn vị(?:: |[^]*,)tại thời điểm tiếp nhận/)
})

test('indicators says which units count, in the table line by line where they differ', async () => {
  await succeed([...FORM, '--units', 'as-was', '--by', 'unit', '--out', 'was.xlsx'], { cwd })
  await succeed(['ingest', 'was.xlsx'], { cwd })
  const table = ['indicators', '--lang', 'vi', '--as-of', '2025-12-31']
  expect(await succeed(table, { cwd })).toMatch(/\n\nTính theo đơn vị: tại thời điểm tiếp nhận\n$/)
  expect(await succeed([...table, '--units', 'current'], { cwd })).toMatch(/\n\nTính theo đơn vị: hiện nay\n$/)
  await succeed([...FORM, '--by', 'unit', '--out', 'now.xlsx'], { cwd })
  await succeed(['ingest', 'now.xlsx'], { cwd })
  const both = await succeed(table, { cwd, env: { COLUMNS: '120' } })
  for (const words of ['hiện nay', 'tại thời điểm tiếp nhận'])
    expect(both.split(` · toàn bộ · Tính theo đơn vị: ${words}\n`), both).toHaveLength(2)
})

test('a column of a summary that says units in other words is rejected with what may stand there', async () => {
  await succeed([...FORM, '--by', 'unit', '--lang', 'vi', '--out', 'now.csv'], { cwd })
  write(cwd, 'odd.csv', readFileSync(join(cwd, 'now.csv'), 'utf8').replace(/,hiện nay/, ',năm ngoái'))
  await succeed(['ingest', '--period', '2025', '--max-rejects', '99%', 'odd.csv'], { cwd })
  expect(await succeed(['loads', '--rejected', '4', '--lang', 'vi'], { cwd })).toContain('năm ngoái')
})
