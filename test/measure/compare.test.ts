import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compare, type Comparison } from '../../src/measure/compare.js'
import type { MetricResult } from '../../src/measure/result.js'
import { compareExactly } from '../../src/measure/shown.js'
import { formatHundredths } from '../../src/language/format.js'
import { definitions, reportOn, rowOf, type DossierRow, type Facts } from './support.js'
import { property } from '../support/property.js'

const result = (numerator: number, denominator: number): MetricResult => ({
  metric: 'online_submission_rate',
  level: null,
  unit: null,
  field: null,
  procedure: null,
  month: null,
  factor: null,
  period: { from: '2024-01-01', until: '2025-01-01' },
  numerator,
  denominator,
  value: Math.round((numerator / denominator) * 1e8) / 1e8,
  state: 'value',
  coverage: 1,
  survey: null,
})

function against(numerator: number, denominator: number, share: number | null, metric = 'online_submission_rate'): Comparison {
  const target =
    share === null ? null : { metric, level: null, unit: null, period: null, share, operator: null, effective_from: null, source: 'plan' }
  return compare({ ...result(numerator, denominator), metric }, target, definitions.metrics.get(metric)!)
}

const shown = (comparison: Comparison): string => formatHundredths(comparison.shown!, 'en')

describe('a figure beside its target', () => {
  it.each([
    [79_999_999, 100_000_000, 0.8, 'missed', '79.99 %'],
    [799_999, 1_000_000, 0.8, 'missed', '79.99 %'],
    [4, 5, 0.8, 'met', '80.00 %'],
    [80_000_001, 100_000_000, 0.8, 'exceeded', '80.00 %'],
    [9, 10, 0.9, 'met', '90.00 %'],
    [7, 10, 0.7, 'met', '70.00 %'],
    [29, 100, 0.29, 'met', '29.00 %'],
    [57, 100, 0.57, 'met', '57.00 %'],
    [9217, 10_000, 0.9217, 'met', '92.17 %'],
    [1, 3, 0.3333, 'exceeded', '33.33 %'],
    [10, 10, 1, 'met', '100.00 %'],
    [99_999, 100_000, 1, 'missed', '99.99 %'],
    [0, 10, 0, 'met', '0.00 %'],
  ] as const)('%d of %d against %d is %s and shows as %s', (numerator, denominator, share, status, text) => {
    const comparison = against(numerator, denominator, share)
    expect([comparison.status, shown(comparison)]).toEqual([status, text])
  })

  it('is judged from integers far beyond what a floating number can tell apart', () => {
    const big = Number.MAX_SAFE_INTEGER
    expect(compareExactly(big - 1, big, 1)).toBe(-1)
    expect(compareExactly(big, big, 1)).toBe(0)
    expect(compareExactly(4_503_599_627_370_495, 9_007_199_254_740_990, 0.5)).toBe(0)
    expect(compareExactly(4_503_599_627_370_494, 9_007_199_254_740_990, 0.5)).toBe(-1)
  })

  it('has the status of exact arithmetic for any integers and any target of up to six decimals', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 5_000_000 }), fc.nat(1_000_000), (part, denominator, millionths) => {
        const numerator = Math.min(part, denominator)
        const difference = BigInt(numerator) * 1_000_000n - BigInt(millionths) * BigInt(denominator)
        const status = difference > 0n ? 'exceeded' : difference < 0n ? 'missed' : 'met'
        const comparison = against(numerator, denominator, millionths / 1_000_000)
        expect(comparison.status).toBe(status)
        if (status === 'missed') expect(comparison.shown).not.toBe(Math.round(millionths / 100))
      }),
      property(300),
    )
  })

  it('is better when lower where the metric says so', () => {
    const overdue = (n: number, d: number) => against(n, d, 0.05, 'pending_overdue_rate').status
    expect([overdue(4, 100), overdue(5, 100), overdue(6, 100)]).toEqual(['exceeded', 'met', 'missed'])
    expect(shown(against(50_001, 1_000_000, 0.05, 'pending_overdue_rate'))).toBe('5.01 %')
  })

  it('never shows everything while something is missing, nor nothing while something is there', () => {
    expect(shown(against(205_773, 205_775, null, 'on_time_rate'))).toBe('99.99 %')
    expect(shown(against(2, 205_775, null, 'late_rate'))).toBe('0.01 %')
    expect(shown(against(1, 10_000_000, null))).toBe('0.01 %')
    expect(shown(against(0, 10, null, 'late_rate'))).toBe('0.00 %')
    expect(shown(against(10, 10, null, 'late_rate'))).toBe('100.00 %')
  })

  it('shows what is late as 100 less what is on time, as shown, whatever the counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.nat(), (all, seed) => {
        const late = seed % (all + 1)
        expect(against(late, all, null, 'late_rate').shown! + against(all - late, all, null, 'on_time_rate').shown!).toBe(10_000)
      }),
      property(200),
    )
  })

  it('has its gap as value less target, in fractions', () => {
    expect(against(92_170_169, 100_000_000, 0.8)).toMatchObject({ gap: 0.12170169, status: 'exceeded', target: 0.8 })
    expect(against(1, 2, null)).toMatchObject({ gap: null, status: 'no_target', target: null })
  })
})

