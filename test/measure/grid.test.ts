import { describe, expect, it } from 'vitest'

import { blank, dedupe } from '../../src/measure/grid.js'
import { reportOn, rowOf, type DossierRow, type UnitRow } from './support.js'

const METRIC = 'online_submission_rate'
const JUNE = { period: '2024-06', by: [['level'], ['unit']] as const, metrics: [METRIC] }
const at = (unit_name: string | null, more: DossierRow = {}): DossierRow => ({
  received_at: '2024-06-05',
  channel: 'online',
  unit_name,
  ...more,
})
const units: UnitRow[] = [
  { code: 'S1', name: 'Sở Y tế', level: 'province' },
  { code: 'X1', name: 'Xã Hòa Bình', level: 'commune' },
  { code: 'X2', name: 'Xã Tân Lập', level: 'commune', valid_to: '2024-05-31' },
  { code: 'X3', name: 'Xã Mới', level: 'commune', valid_from: '2024-07-01' },
  { code: 'X4', name: 'Xã Bị Chia', level: 'commune', valid_to: '2024-06-01' },
  { code: 'T1', name: 'Chi cục Thuế', level: 'district', is_vertical_sector: true },
]
const unitsOf = (rows: { unit: { code: string | null } | null }[]): (string | null)[] =>
  rows.flatMap(({ unit }) => (unit ? [unit.code] : []))

describe('a report by level and unit', () => {
  it('has a row for every unit that exists in the period, with no cases where it has no dossiers', async () => {
    const report = await reportOn({ dossiers: [at('Sở Y tế')], units }, JUNE)
    expect(unitsOf(report.rows)).toEqual(['S1', 'X1', 'X4'])
    expect(rowOf(report, METRIC, { unit: 'X1' })).toMatchObject({
      state: 'no_cases',
      numerator: 0,
      denominator: 0,
      value: null,
      level: 'commune',
    })
    expect(rowOf(report, METRIC, { level: 'commune' })).toMatchObject({ state: 'no_cases' })
    expect(report.rows.some(({ level }) => level === 'district')).toBe(false)
  })

  it('has the units of the period only: ended ones no longer, new ones from their first day', async () => {
    const dossiers = ['2024-05-05', '2024-07-05'].map((received_at) => at('Sở Y tế', { received_at }))
    const july = await reportOn({ dossiers, units }, { ...JUNE, period: '2024-07' })
    expect(unitsOf(july.rows)).toEqual(['S1', 'X1', 'X3'])
    const may = await reportOn({ dossiers, units }, { ...JUNE, period: '2024-05' })
    expect(unitsOf(may.rows)).toEqual(['S1', 'X1', 'X2', 'X4'])
    const firstHalf = await reportOn({ dossiers: [at('Sở Y tế')], units }, { ...JUNE, period: '2024' })
    expect(unitsOf(firstHalf.rows)).toEqual(['S1', 'X1', 'X2', 'X3', 'X4'])
  })

  it('has, by unit and month, a row for every unit and month, whatever else is asked', async () => {
    const before = { received_at: '2024-02-05', resolved_at: '2024-02-20', paid_at: '2024-06-05', payment: 'online' } as const
    const dossiers = [at('Sở Y tế'), at('Xã Hòa Bình', before)]
    const wanted = { period: '2024-Q2', by: [['unit', 'month']] as const }
    const rows = async (metrics: string[]) => {
      const report = await reportOn({ dossiers, units: units.slice(0, 2) }, { ...wanted, metrics })
      return report.rows.filter((row) => row.metric === METRIC && row.unit).map((row) => `${row.unit!.code} ${row.month}`)
    }
    const all = ['S1', 'X1'].flatMap((code) => ['04', '05', '06'].map((month) => `${code} 2024-${month}`))
    expect([await rows([METRIC]), await rows([METRIC, 'online_payment_rate_paid'])]).toEqual([all, all])
  })

  it('leaves out vertical sectors, by unit and by dossier, says how many, and counts them where the policy says so', async () => {
    const dossiers = [at('Sở Y tế'), at('Chi cục Thuế'), at('Xã Hòa Bình', { is_vertical_sector: true })]
    const report = await reportOn({ dossiers, units }, JUNE)
    expect(rowOf(report, METRIC)).toMatchObject({ denominator: 1 })
    expect([unitsOf(report.rows).includes('T1'), report.notes.vertical]).toEqual([false, 2])
    const included = await reportOn({ dossiers, units }, { ...JUNE, policy: { vertical_sector: 'included' } })
    expect(rowOf(included, METRIC)).toMatchObject({ denominator: 3 })
    expect(rowOf(included, METRIC, { level: 'district' })).toMatchObject({ denominator: 1 })
    expect(included.notes.vertical).toBe(0)
  })

  it('counts units that the registry does not know, suggests what they look like and never guesses', async () => {
    const dossiers = [at('P. Hoà Bình'), at('P. Hoà Bình'), at('Phường Hòa Bình'), at('Cục Lưu trữ'), at('Xã Hòa Bình')]
    const report = await reportOn({ dossiers, units }, JUNE)
    expect(rowOf(report, METRIC, { unit: 'X1' })).toMatchObject({ denominator: 1 })
    expect(report.rows.find(({ unit }) => unit !== null && unit.code === null)).toMatchObject({ denominator: 4, level: null })
    expect(report.notes.unknownUnit).toBe(4)
    expect(report.unknownUnits.map(({ said, rows }) => [said, rows])).toEqual([
      ['P. Hoà Bình', 2],
      ['Cục Lưu trữ', 1],
      ['Phường Hòa Bình', 1],
    ])
    expect(report.unknownUnits.find(({ said }) => said === 'P. Hoà Bình')!.suggestions).toContain('Xã Hòa Bình')
  })

  it('leaves dossiers of an unknown unit at the level that they themselves say', async () => {
    const report = await reportOn({ dossiers: [at('Xã Lạ', { level: 'commune' }), at('Xã Lạ khác')], units }, JUNE)
    expect(rowOf(report, METRIC, { level: 'commune' })).toMatchObject({ denominator: 1 })
    expect([rowOf(report, METRIC).denominator, report.notes.noLevel]).toEqual([2, 1])
  })

  it('counts a unit at the level where the office wants it counted', async () => {
    const branch: UnitRow = { code: 'L1', name: 'Chi nhánh VPĐKĐĐ', level: 'district', reporting_level: 'province' }
    const report = await reportOn({ dossiers: [at('Chi nhánh VPĐKĐĐ', { level: 'district' })], units: [branch] }, JUNE)
    expect(rowOf(report, METRIC, { level: 'province' })).toMatchObject({ denominator: 1 })
  })
})

