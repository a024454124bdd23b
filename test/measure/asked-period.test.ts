import { describe, expect, it } from 'vitest'

import { chooseMetrics } from '../../src/measure/report.js'
import { definitions, reportOn, rowOf, type DossierRow } from './support.js'

const METRIC = 'online_submission_rate'
const metrics = [METRIC]
const on = (received_at: string, more: DossierRow = {}): DossierRow => ({ received_at, channel: 'online', unit_name: 'Sở Y tế', ...more })
const spanOf = async (dossiers: DossierRow[], request: Parameters<typeof reportOn>[1]) => {
  const { period, dataTo, isWholePeriod } = await reportOn({ dossiers }, { metrics, ...request })
  return [period.label, period.from, period.until, dataTo.dossiers, isWholePeriod]
}

describe('the year to date', () => {
  const dossiers = ['2025-01-10', '2025-02-28', '2025-07-03', '2025-09-30'].map((day) => on(day))
  it.each([
    ['2025-09', 'month', '2025-01..2025-09', '2025-01-01', '2025-10-01'],
    ['2025-Q2', 'month', '2025-H1', '2025-01-01', '2025-07-01'],
    ['2025-Q1', 'report15', '2025-Q1', '2024-12-15', '2025-03-15'],
    ['2025-03', 'report15', '2025-Q1', '2024-12-15', '2025-03-15'],
    ['2025', 'month', '2025', '2025-01-01', '2026-01-01'],
    ['2025-06-10..2025-06-20', 'month', '2025-01-01..2025-06-20', '2025-01-01', '2025-06-21'],
  ] as const)('of %s by %s is %s', async (period, calendar, label, from, until) => {
    const asked = await spanOf(dossiers, { period, calendar, isYearToDate: true })
    expect(asked.slice(0, 3)).toEqual([label, from, until])
  })
  it('is not of a period that lies in two years', async () => {
    await expect(spanOf(dossiers, { period: '2024-11..2025-02', isYearToDate: true })).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('what there is', () => {
  it('is said up to its newest day within the period, whatever the period ends with', async () => {
    expect((await spanOf([on('2023-02-01'), on('2023-11-11'), on('2024-01-05')], { period: '2023' })).at(3)).toBe('2023-11-11')
  })
  it('is not moved by a day after that of the loads, and neither is the period', async () => {
    const slip = on('2025-09-09', { resolved_at: '2052-09-09' })
    const asked = await spanOf([on('2025-09-28'), slip], { asOf: '2060-12-31' })
    expect([asked[0], asked[3]]).toEqual(['2025-09', '2025-09-28'])
  })
  it.each([
    [['2025-08-20', '2025-09-10'], '2025-09-15', '2025-08', false],
    [['2025-08-29', '2025-09-10'], '2025-09-15', '2025-08', true],
    [['2025-09-10'], '2025-09-15', '2025-09', false],
    [['2025-09-11'], '2025-12-31', '2025-09', false],
  ])('of %j on %s chooses %s, whole: %s', async (days, asOf, label, isWhole) => {
    const asked = await spanOf(
      days.map((day) => on(day)),
      { asOf },
    )
    expect([asked[0], asked[4]]).toEqual([label, isWhole])
  })
  it.each(['2022', '2025-10', '2030'])('in %s is nothing, and the error says from when to when there is', async (period) => {
    const asked = spanOf([on('2023-02-01', { due_at: '2023-03-01' }), on('2025-09-11')], { period })
    await expect(asked).rejects.toMatchObject({ code: 'no_data', hint: 'there are dossiers from 2023-02-01 to 2025-09-11' })
  })
  it('without any day is said by how many dossiers there are', async () => {
    await expect(spanOf([{ code: 'A' }, { code: 'B' }], {})).rejects.toThrow('there are 2 dossiers, and none has a day of receipt')
  })
})

describe('several of a kind', () => {
  const dossiers: DossierRow[] = [
    on('2025-09-01', { level: 'province' }),
    on('2025-09-02', { unit_name: 'Xã An', level: 'commune' }),
    on('2025-09-03', { unit_name: 'Huyện Bình', level: 'district' }),
  ]
  it('units or levels are all shown, and no other', async () => {
    const units = await reportOn({ dossiers }, { period: '2025-09', metrics, unit: ['Sở Y tế', 'Xã An'] })
    expect(units.rows.map(({ unit }) => unit?.name ?? null)).toEqual([null, 'Sở Y tế', 'Xã An'])
    const levels = await reportOn({ dossiers }, { period: '2025-09', metrics, level: ['province', 'commune'] })
    expect(levels.rows.map(({ level }) => level)).toEqual([null, 'province', 'commune'])
    expect(rowOf(levels, METRIC).denominator).toBe(3)
  })
  it('metrics are chosen by id or by shown name, with commas or without accents', () => {
    const chosen = (...wanted: string[]) => chooseMetrics(definitions, wanted).map(({ id }) => id)
    expect(chosen('late_rate, on_time_rate')).toEqual(['on_time_rate', 'late_rate'])
    expect(chosen('Số hoá hồ sơ, kết quả', 'TRẾ HẠN'.replace('Ế', 'Ễ'))).toEqual(['digitisation_rate', 'late_rate'])
    expect(chosen('tre han', 'On time')).toEqual(['on_time_rate', 'late_rate'])
    expect(() => chosen('late_rate,lat_rate')).toThrow('no metric "lat_rate"')
  })
})
