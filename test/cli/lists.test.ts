import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const cwd = tempFolder()
beforeAll(async () => {
  write(
    cwd,
    'units.csv',
    csv([
      ['Mã đơn vị', 'Tên đơn vị', 'Loại'],
      ['000.00.01.H99', 'Sở Tư pháp', 'Sở'],
      ['000.00.11.H99', 'UBND xã "Đất, Mũi"', 'UBND xã'],
    ]),
  )
  write(
    cwd,
    'plan.csv',
    csv([
      ['Chỉ tiêu', 'Cấp', 'Kỳ', 'Kế hoạch'],
      ['online_submission_rate', '', '2024', '80 %'],
      ['late_rate', 'Cấp xã', '2024', '0,5 %'],
    ]),
  )
  write(cwd, 'a.csv', csv([HEADER, dossier(1), dossier(2, { 'Hình thức nộp': 'Bồ "câu", đưa thư' })]))
  write(cwd, 'b.csv', csv([HEADER, dossier(3)]))
  await succeed(['ingest', '--max-rejects', '50%', 'units.csv', 'plan.csv', 'a.csv', 'b.csv'], { cwd })
})

const table = async (...args: string[]): Promise<string> => succeed(args, { cwd })
const json = async (...args: string[]): Promise<Record<string, unknown>> => JSON.parse(await table(...args, '--format', 'json'))
const rows = async (...args: string[]): Promise<Record<string, string>[]> =>
  parse(await table(...args, '--format', 'csv'), { columns: true, bom: true })

describe.concurrent('the lists say the same in every format', () => {
  test('loads', async () => {
    const { schema, loads } = await json('loads')
    expect(schema).toBe('cchc.loads/1')
    expect(loads).toMatchObject([
      { load_id: 1, kind: 'units', read: 2, loaded: 2 },
      { load_id: 2, kind: 'targets', read: 2, loaded: 2 },
      { load_id: 3, kind: 'dossiers', file: expect.stringContaining('a.csv'), read: 2, loaded: 1, rejected: 1, encoding: 'utf-8' },
      { load_id: 4, kind: 'dossiers', read: 1, loaded: 1 },
    ])
    expect((await rows('loads')).map(({ load_id, kind, read }) => `${load_id} ${kind} ${read}`)).toEqual([
      '1 units 2',
      '2 targets 2',
      '3 dossiers 2',
      '4 dossiers 1',
    ])
    expect(await table('loads')).toMatch(/3 .*dossiers.*a\.csv/)
    expect(await json('loads', '3')).toMatchObject({ loads: [{ load_id: 3 }] })
    expect(await table('loads', '3')).toMatch(/File +\S*a\.csv\n[^]*Rejected +1\n[^]*Columns read +code, /)
  })

  test('rejected rows, of one load or of all', async () => {
    const reject = { line: 3, column: 'channel', header: 'Hình thức nộp', text: 'Bồ "câu", đưa thư', reason: 'unknown_value' }
    expect(await json('loads', '--rejected')).toMatchObject({ schema: 'cchc.rejected/1', rejected: [reject] })
    expect(await rows('loads', '--rejected', '3')).toMatchObject([{ ...reject, line: '3' }])
    expect(await json('loads', '--rejected', '4')).toMatchObject({ rejected: [] })
    expect(await table('loads', '--rejected', '3')).toContain('unknown value')
    const { status, stdout } = await run(['loads', '--rejected', '4'], { cwd })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    for (const id of ['99', 'x']) expect((await run(['loads', id], { cwd })).status).toBe(2)
  })

  test('targets', async () => {
    const expected = [
      { metric: 'late_rate', level: 'commune', period: '2024', share: 0.005 },
      { metric: 'online_submission_rate', level: null, period: '2024', share: 0.8 },
    ]
    const { targets } = await json('targets')
    expect(targets).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one))))
    expect((await rows('targets')).map(({ metric, share }) => [metric, Number(share)]).sort()).toEqual(
      expected.map(({ metric, share }) => [metric, share]),
    )
    const printed = await table('targets')
    expect(printed).toContain('≥ 80 %')
    expect(printed).toContain('≤ 0.5 %')
  })

  test('units', async () => {
    expect(await json('units')).toMatchObject({
      schema: 'cchc.units/1',
      units: [
        { code: '000.00.01.H99', name: 'Sở Tư pháp', level: 'province' },
        { code: '000.00.11.H99', name: 'UBND xã "Đất, Mũi"', level: 'commune' },
      ],
    })
    expect((await rows('units')).map(({ name }) => name)).toEqual(['Sở Tư pháp', 'UBND xã "Đất, Mũi"'])
    expect(await table('units')).toContain('Sở Tư pháp')
  })

  test('metrics, and one metric spelled out', async () => {
    const { metrics } = await json('metrics')
    const ids = (metrics as { id: string }[]).map(({ id }) => id)
    expect(ids).toContain('online_submission_rate')
    const printed = await table('metrics')
    for (const id of ids) expect(printed).toContain(id)
    for (const id of ['on_time_rate', 'satisfaction_rate', 'pending_overdue_rate'])
      expect(await table('metrics', id), id).toMatch(/definition.*numerator.*denominator/s)
    expect(await json('metrics', 'on_time_rate')).toMatchObject({ schema: 'cchc.metric/1' })
  })

  test('the table is as wide as asked, no line wrapped', async () => {
    for (const columns of ['80', '200']) {
      const printed = await succeed(['loads'], { cwd, env: { COLUMNS: columns } })
      for (const line of printed.split('\n')) expect([...line].length).toBeLessThanOrEqual(Number(columns))
    }
  })
})

test('settings come from the flag, the environment, the project file, or the default, in this order, and config says which', async () => {
  const folder = tempFolder()
  write(folder, 'cchc.yaml', 'db: project.duckdb\nlang: vi\nmax_rejects: 10%\n')
  const settings = async (args: string[], env: Record<string, string>): Promise<Record<string, { value: unknown; origin: string }>> =>
    (JSON.parse(await succeed(['config', '--format', 'json', ...args], { cwd: folder, env })) as { settings: never }).settings
  expect(await settings([], {})).toMatchObject({
    db: { value: expect.stringContaining('project.duckdb'), origin: 'project file' },
    lang: { value: 'vi', origin: 'project file' },
    maxRejects: { value: 0.1 },
    policy: { value: 'default', origin: 'default' },
  })
  expect(await settings([], { CCHC_DB: 'env.duckdb', CCHC_LANG: 'en' })).toMatchObject({
    db: { value: expect.stringContaining('env.duckdb'), origin: 'environment' },
    lang: { value: 'en', origin: 'environment' },
  })
  expect(await settings(['--db', 'flag.duckdb'], { CCHC_DB: 'env.duckdb' })).toMatchObject({
    db: { value: expect.stringContaining('flag.duckdb'), origin: 'flag' },
  })
  expect(await succeed(['config'], { cwd: folder, env: { COLUMNS: '' } })).toMatch(/db.*project\.duckdb.*tệp cấu hình/)
  write(folder, 'cchc.yaml', 'db: project.duckdb\nlnag: vi\n')
  const { status, stderr } = await run(['config'], { cwd: folder })
  expect(status).toBe(3)
  expect(stderr).toMatch(/cchc\.yaml:2.*lnag/s)
})
