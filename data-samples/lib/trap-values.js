/** Trap cases of numbers, dates and yes/no cells. */
import { HEADER, SHORT_HEADER, accepted, codeOf, dossier, dossierText, reject } from './case-files.js'

/** Dossiers received at each of `texts`, still open; facts for those with a canonical time, rejects for the others. */
function receivedAt(pairs) {
  const content = dossierText(
    SHORT_HEADER,
    pairs.map(([text], i) => dossier(i + 1, { 'Ngày tiếp nhận': text, 'Trạng thái': 'Đang xử lý' })),
  )
  const facts = pairs.flatMap(([, time], i) => (time ? [{ code: codeOf(i + 1), received_at: time }] : []))
  const rejects = pairs.flatMap(([text, time], i) => (time ? [] : [reject(i + 2, 'received_at', text, 'invalid_date')]))
  return { content, expect: accepted(pairs.length, { facts, rejects }) }
}

const FLAGS = ['Số hoá thành phần hồ sơ', 'Số hoá kết quả', 'Tái sử dụng', 'Nộp hộ']
const FLAG_IDS = ['is_intake_digitised', 'is_result_digitised', 'is_data_reused', 'is_assisted']
const FLAG_ROWS = [
  [
    ['Có', true],
    ['Không', false],
    ['có', true],
    ['không', false],
  ],
  [
    ['x', true],
    ['', false],
    ['X', true],
    [' ', false],
  ],
  [
    ['1', true],
    ['0', false],
    ['true', true],
    ['false', false],
  ],
  [
    ['TRUE', true],
    ['FALSE', false],
    ['CÓ', true],
    ['KHÔNG ', false],
  ],
]
const entriesOf = (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]]))

export const VALUE_TRAPS = [
  {
    file: 'numbers.csv',
    about: 'thousands dots and decimal commas; a group that is not of three digits, and part of a đồng, are errors',
    content: dossierText(
      [...HEADER, 'Lệ phí'],
      ['120.000', '1.234.567,00', '15000', '12.345', '12.34', '1.234,56'].map((fee, i) => dossier(i + 1, { 'Lệ phí': fee })),
    ),
    expect: accepted(6, {
      facts: [120000, 1234567, 15000, 12345].map((fee, i) => ({ code: codeOf(i + 1), fee })),
      rejects: [reject(6, 'fee', '12.34', 'invalid_number'), reject(7, 'fee', '1.234,56', 'invalid_number')],
    }),
  },
  {
    file: 'dates-slashed.csv',
    about: 'day first, with and without time, with and without leading zeros',
    ...receivedAt([
      ['03/05/2024', '2024-05-03 00:00:00'],
      ['03/05/2024 08:00:00', '2024-05-03 08:00:00'],
      ['03/05/2024 16:45', '2024-05-03 16:45:00'],
      ['3/5/2024', '2024-05-03 00:00:00'],
      ['3/5/2024 7:05:09', '2024-05-03 07:05:09'],
      ['12/11/2024', '2024-11-12 00:00:00'],
    ]),
  },
  {
    file: 'dates-iso.csv',
    about: 'ISO dates and times; an offset is turned into the time of Viet Nam',
    ...receivedAt([
      ['2024-05-03', '2024-05-03 00:00:00'],
      ['2024-05-03 08:00:00', '2024-05-03 08:00:00'],
      ['2024-05-03T08:00:00', '2024-05-03 08:00:00'],
      ['2024-05-03T08:00:00+07:00', '2024-05-03 08:00:00'],
      ['2024-05-03T01:00:00Z', '2024-05-03 08:00:00'],
      ['2024-12-31T17:30:00Z', '2025-01-01 00:30:00'],
    ]),
  },
  {
    file: 'dates-digits.csv',
    about: 'yyyyMMddHHmmss as portals exchange it, and Excel serials of the 1900 system',
    ...receivedAt([
      ['20240503080000', '2024-05-03 08:00:00'],
      ['20241231235959', '2024-12-31 23:59:59'],
      ['45292', '2024-01-01 00:00:00'],
      ['45292.5', '2024-01-01 12:00:00'],
    ]),
  },
  {
    file: 'dates-invalid.csv',
    about: 'month first and days that do not exist are errors; 29/02 of a leap year is not',
    ...receivedAt([
      ['12/25/2024', null],
      ['31/02/2024', null],
      ['29/02/2023', null],
      ['29/02/2024', '2024-02-29 00:00:00'],
      ['2024-13-01', null],
      ['20240230080000', null],
    ]),
  },
  {
    file: 'yes-no.csv',
    about: 'the spellings of yes and no; empty is no',
    content: dossierText(
      [...SHORT_HEADER, ...FLAGS],
      FLAG_ROWS.map((row, i) =>
        dossier(
          i + 1,
          entriesOf(
            FLAGS,
            row.map(([text]) => text),
          ),
        ),
      ),
    ),
    expect: accepted(4, {
      facts: FLAG_ROWS.map((row, i) => ({
        code: codeOf(i + 1),
        ...entriesOf(
          FLAG_IDS,
          row.map(([, value]) => value),
        ),
      })),
    }),
  },
]
