import { describe, expect, it } from 'vitest'

import { EMPTY_REGISTRY, loadRegistry, registryChanges } from '../../src/units/registry.js'
import { isValidWithin, type Unit } from '../../src/units/unit.js'
import { Store } from '../../src/store/store.js'
import { definitions } from '../support/facts.js'
import { run, succeed, tempFolder, write } from '../support/program.js'

const unit = (valid_from: string | null, valid_to: string | null): Unit => ({
  code: 'X1',
  name: 'Xã Hòa Bình',
  type: null,
  level: 'commune',
  parent: null,
  valid_from,
  valid_to,
  is_vertical_sector: false,
})

describe('the validity of a unit', () => {
  it.each([
    [null, null, true],
    ['2024-06-30', null, true],
    ['2024-07-01', null, false],
    [null, '2024-06-01', true],
    [null, '2024-05-31', false],
    ['2024-06-10', '2024-06-12', true],
  ])('from %s to %s, both days in it, is within June: %s', (from, to, expected) => {
    expect(isValidWithin(unit(from, to), { from: '2024-06-01', until: '2024-07-01' })).toBe(expected)
  })

  const changesOf = (units: Unit[]): string[] => registryChanges({ ...EMPTY_REGISTRY, units })

  it('changes the registry on its first day and on the day after its last', () => {
    expect(changesOf([unit(null, '2025-06-30'), unit('2025-07-01', null), unit('2024-01-01', '2024-02-29')])).toEqual([
      '2024-01-01',
      '2024-03-01',
      '2025-07-01',
    ])
    expect(changesOf([unit(null, null)])).toEqual([])
  })
})

describe('a registry file', () => {
  const HEADER = 'Mã đơn vị,Tên đơn vị,Loại,Mã đơn vị cha,Hiệu lực từ,Hiệu lực đến,Tính vào cấp,Ngành dọc\n'

  async function registryOf(rows: string): Promise<Unit[]> {
    const cwd = tempFolder()
    await succeed(['ingest', write(cwd, 'units.csv', HEADER + rows), '--kind', 'units'], { cwd })
    const store = await Store.open(`${cwd}/cchc.duckdb`, { readOnly: true })
    try {
      return (await loadRegistry(store, await definitions())).units
    } finally {
      store.close()
    }
  }

  it('is read with levels, validities, settings and parents, in the order of levels and codes', async () => {
    const units = await registryOf(
      [
        'X1,Xã Hòa Bình,Xã,H1,01/07/2025,,,',
        'S1,Sở Y tế,Sở,,,,,Không',
        'H1,Huyện Đầm Dơi,Huyện,,,30/06/2025,,',
        'L1,Chi nhánh Văn phòng đăng ký đất đai,Chi cục,S1,,,Cấp huyện,',
        'T1,Chi cục Thuế,Chi cục,,,,,Có',
        '',
      ].join('\n'),
    )
    expect(
      units.map(({ code, level, valid_from, valid_to, is_vertical_sector }) => [code, level, valid_from, valid_to, is_vertical_sector]),
    ).toEqual([
      ['L1', 'district', null, null, false],
      ['S1', 'province', null, null, false],
      ['T1', 'province', null, null, true],
      ['H1', 'district', null, '2025-06-30', false],
      ['X1', 'commune', '2025-07-01', null, false],
    ])
    expect(units.at(-1)).toMatchObject({ type: 'Xã', parent: 'H1', name: 'Xã Hòa Bình' })
  })

  it('may hold a code twice with different validities', async () => {
    const units = await registryOf('B1,Ban Quản lý,Huyện,,,30/06/2025,,\nB1,Ban Quản lý,Xã,,01/07/2025,,,\n')
    expect(units.map(({ level }) => level)).toEqual(['district', 'commune'])
  })

  it('is replaced, not doubled, when it is loaded again with changes', async () => {
    const cwd = tempFolder()
    await succeed(['ingest', write(cwd, 'units.csv', `${HEADER}S1,Sở Y tế,Sở,,,,,\nX1,Xã A,Xã,,,,,\n`)], { cwd })
    await succeed(['ingest', write(cwd, 'again.csv', `${HEADER}S1,Sở Y tế,Sở,,,,,\nX1,Xã A mới,Xã,,,,,\n`)], { cwd })
    const { units } = JSON.parse(await succeed(['units', '--format', 'json'], { cwd })) as { units: Unit[] }
    expect(units.map(({ name }) => name)).toEqual(['Sở Y tế', 'Xã A mới'])
  })

  it('is refused where a unit would be above itself, or ends before it starts', async () => {
    const cwd = tempFolder()
    const circle = await run(['ingest', write(cwd, 'circle.csv', `${HEADER}A,Xã A,Xã,B,,,,\nB,Xã B,Xã,A,,,,\n`)], { cwd })
    expect([circle.status, circle.stderr + circle.stdout]).toEqual([3, expect.stringMatching(/unit_cycle in parent/)])
    const backwards = await run(['ingest', write(cwd, 'dates.csv', `${HEADER}A,Xã A,Xã,,02/07/2025,01/07/2025,,\n`)], { cwd })
    expect(backwards.status).toBe(3)
  })
})
