import { describe, expect, it } from 'vitest'

import { parsePeriod } from '../../src/language/period.js'
import { TargetBook, type Target } from '../../src/measure/target.js'
import { EMPTY_REGISTRY } from '../../src/units/registry.js'
import type { Unit } from '../../src/units/unit.js'
import { UnitView } from '../../src/units/view.js'
import { reportOn, rowOf, type DossierRow, type TargetRow } from './support.js'

const METRIC = 'online_submission_rate'
const unit = (code: string, name: string): Unit => ({
  code,
  name,
  type: null,
  level: 'commune',
  parent: null,
  valid_from: null,
  valid_to: null,
  is_vertical_sector: false,
})
const VIEW = new UnitView({ ...EMPTY_REGISTRY, units: [unit('X1', 'Xã Hòa Bình'), unit('X2', 'Phường Hòa Bình')] }, 'current', '2024-12-31')

const target = (share: number, more: Partial<Target> = {}): Target => ({
  metric: METRIC,
  level: null,
  unit: null,
  period: null,
  share,
  operator: null,
  effective_from: null,
  source: null,
  ...more,
})

interface Place {
  level?: 'province' | 'commune'
  unit?: string
  period?: string
  calendar?: 'report15'
}

function shareFor(targets: Target[], { level, unit: code, period = '2024-06', calendar }: Place = {}): number | null {
  const found = new TargetBook(targets, VIEW, calendar).find({
    metric: METRIC,
    level: level ?? (code === undefined ? null : 'commune'),
    unit: code === undefined ? null : { code, name: code },
    field: null,
    procedure: null,
    factor: null,
    period: parsePeriod(period, calendar),
  })
  return found?.share ?? null
}

