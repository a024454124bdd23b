import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'

const HEADER = ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cha', 'Hiệu lực từ', 'Hiệu lực đến', 'Ngành dọc', 'Cấp tính']
const unit = (code: string, name: string, changes: Record<string, string> = {}): string[] => {
  const cells: Record<string, string> = { 'Mã đơn vị': code, 'Tên đơn vị': name, ...changes }
  return HEADER.map((header) => cells[header] ?? '')
}

async function load(...rows: string[][]) {
  const folder = tempFolder()
  const db = join(folder, 's.duckdb')
  const { results, rejected } = await loadInto(db, [write(folder, 'units.csv', csv([HEADER, ...rows]))])
  return {
    counts: results[0]!.counts,
    rejected,
    units: await storeRows(db, 'SELECT * EXCLUDE (key, load_id) FROM unit ORDER BY code, valid_from'),
  }
}

describe('the unit registry', () => {
  test("has the level that is said, else the one of the unit's type or name", async () => {
    const { units } = await load(
      unit('1', 'Sở Tư pháp'),
      unit('2', 'UBND huyện Bến Lúa'),
      unit('3', 'Ủy ban nhân dân xã Đất Mũi'),
      unit('4', 'Uỷ ban nhân dân phường Hoà Bình'),
      unit('5', 'Chi nhánh Văn phòng Đăng ký đất đai', { Cấp: 'Cấp tỉnh', 'Cấp tính': 'Cấp huyện' }),
      unit('6', 'Đất Xanh', { Loại: 'Đặc khu' }),
      unit('7', 'Thị xã Sông Đốc'),
    )
    expect(units.map(({ code, level, reporting_level }) => [code, level, reporting_level])).toEqual([
      ['1', 'province', null],
      ['2', 'district', null],
      ['3', 'commune', null],
      ['4', 'commune', null],
      ['5', 'province', 'district'],
      ['6', 'commune', null],
      ['7', 'district', null],
    ])
  })

  test('keeps one row a validity: a unit may end and another of the same code begin', async () => {
    const { units, counts } = await load(
      unit('3', 'Xã Cũ', { Cấp: 'Cấp xã', 'Hiệu lực đến': '30/06/2025' }),
      unit('3', 'Xã Mới', { Cấp: 'Cấp xã', 'Hiệu lực từ': '01/07/2025' }),
    )
    expect(counts).toMatchObject({ read: 2, loaded: 2, superseded: 0 })
    expect(units).toMatchObject([
      { name: 'Xã Mới', valid_from: '2025-07-01', valid_to: null },
      { name: 'Xã Cũ', valid_from: null, valid_to: '2025-06-30' },
    ])
  })

  test("rejects what can't be: no name, no level, a circle, an end before the start, a flag that is none", async () => {
    const { rejected, counts } = await load(
      unit('0', 'Sở Tốt'),
      unit('1', ''),
      unit('2', 'Đơn vị Nào Đó'),
      unit('3', 'Sở Ba', { 'Mã đơn vị cha': '4' }),
      unit('4', 'Sở Bốn', { 'Mã đơn vị cha': '3' }),
      unit('5', 'Sở Năm', { 'Mã đơn vị cha': '5' }),
      unit('6', 'Sở Sáu', { 'Hiệu lực từ': '02/01/2025', 'Hiệu lực đến': '01/01/2025' }),
      unit('7', 'Sở Bảy', { 'Ngành dọc': 'có lẽ' }),
    )
    expect(counts).toMatchObject({ read: 8, loaded: 1, rejected: 7 })
    expect(rejected.map(({ line, column_id, reason }) => `${line} ${column_id} ${reason}`)).toEqual([
      '3 name missing_name',
      '4 level unknown_value',
      '5 parent unit_cycle',
      '6 parent unit_cycle',
      '7 parent unit_cycle',
      '8 valid_to ends_before_it_starts',
      '9 is_vertical_sector unknown_value',
    ])
  })

  test('closes no circle through a file loaded before', async () => {
    const folder = tempFolder()
    const first = write(
      folder,
      'a.csv',
      csv([HEADER, unit('1', 'Sở Một', { 'Mã đơn vị cha': '' }), unit('2', 'Sở Hai', { 'Mã đơn vị cha': '1' })]),
    )
    const second = write(folder, 'b.csv', csv([HEADER, unit('1', 'Sở Một', { 'Mã đơn vị cha': '2' })]))
    const { rejected } = await loadInto(join(folder, 's.duckdb'), [first, second])
    expect(rejected).toMatchObject([{ line: 2, column_id: 'parent', reason: 'unit_cycle' }])
  })

  test('has no unit twice: a list without codes of units that are known by theirs adds none', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const coded = write(folder, 'a.csv', csv([HEADER, unit('1', 'Sở Tư pháp', { Cấp: 'Cấp tỉnh' })]))
    const names = write(
      folder,
      'b.csv',
      csv([
        ['Tên đơn vị', 'Cấp'],
        ['Sở tư pháp', 'Cấp tỉnh'],
        ['Sở Y tế', 'Cấp tỉnh'],
      ]),
    )
    const { results } = await loadInto(db, [coded, names])
    expect(results[1]!.counts).toMatchObject({ read: 2, loaded: 1, skipped: 1, rejected: 0 })
    expect(await storeRows(db, 'SELECT code, name FROM unit ORDER BY name')).toEqual([
      { code: '1', name: 'Sở Tư pháp' },
      { code: 'sở y tế', name: 'Sở Y tế' },
    ])
  })
})
