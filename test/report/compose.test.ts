import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import type { Outline } from '../../src/definitions/outline.js'
import type { Report } from '../../src/measure/report.js'
import { cellText } from '../../src/report/cell.js'
import { makeDocument, measuredFor, outlineFor } from '../../src/report/compose.js'
import type { Document, Table } from '../../src/report/document.js'
import { definitions, reportOn } from '../measure/support.js'
import { run, succeed, tempFolder, write } from '../support/program.js'
import { PROVINCE } from './fixture.js'

const outline = (id: string): Outline => definitions.outlines.find((one) => one.id === id)!
const made = new Map<string, Promise<Report>>()
/** The report of an outline; the same one is made once. */
function reportFor(id: string, request: Parameters<typeof reportOn>[1] = {}): Promise<Report> {
  const key = JSON.stringify([id, request])
  const known = made.get(key) ?? reportOn(PROVINCE, { period: '2024-06', ...measuredFor(outline(id), request.by ?? []), ...request })
  made.set(key, known)
  return known
}
const documentOf = (report: Report, id: string, language: 'vi' | 'en' = 'vi'): Document =>
  makeDocument(report, definitions, outline(id), { language, office: 'Tỉnh Cà Mau' })
const tableOf = (document: Document, id: string): Table => document.sections.flatMap(({ tables }) => tables).find((one) => one.id === id)!
const textsOf = ({ columns, rows }: Table, language: 'vi' | 'en' = 'vi'): string[][] =>
  rows.map(({ cells }) => cells.map((cell, i) => cellText(cell, language, columns[i])))

const LEVELS = ['cấp tỉnh', 'cấp huyện', 'cấp xã']

let monthly: Report
beforeAll(async () => {
  monthly = await reportFor('monthly')
})

describe.each(['monthly', 'quarterly', 'campaign', 'table'])('the outline %s', (id) => {
  it('gives a document whose tables are whole: a cell for every column, ids of their own', async () => {
    const document = documentOf(await reportFor(id), id)
    const tables = document.sections.flatMap((section) => section.tables)
    for (const table of tables) {
      expect(new Set(table.columns.map((column) => column.id)).size, table.id).toBe(table.columns.length)
      for (const { cells } of table.rows) {
        expect(cells.length, table.id).toBe(table.columns.length)
        cells.forEach((cell, i) => {
          const kinds = [table.columns[i]!.kind, ...(cell.kind === 'text' && cell.text === '' ? ['text'] : [])]
          expect(kinds, `${table.id} ${table.columns[i]!.id}`).toContain(cell.kind)
        })
      }
    }
    const ids = [...tables, ...document.sections].map((one) => one.id)
    expect(ids.filter((one) => !/^[a-z0-9-]+$/.test(one))).toEqual([])
    expect(new Set(tables.map((table) => table.id)).size).toBe(tables.length)
  })

  it('shows every figure that can be computed', async () => {
    const report = await reportFor(id)
    const rates = documentOf(report, id).sections.flatMap(({ tables }) =>
      tables.flatMap(({ rows }) =>
        rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell.kind === 'rate' && cell.shown !== null ? [cell.shown] : []))),
      ),
    )
    const shown = new Map<unknown, number>()
    for (const one of rates) shown.set(one, (shown.get(one) ?? 0) + 1)
    const wanted = new Map<unknown, number>()
    for (const { shown: one } of report.rows) if (one !== null) wanted.set(one, (wanted.get(one) ?? 0) + 1)
    for (const [one, times] of wanted) expect(shown.get(one) ?? 0, String(one)).toBeGreaterThanOrEqual(times)
  })
})

