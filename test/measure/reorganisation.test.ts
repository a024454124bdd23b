import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { property } from '../support/property.js'
import { reportOn, rowOf, type ChangeRow, type DossierRow, type Facts, type UnitRow } from './support.js'

const METRIC = 'online_submission_rate'
const DAY = '2025-07-01'
const by = [['level'], ['unit']] as const
const YEAR = { period: '2025', by, metrics: [METRIC] }

let serial = 0
const at = (unit_name: string, received_at: string, more: DossierRow = {}): DossierRow => ({
  code: `R${serial++}`,
  unit_name,
  received_at,
  channel: 'online',
  ...more,
})
const old = (code: string, name: string): UnitRow => ({ code, name, level: 'commune', valid_to: '2025-06-30' })
const fresh = (code: string, name: string): UnitRow => ({ code, name, level: 'commune', valid_from: DAY })
const went = (old_code: string, new_code: string, more: Partial<ChangeRow> = {}): ChangeRow => ({
  old_code,
  new_code,
  effective_from: DAY,
  extent: 'whole',
  ...more,
})

const UNITS = [
  old('O1', 'Xã Vàm Trên'),
  old('O2', 'Xã Vàm Dưới'),
  old('O3', 'Xã Mỹ Sậy'),
  fresh('N1', 'Xã Vàm Trên'),
  fresh('N2', 'Xã Bến Lúa'),
]
const PARTS = [went('O3', 'N1', { extent: 'part' }), went('O3', 'N2', { extent: 'part' })]
const CHANGES = [went('O1', 'N1'), went('O2', 'N1'), ...PARTS]

async function counts(facts: Facts, request: Record<string, unknown> = {}): Promise<Record<string, number | null>> {
  const report = await reportOn(facts, { ...YEAR, ...request })
  return Object.fromEntries(report.rows.flatMap(({ unit, denominator }) => (unit ? [[unit.code ?? unit.name, denominator]] : [])))
}

describe('a dossier of a unit that was reorganised', () => {
  const dossiers = [
    at('Xã Vàm Trên', '2025-03-01'),
    at('Xã Vàm Dưới', '2025-03-01'),
    at('Xã Mỹ Sậy', '2025-03-01'),
    at('Xã Vàm Trên', '2025-08-01'),
  ]

  it('counts under the unit that its own went into whole, and nowhere when that was split nobody says how', async () => {
    const report = await reportOn({ dossiers, units: UNITS, changes: CHANGES }, YEAR)
    expect(await counts({ dossiers, units: UNITS, changes: CHANGES })).toEqual({ N1: 3, N2: 0, not_attributable: 1 })
    expect(rowOf(report, METRIC, { level: 'commune' })).toMatchObject({ denominator: 4 })
    expect([report.notes.split, report.notes.unknownUnit]).toEqual([1, 0])
  })

  it('counts under the unit of the time where that is asked', async () => {
    expect(await counts({ dossiers, units: UNITS, changes: CHANGES }, { units: 'as-was' })).toEqual({ O1: 1, O2: 1, O3: 1, N1: 1, N2: 0 })
  })

  it('counts under its own unit as long as the day of the report lies before the change', async () => {
    const facts = { dossiers, units: UNITS, changes: CHANGES }
    expect(await counts(facts, { period: '2025-03', asOf: '2025-06-30' })).toEqual({ O1: 1, O2: 1, O3: 1 })
    expect(await counts(facts, { period: '2025-03', asOf: DAY })).toEqual({ N1: 2, N2: 0, not_attributable: 1 })
  })

  it('counts under the new unit when it names it itself, whenever it was received', async () => {
    const early = [at('Xã Bến Lúa', '2025-03-01'), at('', '2025-03-01', { unit_name: null, unit_code: 'N2' })]
    expect(await counts({ dossiers: early, units: UNITS, changes: CHANGES })).toEqual({ N1: 0, N2: 2 })
  })

  it('counts under the successor when the old name is still used after the change', async () => {
    expect(await counts({ dossiers: [at('Xã Vàm Dưới', '2025-09-01')], units: UNITS, changes: CHANGES })).toMatchObject({ N1: 1 })
  })

  it('passes through every later change', async () => {
    const units = [...UNITS, { ...fresh('M1', 'Phường Vàm Trên'), valid_from: '2026-04-30' }]
    const changes = [...CHANGES, went('N1', 'M1', { effective_from: '2026-04-30', new_name: 'Phường Vàm Trên' })]
    expect(await counts({ dossiers, units, changes })).toEqual({ M1: 3, N2: 0, not_attributable: 1 })
    expect(await counts({ dossiers, units, changes }, { asOf: '2026-01-01' })).toEqual({ N1: 3, N2: 0, not_attributable: 1 })
  })

  it('is told from the unit that takes over its code', async () => {
    const units = [old('X', 'Xã Mỹ Sậy'), { ...fresh('X', 'Phường Mới') }, fresh('Y', 'Xã Bến Lúa')]
    const changes = [went('X', 'Y', { old_name: 'Xã Mỹ Sậy' })]
    const both = [at('', '2025-03-01', { unit_name: null, unit_code: 'X' }), at('', '2025-08-01', { unit_name: null, unit_code: 'X' })]
    expect(await counts({ dossiers: both, units, changes })).toEqual({ X: 1, Y: 1 })
  })

  it('needs no registry beside the list of changes', async () => {
    const named = [
      went('O1', 'N1', { old_name: 'Xã Vàm Trên', new_name: 'Xã Bến Lúa' }),
      went('O2', 'N1', { old_name: 'Xã Vàm Dưới', new_name: 'Xã Bến Lúa' }),
    ]
    expect(await counts({ dossiers: dossiers.slice(0, 2), changes: named })).toEqual({ N1: 2 })
  })
})

