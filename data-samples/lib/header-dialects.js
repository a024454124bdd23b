/** Cases of separators, quotes and line ends. */
import { HEADER, accepted, codeOf, dossier, dossierText } from './case-files.js'
import { utf16le, utf8WithMark } from './encodings.js'

const DOSSIERS = [
  dossier(1),
  dossier(2, { 'Hình thức nộp': 'Trực tiếp' }),
  dossier(3, { 'Ngày có kết quả': '', 'Trạng thái': 'Đang xử lý' }),
]
const FACTS = [
  { code: codeOf(1), unit_name: 'Sở Tư pháp', channel: 'online', due_at: '2024-05-10 17:00:00', status: 'returned' },
  { code: codeOf(2), unit_name: 'Sở Tư pháp', channel: 'in_person', received_at: '2024-05-03 08:00:00' },
  { code: codeOf(3), resolved_at: null, status: 'processing' },
]
const read = accepted(3, { facts: FACTS })
const list = (dialect) => dossierText(HEADER, DOSSIERS, dialect)
const withUnit = (unit, dialect) => dossierText(HEADER, [dossier(1, { 'Cơ quan thực hiện': unit }), ...DOSSIERS.slice(1)], dialect)
const unitRead = (unit) => accepted(3, { facts: [{ ...FACTS[0], unit_name: unit }, ...FACTS.slice(1)] })
const LONG = 'Sở Tư pháp, bộ phận tiếp nhận và trả kết quả '.repeat(200).trim()

export const HEADER_DIALECTS = [
  { file: 'tab.csv', about: 'tabs between the cells', separator: '\t', content: list({ separator: '\t' }), expect: read },
  { file: 'pipe.csv', about: 'bars between the cells', separator: '|', content: list({ separator: '|' }), expect: read },
  {
    file: 'sep-semicolon.csv',
    about: 'the separator said in a first line, as Excel writes it',
    separator: ';',
    content: `sep=;\r\n${list({ separator: ';', newline: '\r\n' })}`,
    expect: read,
  },
  {
    file: 'sep-comma.csv',
    about: 'a comma said in a first line, after a byte order mark',
    content: utf8WithMark(`SEP=,\n${list()}`),
    expect: read,
  },
  {
    file: 'sep-quoted.csv',
    about: 'the first line in quotes',
    separator: ';',
    content: `"sep=;"\n${list({ separator: ';' })}`,
    expect: read,
  },
  {
    file: 'sep-tab.csv',
    about: 'a tab said in a first line',
    separator: '\t',
    content: `sep=\t\n${list({ separator: '\t' })}`,
    expect: read,
  },
  {
    file: 'sep-decides.csv',
    about: 'a first line that decides where the cells hold more of another',
    separator: '|',
    content: `sep=|\n${withUnit('a,b,c,d,e,f,g,h,i,j,k,l;m;n', { separator: '|' })}`,
    expect: unitRead('a,b,c,d,e,f,g,h,i,j,k,l;m;n'),
  },
  { file: 'sep-untrue.csv', about: 'a first line that says what nothing below it has', content: `sep=;\n${list()}`, expect: read },
  {
    file: 'sep-utf-16.csv',
    about: 'the first line in UTF-16',
    encoding: 'utf-16le',
    separator: ';',
    content: utf16le(`sep=;\r\n${list({ separator: ';', newline: '\r\n' })}`),
    expect: read,
  },
  { file: 'no-last-line-end.csv', about: 'a last line that does not end', content: list().trimEnd(), expect: read },
  { file: 'crlf.csv', about: 'lines that end in CR LF', content: list({ newline: '\r\n' }), expect: read },
  { file: 'cr.csv', about: 'lines that end in a lone CR', content: list({ newline: '\r' }), expect: read },
  {
    file: 'cr-and-line-breaks.csv',
    about: 'lines that end in a lone CR, with a line feed inside a cell',
    content: withUnit('Sở\nTư pháp', { newline: '\r' }),
    expect: unitRead('Sở\nTư pháp'),
  },
  {
    file: 'ends-in-separators.csv',
    about: 'a separator too many at the end of every line',
    content: list().replaceAll('\n', ',\n'),
    expect: read,
  },
  {
    file: 'rows-end-in-separators.csv',
    about: 'separators too many at the end of the rows, not of the header',
    content: list().replaceAll('\n', ',,\n').replace(',,\n', '\n'),
    expect: read,
  },
  {
    file: 'header-ends-in-separator.csv',
    about: 'a separator too many at the end of the header alone',
    content: list().replace('\n', ',\n'),
    expect: read,
  },
  {
    file: 'all-quoted.csv',
    about: 'quotes around everything',
    content: list().replace(/[^,\n]+/g, '"$&"'),
    expect: read,
  },
  {
    file: 'doubled-quotes.csv',
    about: 'quotes doubled inside quotes',
    content: withUnit('Sở "Tư" pháp'),
    expect: unitRead('Sở "Tư" pháp'),
  },
  {
    file: 'quote-in-bare-cell.csv',
    about: 'quotes inside cells without quotes around them',
    content: list().replace('Sở Tư pháp', 'Sở "Tư" pháp'),
    expect: unitRead('Sở "Tư" pháp'),
  },
  {
    file: 'odd-quote-in-bare-cell.csv',
    about: 'a single quote inside a cell without quotes around it',
    content: list().replace('Sở Tư pháp', 'Sở Tư pháp 5"'),
    expect: unitRead('Sở Tư pháp 5"'),
  },
  { file: 'long-cell.csv', about: 'a cell of nine thousand letters', content: withUnit(LONG), expect: unitRead(LONG) },
]
