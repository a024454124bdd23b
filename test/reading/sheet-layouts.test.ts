import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import type { IngestOptions } from '../../src/ingest/ingest.js'
import { loadInto } from '../support/facts.js'
import { tempFolder, write } from '../support/program.js'
import { workbook, type Sheet } from '../support/workbook.js'

type Cells = Sheet['rows'][number]

interface Case {
  about: string
  sheets: Partial<Sheet>[]
  options?: Partial<IngestOptions>
  /** Codes of the dossiers, or their facts. */
  dossiers: (string | Record<string, unknown>)[]
  /** Lines and reasons of rejected rows. */
  rejected?: string[]
  skipped?: number
  sheet?: string
}

const HEADER = ['Mã hồ sơ', 'Đơn vị', 'Ngày tiếp nhận', 'Trạng thái', 'Lệ phí']
const row = (code: string | number, changes: Record<number, string | number> = {}): Cells =>
  [code, 'Sở Y tế', '03/05/2024', 'Đang xử lý', 0].map((cell, i) => changes[i] ?? cell)
/** 3 May 2024 08:30; below zero it has no format (see the maker). */
const SERIAL = 45_415 + 8.5 / 24

const CASES: Case[] = [
  {
    about: 'title rows and a date line above the header',
    sheets: [{ rows: [['UBND TỈNH'], [], ['DANH SÁCH HỒ SƠ', '', 'Quý II'], ['Ngày lập:', '01/07/2024'], HEADER, row('A1')] }],
    dossiers: ['A1'],
  },
  {
    about: 'an empty first column and first row',
    sheets: [{ rows: [[], ['', ...HEADER], ['', ...row('A1')]] }],
    dossiers: [{ code: 'A1', unit_name: 'Sở Y tế' }],
  },
  {
    about: 'two header rows, merged over columns and rows',
    sheets: [
      {
        merges: ['A1:B1', 'C1:D1', 'E1:E2'],
        rows: [['Hồ sơ', '', 'Xử lý', '', 'Lệ phí'], ['Mã hồ sơ', 'Đơn vị', 'Ngày tiếp nhận', 'Trạng thái'], row('A1', { 4: '1.500.000' })],
      },
    ],
    dossiers: [{ code: 'A1', fee: 1_500_000, status: 'processing' }],
  },
  {
    about: 'three header rows',
    sheets: [
      {
        merges: ['A1:D1', 'E1:E3', 'A2:B2', 'C2:D2'],
        rows: [
          ['Hồ sơ', '', '', '', 'Lệ phí'],
          ['Chung', '', 'Xử lý'],
          ['Mã hồ sơ', 'Đơn vị', 'Ngày tiếp nhận', 'Trạng thái'],
          ['(1)', '(2)', '(3)', '(4)', '(5)'],
          row('A1', { 4: 7000 }),
        ],
      },
    ],
    dossiers: [{ code: 'A1', unit_name: 'Sở Y tế', received_at: '2024-05-03 00:00:00', fee: 7000 }],
    skipped: 1,
  },
  {
    about: 'a row of column numbers, the header again on a new page, totals in several words',
    sheets: [
      {
        rows: [
          HEADER,
          ['(1)', '(2)', '(3)', '(4)', '(5)'],
          row('A1'),
          ['Cộng', '', '', '', 0],
          HEADER,
          row('A2'),
          ['TỔNG CỘNG', '', '', '', 0],
        ],
      },
    ],
    dossiers: ['A1', 'A2'],
    skipped: 4,
  },
  {
    about: 'empty rows and rows of spaces between the others',
    sheets: [{ rows: [HEADER, [], row('A1'), ['', ' ', ''], [], row('A2')] }],
    dossiers: ['A1', 'A2'],
    skipped: 1,
  },
  {
    about: 'serials with and without a date format, texts of dates and an impossible one in a column',
    sheets: [
      {
        rows: [
          HEADER,
          row('A1', { 2: SERIAL }),
          row('A2', { 2: -SERIAL }),
          row('A3', { 2: '3/5/2024 8:30' }),
          row('A4', { 2: '31/02/2024' }),
        ],
      },
    ],
    dossiers: ['A1', 'A2', 'A3'].map((code) => ({ code, received_at: '2024-05-03 08:30:00' })),
    rejected: ['5 invalid_date'],
  },
  {
    about: 'the same counted from 1904',
    sheets: [
      {
        is1904: true,
        rows: [HEADER, row('A1', { 2: SERIAL - 1462 }), row('A2', { 2: -(SERIAL - 1462) }), row('A3', { 2: '03/05/2024 08:30' })],
      },
    ],
    dossiers: ['A1', 'A2', 'A3'].map((code) => ({ code, received_at: '2024-05-03 08:30:00' })),
  },
  {
    about: 'numbers stored as texts, and codes stored as numbers',
    sheets: [{ rows: [HEADER, row('0012', { 4: '1.234' }), row(12, { 4: '1234' }), row('12.0', { 4: 1234 })] }],
    dossiers: ['0012', '12', '12.0'].map((code) => ({ code, fee: 1234 })),
  },
  {
    about: 'formulas that failed, in columns that are read and in others',
    sheets: [
      { rows: [[...HEADER, 'Ghi chú'], row('A1', { 4: '#REF!' }), row('#N/A'), [...row('A3'), '#VALUE!'], row('A4', { 1: '#DIV/0!' })] },
    ],
    dossiers: ['A3'],
    rejected: ['2 error_cell', '3 error_cell', '5 error_cell'],
  },
  {
    about: 'a total whose sum failed is no row to reject',
    sheets: [{ rows: [HEADER, row('A1'), ['Tổng cộng', '', '', '', '#REF!']] }],
    dossiers: ['A1'],
    skipped: 1,
  },
  {
    about: 'rows hidden by a filter',
    sheets: [{ hiddenRows: [1, 3], rows: [HEADER, row('A1'), row('A2'), row('A3')] }],
    dossiers: ['A1', 'A2', 'A3'],
  },
  {
    about: 'merged cells among the data',
    sheets: [{ merges: ['B2:B3', 'C4:D4'], rows: [HEADER, row('A1'), row('A2', { 1: '' }), row('A3', { 3: '' })] }],
    dossiers: [
      { code: 'A1', unit_name: 'Sở Y tế' },
      { code: 'A2', unit_name: 'Sở Y tế' },
    ],
    rejected: ['4 unknown_value'],
  },
  {
    about: 'cells to the right of the header',
    sheets: [{ rows: [HEADER, [...row('A1'), '', ''], [...row('A2'), '', 'lạc']] }],
    dossiers: ['A1'],
    rejected: ['3 row_too_long'],
  },
  {
    about: 'a cover and a pivot before the sheet with the header',
    sheets: [
      { name: 'Bìa', rows: [['BÁO CÁO']] },
      {
        name: 'Tổng hợp',
        rows: [
          ['Đơn vị', 'Số lượng'],
          ['Sở Y tế', 5],
        ],
      },
      { name: 'Dữ liệu', rows: [HEADER, row('A1')] },
    ],
    sheet: 'Dữ liệu',
    dossiers: ['A1'],
  },
  {
    about: 'a hidden copy beside the visible sheet',
    sheets: [
      { name: 'Cũ', state: 'veryHidden', rows: [HEADER, row('A0')] },
      { name: 'Mới', rows: [HEADER, row('A1')] },
    ],
    sheet: 'Mới',
    dossiers: ['A1'],
  },
  {
    about: 'a sheet chosen by a name with quotes, diacritics and doubled spaces',
    sheets: [
      { name: 'Hồ sơ "tháng 5" & \'6\'', rows: [HEADER, row('A1')] },
      { name: 'Khác', rows: [HEADER, row('A2')] },
    ],
    options: { sheet: ' Hồ sơ  "tháng 5" & \'6\''.normalize('NFD') },
    sheet: 'Hồ sơ "tháng 5" & \'6\'',
    dossiers: ['A1'],
  },
]

describe.concurrent('a sheet', () => {
  test.each(CASES)('with $about', async ({ sheets, options, dossiers, rejected = [], skipped = 0, sheet }) => {
    const folder = tempFolder()
    const named = sheets.map((one, i) => ({ name: `S${i + 1}`, rows: [], ...one }))
    const loaded = await loadInto(join(folder, 's.duckdb'), [write(folder, 'a.xlsx', workbook(...named))], options)
    expect(loaded.results[0]!.error).toBeNull()
    expect(loaded.dossiers).toMatchObject(dossiers.map((one) => (typeof one === 'string' ? { code: one } : one)))
    expect(loaded.dossiers).toHaveLength(dossiers.length)
    expect(loaded.rejected.map(({ line, reason }) => `${line} ${reason}`)).toEqual(rejected)
    const read = dossiers.length + rejected.length + skipped
    expect(loaded.results[0]).toMatchObject({
      sheet: sheet ?? 'S1',
      counts: { read, loaded: dossiers.length, rejected: rejected.length, skipped },
    })
  })
})
