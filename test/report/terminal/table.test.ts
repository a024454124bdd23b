import { beforeAll, describe, expect, it } from 'vitest'

import { formatCount } from '../../../src/language/format.js'
import { label, type Language, type LabelKey } from '../../../src/language/labels.js'
import type { Report } from '../../../src/measure/report.js'
import { shownValue, type KpiList } from '../../../src/report/figures.js'
import { renderTable } from '../../../src/report/terminal/table.js'
import { displayWidth, documentOf, plain, provinceReport, PROVINCE, UNITS } from '../fixture.js'

const WIDTHS = [60, 80, 100, 160]
const LANGUAGES: Language[] = ['vi', 'en']
const cases = WIDTHS.flatMap((width) => LANGUAGES.map((language) => [width, language] as const))
const DROPPED: LabelKey[] = ['months_shown', 'bar', 'counts', 'previous', 'change', 'gap']

let report: Report
beforeAll(async () => {
  report = await provinceReport({ trend: { months: 12, by: [['level'], ['unit']] } })
})

const table = (width: number, language: Language = 'vi', color = false): string =>
  renderTable(documentOf(report, language), { width, color })
const headerOf = (text: string): string => text.split('\n\n')[1]!.split('\n')[0]!
const linesOf = (text: string): string[] => text.split('\n\n')[1]!.split('\n').slice(1)
/** The lines with figures: below them names may go on. */
const rowsOf = (text: string): string[] => linesOf(text).filter((line) => /\S {2,}\S/.test(line))

describe.each(cases)('a table %d columns wide in %s', (width, language) => {
  it('has no line that is wider', () => {
    expect(
      table(width, language)
        .split('\n')
        .filter((line) => displayWidth(line) > width),
    ).toEqual([])
  })

  it('has a line for every row, with its value whole', () => {
    const document = documentOf(report, language)
    const lines = rowsOf(table(width, language))
    expect(lines).toHaveLength(document.rows.length)
    document.rows.forEach(({ comparison }, i) => expect(lines[i]).toContain(shownValue(comparison, language)))
  })

  it('leaves columns out in the order months, bars, counts, earlier, change, gap, and says which', () => {
    const text = table(width, language)
    const isShown = (key: LabelKey): boolean => headerOf(text).includes(label(language, key))
    const hidden = DROPPED.filter((key) => !isShown(key))
    expect(hidden).toEqual(DROPPED.slice(0, hidden.length))
    for (const key of ['metric', 'value', 'target', 'status'] as const) expect(isShown(key)).toBe(true)
    const note = label(language, 'note_hidden', { columns: '' }).split(':')[0]!
    expect(text.includes(note)).toBe(hidden.length > 0)
    for (const key of hidden) expect(text.toLowerCase().replace(/\s+/g, ' ')).toContain(label(language, key).toLowerCase())
  })

  it('has its figures in line: every value ends in the same column', () => {
    const document = documentOf(report, language)
    const ends = rowsOf(table(width, language)).map((line, i) => {
      const value = shownValue(document.rows[i]!.comparison, language)
      return displayWidth(line.slice(0, line.indexOf(value, 20) + value.length))
    })
    expect(new Set(ends).size).toBe(1)
  })

  it('ends no line in a space and has no colour', () => {
    const text = table(width, language)
    expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([])
    expect(plain(text)).toBe(text)
  })
})

describe('a table', () => {
  it('has all columns, with counts in the language, where there is room', () => {
    const text = table(160, 'vi')
    for (const key of DROPPED) expect(headerOf(text)).toContain(label('vi', key))
    expect(text).toContain(`${formatCount(1180, 'vi')} / ${formatCount(1234, 'vi')}`)
    expect(text).toContain('1.180 / 1.234')
    expect(table(160, 'en')).toContain('1,180 / 1,234')
  })

  it('is the same with colours, but for the colours', () => {
    expect(table(100, 'en', true)).not.toBe(table(100, 'en'))
    expect(plain(table(100, 'en', true))).toBe(table(100, 'en'))
  })

  it('says the same of many rows as of few', () => {
    const document = documentOf(report, 'vi')
    const many = { ...document, rows: Array.from({ length: 40 }, () => document.rows).flat() }
    const few = rowsOf(table(100))
    const lines = rowsOf(renderTable(many, { width: 100, color: false }))
    expect(lines).toHaveLength(few.length * 40)
    expect(lines).toEqual(Array.from({ length: 40 }, () => few).flat())
  })

  it('lets long names go on below, whole', () => {
    const document = documentOf(report, 'vi')
    const name = 'Sở Nông nghiệp và Phát triển nông thôn · tháng 11/2025'
    const rows = document.rows.map((row) => ({ ...row, name }))
    for (const width of [60, 80]) {
      const text = renderTable({ ...document, rows }, { width, color: false })
      const said = linesOf(text).map((line) => line.trim().split(/ {2,}/)[0]!)
      expect(said.join(' ').split(name)).toHaveLength(rows.length + 1)
      expect(text).not.toContain('…')
    }
  })

  const named = (names: readonly string[]): Promise<Report> => {
    const units = names.map((name, i) => ({ code: `N${i}`, name, level: 'commune' as const }))
    return provinceReport({}, { ...PROVINCE, units: [...UNITS, ...units] })
  }

  it('stays whole and in line whatever a unit is called', async () => {
    const names = ['Sở Y tế'.normalize('NFD'), '中文單位'.repeat(12), '🏛️ Sở', 'X'.repeat(300), '{{constructor}} %s $& <b>', '']
    const document = documentOf(await named(names), 'vi')
    for (const width of [80, 100, 160]) {
      const lines = linesOf(renderTable(document, { width, color: false }))
      expect(lines.length).toBeGreaterThanOrEqual(document.rows.length)
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
    }
  })

  it('lets no unit name command the terminal', async () => {
    const escape = String.fromCharCode(27)
    const names = [`${escape}[31mXã đỏ${escape}[0m`, `Xã ${escape}]0;title\u0007`, 'Xã\u202eđảo ngược', 'Xã\u009b2J']
    const text = renderTable(documentOf(await named(names), 'vi'), { width: 100, color: false })
    expect([...text].filter((letter) => letter !== '\n' && /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(letter))).toEqual([])
  })

  it('without any rows still says what it is about', async () => {
    const empty: KpiList = { ...documentOf(report, 'en'), rows: [], definitions: [] }
    expect(renderTable(empty, { width: 80, color: false })).toContain('2024-06')
  })
})
