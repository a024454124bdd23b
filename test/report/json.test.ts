import { beforeAll, describe, expect, it } from 'vitest'

import { renderJson } from '../../src/report/json.js'
import { OUTPUTS } from '../../src/report/schema.js'
import { VERSION } from '../../src/version.js'
import { definitions } from '../measure/support.js'
import { provinceReport } from './fixture.js'

interface Row {
  [key: string]: unknown
  metric: string
  level: string | null
  unit: { code: string | null; name: string } | null
  numerator: number | null
  denominator: number | null
  value: number | null
  state: string
  target: number | null
  gap: number | null
  status: string
}
interface Body {
  [key: string]: unknown
  rows: Row[]
}

let text: string
let body: Body
beforeAll(async () => {
  text = [...renderJson(await provinceReport(), definitions)].join('')
  body = JSON.parse(text) as Body
})

const KEYS =
  'metric label level unit field procedure month numerator denominator value state coverage target target_source gap status previous'

describe('the report as JSON', () => {
  it('says its schema, tool, day and period, with both days in the period', () => {
    expect(body).toMatchObject({
      schema: 'cchc.report/1',
      tool: VERSION,
      as_of: '2024-06-30',
      period: { label: '2024-06', from: '2024-06-01', to: '2024-06-30', calendar: 'month' },
    })
  })

  it('keeps to the schema that is shipped', () => {
    expect(OUTPUTS.report.safeParse(body).error?.issues ?? []).toEqual([])
  })

  it('has every key in every row, null where it says nothing', () => {
    for (const row of body.rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(KEYS.split(' ')))
  })

  it('has only the states and statuses that it may have, each with what belongs to it', () => {
    for (const row of body.rows) {
      expect(['value', 'no_cases', 'not_computable', 'suppressed']).toContain(row.state)
      expect(['exceeded', 'met', 'missed', 'no_target', 'no_data']).toContain(row.status)
      expect(row.value !== null).toBe(row.state === 'value')
      expect(row.numerator === null).toBe(row.state === 'not_computable')
      expect(row.target === null).toBe(row.status === 'no_target')
      expect(row.gap !== null).toBe(row.target !== null && row.value !== null)
      if (row.numerator !== null) expect([Number.isInteger(row.numerator), Number.isInteger(row.denominator)]).toEqual([true, true])
      if (row.value !== null) expect(row.value).toBeCloseTo(row.numerator! / row.denominator!, 8)
    }
  })

  it('has its figures exact, with both languages and the earlier period', () => {
    expect(body.rows[0]).toMatchObject({
      metric: 'online_submission_rate',
      label: { vi: 'Tỷ lệ hồ sơ nộp trực tuyến', en: 'Online submission rate' },
      level: null,
      unit: null,
      month: null,
      numerator: 1192,
      denominator: 1263,
      value: 0.94378464,
      coverage: 1,
      target: 0.8,
      target_source: 'plan 0',
      gap: 0.14378464,
      status: 'exceeded',
      previous: { value: 0.5, numerator: 20, denominator: 40, period: { from: '2024-05-01', to: '2024-05-31' } },
    })
  })

  it('is in the order of the metrics, the total first, then levels from province to commune, then units', () => {
    const metrics = [...new Set(body.rows.map(({ metric }) => metric))]
    expect(metrics).toEqual([...definitions.metrics.keys()])
    for (const metric of ['online_submission_rate', 'on_time_rate']) {
      const rows = body.rows.filter((row) => row.metric === metric)
      expect(rows.map(({ level, unit }) => (unit ? unit.code : level)).filter((place) => place !== null)).toEqual([
        'province',
        'district',
        'commune',
        'S1',
        'S2',
        'H1',
        'X1',
        'X2',
      ])
      expect([rows[0]!.unit, rows[0]!.level]).toEqual([null, null])
    }
  })

  it('has the units that the registry does not know in one row without a code', () => {
    const unknown = body.rows.filter(({ metric, unit }) => metric === 'online_submission_rate' && unit?.code === null)
    expect(unknown).toMatchObject([{ denominator: 2, numerator: 0 }])
    expect(body.unknown_units).toMatchObject([{ said: 'LẠ', is_ambiguous: false }])
  })

  it('has a row a line, so that two reports can be compared line by line', () => {
    expect(text.split('\n').filter((line) => line.startsWith('{"metric"'))).toHaveLength(body.rows.length)
    expect(text.endsWith('\n')).toBe(true)
  })

  it('gives the same text again', async () => {
    expect([...renderJson(await provinceReport(), definitions)].join('')).toBe(text)
  })
})
