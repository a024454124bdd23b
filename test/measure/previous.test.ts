import { describe, expect, it } from 'vitest'

import { reportOn, rowOf, type DossierRow } from './support.js'

const online = (day: string, n: number, unit = 'U1'): DossierRow[] =>
  Array.from({ length: n }, (_, i) => ({
    received_at: day,
    channel: i === 0 ? 'online' : 'in_person',
    unit_code: unit,
    unit_name: `Sở ${unit}`,
    level: 'province',
  }))
const metrics = ['online_submission_rate']

describe('a report beside an earlier one', () => {
  it('has the month before, with its counts, its days and the change', async () => {
    const facts = { dossiers: [...online('2024-05-10', 4), ...online('2024-06-10', 2)] }
    const row = rowOf(await reportOn(facts, { period: '2024-06', metrics, compareWith: ['previous'] }), 'online_submission_rate')
    expect(row.previous).toEqual({
      value: 0.25,
      change: 0.25,
      shown: 2500,
      moved: 2500,
      numerator: 1,
      denominator: 4,
      period: { from: '2024-05-01', until: '2024-06-01' },
    })
  })

  it('has the same quarter of the year before, over the turn of a year too', async () => {
    const facts = { dossiers: [...online('2023-01-10', 5), ...online('2023-11-10', 4), ...online('2024-02-10', 2)] }
    const of = async (which: 'previous' | 'year-ago') =>
      rowOf(await reportOn(facts, { period: '2024-Q1', metrics, compareWith: [which] }), 'online_submission_rate').previous
    expect(await of('year-ago')).toMatchObject({ value: 0.2, period: { from: '2023-01-01', until: '2023-04-01' } })
    expect(await of('previous')).toMatchObject({ value: 0.25, period: { from: '2023-10-01', until: '2024-01-01' } })
  })

  it('compares month with month, each with the one in the same place', async () => {
    const facts = {
      dossiers: [...online('2024-01-10', 4), ...online('2024-02-10', 5), ...online('2024-04-10', 2), ...online('2024-05-10', 1)],
    }
    const report = await reportOn(facts, { period: '2024-Q2', metrics, by: [['month'], ['unit', 'month']], compareWith: ['previous'] })
    const before = (month: string) => rowOf(report, 'online_submission_rate', { month }).previous
    expect(before('2024-04')).toMatchObject({ denominator: 4, period: { from: '2024-01-01', until: '2024-02-01' } })
    expect(before('2024-05')).toMatchObject({ denominator: 5, period: { from: '2024-02-01', until: '2024-03-01' } })
    expect(rowOf(report, 'online_submission_rate', { unit: 'U1', month: '2024-05' }).previous).toMatchObject({
      denominator: 5,
      change: 0.8,
    })
  })

  it('compares units and levels with themselves', async () => {
    const facts = { dossiers: [...online('2024-05-10', 4, 'U1'), ...online('2024-05-10', 10, 'U2'), ...online('2024-06-10', 2, 'U1')] }
    const report = await reportOn(facts, { period: '2024-06', metrics, by: [['level'], ['unit']], compareWith: ['previous'] })
    expect(rowOf(report, 'online_submission_rate', { unit: 'U1' }).previous).toMatchObject({ denominator: 4 })
    expect(rowOf(report, 'online_submission_rate', { level: 'province' }).previous).toMatchObject({ denominator: 14 })
  })

  it('cuts the earlier period as long after its start as the current one is cut', async () => {
    const facts = { dossiers: [...online('2024-05-09', 4), ...online('2024-05-11', 100), ...online('2024-06-10', 2)] }
    const report = await reportOn(facts, { period: '2024-06', metrics, compareWith: ['previous'], asOf: '2024-06-10' })
    expect(rowOf(report, 'online_submission_rate').previous).toMatchObject({
      denominator: 4,
      period: { from: '2024-05-01', until: '2024-05-11' },
    })
  })

  it('compares days with as many days before, and with the same days a year ago', async () => {
    const facts = { dossiers: [...online('2024-06-05', 4), ...online('2023-06-11', 3), ...online('2024-06-12', 2)] }
    const of = async (which: 'previous' | 'year-ago') =>
      rowOf(await reportOn(facts, { period: '2024-06-11..2024-06-20', metrics, compareWith: [which] }), 'online_submission_rate').previous
    expect(await of('previous')).toMatchObject({ denominator: 4, period: { from: '2024-06-01', until: '2024-06-11' } })
    expect(await of('year-ago')).toMatchObject({ denominator: 3, period: { from: '2023-06-11', until: '2023-06-21' } })
  })

  it('has no change where one of the two has no value', async () => {
    const report = await reportOn({ dossiers: online('2024-06-10', 2) }, { period: '2024-06', metrics, compareWith: ['previous'] })
    expect(rowOf(report, 'online_submission_rate').previous).toMatchObject({ value: null, change: null, numerator: 0 })
  })
})

it('has both the month before and the month a year before, when both are asked for', async () => {
  const facts = { dossiers: [...online('2023-06-10', 10), ...online('2024-05-10', 4), ...online('2024-06-10', 2)] }
  const row = rowOf(await reportOn(facts, { period: '2024-06', metrics, compareWith: ['previous', 'year-ago'] }), 'online_submission_rate')
  expect([row.previous?.shown, row.yearAgo?.shown, row.yearAgo?.moved]).toEqual([2500, 1000, 4000])
})

it.each([
  ['2025', '2025-09-15', 'year-ago', '2024-09-16'],
  ['2024', '2024-09-15', 'year-ago', '2023-09-16'],
  ['2025-H1', '2025-03-31', 'year-ago', '2024-04-01'],
  ['2024', '2024-02-29', 'year-ago', '2023-03-01'],
  ['2025-Q1', '2025-03-30', 'previous', '2024-12-31'],
  ['2025-03', '2025-03-30', 'previous', '2025-03-01'],
] as const)('%s cut at %s is compared by date with the %s, until %s', async (period, asOf, which, until) => {
  const facts = { dossiers: online(`${asOf.slice(0, 8)}01`, 2) }
  const report = await reportOn(facts, { period, metrics, compareWith: [which], asOf })
  expect(rowOf(report, 'online_submission_rate').previous!.period.until).toBe(until)
})

it('the reporting calendar is compared by date too', async () => {
  const request = { period: '2025', calendar: 'report15', metrics, compareWith: ['year-ago'], asOf: '2025-03-20' } as const
  const { period } = rowOf(await reportOn({ dossiers: online('2025-03-02', 2) }, request), 'online_submission_rate').previous!
  expect(period).toEqual({ from: '2023-12-15', until: '2024-03-21' })
})
