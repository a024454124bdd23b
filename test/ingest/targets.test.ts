import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { loadInto } from '../support/facts.js'
import { csv, run, storeRows, tempFolder, write } from '../support/program.js'

const HEADER = ['Chỉ tiêu', 'Cấp', 'Đơn vị', 'Kỳ', 'Kế hoạch', 'Hiệu lực từ', 'Nguồn']
const row = (value: string, changes: Record<string, string> = {}): string[] => {
  const cells: Record<string, string> = { 'Chỉ tiêu': 'online_submission_rate', Kỳ: '2024', 'Kế hoạch': value, ...changes }
  return HEADER.map((name) => cells[name] ?? '')
}

async function load(...rows: string[][]) {
  const folder = tempFolder()
  const db = join(folder, 's.duckdb')
  const { results, rejected } = await loadInto(db, [write(folder, 'plan.csv', csv([HEADER, ...rows]))])
  return {
    counts: results[0]!.counts,
    rejected,
    targets: await storeRows(db, 'SELECT * EXCLUDE (key, load_id) FROM target ORDER BY unit, metric, level'),
  }
}

describe('plan targets', () => {
  test('are one share however the percentage is written', async () => {
    const values = ['80', '80 %', '80%', '0,8', '0.8', '≥ 80%', '>= 80 %', '80,0 %', '80,00', '\u00a080\u00a0%']
    const { targets, counts } = await load(...values.map((value, i) => row(value, { 'Đơn vị': `U${i}` })))
    expect(counts.loaded).toBe(values.length)
    expect(new Set(targets.map(({ share }) => share))).toEqual(new Set([0.8]))
  })

  test('keep the operator that the plan says; one against the direction of the metric is refused with both', async () => {
    const { targets, rejected } = await load(
      row('từ 95% trở lên', { 'Chỉ tiêu': 'on_time_rate' }),
      row('trên 60%'),
      row('không quá 1%', { 'Chỉ tiêu': 'late_rate' }),
      row('< 1%', { 'Chỉ tiêu': 'pending_overdue_rate' }),
      row('80', { 'Chỉ tiêu': 'digitisation_rate' }),
      row('dưới 60%', { 'Đơn vị': 'U1' }),
      row('tối thiểu 95%', { 'Chỉ tiêu': 'late_rate', 'Đơn vị': 'U1' }),
    )
    expect(targets.map(({ metric, share, operator }) => [metric, share, operator])).toEqual([
      ['digitisation_rate', 0.8, null],
      ['late_rate', 0.01, '<='],
      ['on_time_rate', 0.95, '>='],
      ['online_submission_rate', 0.6, '>'],
      ['pending_overdue_rate', 0.01, '<'],
    ])
    expect(rejected).toMatchObject([
      { text: 'dưới 60%', reason: 'target_direction' },
      { text: 'tối thiểu 95%', reason: 'target_direction' },
    ])
  })

  test('keep the digits written', async () => {
    const { targets } = await load(
      ...['99,99 %', '0,5 %', '100 %', '0 %', '1 %', '33,33'].map((value, i) => row(value, { 'Đơn vị': `U${i}` })),
    )
    expect(targets.map(({ share }) => share)).toEqual([0.9999, 0.005, 1, 0, 0.01, 0.3333])
  })

  test('that could be two shares, or none, are refused with what to write', async () => {
    const cwd = tempFolder()
    const values = ['1', '150 %', '-5', 'abc', '', '1,2,3', '80 điểm']
    const { rejected } = await load(row('80'), ...values.map((value) => row(value)))
    expect(rejected.map(({ text, reason }) => [text, reason])).toEqual([
      ['1', 'ambiguous_target'],
      ['150 %', 'invalid_target'],
      ['-5', 'invalid_target'],
      ['abc', 'invalid_target'],
      [null, 'invalid_target'],
      ['1,2,3', 'invalid_target'],
      ['80 điểm', 'invalid_target'],
    ])
    for (const [value, advice] of [
      ['1', /1 % or 100 %/],
      ['150 %', /between 0 % and 100 %/],
      ['abc', /80, 80 %, 0,8/],
    ] as const) {
      const { status, stderr } = await run(['ingest', write(cwd, 'plan.csv', csv([HEADER, row(value)]))], { cwd })
      expect(status).toBe(3)
      expect(stderr, value).toMatch(advice)
    }
  })

  test('name their metric by id or label; an unknown one is rejected with a suggestion', async () => {
    const cwd = tempFolder()
    const { targets, rejected } = await load(
      row('80', { 'Chỉ tiêu': 'Tỷ lệ hồ sơ nộp trực tuyến' }),
      row('90', { 'Chỉ tiêu': 'ON_TIME_RATE' }),
      row('70', { 'Chỉ tiêu': 'onlne_submission_rate', 'Đơn vị': 'U1' }),
    )
    expect(targets.map(({ metric }) => metric).sort()).toEqual(['on_time_rate', 'online_submission_rate'])
    expect(rejected).toMatchObject([{ line: 4, column_id: 'metric', text: 'onlne_submission_rate', reason: 'unknown_metric' }])
    const plan = write(cwd, 'plan.csv', csv([HEADER, row('80', { 'Chỉ tiêu': 'onlne_submission_rate' })]))
    const { stderr } = await run(['ingest', plan], { cwd })
    expect(stderr).toContain('did you mean online_submission_rate')
  })

  test('are for a level, a unit, a period, from a day on', async () => {
    const { targets, rejected } = await load(
      row('60', { Cấp: 'Cấp xã', Kỳ: 'Quý III/2024', 'Hiệu lực từ': '01/02/2024', Nguồn: 'Kế hoạch 12/KH-UBND' }),
      row('70', { Cấp: 'Toàn tỉnh', Kỳ: '' }),
      row('70', { Cấp: 'Cấp vũ trụ' }),
      row('70', { Kỳ: '2024-13' }),
      row('70', { 'Hiệu lực từ': '30/02/2024' }),
    )
    expect(targets).toEqual([
      expect.objectContaining({ level: 'commune', period: '2024-Q3', effective_from: '2024-02-01', source: 'Kế hoạch 12/KH-UBND' }),
      expect.objectContaining({ level: null, unit: null, period: null, effective_from: null }),
    ])
    expect(rejected.map(({ column_id, reason }) => `${column_id} ${reason}`)).toEqual([
      'level unknown_value',
      'period invalid_period',
      'effective_from invalid_date',
    ])
  })

  test('changed by a later plan are replaced, and stay as versions', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const plans = ['60', '65', '65'].map((value, i) =>
      write(folder, `${i}.csv`, csv([HEADER, row(value), row('90', { 'Chỉ tiêu': 'on_time_rate' })])),
    )
    const { results } = await loadInto(db, plans)
    expect(results.map(({ status, counts }) => [status, counts.loaded, counts.unchanged])).toEqual([
      ['loaded', 2, 0],
      ['loaded', 1, 1],
      ['unchanged', 0, 2],
    ])
    expect(
      await storeRows(
        db,
        `SELECT share, load_id, ended_load_id FROM target_version WHERE metric = 'online_submission_rate' ORDER BY load_id`,
      ),
    ).toEqual([
      { share: 0.6, load_id: 1, ended_load_id: 2 },
      { share: 0.65, load_id: 2, ended_load_id: null },
    ])
  })
})
