import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'

import type { Language } from '../../src/language/labels.js'
import { chooseForm, makeForm, type FormFigures, type FormRequest } from '../../src/measure/form.js'
import { formDocument } from '../../src/report/form.js'
import { renderFormJson } from '../../src/report/form-json.js'
import { carryOverWarning, differencesDocument } from '../../src/report/carry-over.js'
import { renderGrid } from '../../src/report/terminal/grid.js'
import { OUTPUTS } from '../../src/report/schema.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { renderXlsx } from '../../src/report/xlsx.js'
import { renderTables } from '../../src/report/table-csv.js'
import { renderText } from '../../src/report/terminal/text.js'
import { DEFAULT_POLICY, definitions, withFacts, type Facts } from '../measure/support.js'
import { listSheets } from '../../src/workbook/workbook.js'
import { fileAt, tempFolder } from '../support/program.js'
import { displayWidth, PROVINCE } from './fixture.js'
import { xlsxRows } from './extract.js'
import { sampleDocument } from './sample.js'

const FACTS: Facts = {
  ...PROVINCE,
  dossiers: [
    ...PROVINCE.dossiers!,
    { received_at: '2024-06-03', field: '=cmd|1', unit_code: 'S2', status: 'supplement_requested' },
    { received_at: '2024-06-03', status: 'withdrawn' },
    ...Array.from({ length: 1_200 }, () => ({
      received_at: '2024-06-03',
      due_at: '2024-06-10',
      field: 'Đất đai',
      channel: 'online' as const,
    })),
  ],
}
const fill = (request: Partial<FormRequest> = {}, facts: Facts = FACTS): Promise<FormFigures> =>
  withFacts(facts, (store) =>
    makeForm(store, definitions, {
      form: chooseForm(definitions, 'ii06'),
      period: '2024-06',
      policy: { id: 'default', policy: DEFAULT_POLICY },
      asOf: '2030-01-01',
      ...request,
    }),
  )

let figures: FormFigures
beforeAll(async () => {
  figures = await fill()
})
const documentOf = (language: Language) => formDocument(figures, language, 'Tỉnh Cà Mau')

describe('a filled form as a document', () => {
  it('has its official name, the days of its period and the office', () => {
    expect(documentOf('vi')).toMatchObject({
      id: 'ii06',
      office: 'Tỉnh Cà Mau',
      title: 'Biểu số II.06a/VPCP/KSTT: Tình hình, kết quả giải quyết thủ tục hành chính',
      subtitle: 'Hồ sơ đến 12/06/2024',
      summary: [],
      verdict: null,
    })
  })

  it('has the thirteen columns under the headings of the printed form, and the total in the last row', () => {
    const { columns, rows } = documentOf('vi').sections[0]!.tables[0]!
    expect(columns.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => `(${i + 1})`))
    expect(columns.map(({ headings }) => headings.join(' > '))).toEqual([
      'STT',
      'Lĩnh vực giải quyết',
      'Số hồ sơ tiếp nhận > Tổng số',
      'Số hồ sơ tiếp nhận > Trong kỳ > Trực tuyến',
      'Số hồ sơ tiếp nhận > Trong kỳ > Trực tiếp, bưu chính',
      'Số hồ sơ tiếp nhận > Từ kỳ trước',
      ...['Tổng số', 'Trước hạn', 'Đúng hạn', 'Quá hạn'].map((part) => `Số hồ sơ đã giải quyết > ${part}`),
      ...['Tổng số', 'Trong hạn', 'Quá hạn'].map((part) => `Số hồ sơ đang giải quyết > ${part}`),
    ])
    expect(rows.map(({ isTotal, cells }) => [isTotal, cells[0], cells[1]])).toEqual([
      [false, { kind: 'count', value: 1 }, { kind: 'text', text: '=cmd|1' }],
      [false, { kind: 'count', value: 2 }, { kind: 'text', text: 'Đất đai' }],
      [false, { kind: 'count', value: 3 }, { kind: 'text', text: 'Hộ tịch' }],
      [true, { kind: 'count', value: null }, { kind: 'text', text: 'Tổng số' }],
    ])
  })

  it('says in notes what adds up, what stands where, and the policy', () => {
    const { notes } = documentOf('en').sections[0]!
    expect(notes).toEqual([
      '(3) = (4) + (5) + (6); (7) = (8) + (9) + (10); (11) = (12) + (13); (3) = (7) + (11).',
      'In column (5), of no known channel: 1.',
      'In column (12), waiting for the citizen: 1.',
      'Received in the period and withdrawn, in no column: 1.',
      'Policy "default": compared by day; withdrawn excluded; stopped excluded; vertical sectors excluded.',
    ])
  })

  it('names the columns that are not computable, and leaves them empty', async () => {
    const { sections } = formDocument(await fill({}, { ...FACTS, without: ['channel'] }), 'en', null)
    expect(sections[0]!.notes).toContain('Not computable, because no file carries what they need: columns (4), (5).')
    expect(sections[0]!.tables[0]!.rows[0]!.cells[3]).toEqual({ kind: 'count', value: null })
  })

  it('says of which period, unit and level it is', async () => {
    const text = (some: FormFigures): string[] => formDocument(some, 'vi', null).sections[0]!.text
    const period = 'Kỳ báo cáo: tháng 6/2024 (từ ngày 01/06/2024 đến ngày 30/06/2024)'
    expect(text(figures)).toEqual([period])
    expect(text(await fill({ unit: 'S2' }))).toEqual([period, 'Đơn vị báo cáo: Sở Y tế'])
    expect(text(await fill({ level: 'commune' }))).toEqual([period, 'Phạm vi: cấp xã'])
  })
})

