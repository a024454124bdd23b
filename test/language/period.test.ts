import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { earlier, lastDay, monthsIn, parsePeriod, type Calendar } from '../../src/language/period.js'
import { property } from '../support/property.js'

const span = (text: string, calendar?: Calendar): string => {
  const { from, until } = parsePeriod(text, calendar)
  return `${from} ${until}`
}

describe('a period', () => {
  test('is read in every form, as half-open days', () => {
    for (const [text, from, until] of [
      ['2025', '2025-01-01', '2026-01-01'],
      ['2025-H1', '2025-01-01', '2025-07-01'],
      ['2025-h2', '2025-07-01', '2026-01-01'],
      ['2025-Q3', '2025-07-01', '2025-10-01'],
      ['2025-q4', '2025-10-01', '2026-01-01'],
      ['2025-09', '2025-09-01', '2025-10-01'],
      ['2025-12', '2025-12-01', '2026-01-01'],
      ['2025-01..2025-09', '2025-01-01', '2025-10-01'],
      ['2024-11..2025-02', '2024-11-01', '2025-03-01'],
      ['2024..2025', '2024-01-01', '2026-01-01'],
      ['2025-Q1..2025-Q3', '2025-01-01', '2025-10-01'],
      ['2024-08-01..2024-10-08', '2024-08-01', '2024-10-09'],
      ['2024-02-29..2024-02-29', '2024-02-29', '2024-03-01'],
    ] as const) {
      expect(span(text), text).toBe(`${from} ${until}`)
    }
  })

  test('is read as people here say it', () => {
    for (const [text, label] of [
      ['năm 2024', '2024'],
      ['Năm 2024', '2024'],
      ['09/2024', '2024-09'],
      ['9/2024', '2024-09'],
      ['tháng 9/2024', '2024-09'],
      ['Tháng 09 năm 2024', '2024-09'],
      ['quý 3/2024', '2024-Q3'],
      ['Quý III/2024', '2024-Q3'],
      ['quý iv năm 2024', '2024-Q4'],
      ['6 tháng đầu năm 2024', '2024-H1'],
      ['6 tháng cuối năm 2024', '2024-H2'],
      ['9 tháng năm 2024', '2024-01..2024-09'],
      ['9 tháng đầu năm 2024', '2024-01..2024-09'],
      [' 2024-Q3\u00a0', '2024-Q3'],
    ] as const) {
      expect(parsePeriod(text), text).toEqual(parsePeriod(label))
    }
  })

  test('that is none is refused, with examples', () => {
    for (const text of [
      '2025-13',
      '2025-00',
      '2025-Q5',
      '2025-H3',
      '13/2024',
      '0/2024',
      'quý 5/2024',
      '2025-09..2025-01',
      '2025-02-30..2025-03-01',
      '2024-10-08..2024-08-01',
      '25',
      '',
      'mai',
      '2025-9',
      '1889',
      '2025-01..2025-02..2025-03',
      '2025..',
      '..2025',
      '2025-01-01',
    ]) {
      expect(() => parsePeriod(text), text).toThrow(
        expect.objectContaining({ code: 'invalid_period', hint: expect.stringContaining('2025-H1, 2025-Q3, 2025-09') }),
      )
    }
  })

  test('of the reporting calendar ends on the 14th, the year on 14/12', () => {
    expect(span('2025-09', 'report15')).toBe('2025-08-15 2025-09-15')
    expect(span('2025-01', 'report15')).toBe('2024-12-15 2025-01-15')
    expect(span('2025-Q1', 'report15')).toBe('2024-12-15 2025-03-15')
    expect(span('2025-H1', 'report15')).toBe('2024-12-15 2025-06-15')
    expect(span('2025', 'report15')).toBe('2024-12-15 2025-12-15')
    expect(lastDay(parsePeriod('2025', 'report15'))).toBe('2025-12-14')
    expect(span('2024-08-01..2024-10-08', 'report15')).toBe('2024-08-01 2024-10-09')
  })
})

describe('the months of a period', () => {
  test('are its months, cut to it', () => {
    expect(monthsIn(parsePeriod('2025-Q1')).map(({ label }) => label)).toEqual(['2025-01', '2025-02', '2025-03'])
    expect(monthsIn(parsePeriod('2024-11-20..2025-01-05')).map(({ label, from, until }) => [label, from, until])).toEqual([
      ['2024-11', '2024-11-20', '2024-12-01'],
      ['2024-12', '2024-12-01', '2025-01-01'],
      ['2025-01', '2025-01-01', '2025-01-06'],
    ])
    expect(monthsIn(parsePeriod('2025-Q1', 'report15')).map(({ label, from }) => [label, from])).toEqual([
      ['2025-01', '2024-12-15'],
      ['2025-02', '2025-01-15'],
      ['2025-03', '2025-02-15'],
    ])
  })

  test('follow each other without a gap, from its first day to its last', () => {
    const day = fc
      .integer({ min: 0, max: 3000 })
      .map((days) => new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
    const periods = fc
      .tuple(day, day, fc.constantFrom<Calendar>('month', 'report15'))
      .map(([a, b, calendar]) => parsePeriod([a, b].sort().join('..'), calendar))
    fc.assert(
      fc.property(periods, (period) => {
        const months = monthsIn(period)
        expect(months[0]!.from).toBe(period.from)
        expect(months.at(-1)!.until).toBe(period.until)
        for (const [i, month] of months.entries()) {
          expect(month.from < month.until).toBe(true)
          if (i > 0) expect(month.from).toBe(months[i - 1]!.until)
        }
      }),
      property(200),
    )
  })
})

describe('the period before', () => {
  test('has the same length and ends where this one begins', () => {
    for (const [text, label] of [
      ['2025', '2024'],
      ['2025-H1', '2024-H2'],
      ['2025-Q1', '2024-Q4'],
      ['2025-01', '2024-12'],
      ['2025-01..2025-09', '2024-04..2024-12'],
      ['2025-01..2025-06', '2024-H2'],
      ['2024-08-01..2024-10-08', '2024-05-24..2024-07-31'],
    ] as const) {
      expect(earlier(parsePeriod(text), 'previous').label, text).toBe(label)
      expect(earlier(parsePeriod(text), 'previous').until, text).toBe(parsePeriod(text).from)
    }
    expect(span(earlier(parsePeriod('2025', 'report15'), 'previous').label, 'report15')).toBe('2023-12-15 2024-12-15')
  })
  test('of a year ago has the same days, also where there is no 29th of February', () => {
    for (const [text, label] of [
      ['2025-Q3', '2024-Q3'],
      ['2025-01..2025-09', '2024-01..2024-09'],
      ['2024-08-01..2024-10-08', '2023-08-01..2023-10-08'],
      ['2024-02-10..2024-02-29', '2023-02-10..2023-02-28'],
      ['2024-02-29..2024-03-10', '2023-02-28..2023-03-10'],
      ['2024-02-10..2024-02-28', '2023-02-10..2023-02-28'],
    ] as const) {
      const before = earlier(parsePeriod(text), 'year-ago')
      expect(before.label, text).toBe(label)
      expect(span(before.label), text).toBe(`${before.from} ${before.until}`)
    }
  })
})
