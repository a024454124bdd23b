import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { UnitMatcher } from '../../src/units/match.js'
import { nameKey } from '../../src/units/name.js'
import { EMPTY_REGISTRY, type Registry } from '../../src/units/registry.js'
import type { Unit } from '../../src/units/unit.js'
import { property } from '../support/property.js'

const unit = (code: string, name: string, more: Partial<Unit> = {}): Unit => ({
  code,
  name,
  type: null,
  level: 'commune',
  parent: null,
  valid_from: null,
  valid_to: null,
  is_vertical_sector: false,
  ...more,
})

const registry = (units: Unit[], more: Partial<Registry> = {}): Registry => ({ ...EMPTY_REGISTRY, units, ...more })

const REGISTRY = [
  unit('000.00.01.H48', 'Sở Y tế', { level: 'province' }),
  unit('000.01.53.H48', 'Xã Hòa Bình'),
  unit('000.02.53.H48', 'Phường Hòa Bình'),
  unit('000.03.53.H48', 'Ủy ban nhân dân huyện Đầm Dơi', { level: 'district' }),
  unit('000.04.54.H48', 'Xã Tân Lập', { parent: 'A' }),
  unit('000.05.55.H48', 'Xã Tân Lập', { parent: 'B' }),
]
const matcher = new UnitMatcher(registry(REGISTRY))

function codeOf(code: string | null, name: string | null, day: string | null = null): string | null {
  const match = matcher.match(code, name, day)
  return 'unit' in match ? match.unit.code : null
}

describe('a unit as files say it', () => {
  it('is found by its code, in any case, whatever the name beside it says', () => {
    expect(codeOf('000.00.01.H48', null)).toBe('000.00.01.H48')
    expect(codeOf('000.00.01.h48', 'Sở Tư pháp')).toBe('000.00.01.H48')
  })

  it.each([
    ['Xã Hoà Bình', '000.01.53.H48'],
    ['XÃ HÒA BÌNH', '000.01.53.H48'],
    ['  xã\u00a0Hòa   Bình ', '000.01.53.H48'],
    ['Xã Hòa Bình'.normalize('NFD'), '000.01.53.H48'],
    ['UBND xã Hòa Bình', '000.01.53.H48'],
    ['Uỷ ban nhân dân xã Hòa Bình', '000.01.53.H48'],
    ['Ủy ban nhân dân phường Hòa Bình', '000.02.53.H48'],
    ['UBND huyện Đầm Dơi', '000.03.53.H48'],
    ['huyện Ðầm Dơi', '000.03.53.H48'],
    ['Huyện Ɖầm Dơi', '000.03.53.H48'],
    ['H. Đầm Dơi', '000.03.53.H48'],
    ['X. Hòa Bình', '000.01.53.H48'],
    ['P.Hoà Bình', '000.02.53.H48'],
    ['UBND P Hòa Bình', '000.02.53.H48'],
  ])('is found by its name however %s is written', (name, code) => {
    expect(codeOf(null, name)).toBe(code)
  })

  it('is found by its name where its code is unknown', () => {
    expect(codeOf('999', 'Sở Y tế')).toBe('000.00.01.H48')
  })

  it.each(['TT. Hoà Bình', 'H. Hòa Bình', 'Thị trấn Hòa Bình', 'Hòa Bình', 'Xã Hoa Bình', 'Xã Hòa Bình 2', 'Sở Y', 'So Y te', ''])(
    'is never taken for another one that it looks like: %s',
    (name) => {
      expect(codeOf(null, name)).toBeNull()
    },
  )

  it('is suggested what it looks like, nearest first', () => {
    const match = matcher.match(null, 'TT. Hoà Bình', null)
    expect(match).toMatchObject({ unknown: 'TT. Hoà Bình', isAmbiguous: false })
    expect(matcher.suggest('TT. Hoà Bình').map(({ name }) => name)).toEqual(['Xã Hòa Bình', 'Phường Hòa Bình'])
    expect(matcher.suggest('Sở Y tê').map(({ name }) => name)).toEqual(['Sở Y tế'])
    expect(matcher.suggest('Cục Hàng không')).toEqual([])
  })

  it('is ambiguous where several units bear its name, and names them', () => {
    const match = matcher.match(null, 'Xã Tân Lập', null)
    expect(match).toMatchObject({ isAmbiguous: true, suggestions: [{ code: '000.04.54.H48' }, { code: '000.05.55.H48' }] })
    expect(codeOf('000.05.55.H48', 'Xã Tân Lập')).toBe('000.05.55.H48')
  })

  it('is reported as the file says it, cleaned', () => {
    expect(matcher.match('X1', ' Xã\u00a0 Lạ ', null)).toMatchObject({ unknown: 'X1 · Xã Lạ' })
    expect(matcher.match('X1', null, null)).toMatchObject({ unknown: 'X1' })
    expect(matcher.match(null, null, null)).toMatchObject({ unknown: '', isAmbiguous: false })
  })

  it('is unknown to an empty registry', () => {
    expect(new UnitMatcher(EMPTY_REGISTRY).match('X', 'Sở Y tế', '2024-06-01')).toMatchObject({ isAmbiguous: false, suggestions: [] })
  })

  it('is found again in any registry by the very name or code that the registry has', () => {
    const word = fc.constantFrom('Hòa', 'Bình', 'Tân', 'Lập', 'Đông', 'Thủy', 'Phú', 'Quý')
    const names = fc.uniqueArray(
      fc.tuple(fc.constantFrom('Xã', 'Phường', 'Sở'), word, word).map((parts) => parts.join(' ')),
      {
        minLength: 1,
        selector: nameKey,
      },
    )
    fc.assert(
      fc.property(names, (all) => {
        const one = new UnitMatcher(registry(all.map((name, i) => unit(`C${i}`, name))))
        all.forEach((name, i) => {
          expect(one.match(null, `UBND ${name.toUpperCase()}`, null)).toMatchObject({ unit: { code: `C${i}` } })
          expect(one.match(`c${i}`, 'something else', null)).toMatchObject({ unit: { code: `C${i}` } })
        })
      }),
      property(40),
    )
  })
})

