import { parse } from 'csv-parse/sync'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, runProgram, succeed, tempFolder, write } from '../support/program.js'

const cwd = tempFolder()
const MAY = ['form', 'ii06', '--period', '2024-05', '--lang', 'vi']
const of = (dossiers: string[][]): string => csv([[...HEADER, 'Lĩnh vực'], ...dossiers.map((one) => [...one, 'Hộ tịch'])])
const counts = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })

beforeAll(async () => {
  const open = { 'Ngày có kết quả': '', 'Trạng thái': 'Đang xử lý', 'Cập nhật lần cuối': '28/05/2024 08:00:00' }
  write(
    cwd,
    'may.csv',
    of([dossier(1), dossier(2, { 'Hình thức nộp': 'Trực tiếp' }), dossier(3, open), dossier(4, { 'Ngày hẹn trả': '' })]),
  )
  const june = dossier(5, {
    'Ngày tiếp nhận': '20/06/2024 08:00:00',
    'Ngày hẹn trả': '30/06/2024',
    'Ngày có kết quả': '',
    'Trạng thái': 'Đang xử lý',
  })
  write(cwd, 'june.csv', of([dossier(3, { 'Ngày có kết quả': '31/05/2024 09:00:00', 'Cập nhật lần cuối': '20/06/2024 08:00:00' }), june]))
  await succeed(['ingest', 'may.csv'], { cwd })
})