describe('a form in a terminal', () => {
  it.each(['vi', 'en'] as const)('in %s fits every width from 60, with all its numbers whole', (language) => {
    const [table] = documentOf(language).sections[0]!.tables
    for (let width = 60; width <= 180; width += 5) {
      const { lines, hidden } = renderGrid(table!, language, width)
      expect(Math.max(...lines.map(displayWidth)), `${width}`).toBeLessThanOrEqual(width)
      const shown = table!.columns.flatMap((column, i) => (hidden.includes(column) || column.kind !== 'count' ? [] : [i]))
      const thousands = language === 'vi' ? '.' : ','
      for (const { cells } of table!.rows) {
        const numbers = shown.flatMap((i) => (cells[i] as { value: number | null }).value ?? [])
        const asWritten = numbers.map((n) => String(n).replace(/(\d)(\d{3})$/, `$1${thousands}$2`)).join(' ')
        expect(lines.map((line) => line.trim().replace(/ {2,}/g, ' '))).toContainEqual(
          expect.stringContaining(asWritten.split(' ').slice(-3).join(' ')),
        )
      }
    }
  })

  it('leaves out the parts before the sums, and says so', () => {
    const narrow = renderText(documentOf('en'), { width: 60 })
    expect(narrow).toMatch(/Columns left out on this narrow terminal: \(1\), /)
    expect(narrow).toMatch(/\(3\).*\(7\).*\(11\)/)
    const wide = renderText(documentOf('en'), { width: 140 })
    expect(wide).not.toContain('left out on this narrow')
    expect(Math.max(...narrow.split('\n').map(displayWidth))).toBeLessThanOrEqual(60)
  })

  it('has each group of headings above a rule over exactly its columns', () => {
    const [table] = documentOf('en').sections[0]!.tables
    const { lines } = renderGrid(table!, 'en', 140)
    const rules = lines
      .filter((line) => line.includes('─'))
      .map((line) => [...line.matchAll(/─+/g)].map(({ index, 0: rule }) => [index, index + rule.length]))
    const numbers = lines.find((line) => line.includes('(13)'))!
    const end = (number: string): number => numbers.indexOf(number) + number.length
    expect(rules[0]!.map(([, right]) => right)).toEqual([end('(6)'), end('(10)'), end('(13)')])
    expect(rules[1]!.map(([, right]) => right)).toEqual([end('(5)')])
  })

  it('draws tables of any other document too', () => {
    for (const { tables } of sampleDocument({ names: ['\u001b[31mXã đỏ', 'Xã '.repeat(40)] }).sections) {
      for (const table of tables) {
        const { lines } = renderGrid(table, 'vi', 120)
        expect(lines.length).toBeGreaterThan(table.rows.length)
        expect(lines.join('')).not.toContain('\u001b')
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(120)
      }
    }
  })
})

