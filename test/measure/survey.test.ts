import { describe, expect, it } from 'vitest'

import { wilson } from '../../src/measure/survey.js'
import { reportOn, rowOf, type AnswerRow } from './support.js'

describe("Wilson's interval", () => {
  // From Wilson's formula in 60-digit decimals, and the same from scipy's binomtest(x, n).proportion_ci(method='wilson').
  it.each([
    [12_215, 12_500, 0.974433001327, 0.979673785719],
    [0, 10, 0.0, 0.277532799863],
    [10, 10, 0.722467200137, 1.0],
    [5, 10, 0.236593090513, 0.763406909487],
    [1, 10, 0.017876213095, 0.404150026795],
    [9, 10, 0.595849973205, 0.982123786905],
    [0, 1, 0.0, 0.793450685623],
    [1, 1, 0.206549314377, 1.0],
    [820, 1_000, 0.794977767098, 0.842573107471],
    [1, 1_000_000, 0.000000176525, 0.000005664912],
  ] as const)('of %d of %d is %d–%d', (count, n, low, high) => {
    const found = wilson(count, n)
    expect(found.low).toBeCloseTo(low, 9)
    expect(found.high).toBeCloseTo(high, 9)
  })
})

describe('satisfaction', () => {
  const answers = (scores: number[], more: Partial<AnswerRow> = {}): AnswerRow[] =>
    scores.map((score) => ({ answered_at: '2024-06-10 09:00:00', score, ...more }))

  it('is the share of the two best answers, with their number, mean and interval', async () => {
    const report = await reportOn({ answers: answers([5, 4, 4, 3, 1]) }, { period: '2024-06' })
    const row = rowOf(report, 'satisfaction_rate')
    expect(row).toMatchObject({ numerator: 3, denominator: 5, value: 0.6, survey: { kind: 'survey', n: 5, mean: 3.4 } })
    expect([row.survey!.low < 0.6, row.survey!.high > 0.6]).toEqual([true, true])
  })

  it('never mixes surveys with ratings at a kiosk', async () => {
    const facts = { answers: [...answers([5, 5, 1]), ...answers([1, 1, 5, 5, 5, 5], { survey_kind: 'kiosk' })] }
    const report = await reportOn(facts, { period: '2024-06' })
    expect(rowOf(report, 'satisfaction_rate')).toMatchObject({ numerator: 2, denominator: 3, survey: { mean: 3.66666667 } })
    expect(rowOf(report, 'kiosk_satisfaction_rate')).toMatchObject({ numerator: 4, denominator: 6, survey: { kind: 'kiosk', n: 6 } })
  })

  it('is not computable where only the other kind was asked, and has no cases in a month without answers', async () => {
    const facts = { answers: answers([5]) }
    const june = await reportOn(facts, { period: '2024-06' })
    expect(rowOf(june, 'kiosk_satisfaction_rate')).toMatchObject({ state: 'not_computable', numerator: null, survey: null })
    const julyFacts = { ...facts, dossiers: [{ received_at: '2024-07-03', channel: 'online' as const }] }
    const july = await reportOn(julyFacts, { period: '2024-07' })
    expect(rowOf(july, 'satisfaction_rate')).toMatchObject({ state: 'no_cases', numerator: 0, denominator: 0, value: null, survey: null })
  })

  it('has a row for each factor', async () => {
    const facts = { answers: [...answers([5, 1], { factor: 'access' }), ...answers([4], { factor: 'officials' }), ...answers([2])] }
    const report = await reportOn(facts, { period: '2024-06', by: [['factor']], metrics: ['satisfaction_rate'] })
    const factors = report.rows
      .filter(({ factor }) => factor !== null)
      .map(({ factor, numerator, denominator }) => [factor, numerator, denominator])
    expect(factors).toEqual([
      ['', 0, 1],
      ['access', 1, 2],
      ['officials', 1, 1],
    ])
  })
})
