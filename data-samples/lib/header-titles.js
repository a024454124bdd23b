/** Cases of a header that is not the first line: title rows, blank lines, a title of several lines; for every kind of file. */
import { csvText } from './csv.js'
import { HEADER, accepted, codeOf, dossier, dossierText, refused } from './case-files.js'
import { PLAN_HEADER, SURVEY_HEADER, UNIT_HEADER } from './dossier-columns.js'

const FACTS = [1, 2].map((serial) => ({
  code: codeOf(serial),
  unit_name: 'Sở Tư pháp',
  channel: 'online',
  received_at: '2024-05-03 08:00:00',
  status: 'returned',
}))
const read = accepted(2, { facts: FACTS })
const list = (dialect) => dossierText(HEADER, [dossier(1), dossier(2)], dialect)
const padded = (text, separator = ',') => text + separator.repeat(HEADER.length - 1)
const numbered = (count) => Array.from({ length: count }, (_, i) => `Dòng tiêu đề thứ ${i + 1}\n`).join('')

export const HEADER_TITLES = [
  { file: 'first-line.csv', about: 'the header on the first line', content: list(), expect: read },
  {
    file: 'titles-padded.csv',
    about: 'title rows filled up with separators, as a workbook is saved',
    content: `${padded('UBND TỈNH SÔNG XANH')}\n${padded('"DANH SÁCH HỒ SƠ, tháng 5"')}\n${padded('')}\n${padded('Từ ngày 01/05/2024')}\n${list()}`,
    expect: read,
  },
  {
    file: 'titles-bare.csv',
    about: 'title rows with other separators in them than the list has',
    separator: ';',
    content: `UBND TỈNH SÔNG XANH, Sở Tư pháp, Bộ phận một cửa\nDANH SÁCH HỒ SƠ, kỳ báo cáo: tháng 5, năm 2024\n${list({ separator: ';' })}`,
    expect: read,
  },
  {
    file: 'titles-and-blank-lines.csv',
    about: 'blank lines between titles, header and rows; they are counted, not lost',
    content: `\nDANH SÁCH HỒ SƠ\n\n\n${list().replaceAll('\n', '\n\n')}`,
    expect: accepted(5, { facts: FACTS, skipped: { 'blank line': 3 } }),
  },
  {
    file: 'title-of-three-lines.csv',
    about: 'a title in one quoted cell of three lines, with a quote in it',
    content: `${padded('"DANH SÁCH\nhồ sơ ""một cửa""\ntháng 5"')}\n${list()}`,
    expect: read,
  },
  {
    file: 'header-line-40.csv',
    about: 'the header below 39 title rows, the last row in which it is looked for',
    separator: ';',
    content: numbered(39) + list({ separator: ';' }),
    expect: read,
  },
  {
    file: 'header-line-41.csv',
    about: 'a header below 40 title rows: refused, and said where it seems to be',
    separator: ';',
    content: numbered(40) + list({ separator: ';' }),
    expect: refused('header_too_low'),
  },
  {
    file: 'targets-below-titles.csv',
    about: 'a plan below its title, with the numbers of its columns, its header again, an empty row and a signature',
    kind: 'targets',
    content: csvText([
      ['KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024', '', '', '', '', '', ''],
      PLAN_HEADER,
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'],
      ['online_submission_rate', '', '', '2024', '80 %', '01/01/2024', 'Kế hoạch thử'],
      ['', '', '', '', '', '', ''],
      PLAN_HEADER,
      ['on_time_rate', 'Cấp xã', '', '2024', '95 %', '01/01/2024', 'Kế hoạch thử'],
      ['', '', '', '', 'Sông Xanh, ngày 02 tháng 01 năm 2024', '', ''],
      ['', '', '', '', 'KT. CHỦ TỊCH', '', ''],
    ]),
    expect: accepted(7, {
      facts: [
        { metric: 'online_submission_rate', level: null, share: 0.8 },
        { metric: 'on_time_rate', level: 'commune', share: 0.95 },
      ],
      skipped: { 'column numbers': 1, 'empty row': 1, 'header again': 1, 'signature row': 2 },
    }),
  },
  {
    file: 'units-below-titles.csv',
    about: 'a registry below its title, with a unit called like a signature, a total and signatures',
    kind: 'units',
    content: csvText([
      ['DANH MỤC ĐƠN VỊ', '', '', '', '', '', '', ''],
      ['', '', '', '', '', '', '', ''],
      UNIT_HEADER,
      ['000.00.01.H99', 'Sở Tư pháp', 'Sở', 'Cấp tỉnh', '', '', '', 'Không'],
      ['000.00.11.H99', 'UBND xã Đất Xanh', 'UBND xã', 'Cấp xã', '', '', '', 'Không'],
      ['', 'Chủ tịch UBND tỉnh', 'UBND tỉnh', 'Cấp tỉnh', '', '', '', 'Không'],
      ['', 'Ban Dân tộc', 'Ban', 'Cấp tỉnh', '', '', '', 'Không'],
      ['Tổng số: 4', '', '', '', '', '', '', ''],
      ['', '', 'Người lập biểu', '', '', 'Thủ trưởng đơn vị', '', ''],
      ['', '', 'Nguyễn Thí Dụ', '', '', 'Trần Hư Cấu', '', ''],
    ]),
    expect: accepted(7, {
      facts: [
        { code: '000.00.01.H99', level: 'province' },
        { code: '000.00.11.H99', name: 'UBND xã Đất Xanh', level: 'commune' },
        { name: 'Chủ tịch UBND tỉnh' },
        { name: 'Ban Dân tộc' },
      ],
      skipped: { 'signature row': 2, 'total row': 1 },
    }),
  },
  {
    file: 'survey-below-titles.csv',
    about: 'a survey below its title, with a total',
    kind: 'survey',
    content: csvText([
      ['KẾT QUẢ KHẢO SÁT MỨC ĐỘ HÀI LÒNG', '', '', '', '', '', '', '', ''],
      SURVEY_HEADER,
      ['P1', '03/05/2024', '000.00.01.H99', 'Sở Tư pháp', '5', '4', '4', '5', ''],
      ['P2', '03/05/2024', '000.00.01.H99', 'Sở Tư pháp', '3', '', '', '', ''],
      ['Tổng cộng', '2', '', '', '8', '4', '4', '5', ''],
    ]),
    expect: accepted(3, {
      facts: [
        { form: 'P1', factor: 'access', score: 5 },
        { form: 'P2', factor: 'access', score: 3 },
      ],
      skipped: { 'total row': 1 },
    }),
  },
]