describe('the monthly report', () => {
  it('begins with the answer: how many targets are met, missed and without data', () => {
    const { verdict, title, subtitle } = documentOf(monthly, 'monthly')
    expect(title).toBe('Kết quả cải cách hành chính tháng 6/2024')
    expect(subtitle).toBe('01/06/2024–30/06/2024 · hồ sơ đến 12/06/2024 · khảo sát đến 12/06/2024')
    const judged = monthly.rows.filter(({ unit, target }) => unit === null && target !== null)
    expect(verdict!.met + verdict!.missed + verdict!.noData).toBe(judged.length)
    expect(verdict!.missed).toBe(judged.filter(({ status }) => status === 'missed').length)
  })

  it('has the metrics of the plan before the others, each with its levels', () => {
    const names = textsOf(tableOf(documentOf(monthly, 'monthly'), 'plan')).map(([name]) => name)
    expect(names).toEqual(['Nộp trực tuyến', ...LEVELS, 'Trễ hạn', ...LEVELS, 'Hài lòng (khảo sát)', ...LEVELS])
    const others = textsOf(tableOf(documentOf(monthly, 'monthly'), 'others')).map(([name]) => name)
    expect(others).toContain('Đúng và trước hạn')
    expect(others).not.toContain('Trễ hạn')
  })

  it('says who is behind, the farthest first, since when, and how many dossiers are wanting', () => {
    const rows = textsOf(tableOf(documentOf(monthly, 'monthly'), 'behind'))
    expect(rows.find(([place]) => place === 'Phường Hòa Bình')).toEqual(
      'Phường Hòa Bình|Nộp trực tuyến|22,22 %|80,00 %|−57,78|6|26|6/2024|1'.split('|'),
    )
    const gaps = rows.map((row) => Math.abs(Number(row[4]!.replace('−', '-').replace(',', '.'))))
    expect(gaps).toEqual(gaps.toSorted((a, b) => b - a))
  })

  it('names two hundred of many who are behind, totals and levels among them, and says of how many', () => {
    const one = monthly.rows.find(
      ({ unit, status, metric }) => unit?.name === 'Phường Hòa Bình' && status === 'missed' && metric === 'online_submission_rate',
    )!
    const more = Array.from({ length: 300 }, (_, i) => ({ ...one, unit: { code: `X${i}`, name: `Xã ${i}` } }))
    const before = textsOf(tableOf(documentOf(monthly, 'monthly'), 'behind'))
    const { sections } = documentOf({ ...monthly, rows: [...monthly.rows, ...more] }, 'monthly')
    const section = sections.find(({ id }) => id === 'behind')!
    const rows = textsOf(section.tables[0]!)
    expect(rows).toHaveLength(200)
    const whole = (list: string[][]): string[] => list.map(([place]) => place!).filter((place) => [...LEVELS, 'Tất cả'].includes(place))
    expect(whole(rows)).toEqual(whole(before))
    expect(whole(rows).length).toBeGreaterThan(0)
    expect(section.notes[0]).toBe(`Bảng nêu 200 trong ${before.length + 300} kết quả chưa đạt, xa kế hoạch nhất.`)
  })

  it('puts the units that miss most targets first, units without cases among them, unknown ones apart', () => {
    const document = documentOf(monthly, 'monthly')
    const communes = textsOf(tableOf(document, 'units-commune'))
    expect(communes.map(([name, missed]) => [name, missed])).toEqual([
      ['Phường Hòa Bình', '2'],
      ['Xã Không Có Hồ Sơ', '0'],
    ])
    expect(communes[0]![2]).toBe('22,22 ▼')
    expect(communes[1]![2]).toBe('–')
    expect(textsOf(tableOf(document, 'units-other')).map(([name]) => name)).toEqual(['đơn vị không có trong danh mục'])
  })

  it('has twelve months, the last one that of the report', () => {
    const { rows, chart } = tableOf(documentOf(monthly, 'monthly'), 'months')
    expect(rows).toHaveLength(12)
    expect(rows.at(-1)!.cells[0]).toEqual({ kind: 'text', text: '6/2024' })
    expect(chart).toMatchObject({ kind: 'line' })
  })

  it('counts dossiers so that parts add up to their total', () => {
    const table = tableOf(documentOf(monthly, 'monthly'), 'timeliness')
    const at = (id: string): number => table.columns.findIndex((column) => column.id === id)
    for (const { cells } of table.rows) {
      const count = (id: string): number => (at(id) < 0 ? 0 : ((cells[at(id)] as { value: number }).value ?? 0))
      expect(count('resolved_total')).toBe(
        ['early', 'on_time', 'late', 'no_due_date'].reduce((sum, one) => sum + count(`resolved_${one}`), 0),
      )
    }
  })

  it('names the units that sent nothing, and what is not in the registry', () => {
    const document = documentOf(monthly, 'monthly')
    expect(textsOf(tableOf(document, 'silent-units'))).toEqual([['X2', 'Xã Không Có Hồ Sơ']])
    expect(textsOf(tableOf(document, 'unknown-units'))[0]!.slice(0, 2)).toEqual(['LẠ', '2'])
  })
})