describe('a strict target', () => {
  const strict = (n: number, d: number, share: number, metric: string, operator: '>' | '<') =>
    compare(
      { ...result(n, d), metric },
      { metric, level: null, unit: null, period: null, share, operator, effective_from: null, source: null },
      definitions.metrics.get(metric)!,
    )

  it.each([
    [60, 100, 0.6, 'online_submission_rate', '>', 'missed', '60.00 %', { needed: 1, further: 1 }],
    [61, 100, 0.6, 'online_submission_rate', '>', 'exceeded', '61.00 %', null],
    [600_001, 1_000_000, 0.6, 'online_submission_rate', '>', 'exceeded', '60.01 %', null],
    [1, 100, 0.01, 'late_rate', '<', 'missed', '1.00 %', { needed: 1, further: 1 }],
    [0, 100, 0.01, 'late_rate', '<', 'exceeded', '0.00 %', null],
    [2, 3, 0.5, 'late_rate', '<', 'missed', '66.67 %', { needed: 1, further: 2 }],
  ] as const)('is missed by what equals it: %d of %d', (n, d, share, metric, operator, status, text, shortfall) => {
    const found = strict(n, d, share, metric, operator)
    expect([found.status, shown(found), found.shortfall, found.targetOperator]).toEqual([status, text, shortfall, operator])
  })
})

describe('late and on time beside targets of both', () => {
  const target = (metric: string, share: number) => ({
    metric,
    level: null,
    unit: null,
    period: null,
    share,
    operator: null,
    effective_from: null,
    source: null,
  })
  const both = (late: number, all: number, onTimeShare: number, lateShare: number): [onTime: Comparison, late: Comparison] => {
    const kin = [
      { metric: definitions.metrics.get('on_time_rate')!, target: target('on_time_rate', onTimeShare) },
      { metric: definitions.metrics.get('late_rate')!, target: target('late_rate', lateShare) },
    ]
    const [first, second] = kin.map(({ metric, target: one }, i) =>
      compare({ ...result(i === 0 ? all - late : late, all), metric: metric.id }, one, metric, kin),
    )
    return [first!, second!]
  }

  it('never show a missed target as met: 1 of 3 late against 33,33 %', () => {
    expect(both(1, 3, 0.5, 0.3333).map(shown)).toEqual(['66.66 %', '33.34 %'])
    expect(both(1, 3, 0.6667, 0.5).map(shown)).toEqual(['66.66 %', '33.34 %'])
    expect(both(1, 3, 0.6667, 0.3333).map(shown)).toEqual(['66.66 %', '33.34 %'])
  })

  it('add up to 100 as shown, each within two hundredths of what it is, and neither misses a target that it shows', () => {
    const cases = fc.record({
      all: fc.integer({ min: 1, max: 40_000 }),
      seed: fc.nat(),
      near: fc.integer({ min: -3, max: 3 }),
      other: fc.nat(10_000),
    })
    fc.assert(
      fc.property(cases, ({ all, seed, near, other }) => {
        const late = seed % (all + 1)
        const close = Math.min(10_000, Math.max(0, Math.round((late / all) * 10_000) + near))
        for (const [onTimeShare, lateShare] of [
          [1 - close / 10_000, close / 10_000],
          [other / 10_000, close / 10_000],
          [1 - close / 10_000, other / 10_000],
        ] as const) {
          const written = (share: number): number => Number(share.toFixed(4))
          const figures = both(late, all, written(onTimeShare), written(lateShare))
          expect(figures[0].shown! + figures[1].shown!).toBe(10_000)
          expect(Math.abs(figures[1].shown! - (late / all) * 10_000)).toBeLessThan(2.51)
          for (const one of figures) if (one.status === 'missed') expect(one.shown).not.toBe(Math.round(one.target! * 10_000))
        }
      }),
      property(400),
    )
  })
})

describe('late and on time in one report', () => {
  const resolved = (n: number, day: string): DossierRow[] =>
    Array.from({ length: n }, (_, i) => ({ code: `${day}-${i}`, received_at: '2024-06-03', due_at: '2024-06-10', resolved_at: day }))

  it('add up to 100 as shown also where the one is just short of its target', async () => {
    const dossiers = [...resolved(20_000 - 201, '2024-06-10'), ...resolved(201, '2024-06-11')]
    const facts: Facts = { dossiers, targets: [{ metric: 'on_time_rate', share: 0.99 }] }
    const report = await reportOn(facts, { period: '2024-06', metrics: ['on_time_rate', 'late_rate'] })
    const [onTime, late] = [rowOf(report, 'on_time_rate'), rowOf(report, 'late_rate')]
    expect(onTime.status).toBe('missed')
    expect(onTime.shown! + late.shown!).toBe(10_000)
  })

  it('show alike whichever of the two is asked for, and whichever has the target', async () => {
    const dossiers = [...resolved(2, '2024-06-10'), ...resolved(1, '2024-06-11')]
    const facts: Facts = { dossiers, targets: [{ metric: 'late_rate', share: 0.3333 }] }
    for (const metrics of [['on_time_rate'], ['late_rate'], ['on_time_rate', 'late_rate']]) {
      const report = await reportOn(facts, { period: '2024-06', metrics })
      for (const metric of metrics) expect(rowOf(report, metric).shown).toBe(metric === 'late_rate' ? 3334 : 6666)
    }
  })
})
