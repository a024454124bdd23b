import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { IngestOptions } from '../../src/ingest/ingest.js'
import { loadInto } from '../support/facts.js'
import { csv, run, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'
import { workbook } from '../support/workbook.js'

interface Day {
  day: number
  month: number
}
type Cell = string | number
const two = (n: number): string => String(n).padStart(2, '0')
const slashed = ({ day, month }: Day): string => `${two(day)}/${two(month)}/2025`
const iso = ({ day, month }: Day): string => `2025-${two(month)}-${two(day)}`
const serial = ({ day, month }: Day): number => Math.round(Date.UTC(2025, month - 1, day) / 86_400_000) + 25_569
/** What a setting of the United States makes of a text that is day first. */
const swapped = (made: (day: Day) => Cell) => (one: Day) => (one.day > 12 ? slashed(one) : made({ day: one.month, month: one.day }))

const HEAD = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', 'Trạng thái']
const SEPTEMBER: Day[] = Array.from({ length: 24 }, (_, i) => ({ day: i + 1, month: 9 }))
const after = ({ day, month }: Day, days: number): Day => {
  const date = new Date(Date.UTC(2025, month - 1, day + days))
  return { day: date.getUTCDate(), month: date.getUTCMonth() + 1 }
}
/** Dossiers received on these days; the codes say another day than any. */
const rows = (days: readonly Day[], write: (day: Day) => Cell, code = '000101'): Cell[][] => [
  HEAD,
  ...days.map((one, i) => {
    const dated = code === 'dated' ? `25${two(one.month)}${two(one.day)}` : code
    return [`000.00.01.H99-${dated}-${two(i)}01`, write(one), write(after(one, 5)), write(after(one, 3)), 'Đã trả kết quả']
  }),
]
const asCsv = (table: Cell[][]): string => csv(table.map((cells) => cells.map(String)))
const usText = ({ day, month }: Day): string => `${day}/${month}/2025 0:00`

let number = 0
const folder = tempFolder()
async function load(form: string, table: Cell[][], options: Partial<IngestOptions> = {}) {
  const content = form === 'xlsx' ? workbook({ name: 'S', rows: table }) : asCsv(table)
  const file = write(folder, `${++number}.${form}`, content)
  const { results, dossiers } = await loadInto(join(folder, `${number}.duckdb`), [file], { maxRejects: 0.05, ...options })
  return {
    error: results[0]!.error,
    dossiers: dossiers.map(({ code, received_at, due_at, resolved_at }) => ({ code, received_at, due_at, resolved_at })),
  }
}

const SWAPPED: [string, string, Cell[][]][] = [
  ['date cells of a workbook', 'xlsx', rows(SEPTEMBER, swapped(serial))],
  ['ISO texts', 'csv', rows(SEPTEMBER, swapped(iso))],
  [
    'serial numbers in a text file',
    'csv',
    rows(
      SEPTEMBER,
      swapped((one) => String(serial(one))),
    ),
  ],
  ['texts with midnight behind them', 'csv', rows(SEPTEMBER, swapped(usText))],
  ['texts like the others, told by the codes', 'csv', rows(SEPTEMBER, swapped(slashed), 'dated')],
  ['ISO texts of no more than twelve days, told by the codes', 'csv', rows(SEPTEMBER.slice(0, 12), swapped(iso), 'dated')],
  ['texts like the others, told by their order', 'csv', rows([...SEPTEMBER, ...SEPTEMBER], swapped(slashed))],
]

describe('a file in which Excel exchanged days and months', () => {
  test.each(SWAPPED)('is refused with two rows and the way to load it: %s', async (_, form, table) => {
    for (const careful of [false, true]) {
      const { error, dossiers } = await load(form, table, { careful, maxRejects: 1 })
      expect([error?.code, dossiers]).toEqual(['swapped_dates', []])
      expect(error!.hint).toMatch(/(row|line) \d+[\s\S]*(row|line) \d+[\s\S]*--dates swapped/)
      expect(error!.hint).not.toMatch(/max-rejects|H99/)
    }
  })

  test.each(SWAPPED)('is loaded right with --dates swapped: %s', async (_, form, table) => {
    const days = table.length === 13 ? SEPTEMBER.slice(0, 12) : table.length > 30 ? [...SEPTEMBER, ...SEPTEMBER] : SEPTEMBER
    const isDated = String(table[1]![0]).includes('-25')
    const honest = await load('csv', rows(days, slashed, isDated ? 'dated' : undefined))
    expect(honest.error).toBe(null)
    expect(await load(form, table, { dates: 'swapped' })).toEqual(honest)
  })

  test('of answers of a survey is told and read likewise', async () => {
    const survey = (write: (day: Day) => Cell): Cell[][] => [
      ['Ngày khảo sát', 'Đơn vị', 'Mức độ hài lòng'],
      ...SEPTEMBER.map((one) => [write(one), 'Sở Y tế', '5']),
    ]
    expect((await load('xlsx', survey(swapped(serial)))).error?.code).toBe('swapped_dates')
    expect((await load('xlsx', survey(swapped(serial)), { dates: 'swapped' })).error).toBe(null)
  })
})

describe('a file whose dates are written month first', () => {
  const monthFirst = rows(SEPTEMBER, ({ day, month }) => `${two(month)}/${two(day)}/2025`)

  test('is refused, never with the advice to accept rejects, and loaded right when it is said', async () => {
    const { error } = await load('csv', monthFirst)
    expect(error?.code).toBe('month_first_dates')
    expect(error!.hint).toMatch(/--dates month-first[\s\S]*date_format/)
    expect(error!.hint).not.toContain('max-rejects')
    expect(await load('csv', monthFirst, { dates: 'month-first' })).toEqual(await load('csv', rows(SEPTEMBER, slashed)))
  })

  test('by the command line too', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', asCsv(monthFirst))
    const { status, stderr } = await run(['ingest', 'a.csv'], { cwd })
    expect([status, stderr]).toEqual([3, expect.stringContaining('--dates month-first a.csv')])
    expect((await run(['ingest', '--dates', 'month-first', 'a.csv'], { cwd })).status).toBe(0)
    expect((await run(['ingest', '--dates', 'sideways', 'a.csv'], { cwd })).status).toBe(2)
  })
})

