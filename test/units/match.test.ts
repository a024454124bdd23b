import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { nameKey, UnitMatcher } from '../../src/units/match.js'
import type { Unit } from '../../src/units/registry.js'

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

const REGISTRY = [
  unit('000.00.01.H48', 'Sở Y tế', { level: 'province' }),
  unit('000.01.53.H48', 'Xã Hòa Bình'),
  unit('000.02.53.H48', 'Phường Hòa Bình'),
  unit('000.03.53.H48', 'Ủy ban nhân dân huyện Đầm Dơi', { level: 'district' }),
  unit('000.04.54.H48', 'Xã Tân Lập', { parent: 'A' }),
  unit('000.05.55.H48', 'Xã Tân Lập', { parent: 'B' }),
]
const matcher = new UnitMatcher(REGISTRY)

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
  ])('is found by its name however %s is written', (name, code) => {
    expect(codeOf(null, name)).toBe(code)
  })

  it('is found by its name where its code is unknown', () => {
    expect(codeOf('999', 'Sở Y tế')).toBe('000.00.01.H48')
  })

  it.each(['P. Hoà Bình', 'X. Hòa Bình', 'Thị trấn Hòa Bình', 'Hòa Bình', 'Xã Hoa Bình', 'Xã Hòa Bình 2', 'Sở Y', 'So Y te', ''])(
    'is never taken for another one that it looks like: %s',
    (name) => {
      expect(codeOf(null, name)).toBeNull()
    },
  )

  it('is suggested what it looks like, nearest first', () => {
    const match = matcher.match(null, 'P. Hoà Bình', null)
    expect(match).toMatchObject({ unknown: 'P. Hoà Bình', isAmbiguous: false })
    expect('unit' in match ? [] : match.suggestions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Xã Hòa Bình', 'Phường Hòa Bình']),
    )
    expect(matcher.match(null, 'Cục Hàng không', null)).toMatchObject({ suggestions: [] })
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
    expect(new UnitMatcher([]).match('X', 'Sở Y tế', '2024-06-01')).toMatchObject({ isAmbiguous: false, suggestions: [] })
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
        const one = new UnitMatcher(all.map((name, i) => unit(`C${i}`, name)))
        all.forEach((name, i) => {
          expect(one.match(null, `UBND ${name.toUpperCase()}`, null)).toMatchObject({ unit: { code: `C${i}` } })
          expect(one.match(`c${i}`, 'something else', null)).toMatchObject({ unit: { code: `C${i}` } })
        })
      }),
      { numRuns: 40 },
    )
  })
})

describe('a unit whose validity ends', () => {
  const changing = new UnitMatcher([
    unit('OLD', 'Xã Hòa Bình', { valid_to: '2025-06-30' }),
    unit('NEW', 'Xã Hòa Bình', { valid_from: '2025-07-01' }),
    unit('GONE', 'Huyện Đầm Dơi', { level: 'district', valid_to: '2025-06-30' }),
    unit('SAME', 'Ban Quản lý', { level: 'district', valid_to: '2025-06-30' }),
    unit('SAME', 'Ban Quản lý', { level: 'commune', valid_from: '2025-07-01' }),
  ])

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
