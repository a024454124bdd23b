/** Cases of rows of a list that are no dossiers, and of rows that only look like them. */
import { csvText } from './csv.js'
import { HEADER, accepted, codeOf, dossier, reject } from './case-files.js'

const LISTED = ['STT', ...HEADER, 'Lệ phí', 'Ghi chú']
const WIDTH = LISTED.length
const CODE = LISTED.indexOf('Mã hồ sơ')
const FEE = LISTED.indexOf('Lệ phí')
const row = (serial, changes = {}) => {
  const cells = { STT: String(serial), ...dossier(serial), 'Lệ phí': '10.000', ...changes }
  return LISTED.map((name) => cells[name] ?? '')
}
/** A row of empty cells but those given, by position. */
const sparse = (cells) => Array.from({ length: WIDTH }, (_, i) => cells[i] ?? '')
const good = (...serials) => serials.map((serial) => ({ code: codeOf(serial), status: 'returned', fee: 10000 }))
const list = (...rows) => csvText([LISTED, ...rows])

export const LIST_ROWS = [
  {
    file: 'header-again.csv',
    about: 'the header again on every page, once in capitals',
    content: list(
      row(1),
      LISTED,
      row(2),
      LISTED.map((name) => name.toUpperCase()),
      row(3),
    ),
    expect: accepted(5, { facts: good(1, 2, 3), skipped: { 'header again': 2 } }),
  },
  {
    file: 'column-numbers.csv',
    about: 'a row (1), (2), … below the header, one column a sum of others',
    content: list(
      LISTED.map((_, i) => (i === FEE ? '(9)=(7)+(8)' : `(${i + 1})`)),
      row(1),
      row(2),
    ),
    expect: accepted(3, { facts: good(1, 2), skipped: { 'column numbers': 1 } }),
  },
  {
    file: 'column-numbers-plain.csv',
    about: 'a row 1, 2, 3, … below the header, and again on the next page',
    content: list(
      LISTED.map((_, i) => String(i + 1)),
      row(1),
      LISTED,
      LISTED.map((_, i) => String(i + 1)),
      row(2),
    ),
    expect: accepted(5, { facts: good(1, 2), skipped: { 'column numbers': 2, 'header again': 1 } }),
  },
  {
    file: 'numbers-that-are-dossiers.csv',
    about: 'codes that are small numbers are codes',
    content: csvText([
      ['Mã hồ sơ', 'Trạng thái'],
      ['1', '2'],
      ['2', '4'],
    ]),
    expect: accepted(2, {
      facts: [
        { code: '1', status: 'received' },
        { code: '2', status: 'processing' },
      ],
    }),
  },
  {
    file: 'totals-in-code-column.csv',
    about: 'totals where the codes are, in several spellings',
    content: list(
      row(1),
      ...['Tổng cộng', 'TỔNG SỐ:', 'Cộng (2)', 'Tổng số hồ sơ: 2', 'Total', '\u00a0tổng '].map((text) =>
        sparse({ [CODE]: text, [FEE]: '20.000' }),
      ),
      row(2),
    ),
    expect: accepted(8, { facts: good(1, 2), skipped: { 'total row': 6 } }),
  },
  {
    file: 'totals-in-other-columns.csv',
    about: 'totals in columns that are read and in ones that are not, without a code',
    content: list(
      row(1),
      sparse({ 0: 'Tổng cộng', [FEE]: '20.000' }),
      sparse({ 2: 'TỔNG CỘNG:', [FEE]: '20.000' }),
      sparse({ [FEE - 1]: 'Cộng', [FEE]: '20.000' }),
      sparse({ 0: ' ', 3: 'Tổng'.normalize('NFD'), [FEE]: '20.000' }),
      sparse({ [WIDTH - 1]: 'Total (2)' }),
      row(2),
    ),
    expect: accepted(7, { facts: good(1, 2), skipped: { 'total row': 5 } }),
  },
  {
    file: 'total-with-count.csv',
    about: 'totals that count the dossiers in the column of the codes',
    content: list(row(1), row(2), sparse({ 0: 'Tổng cộng', [CODE]: '2', [FEE]: '20.000' }), sparse({ 0: 'Cộng', [CODE]: '2 hồ sơ' })),
    expect: accepted(4, { facts: good(1, 2), skipped: { 'total row': 2 } }),
  },
  {
    file: 'total-of-one-cell.csv',
    about: 'totals in lines of one or two cells',
    content: `${list(row(1), row(2))}Tổng cộng: 2 hồ sơ\nTổng số,2\n`,
    expect: accepted(4, { facts: good(1, 2), skipped: { 'total row': 2 } }),
  },
  {
    file: 'no-totals.csv',
    about: 'dossiers without a code are rejected, whatever their first words, and a total further right makes no row one',
    content: list(
      row(1),
      row(2, { 'Mã hồ sơ': '', STT: '', 'Cơ quan thực hiện': 'Tổng công ty Cấp nước' }),
      row(3, { 'Mã hồ sơ': '', STT: '', 'Cơ quan thực hiện': 'Cộng đồng' }),
      row(4, { 'Mã hồ sơ': '', 'Ghi chú': 'Tổng cộng' }),
      row(5, { 'Mã hồ sơ': '', STT: '' }),
    ),
    expect: accepted(5, { facts: good(1), rejects: [3, 4, 5, 6].map((line) => reject(line, 'code', null, 'missing_code')) }),
  },
  {
    file: 'empty-rows.csv',
    about: 'rows of nothing, of blanks, or of a running number alone, and lines of blanks',
    content: `${list(row(1), sparse({}), sparse({ 0: '3' }), sparse({ [CODE]: ' ', 3: '\u00a0' }), row(2))} \n\n\t\n`,
    expect: accepted(8, { facts: good(1, 2), skipped: { 'blank line': 3, 'empty row': 3 } }),
  },
  {
    file: 'signatures.csv',
    about: 'the place, the day, who signs and their names below the list',
    content: list(
      row(1),
      row(2),
      sparse({ 0: 'Tổng cộng', [FEE]: '20.000' }),
      sparse({ 6: 'Sông Xanh, ngày 05 tháng 6 năm 2024' }),
      sparse({ 1: 'NGƯỜI LẬP BIỂU', 6: 'THỦ TRƯỞNG ĐƠN VỊ' }),
      sparse({ 1: '(Ký, ghi rõ họ tên)', 6: '(Ký tên, đóng dấu)' }),
      sparse({}),
      sparse({ 1: 'Nguyễn Thí Dụ', 6: 'Trần Hư Cấu' }),
    ),
    expect: accepted(8, { facts: good(1, 2), skipped: { 'empty row': 1, 'signature row': 4, 'total row': 1 } }),
  },
  {
    file: 'signatures-between-lists.csv',
    about: 'two lists in one file: below the signatures of the first a dossier without a code is rejected, as are names no one announced',
    content: list(
      sparse({ 3: 'Lê Ví Dụ' }),
      row(1),
      sparse({ 3: 'Người lập' }),
      sparse({ 3: 'Nguyễn Thí Dụ' }),
      LISTED,
      row(2, { 'Mã hồ sơ': '' }),
      row(3),
      sparse({ 3: 'Trần Hư Cấu' }),
    ),
    expect: accepted(8, {
      facts: good(1, 3),
      skipped: { 'header again': 1, 'signature row': 2 },
      rejects: [2, 7, 9].map((line) => reject(line, 'code', null, 'missing_code')),
    }),
  },
]