describe('a unit whose validity ends', () => {
  const changing = new UnitMatcher(
    registry([
      unit('OLD', 'Xã Hòa Bình', { valid_to: '2025-06-30' }),
      unit('NEW', 'Xã Hòa Bình', { valid_from: '2025-07-01' }),
      unit('GONE', 'Huyện Đầm Dơi', { level: 'district', valid_to: '2025-06-30' }),
      unit('SAME', 'Ban Quản lý', { level: 'district', valid_to: '2025-06-30' }),
      unit('SAME', 'Ban Quản lý', { level: 'commune', valid_from: '2025-07-01' }),
    ]),
  )

  it('gives its name to the one that follows, on the day', () => {
    const on = (day: string) => changing.match(null, 'Xã Hòa Bình', day)
    expect([on('2025-06-30'), on('2025-07-01')]).toMatchObject([{ unit: { code: 'OLD' } }, { unit: { code: 'NEW' } }])
    expect(changing.match(null, 'Xã Hòa Bình', null)).toMatchObject({ isAmbiguous: true })
  })

  it('is still known after its end where nothing else bears its name', () => {
    expect(changing.match(null, 'Huyện Đầm Dơi', '2025-08-01')).toMatchObject({ unit: { code: 'GONE' } })
  })

  it('has the level that it had on the day', () => {
    const levelOn = (day: string) => changing.match('SAME', null, day)
    expect([levelOn('2025-06-30'), levelOn('2025-07-01')]).toMatchObject([{ unit: { level: 'district' } }, { unit: { level: 'commune' } }])
  })
})

describe('a name with those of the units above', () => {
  const CM = unit('96', 'Tỉnh Cà Mau', { level: 'province' })
  const districts = [
    unit('964', 'Thành phố Cà Mau', { level: 'district', parent: '96' }),
    unit('970', 'Huyện Đầm Dơi', { level: 'district', parent: '96' }),
  ]
  const communes = [
    unit('1', 'Phường 5', { parent: '964' }),
    unit('2', 'Xã Tân Thành', { parent: '964' }),
    unit('3', 'Xã Tân Thành', { parent: '970' }),
    unit('S', 'Sở Y tế', { level: 'province' }),
    unit('B', 'Phường Bến Tre - An Hội', { parent: '964' }),
  ]
  const under = new UnitMatcher(registry([CM, ...districts, ...communes]))
  const find = (name: string): string | null => {
    const match = under.match(null, name, null)
    return 'unit' in match ? match.unit.code : null
  }

  it.each([
    ['UBND P. 5, TP. Cà Mau', '1'],
    ['P5 - TP Cà Mau', '1'],
    ['Phường 05 (Thành phố Cà Mau)', '1'],
    ['Ủy ban nhân dân phường 5 thành phố Cà Mau tỉnh Cà Mau', '1'],
    ['Phường 5, Cà Mau', '1'],
    ['Xã Tân Thành, H. Đầm Dơi', '3'],
    ['UBND xã Tân Thành huyện Đầm Dơi', '3'],
    ['xã Tân Thành thuộc thành phố Cà Mau', '2'],
    ['Sở Y tế tỉnh Cà Mau', 'S'],
    ['Phường Bến Tre - An Hội', 'B'],
  ])('is found by all that it says: %s', (name, code) => {
    expect(find(name)).toBe(code)
  })

  it.each([
    'Xã Tân Thành',
    'Xã Tân Thành, tỉnh Cà Mau',
    'P. Tân Thành, TP. Cà Mau',
    'Xã Tân Thành, H. Năm Căn',
    'Sở Y tế - Chi cục Dân số',
    'Sở Y tế tỉnh Bạc Liêu',
  ])('is nobody where it says too little, another type or another place: %s', (name) => {
    expect(find(name)).toBeNull()
  })

  it('is ambiguous where several are below what it says, each named with the one above', () => {
    const match = under.match(null, 'Xã Tân Thành, tỉnh Cà Mau', null)
    if ('unit' in match) throw new Error('found')
    expect([match.isAmbiguous, match.suggestions.map((one) => under.qualifiedName(one))]).toEqual([
      true,
      ['Xã Tân Thành (Thành phố Cà Mau)', 'Xã Tân Thành (Huyện Đầm Dơi)'],
    ])
  })

  it('is not taken for a unit of the one province when the registry has two', () => {
    const two = new UnitMatcher(registry([CM, unit('95', 'Tỉnh Bạc Liêu', { level: 'province' }), ...communes]))
    expect(two.match(null, 'Sở Y tế tỉnh Bạc Liêu', null)).toMatchObject({ isAmbiguous: false })
  })
})