describe('a form for programs', () => {
  it('as CSV has one row of joined headings, plain numbers, and no cell that starts a formula', () => {
    const rows = parse(renderTables(documentOf('vi')), { columns: true }) as Record<string, string>[]
    expect(rows.map((row) => row['Số hồ sơ tiếp nhận > Trong kỳ > Trực tuyến'])).toEqual(
      [...figures.rows, figures.total].map(({ counts }) => String(counts[1])),
    )
    expect(rows.map((row) => row['Lĩnh vực giải quyết'])).toEqual(["'=cmd|1", 'Đất đai', 'Hộ tịch', 'Tổng số'])
    expect(Object.keys(rows[0]!)).toHaveLength(13)
  })

  it('as JSON is as its schema says, with the counts by the numbers of the columns', () => {
    const body = JSON.parse(renderFormJson(figures)) as { total: Record<string, number>; rows: { counts: Record<string, number> }[] }
    expect(OUTPUTS.form.safeParse(body).error?.issues ?? []).toEqual([])
    const { total } = body
    expect(total['3']).toBe(total['4']! + total['5']! + total['6']!)
    expect(total['3']).toBe(body.rows.reduce((sum, { counts }) => sum + counts['3']!, 0))
  })
})

describe('the warning that the carry-over differs', () => {
  const moved = (code: string, field: string): NonNullable<FormFigures['carryOver']>['dossiers'][number] => ({
    code,
    field,
    unit: null,
    level: null,
    change: -1,
    was: 'pending',
    is: 'closed',
    loadId: 5,
  })
  const row = (field: string | null, reported: number, source: 'store' | 'summary' = 'store') => ({
    isTotal: field === null,
    field,
    unit: null,
    level: null,
    source,
    reported,
    recomputed: 1_000,
  })
  const previous = { label: '2024-05', from: '2024-05-01', until: '2024-06-01', calendar: 'month' as const }
  const known = { loadId: 3, loadedAt: '2024-06-04' }
  const differing: FormFigures['carryOver'] = {
    previous,
    known,
    differences: [row(null, 1_004), row('Đất đai', 1_004)],
    dossiers: ['A', 'B', 'C', 'D'].map((code) => moved(code, 'Đất đai')),
  }

  it('names the rows, some dossiers, and where to see all', () => {
    expect(carryOverWarning({ ...figures, carryOver: differing }, 'en')).toEqual([
      'Column (6) differs from column (11) of the period before, May 2024, by what was loaded up to load 3 (04/06/2024):',
      '  Total: 1,000, before 1,004',
      '  Đất đai: 1,000, before 1,004 (−A, −B, −C, …)',
      'All dossiers behind it: add --differences',
    ])
    const { rows } = differencesDocument({ ...figures, carryOver: differing }, 'vi', null).sections[0]!.tables[0]!
    expect(rows[0]!.cells.map((cell) => ('text' in cell ? cell.text : 'value' in cell ? cell.value : null))).toEqual([
      'A',
      'Đất đai',
      -1,
      'đang giải quyết',
      'đã giải quyết trước kỳ',
      5,
    ])
  })

  it('of a summary whose dossiers nobody knows says so, and there is none where nothing differs', () => {
    const many = Array.from({ length: 9 }, (_, i) => row(`Lĩnh vực ${i}`, i, 'summary'))
    const warning = carryOverWarning({ ...figures, carryOver: { previous, known: null, differences: many, dossiers: [] } }, 'en')
    expect(warning[0]).toMatch(/by the summary that was loaded:$/)
    expect(warning.slice(-2)).toEqual(['  and 3 more rows', expect.stringMatching(/no dossiers can be named/)])
    expect(carryOverWarning(figures, 'en')).toEqual([])
  })
})

it('is one sheet of a workbook with its heading, and in Markdown a table whose numbers are numbers', async () => {
  const document = formDocument(await fill({ period: '2024-06' }), 'vi', 'Sở Nội vụ')
  const file = join(tempFolder(), 'form.xlsx')
  writeFileSync(file, await renderXlsx(document))
  expect((await listSheets(fileAt(file))).map(({ name }) => name)).toHaveLength(1)
  const rows = (await xlsxRows(file)).map((cells) => cells.join('|'))
  expect(rows.slice(0, 2)).toEqual([expect.stringContaining('Sở Nội vụ'), expect.stringContaining(document.title)])
  expect(renderMarkdown(document)).not.toContain('– 1')
})
