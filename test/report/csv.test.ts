import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { renderCsv, toCsv } from '../../src/report/csv.js'
import { renderJson } from '../../src/report/json.js'
import type { Report } from '../../src/measure/report.js'
import { definitions } from '../measure/support.js'
import { provinceReport } from './fixture.js'
import { property } from '../support/property.js'

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true })

let report: Report
beforeAll(async () => {
  report = await provinceReport({ by: [['level'], ['unit'], ['field'], ['procedure'], ['month']] })
})

const csvText = (language: 'vi' | 'en', of = report): string => [...renderCsv(of, definitions, language)].join('')

describe('the report as CSV', () => {
  it('has the figures of the JSON, row by row', () => {
    const { rows } = JSON.parse([...renderJson(report, definitions)].join('')) as { rows: Record<string, unknown>[] }
    const csv = rowsOf(csvText('vi'))
    expect(csv).toHaveLength(rows.length)
    const text = (value: unknown): string => (value === null ? '' : String(value))
    rows.forEach((row, i) => {
      for (const key of [
        'metric',
        'level',
        'field',
        'month',
        'numerator',
        'denominator',
        'value',
        'state',
        'coverage',
        'target',
        'gap',
        'status',
      ]) {
        expect([key, csv[i]![key]]).toEqual([key, text(row[key])])
      }
      expect(csv[i]!.unit_code).toBe(text((row.unit as { code: string } | null)?.code ?? null))
      expect(csv[i]!.procedure_code).toBe(text((row.procedure as { code: string } | null)?.code ?? null))
    })
  })

  it('has labels in the language asked for and nothing else that differs', () => {
    const [vi, en] = [rowsOf(csvText('vi')), rowsOf(csvText('en'))]
    expect([vi[0]!.label, en[0]!.label]).toEqual(['Tỷ lệ hồ sơ nộp trực tuyến', 'Online submission rate'])
    const bare = (rows: Record<string, string>[]) =>
      rows.map(({ label: _label, unit_name: name, unit_code: code, ...row }) => ({ ...row, code, name: code === '' ? '' : name }))
    expect(bare(vi)).toEqual(bare(en))
  })

  it('has negative gaps as numbers', () => {
    const gaps = rowsOf(csvText('vi')).map(({ gap }) => gap!)
    expect(gaps.some((gap) => /^-0\.\d+$/.test(gap))).toBe(true)
    expect(gaps.filter((gap) => gap !== '' && !/^-?\d+(\.\d+)?$/.test(gap))).toEqual([])
  })

  it.each([0, 1, 1999, 2000, 2001, 4001])('has each of %i rows once and in order, as the JSON has', (n) => {
    const rows = Array.from({ length: n }, (_, i) => ({ ...report.rows[i % report.rows.length]!, numerator: i }))
    const many = { ...report, rows, trend: rows.slice(0, 3) }
    const numbers = rows.map((_, i) => i)
    const json = JSON.parse([...renderJson(many, definitions)].join('')) as { rows: { numerator: number }[] }
    expect(json.rows.map(({ numerator }) => numerator)).toEqual(numbers)
    expect(rowsOf(csvText('vi', many)).map(({ numerator }) => Number(numerator))).toEqual([...numbers, ...numbers.slice(0, 3)])
  })

  it('has both days of the period', () => {
    expect(rowsOf(csvText('vi'))[0]).toMatchObject({ from: '2024-06-01', to: '2024-06-30' })
  })
})

describe('a CSV cell', () => {
  const cellOf = (value: string | number | null): string => rowsOf(toCsv([{ before: 'x', value, after: 'y' }]))[0]!.value!

  it.each(['=HYPERLINK("http://x")', '+84912', '-1+1', '@SUM(A1)', '\tcmd', '=1', '＝1'])(
    'that starts like %j is text and not a formula',
    (text) => {
      expect(cellOf(text)).toBe(`'${text}`)
    },
  )

  it('that is a number stays one, negative or small', () => {
    expect([cellOf(-0.5), cellOf(0), cellOf(12), cellOf(null)]).toEqual(['-0.5', '0', '12', ''])
    for (const value of [0.0000005, -0.00000001, 1e-8]) expect(cellOf(value)).toMatch(/^-?\d+\.\d+$/)
  })

  it('holds any text: quotes, separators, line breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', 'a', 'Đ', ' ', "'", '=', '-') }), (text) => {
        const [row] = rowsOf(toCsv([{ before: 'x', value: `a${text}`, after: 'y' }]))
        expect(row).toEqual({ before: 'x', value: `a${text}`, after: 'y' })
      }),
      property(40),
    )
  })

  it('is under a header even where there are no rows', () => {
    expect(toCsv([], ['a', 'b'])).toBe('a,b\n')
  })
})
