import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const cwd = tempFolder()
const of = (serial: number, unit: string, changes: Record<string, string> = {}): string[] =>
  dossier(serial, { 'Cơ quan thực hiện': unit, ...changes })

beforeAll(async () => {
  write(
    cwd,
    'units.csv',
    csv([
      ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Hiệu lực từ', 'Hiệu lực đến', 'Ngành dọc'],
      ['U1', 'Sở Tư pháp', 'Sở', '', '', ''],
      ['U2', 'UBND xã Đất Mũi', 'UBND xã', '', '', ''],
      ['U3', 'UBND huyện Năm Căn', 'UBND huyện', '', '30/06/2025', ''],
      ['U4', 'Cục Thuế', 'Sở', '', '', 'Có'],
    ]),
  )
  const finished = { 'Ngày tiếp nhận': '20/04/2024 08:00:00', 'Ngày hẹn trả': '', 'Ngày có kết quả': '03/05/2024 09:00:00' }
  write(cwd, 'a.csv', csv([HEADER, of(1, 'Sở Tư pháp'), of(2, 'Ủy ban nhân dân huyện Năm Căn', finished), of(3, 'Xã Không Có')]))
  await succeed(['ingest', 'units.csv', 'a.csv'], { cwd })
})

const missing = async (period: string): Promise<string[]> => {
  const { units } = JSON.parse(await succeed(['units', '--missing', '--period', period, '--format', 'json'], { cwd })) as {
    units: { code: string }[]
  }
  return units.map(({ code }) => code)
}

describe('units of which nothing was received or finished', () => {
  test('are those of the registry that existed then, vertical sectors aside', async () => {
    expect(await missing('2024-05')).toEqual(['U2'])
    expect(await missing('2024-04')).toEqual(['U1', 'U2'])
    expect(await missing('2024-06')).toEqual(['U1', 'U2', 'U3'])
    expect(await missing('2025-07')).toEqual(['U1', 'U2'])
  })

  test('are listed like the registry, and a period is needed', async () => {
    expect(await succeed(['units', '--missing', '--period', '2024-05', '--lang', 'vi'], { cwd })).toMatch(
      /^Mã .*\nU2 +UBND xã Đất Mũi +UBND xã +cấp xã\n$/,
    )
    for (const args of [['--missing'], ['--period', '2024-05'], ['--missing', '--period', 'May']]) {
      expect((await run(['units', ...args], { cwd })).status).toBe(2)
    }
    const none = await run(['units', '--missing', '--period', '2024-05', '--db', join(cwd, 'none.duckdb')], { cwd })
    expect(none.status).toBe(6)
  })
})
