import fc from 'fast-check'

import { codeOf } from './facts.js'

/** A column of random exports: its header, spellings that can be read, and ones that can't. */
interface RandomColumn {
  header: string
  good: readonly string[]
  bad: readonly string[]
}

const TIMES = [
  '03/05/2024',
  '3/5/2024',
  '03/05/2024 08:00',
  '03/05/2024 08:00:59',
  '08:00 03/05/2024',
  '03-05-2024 7:05:09',
  '2024-05-03',
  '2024-05-03T08:00:00',
  '2024-05-03 08:00:00.123',
  '2024-05-03T01:00:00Z',
  '2024-05-03T08:00:00+07:00',
  '20240503080000',
  '20240503',
  '45415',
  '45415.5',
  '\u00a003/05/2024\u200b',
  '29/02/2024',
  '',
]
const NO_TIMES = [
  '31/02/2024',
  '12/25/2024',
  '29/02/2023',
  '03/05/24',
  'hôm qua',
  '20240230080000',
  '2024-13-01',
  '24:00 03/05/2024',
  '01/01/1889',
]

const COLUMNS: readonly RandomColumn[] = [
  { header: 'Ngày tiếp nhận', good: TIMES, bad: NO_TIMES },
  { header: 'Ngày hẹn trả', good: TIMES, bad: NO_TIMES },
  { header: 'Ngày có kết quả', good: [...TIMES, '10/05/2024', '11/05/2024 15:00:00'], bad: [...NO_TIMES, '01/04/2024'] },
  { header: 'Cập nhật lần cuối', good: TIMES, bad: NO_TIMES },
  {
    header: 'Cơ quan thực hiện',
    good: [
      'Sở Tư pháp',
      'UBND xã "Đất Mũi"',
      'Sở Y tế, chi cục',
      'dòng một\ndòng hai',
      'a\r\nb',
      ' hai  khoảng ',
      'x;y|z\tt',
      "Sở' --",
      '',
      '"',
      '5" 6"',
    ],
    bad: [],
  },
  {
    header: 'Hình thức nộp',
    good: [
      'Trực tuyến',
      'TRỰC TUYẾN',
      'Trực tiếp',
      '3',
      'trực  tuyến',
      'Bưu chính công ích',
      'Trực tuyến'.normalize('NFD'),
      ' Trực tiếp\u00a0',
      '',
    ],
    bad: ['Bồ câu', 'tuyến', '"'],
  },
  {
    header: 'Trạng thái',
    good: ['Đã trả kết quả', 'Ðã trả kết quả', 'ĐÃ TRẢ KẾT QUẢ', '10', '4', 'Huỷ hồ sơ', 'Hủy hồ sơ', ''],
    bad: ['Đã bay mất', 'null', '11'],
  },
  {
    header: 'Lệ phí',
    good: ['120.000', '120000', '0', '120.000 đ', 'Miễn', '8.000,00', '', '1.234.567'],
    bad: ['12.34', '1.2.3', '-5', 'mười nghìn', '1e5'],
  },
  { header: 'Số hoá hồ sơ', good: ['Có', 'không', 'x', 'X', '1', '0', 'TRUE', '', '-'], bad: ['có lẽ', '2'] },
  { header: 'Chủ hồ sơ', good: ['Người Một', 'Người "Hai"', ''], bad: [] },
  { header: 'Ghi chú', good: ['', 'ghi chú\nxuống dòng', '"', 'a,b;c'], bad: [] },
]

const cellOf = ({ good, bad }: RandomColumn): fc.Arbitrary<string> =>
  bad.length === 0
    ? fc.constantFrom(...good)
    : fc.oneof({ weight: 24, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) })

const code = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 1, max: 30 }).map(codeOf) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 30 }).map((serial) => ` ${codeOf(serial)}\u200b`) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', 'x'.repeat(300)) },
)

/* What stands in rows that are no dossiers, and what only looks so. */
const FURNITURE = [
  'Tổng cộng',
  'CỘNG:',
  'Tổng số hồ sơ: 5',
  'Tong cong (3)',
  'Tổng công ty',
  'Người lập biểu',
  '(Ký, ghi rõ họ tên)',
  'TM. UBND XÃ',
  'Đất Mũi, ngày 05 tháng 6 năm 2024',
  'Nguyễn Thí Dụ',
  'Tran Vi Du',
  'Mã hồ sơ',
  'MÃ HỒ SƠ',
  '(1)',
  '25',
  '2 hồ sơ',
  'a|Tổng cộng',
  '\u00a0',
]

/** The text of a random dossier export: rows that are no dossiers, dirty cells, quotes, line breaks in cells, blank lines, any separator and line end. */
export const randomExport: fc.Arbitrary<string> = fc
  .record({
    columns: fc.shuffledSubarray([...COLUMNS], { minLength: 2 }),
    separator: fc.constantFrom(',', ';', '\t', '|'),
    newline: fc.constantFrom('\n', '\n', '\r\n'),
    bom: fc.boolean(),
    allQuoted: fc.boolean(),
    endsWithNewline: fc.boolean(),
    above: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.constantFrom([''], ['DANH SÁCH HỒ SƠ', ''], ['Danh sách "hồ sơ"']) },
    ),
    size: fc.integer({ min: 1, max: 25 }),
  })
  .chain(({ columns, separator, newline, bom, allQuoted, endsWithNewline, above, size }) => {
    const cell = (text: string): string =>
      allQuoted || text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    const row = fc.tuple(code, ...columns.map(cellOf)).map((cells) => cells.map(cell).join(separator))
    const ragged = fc.constantFrom(
      codeOf(99),
      `${codeOf(98)}${separator.repeat(columns.length + 2)}`,
      `${separator.repeat(columns.length + 1)}thừa`,
      'a"b',
    )
    const furniture = fc
      .array(fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 2, arbitrary: fc.constantFrom(...FURNITURE) }), {
        minLength: columns.length + 1,
        maxLength: columns.length + 1,
      })
      .map((cells) => cells.map(cell).join(separator))
    const line = fc.oneof(
      { weight: 60, arbitrary: row },
      { weight: 6, arbitrary: furniture },
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: ragged },
    )
    return fc.array(line, { minLength: size, maxLength: size }).map((lines) => {
      const header = ['Mã hồ sơ', ...columns.map((column) => column.header)].map(cell).join(separator)
      return (bom ? '\ufeff' : '') + [...above, header, ...lines].join(newline) + (endsWithNewline ? newline : '')
    })
  })