describe('cchc form', () => {
  test('without an id lists the forms, in every format', async () => {
    expect(await succeed(['form'], { cwd })).toMatch(/ii06 +Dossiers of administrative/)
    expect(JSON.parse(await succeed(['form', '--format', 'json'], { cwd }))).toMatchObject({
      schema: 'cchc.forms/1',
      forms: [{ id: 'digitisation' }, { id: 'ii06', by: ['field', 'unit', 'level'] }],
    })
    expect(counts(await succeed(['form', '--format', 'csv'], { cwd })).map(({ id }) => id)).toEqual(['digitisation', 'ii06'])
  })

  test('fills it in, on the terminal and in a file', async () => {
    const table = await succeed([...MAY, '--by', 'unit'], { cwd, env: { COLUMNS: '120' } })
    expect(table).toMatch(/ 1 +Sở Tư pháp +4 +3 +1 +0 +3 +2 +1 +0 +1 +0 +1\n +Tổng số +4 +3 +1 +0 +3 +2 +1 +0 +1 +0 +1\n/)
    expect(table).toContain('Cột (9) gồm 1 hồ sơ không có ngày hẹn trả.')
    const { stdout, stderr } = await run([...MAY, '--out', 'form.csv', '--format', 'csv'], { cwd })
    expect([stdout, stderr]).toEqual(['', 'form.csv\n'])
    expect(readFileSync(join(cwd, 'form.csv'), 'utf8')).toBe(await succeed([...MAY, '--format', 'csv'], { cwd }))
  })

  test('says the same whatever the place and language of the machine', async () => {
    const elsewhere = { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8' }
    const args = [...MAY, '--format', 'json']
    expect(await runProgram(args, { cwd, env: elsewhere })).toEqual(await run(args, { cwd }))
  })

  test.each([
    [['form', 'ii6'], 2, /no form "ii6"[^]*did you mean ii06/],
    [[...MAY, '--by', 'month'], 2, /--by month: không có giá trị này/],
    [[...MAY, '--unit', 'Sở Không Có'], 2, /không có hồ sơ nào của đơn vị "Sở Không Có"/],
    [['form', 'ii06', '--period', '2031'], 2, /2031 has not begun/],
    [['form', 'digitisation', '--period', '2024-05', '--differences'], 2, /has no column that is carried over/],
    [['form', 'ii06', '--reported-on', 'yesterday'], 2, /--reported-on yesterday is not a day/],
    [['form', 'ii06', '--db', 'none.duckdb'], 6, /there is no store/],
  ])('%j ends with %i', async (args, status, message) => {
    const outcome = await run(args, { cwd })
    expect([outcome.status, outcome.stdout]).toEqual([status, ''])
    expect(outcome.stderr).toMatch(message)
  })

  test("takes an office's own form, and refuses one that is wrong, with the line", async () => {
    const office = tempFolder()
    write(office, 'cchc.yaml', 'lang: en\n')
    mkdirSync(join(office, 'definitions', 'forms'), { recursive: true })
    const own = (where: string): string => `id: online
title: { vi: Trực tuyến, en: Online }
source: office
by: [unit]
columns:
  - { number: 3, headings: { vi: [Tiếp nhận], en: [Received] }, counts: [{ population: received }] }
  - { number: 4, headings: { vi: [Trực tuyến], en: [Online] }, counts: [{ population: received, where: "${where}" }] }
`
    write(join(office, 'definitions', 'forms'), 'online.yaml', own("channel = 'online'"))
    await succeed(['ingest', join(cwd, 'may.csv')], { cwd: office })
    expect(await succeed(['form', 'online', '--period', '2024-05', '--format', 'csv'], { cwd: office })).toBe(
      'No.,Unit,Received,Online\n1,Sở Tư pháp,4,3\n,Total,4,3\n',
    )
    write(join(office, 'definitions', 'forms'), 'online.yaml', own("colour = 'red'"))
    const { status, stderr } = await run(['form', 'online', '--period', '2024-05'], { cwd: office })
    expect([status, stderr]).toEqual([
      3,
      expect.stringMatching(/online\.yaml:\d+:\d+: form online: the condition "colour = 'red'" is not valid/),
    ])
  })
})

describe('a form that was printed', () => {
  test.each([
    ['csv', ['--by', 'unit'], ['--period', '2024-05']],
    ['xlsx', ['--by', 'unit'], []],
    ['xlsx', ['--by', 'field', '--unit', 'Sở Tư pháp'], []],
  ])('as %s %j is read as a summary and agrees with the dossiers it came from, to the last column', async (format, rows, period) => {
    const folder = tempFolder()
    await succeed(['ingest', join(cwd, 'may.csv')], { cwd: folder })
    await succeed([...MAY, ...rows, '--out', `ii06.${format}`], { cwd: folder })
    await succeed(['ingest', '--strict', ...period, `ii06.${format}`], { cwd: folder })
    const { indicators } = JSON.parse(await succeed(['indicators', '--format', 'json'], { cwd: folder })) as {
      indicators: Record<string, unknown>[]
    }
    expect(indicators).toHaveLength(22)
    expect(indicators.map(({ difference }) => difference)).toEqual(Array(22).fill(0))
    expect(indicators.every(({ unit }) => unit === 'Sở Tư pháp')).toBe(rows.includes('--unit'))
  })

  test('is held against the next one: later news of a dossier is a warning, with its code', async () => {
    const folder = tempFolder()
    await succeed(['ingest', join(cwd, 'may.csv')], { cwd: folder })
    await succeed(['ingest', join(cwd, 'june.csv')], { cwd: folder })
    const june = ['form', 'ii06', '--period', '2024-06', '--by', 'unit', '--lang', 'en']
    const { stderr, status } = await run(june, { cwd: folder })
    expect(status).toBe(0)
    expect(stderr).toMatch(/^Column \(6\) differs from column \(11\) of the period before, May 2024, by what was loaded up to load 1 /)
    expect(stderr).toMatch(/Sở Tư pháp: 0, before 1 \(−000\.00\.01\.H99-240503-0003\)\n/)
    const rows = counts(await succeed([...june, '--differences', '--format', 'csv'], { cwd: folder }))
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['000.00.01.H99-240503-0003', 'Sở Tư pháp', '-1', 'pending', 'resolved before the period', '2'],
    ])
    const { carry_over } = JSON.parse(await succeed([...june, '--format', 'json'], { cwd: folder })) as {
      carry_over: Record<string, unknown[]>
    }
    expect(carry_over.dossiers).toHaveLength(1)
    expect((await run(['form', 'ii06', '--period', '2024-05', '--differences'], { cwd: folder })).stdout).toMatch(
      /no\s+dossiers can be named/,
    )
  })
})
