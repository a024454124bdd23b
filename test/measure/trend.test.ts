import { expect, it } from 'vitest'

import { reportOn, type DossierRow } from './support.js'

const month = (label: string, online: number, all: number, unit = 'U1'): DossierRow[] =>
  Array.from({ length: all }, (_, i) => ({
    received_at: `${label}-10`,
    channel: i < online ? 'online' : 'in_person',
    unit_code: unit,
    unit_name: `Sở ${unit}`,
    level: 'province',
  }))
const metrics = ['online_submission_rate']
const facts = {
  dossiers: [...month('2023-07', 9, 9), ...month('2023-08', 1, 4), ...month('2024-06', 1, 2), ...month('2024-07', 3, 4, 'U2')],
  targets: [
    { metric: 'online_submission_rate', share: 0.2 },
    { metric: 'online_submission_rate', share: 0.6, effective_from: '2024-01-01' },
  ],
}

it('has the twelve months up to the end of the period, each beside the target in force then', async () => {
  const { trend } = await reportOn(facts, { period: '2024-07', metrics, trend: { months: 12, by: [['unit']] } })
  const total = trend.filter(({ unit }) => unit === null)
  expect(total.map((row) => row.month)).toEqual([
    ...['08', '09', '10', '11', '12'].map((one) => `2023-${one}`),
    ...['01', '02', '03', '04', '05', '06', '07'].map((one) => `2024-${one}`),
  ])
  const shown = (label: string, unit: string | null = null) =>
    trend.filter((row) => row.month === label && (row.unit?.code ?? null) === unit).map((row) => [row.shown, row.target, row.status])
  expect(shown('2023-08')).toEqual([[2500, 0.2, 'exceeded']])
  expect(shown('2023-09')).toEqual([[null, 0.2, 'no_data']])
  expect(shown('2024-06')).toEqual([[5000, 0.6, 'missed']])
  expect(shown('2024-07', 'U2')).toEqual([[7500, 0.6, 'exceeded']])
})

it('cuts the last month at the day of the report', async () => {
  const { trend } = await reportOn(facts, { period: '2024-07', metrics, asOf: '2024-07-10', trend: { months: 2, by: [] } })
  expect(trend.map((row) => [row.month, row.denominator])).toEqual([
    ['2024-06', 2],
    ['2024-07', 4],
  ])
})

it('counts the dossiers of an indicator by the same places as the metrics', async () => {
  const { counts, rows } = await reportOn(facts, {
    period: '2024-07',
    metrics,
    by: [['level']],
    counts: ['received_total', 'received_online'],
  })
  expect(counts.map(({ metric, level, numerator }) => [metric, level, numerator])).toEqual(
    expect.arrayContaining([
      ['received_total', null, 19],
      ['received_online', null, 3],
      ['received_online', 'province', 3],
    ]),
  )
  expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(metrics))
})