describe('a unit split in shares that are known', () => {
  const changes = [went('O3', 'N1', { share: 0.7, extent: 'part' }), went('O3', 'N2', { share: 0.3, extent: 'part' })]
  const months = (n: number): DossierRow[] =>
    Array.from({ length: n }, (_, i) => at('Xã Mỹ Sậy', `2025-0${1 + (i % 6)}-05`, { channel: i % 3 ? 'online' : 'in_person' }))

  it('gives each heir its share of the dossiers, every one of them whole', async () => {
    expect(await counts({ dossiers: months(10), units: UNITS, changes })).toEqual({ N1: 7, N2: 3 })
    const report = await reportOn({ dossiers: months(10), units: UNITS, changes }, YEAR)
    const [a, b] = [rowOf(report, METRIC, { unit: 'N1' }), rowOf(report, METRIC, { unit: 'N2' })]
    expect(a.numerator! + b.numerator!).toBe(rowOf(report, METRIC).numerator)
  })

  it('gives the same share of every month, within one', async () => {
    const report = await reportOn({ dossiers: months(120), units: UNITS, changes }, { ...YEAR, by: [['unit', 'month']] })
    for (const { unit, month, denominator } of report.rows.filter((row) => row.unit?.code === 'N1' && row.month! <= '2025-06'))
      expect(Math.abs(denominator! - 14), `${unit!.code} ${month}`).toBeLessThanOrEqual(1)
  })

  it('is not attributable when the shares do not add up to all of it', async () => {
    const short = [went('O3', 'N1', { share: 0.7 }), went('O3', 'N2', { share: 0.2 })]
    expect(await counts({ dossiers: months(10), units: UNITS, changes: short })).toMatchObject({ not_attributable: 10 })
  })
})