it('the sheet of a unit has its figures beside its level, its place, and no other unit', async () => {
  const document = documentOf(await reportFor('unit', { unit: 'S2' }), 'unit')
  expect(document.title).toBe('Sở Y tế: kết quả cải cách hành chính tháng 6/2024')
  const table = tableOf(document, 'unit')
  const at = (id: string): number => table.columns.findIndex((column) => column.id === id)
  const online = textsOf(table).find(([name]) => name === 'Nộp trực tuyến')!
  expect([online[at('value')], online[at('place')], online[at('level')]]).toEqual(['30,00 %', '2/2', '95,10 %'])
  expect(JSON.stringify(document)).not.toContain('Huyện Đầm Dơi')
})

it('what was asked for by --by stands in a table for each grouping', async () => {
  const by = [['field'], ['unit', 'month']] as const
  const document = documentOf(await reportFor('table', { by }), 'table')
  const ids = document.sections.flatMap(({ tables }) => tables.map(({ id }) => id))
  expect(ids).toEqual(expect.arrayContaining(['by-field', 'by-unit-month-online-submission-rate']))
})

it('an outline is chosen by the kind of period, an office’s own first', () => {
  const chosen = (label: string, isOfUnit = false) => outlineFor({ label }, isOfUnit, definitions)?.id
  expect(['2025-09', '2025-Q3', '2025-H1', '2025', '2025-01..2025-09', '2024-08-01..2024-10-08'].map((one) => chosen(one))).toEqual([
    'monthly',
    ...Array.from({ length: 4 }, () => 'quarterly'),
    'campaign',
  ])
  expect(chosen('2025-09', true)).toBe('unit')
  const own = { ...outline('monthly'), id: 'ours' }
  expect(outlineFor({ label: '2025-09' }, false, { ...definitions, outlines: [own, ...definitions.outlines] })?.id).toBe('ours')
})

describe('an office’s own outline', () => {
  const cwd = tempFolder()
  const LINES = ['id: bao-cao-nhanh', 'title: { vi: "Nhanh {period}", en: "Quick {period}" }', 'periods: [month]', 'sections:']

  beforeAll(async () => {
    mkdirSync(join(cwd, 'definitions', 'reports'), { recursive: true })
    write(cwd, 'a.csv', 'Mã hồ sơ,Hình thức nộp,Ngày tiếp nhận\nA1,Trực tuyến,03/06/2024\nA2,Trực tiếp,04/06/2024\n')
    await succeed(['ingest', 'a.csv'], { cwd })
  })

  it('is taken from definitions/reports, without code', async () => {
    write(cwd, 'definitions/reports/nhanh.yaml', [...LINES, '  - { section: plan, title: { vi: Tóm tắt, en: In short } }', ''].join('\n'))
    const page = await succeed(['report', '--period', '2024-06', '--format', 'html', '--lang', 'vi'], { cwd })
    expect(page).toContain('Nhanh tháng 6/2024')
    expect(page).toContain('Tóm tắt')
    expect(page).toMatch(/50,00\s%/)
  })

  it.each([
    ['a chapter that does not exist', '  - { section: weather }', /nhanh\.yaml:5:\d+/],
    ['a metric that does not exist', '  - { section: plan, metrics: [sunshine] }', /nhanh\.yaml.*sunshine/],
  ])('is refused with %s', async (_, line, message) => {
    write(cwd, 'definitions/reports/nhanh.yaml', [...LINES, line, ''].join('\n'))
    const { status, stderr } = await run(['report', '--period', '2024-06'], { cwd })
    expect([status, stderr]).toEqual([3, expect.stringMatching(message)])
  })

  it('is named where there is no such one', async () => {
    write(cwd, 'definitions/reports/nhanh.yaml', [...LINES, '  - { section: plan }', ''].join('\n'))
    const { status, stderr } = await run(['report', '--outline', 'weekly'], { cwd })
    expect([status, stderr]).toEqual([2, expect.stringContaining('bao-cao-nhanh, campaign, monthly')])
  })
})