test('honest files are never taken for such ones, whatever their days and however they write them', async () => {
  const day = fc.record({ day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }) })
  const low = fc.record({ day: fc.integer({ min: 1, max: 12 }), month: fc.integer({ min: 1, max: 12 }) })
  const ofMonth = fc.integer({ min: 1, max: 12 }).chain((month) =>
    fc.array(
      fc.integer({ min: 1, max: 28 }).map((one) => ({ day: one, month })),
      { minLength: 1, maxLength: 40 },
    ),
  )
  const days = fc.oneof(fc.array(day, { minLength: 1, maxLength: 40 }), fc.array(low, { minLength: 1, maxLength: 12 }), ofMonth)
  const writers = [slashed, iso, serial, ({ day: d, month }: Day) => `${d}/${month}/2025`, usText, (one: Day) => `${slashed(one)} 08:00:00`]
  const writer = fc.subarray(writers, { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(days, writer, fc.constantFrom('dated', '000101'), fc.constantFrom('csv', 'xlsx'), async (all, how, code, form) => {
      let n = 0
      const { error } = await load(
        form,
        rows(all, (one) => how[n++ % how.length]!(one), code),
      )
      expect(error).toBe(null)
    }),
    property(40),
  )
}, 120_000)

test('an honest file is not loaded with its days exchanged', async () => {
  const { error } = await load('csv', rows(SEPTEMBER, iso, 'dated'), { dates: 'swapped' })
  expect([error?.code, error?.hint]).toEqual(['swapped_dates', expect.stringContaining('without --dates swapped')])
})

test('to accept rejected rows is advised for no more than a fifth of them', async () => {
  const table = (bad: number): Cell[][] => [
    HEAD,
    ...Array.from({ length: 20 }, (_, i) => [`000.00.01.H99-000101-${two(i)}01`, i < bad ? 'hôm qua' : '15/09/2025', '', '', 'Đang xử lý']),
  ]
  expect((await load('csv', table(4))).error!.hint).toContain('--max-rejects 20%')
  expect((await load('csv', table(5))).error!.hint).not.toContain('max-rejects')
})