describe('a registry that changes', () => {
  const named: UnitRow[] = [
    { code: 'OLD', name: 'Xã Hòa Bình', level: 'commune', valid_to: '2024-06-14' },
    { code: 'NEW', name: 'Xã Hòa Bình', level: 'commune', valid_from: '2024-06-15' },
  ]

  it('resolves a name by the day on which the dossier was received', async () => {
    const dossiers = [at('Xã Hòa Bình', { received_at: '2024-06-14 23:59:59' }), at('Xã Hòa Bình', { received_at: '2024-06-15' })]
    const report = await reportOn({ dossiers: [...dossiers, at('Xã Hòa Bình', { received_at: '2024-06-20' })], units: named }, JUNE)
    expect(rowOf(report, METRIC, { unit: 'OLD' })).toMatchObject({ denominator: 1 })
    expect(rowOf(report, METRIC, { unit: 'NEW' })).toMatchObject({ denominator: 2 })
  })

  it('counts dossiers whose day of receipt is unknown, as of a name that several units bear', async () => {
    const resolved = at('Xã Hòa Bình', { received_at: null, resolved_at: '2024-06-20', due_at: '2024-06-21' })
    const report = await reportOn({ dossiers: [resolved, at('Xã Hòa Bình')], units: named }, { ...JUNE, metrics: ['on_time_rate'] })
    expect(rowOf(report, 'on_time_rate')).toMatchObject({ numerator: 1, denominator: 1 })
    expect(report.unknownUnits).toMatchObject([{ said: 'Xã Hòa Bình', rows: 1, isAmbiguous: true }])
  })

  it('has a unit at the level it was on at the time', async () => {
    const moved: UnitRow[] = [
      { code: 'B1', name: 'Ban Quản lý', level: 'district', valid_to: '2025-06-30' },
      { code: 'B1', name: 'Ban Quản lý', level: 'commune', valid_from: '2025-07-01' },
    ]
    const dossiers = [at('Ban Quản lý', { received_at: '2025-06-10' }), at('Ban Quản lý', { received_at: '2025-07-10' })]
    const level = async (period: string) => {
      const report = await reportOn({ dossiers, units: moved }, { ...JUNE, period })
      return report.rows.filter((row) => row.level !== null && row.unit === null && row.denominator! > 0).map((row) => row.level)
    }
    expect([await level('2025-06'), await level('2025-07')]).toEqual([['district'], ['commune']])
  })
})

describe('without a registry', () => {
  it('units are those of the exports, in all spellings of their names', async () => {
    const dossiers = [at('UBND xã Hoà Bình'), at('Xã  Hòa Bình'), at('XÃ HÒA BÌNH'), at('Phường Hòa Bình'), at(null)]
    const report = await reportOn({ dossiers }, JUNE)
    expect(report.rows.filter(({ unit }) => unit).map((row) => row.denominator)).toEqual([1, 3, 1])
    expect(report.rows.at(-1)!.unit).toEqual({ code: null, name: 'no_unit' })
    expect([report.hasRegistry, report.unknownUnits, report.notes.unknownUnit, report.notes.noUnit]).toEqual([false, [], 0, 1])
  })

  it('a unit can be asked for by the name that the exports have', async () => {
    const report = await reportOn({ dossiers: [at('Xã Hòa Bình'), at('Sở Y tế')] }, { ...JUNE, unit: 'Xã Hòa Bình' })
    expect(report.rows.filter(({ unit }) => unit).map((row) => row.denominator)).toEqual([1])
  })
})

describe('one figure a place', () => {
  const period = { label: '2024', calendar: 'month', from: '2024-01-01', until: '2025-01-01' } as const
  const figure = (numerator: number, unit: { code: string | null; name: string }) => ({
    ...blank(METRIC, period, 'no_cases', { unit }),
    numerator,
  })

  it('is kept of two that say the same, and both of units that are only called alike', () => {
    const unit = { code: 'unknown', name: 'Sở Y tế' }
    const results = [figure(1, unit), figure(1, unit), figure(2, { code: null, name: 'unknown' })]
    expect(dedupe(results).map(({ numerator }) => numerator)).toEqual([1, 2])
  })

  it('is never chosen from two that differ', () => {
    const unit = { code: 'S1', name: 'Sở Y tế' }
    expect(() => dedupe([figure(1, unit), figure(2, unit)])).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})