describe('the district level', () => {
  const units: UnitRow[] = [{ code: 'H1', name: 'Huyện Bến Lúa', level: 'district' }]

  it('has the dossiers received until its last day, whenever they are resolved, and none received later', async () => {
    const dossiers = [
      at('Huyện Bến Lúa', '2025-06-30', { resolved_at: '2025-06-30' }),
      at('Huyện Bến Lúa', '2025-06-20', { resolved_at: '2025-07-15' }),
      at('Huyện Bến Lúa', DAY, { resolved_at: DAY }),
    ]
    const report = await reportOn({ dossiers, units }, { ...YEAR, metrics: [METRIC, 'online_resolution_rate'] })
    expect(rowOf(report, METRIC)).toMatchObject({ denominator: 3 })
    expect(rowOf(report, METRIC, { level: 'district' })).toMatchObject({ denominator: 2 })
    expect(rowOf(report, 'online_resolution_rate', { level: 'district' })).toMatchObject({ denominator: 2 })
    expect(report.notes.noLevel).toBe(1)
    const july = await reportOn({ dossiers, units }, { ...YEAR, period: '2025-07', metrics: ['online_resolution_rate'] })
    expect(rowOf(july, 'online_resolution_rate', { level: 'district' })).toMatchObject({ denominator: 1 })
    const later = at('Sở Y tế', '2025-08-05')
    const august = await reportOn({ dossiers: [...dossiers, later], units }, { ...YEAR, period: '2025-08' })
    expect(august.rows.some(({ level, unit }) => level === 'district' || (unit !== null && unit.code !== null))).toBe(false)
  })

  it('ends on its day where only the file says the level', async () => {
    const dossiers = [at('Huyện Bến Lúa', '2025-06-30', { level: 'district' }), at('Huyện Bến Lúa', DAY, { level: 'district' })]
    const report = await reportOn({ dossiers }, YEAR)
    expect(rowOf(report, METRIC, { level: 'district' })).toMatchObject({ denominator: 1 })
    expect(report.notes.noLevel).toBe(1)
  })
})

describe('names that an office lists', () => {
  it('mean the unit it says, by any spelling of the name, and by code', async () => {
    const dossiers = [
      at('VP một cửa Vàm', '2025-08-01'),
      at('vp MỘT CỬA vàm', '2025-08-01'),
      at('', '2025-08-01', { unit_name: null, unit_code: 'Z-9' }),
    ]
    const aliases = { 'VP một cửa Vàm': 'N1', 'Z-9': 'N2' }
    expect(await counts({ dossiers, units: UNITS, aliases }, { period: '2025-08' })).toEqual({ N1: 2, N2: 1 })
  })
})

it('every dossier counts once, by whatever units', async () => {
  const codes = ['A', 'B', 'C', 'D', 'E', 'F']
  const code = fc.constantFrom(...codes)
  const change = fc.record({
    old: code,
    next: code,
    day: fc.constantFrom('2025-03-01', '2025-07-01', '2025-09-15'),
    share: fc.constantFrom(undefined, 0.5, 0.25, 0.75, 1),
    extent: fc.constantFrom('whole' as const, 'part' as const, undefined),
  })
  const dossier = fc.record({
    unit: fc.constantFrom(...codes, 'nowhere'),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.array(dossier, { minLength: 1, maxLength: 40 }), async (moves, rows) => {
      const two = (n: number): string => String(n).padStart(2, '0')
      const dossiers = rows.map(({ unit, month, day }) => at(`Xã ${unit}`, `2025-${two(month)}-${two(day)}`))
      const units = codes.map((one): UnitRow => ({ code: one, name: `Xã ${one}`, level: 'commune' }))
      const changes = moves.map(({ old: from, next, day, share, extent }): ChangeRow => ({
        old_code: from,
        new_code: next,
        effective_from: day,
        ...(share ? { share } : {}),
        ...(extent ? { extent } : {}),
      }))
      for (const mode of ['current', 'as-was'] as const) {
        const placed = await counts({ dossiers, units, changes }, { units: mode })
        expect(Object.values(placed).reduce<number>((sum, n) => sum + n!, 0)).toBe(rows.length)
        if (mode === 'as-was') expect(placed.not_attributable).toBeUndefined()
      }
    }),
    property(10),
  )
})
