import { expect, it } from 'vitest'

import { sortRows } from '../../src/measure/order.js'
import type { MetricResult } from '../../src/measure/result.js'
import { definitions } from './support.js'

const row = (metric: string, place: Partial<MetricResult> = {}): MetricResult => ({
  metric,
  level: null,
  unit: null,
  field: null,
  procedure: null,
  month: null,
  factor: null,
  period: { from: '2024-06-01', until: '2024-07-01' },
  numerator: 1,
  denominator: 2,
  value: 0.5,
  state: 'value',
  coverage: 1,
  survey: null,
  ...place,
})

it('rows have one order, whatever order the engine gives them in: units without a code and procedures by name, counts last', () => {
  const sorted = [
    row('online_submission_rate'),
    row('online_submission_rate', { level: 'commune' }),
    row('online_submission_rate', { level: 'commune', unit: { code: 'X1', name: 'Xã B' } }),
    row('online_submission_rate', { unit: { code: null, name: 'not_attributable' } }),
    row('online_submission_rate', { unit: { code: null, name: 'unknown' } }),
    row('online_submission_rate', { procedure: { code: '1.001612', name: 'Khai sinh' } }),
    row('online_submission_rate', { procedure: { code: null, name: 'Cấp bản sao' } }),
    row('online_submission_rate', { procedure: { code: null, name: 'Kết hôn' } }),
    row('late_rate'),
    row('received_total'),
    row('received_total', { level: 'commune', unit: { code: 'X1', name: 'Xã B' } }),
    row('received_total', { level: 'commune', unit: { code: 'X2', name: 'Xã A' } }),
    row('pending_total'),
  ]
  for (let turn = 1; turn < sorted.length; turn++) {
    const turned = [...sorted.slice(turn), ...sorted.slice(0, turn)]
    sortRows(turned, definitions)
    expect(turned).toEqual(sorted)
    const reversed = turned.toReversed()
    sortRows(reversed, definitions)
    expect(reversed).toEqual(sorted)
  }
})
