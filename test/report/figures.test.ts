import { beforeAll, describe, expect, it } from 'vitest'

import type { Report } from '../../src/measure/report.js'
import { shownGap, shownValue } from '../../src/report/figures.js'
import { documentOf, provinceReport } from './fixture.js'

let report: Report
beforeAll(async () => {
  report = await provinceReport()
})

const rowsNamed = (language: 'vi' | 'en', name: string) => documentOf(report, language).rows.filter((row) => row.name === name)

describe('the KPI document', () => {
  it('has the office, the period and the day of the data in its title', () => {
    expect(documentOf(report, 'vi').title).toBe(
      'Tỉnh Cà Mau · tháng 6/2024 (01/06/2024–30/06/2024) · hồ sơ đến 12/06/2024 · khảo sát đến 12/06/2024',
    )
    expect(documentOf(report, 'en', null).title).toBe(
      'June 2024 (01/06/2024–30/06/2024) · dossiers to 12/06/2024 · survey answers to 12/06/2024',
    )
  })

  it('has each metric first as a whole, then its levels, then its units, the one farthest behind first', () => {
    const names = documentOf(report, 'vi').rows.map(({ depth, name }) => `${'>'.repeat(depth)}${name}`)
    const first = names.slice(
      0,
      names.findIndex((name, i) => i > 0 && !name.startsWith('>')),
    )
    expect(first).toEqual([
      'Nộp trực tuyến',
      '>cấp tỉnh',
      '>cấp huyện',
      '>cấp xã',
      '>Phường Hòa Bình',
      '>Sở Y tế',
      '>Xã Không Có Hồ Sơ',
      '>đơn vị không có trong danh mục',
      '>Huyện Đầm Dơi',
      '>Sở Nông nghiệp và Phát triển nông thôn',
    ])
  })

  it('writes numbers as its language does', () => {
    const [vi] = rowsNamed('vi', 'Sở Y tế')
    expect([shownValue(vi!.comparison, 'vi'), shownValue(vi!.comparison, 'en')]).toEqual(['30,00 %', '30.00 %'])
    expect([shownGap(vi!.comparison, 'vi'), shownGap(vi!.comparison, 'en')]).toEqual(['−50,00', '−50.00'])
    const ahead = rowsNamed('en', 'Huyện Đầm Dơi')[0]!.comparison
    expect([shownValue(ahead, 'en'), shownGap(ahead, 'en')]).toEqual(['87.50 %', '+7.50'])
  })

  it('says in words why there is no figure', () => {
    const [none] = rowsNamed('vi', 'Xã Không Có Hồ Sơ')
    expect([shownValue(none!.comparison, 'vi'), shownValue(none!.comparison, 'en'), shownGap(none!.comparison, 'en')]).toEqual([
      'không phát sinh',
      'no cases',
      '',
    ])
  })

  it('names in a note the metrics that no source carries, instead of filling lines with them', () => {
    const { rows, notes } = documentOf(report, 'en')
    expect(rows.some(({ comparison }) => comparison.metric === 'data_reuse_rate')).toBe(false)
    expect(notes.find((note) => note.startsWith('Not computable'))).toContain('Data reuse')
  })

  it('notes what the reader must know: unknown units, targets not applied, the survey, the policy', () => {
    const notes = documentOf(report, 'vi').notes.join('\n')
    expect(notes).toContain('2 hồ sơ của đơn vị không có trong danh mục: "LẠ" (2')
    expect(notes).toContain('"Xã Nơi Khác"')
    expect(notes).toMatch(/4 câu trả lời, trung bình 3,75; khoảng tin cậy 95 %: 30,06 %–95,44 %/)
    expect(notes).toContain('Cách phân loại "mặc định": so sánh theo ngày')
  })

  it('lists no part of a metric under the name of another', () => {
    let metric: string | null = null
    for (const { depth, comparison } of documentOf(report, 'en').rows) {
      if (depth === 0) metric = comparison.metric
      expect(comparison.metric).toBe(metric)
    }
  })

  it('prints the definition of every metric that it shows, and of no other', () => {
    const { rows, definitions } = documentOf(report, 'en')
    const shown = rows.filter(({ depth }) => depth === 0).map(({ name }) => name)
    expect(definitions.map(({ name }) => name)).toEqual(shown)
  })

  it('has gaps that agree with the values and targets beside them', () => {
    for (const { comparison } of documentOf(report, 'en').rows) {
      if (comparison.shown === null || comparison.target === null) continue
      const gap = Number(shownGap(comparison, 'en').replace('−', '-'))
      expect(gap).toBeCloseTo(comparison.shown / 100 - comparison.target * 100, 6)
    }
  })
})