describe('the target of a figure', () => {
  const layered = [target(0.5), target(0.6, { level: 'commune' }), target(0.7, { unit: 'X1' })]

  it('is the most specific: of the unit, else of its level, else of all', () => {
    expect(shareFor(layered, { unit: 'X1' })).toBe(0.7)
    expect(shareFor(layered, { unit: 'X2' })).toBe(0.6)
    expect(shareFor(layered, { level: 'commune' })).toBe(0.6)
    expect(shareFor(layered, { level: 'province' })).toBe(0.5)
    expect(shareFor(layered)).toBe(0.5)
    expect(shareFor(layered.toReversed(), { unit: 'X1' })).toBe(0.7)
  })

  it('is of the unit even where the level has one for a narrower period', () => {
    expect(shareFor([target(0.6, { level: 'commune', period: '2024-06' }), target(0.7, { unit: 'X1' })], { unit: 'X1' })).toBe(0.7)
  })

  it('is that of the narrowest period that holds the figure', () => {
    const targets = [target(0.5), target(0.6, { period: '2024' }), target(0.7, { period: '2024-Q2' }), target(0.8, { period: '2024-05' })]
    expect(['2023-06', '2024', '2024-Q1', '2024-Q2', '2024-06', '2024-05'].map((period) => shareFor(targets, { period }))).toEqual([
      0.5, 0.6, 0.6, 0.7, 0.7, 0.8,
    ])
  })

  it('holds for the months and quarters of its year, and for nothing beyond', () => {
    const annual = [target(0.6, { period: '2024' })]
    expect(['2024-01', '2024-12', '2024-Q3', '2024-02-03..2024-02-05'].map((period) => shareFor(annual, { period }))).toEqual([
      0.6, 0.6, 0.6, 0.6,
    ])
    expect(['2025-01', '2023', '2023-12..2024-01', '2024..2025'].map((period) => shareFor(annual, { period }))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('of a year holds for the reporting year from 15 December to 14 December, and for its months', () => {
    const annual = [target(0.6, { period: '2024' })]
    expect(['2024', '2024-01', '2024-12'].map((period) => shareFor(annual, { period, calendar: 'report15' }))).toEqual([0.6, 0.6, 0.6])
    expect(shareFor(annual, { period: '2025-01', calendar: 'report15' })).toBeNull()
  })

  it('is the one in force last at the end of the period', () => {
    const targets = [
      target(0.5, { effective_from: '2023-01-01' }),
      target(0.6, { effective_from: '2024-06-15' }),
      target(0.7, { effective_from: '2024-07-01' }),
      target(0.4),
    ]
    expect(shareFor(targets, { period: '2024-05' })).toBe(0.5)
    expect(shareFor(targets, { period: '2024-06' })).toBe(0.6)
    expect(shareFor(targets, { period: '2024-07' })).toBe(0.7)
    expect(shareFor(targets, { period: '2022' })).toBe(0.4)
  })

  it('may name its unit by code or by exact name, and is never applied to a unit that looks like it', () => {
    expect(shareFor([target(0.7, { unit: 'UBND xã Hoà Bình' })], { unit: 'X1' })).toBe(0.7)
    expect(shareFor([target(0.7, { unit: 'x1' })], { unit: 'X1' })).toBe(0.7)
    expect(shareFor([target(0.7, { unit: 'UBND xã Hoà Bình' })], { unit: 'X2' })).toBeNull()
    expect(shareFor([target(0.7, { unit: 'Thị trấn Hòa Bình' })], { unit: 'X1' })).toBeNull()
  })

  it('is not spread over fields, procedures and factors', () => {
    const book = new TargetBook([target(0.5)], VIEW)
    const place = { metric: METRIC, level: null, unit: null, period: parsePeriod('2024') }
    expect(book.find({ ...place, field: 'Đất đai', procedure: null, factor: null })).toBeNull()
    expect(book.find({ ...place, field: null, procedure: { code: '1.001612', name: null }, factor: null })).toBeNull()
    expect(book.find({ ...place, field: null, procedure: null, factor: null })).not.toBeNull()
  })
})

describe('a report with targets', () => {
  const at = (unit_name: string, channel: DossierRow['channel'] = 'online'): DossierRow => ({
    received_at: '2024-06-05',
    channel,
    unit_name,
    level: 'commune',
  })
  const targets: TargetRow[] = [
    { metric: METRIC, share: 0.5 },
    { metric: METRIC, share: 0.9, unit: 'Xã Hòa Bình' },
    { metric: METRIC, share: 0.1, unit: 'Xã Nơi Khác' },
  ]

  it('applies the target of a unit that plan and exports both call by name where there is no registry', async () => {
    const dossiers = [at('UBND xã Hoà Bình'), at('Xã Hòa Bình', 'in_person'), at('Phường Hòa Bình')]
    const report = await reportOn({ dossiers, targets }, { period: '2024-06', by: [['unit']], metrics: [METRIC] })
    const byName = report.rows.map((row) => [row.unit?.name ?? null, row.target])
    expect(byName).toContainEqual(['Phường Hòa Bình', 0.5])
    expect(report.rows.find(({ denominator, unit: place }) => place !== null && denominator === 2)).toMatchObject({
      target: 0.9,
      status: 'missed',
    })
  })

  it('names the targets of units that the registry does not know and applies them to nobody', async () => {
    const units = [{ code: 'X1', name: 'Xã Hòa Bình', level: 'commune' as const }]
    const report = await reportOn({ dossiers: [at('X?')], targets, units }, { period: '2024-06', by: [['unit']], metrics: [METRIC] })
    expect(report.unknownTargetUnits.map(({ said, rows }) => [said, rows])).toEqual([['Xã Nơi Khác', 1]])
    expect(rowOf(report, METRIC, { unit: 'X1' })).toMatchObject({ target: 0.9, status: 'no_data', state: 'no_cases' })
    expect(report.rows.every((row) => row.target !== 0.1)).toBe(true)
  })

  it('names, where there is no registry, the units of the plan that no dossier is of, with what they look like', async () => {
    const ofUnits = ['Xã Hòa Bình', 'Xã Hoà Bìn', 'Sở Y tế'].map((unit) => ({ metric: METRIC, share: 0.5, unit }))
    const ask = { period: '2024-06', metrics: [METRIC] }
    const { unknownTargetUnits } = await reportOn({ dossiers: [at('UBND xã Hoà Bình')], targets: ofUnits }, ask)
    expect(unknownTargetUnits.map(({ said, suggestions }) => [said, suggestions])).toEqual([
      ['Sở Y tế', []],
      ['Xã Hoà Bìn', ['UBND xã Hoà Bình']],
    ])
    expect((await reportOn({ dossiers: [at('UBND xã Hoà Bình')], targets: ofUnits.slice(0, 1) }, ask)).unknownTargetUnits).toEqual([])
  })

  it('says where each target comes from, and that metrics without one have none', async () => {
    const report = await reportOn({ dossiers: [at('Xã Hòa Bình')], targets: targets.slice(0, 1) }, { period: '2024-06' })
    expect(rowOf(report, METRIC)).toMatchObject({ targetSource: 'plan 0', status: 'exceeded', gap: 0.5 })
    expect(rowOf(report, 'data_reuse_rate')).toMatchObject({ target: null, targetSource: null })
  })
})
