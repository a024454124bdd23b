/** Cases of how the columns are named: line breaks, spaces, marks, case, accents, numbers, empty and doubled names. */
import { csvText } from './csv.js'
import { HEADER, accepted, codeOf, dossier, refused } from './case-files.js'

const CELLS = HEADER.map((name) => dossier(1)[name])
const FACT = {
  code: codeOf(1),
  unit_name: 'Sở Tư pháp',
  channel: 'online',
  received_at: '2024-05-03 08:00:00',
  due_at: '2024-05-10 17:00:00',
  resolved_at: '2024-05-09 15:30:00',
  status: 'returned',
}
const read = accepted(1, { facts: [FACT] })

/** One dossier under the names as `write` writes them. */
const named = (file, about, write) => ({ file, about, content: csvText([HEADER.map(write), CELLS]), expect: read })
/** The columns of HEADER with others between them: `extra` is [position, name, cell]. */
function widened(extras) {
  const [header, cells] = [[...HEADER], [...CELLS]]
  for (const [at, name, cell] of extras) {
    header.splice(at, 0, name)
    cells.splice(at, 0, cell)
  }
  return csvText([header, cells])
}
const plain = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Đ', 'D').replaceAll('đ', 'd')
const camel = (name) =>
  plain(name)
    .toLowerCase()
    .replace(/ (\w)/g, (_, letter) => letter.toUpperCase())

export const HEADER_NAMES = [
  named('line-breaks.csv', 'line breaks inside the names', (name) => name.replace(' ', '\n').replace(' ', '\r\n')),
  named('spaces.csv', 'non-breaking, double and zero-width spaces in the names', (name) => `\u00a0${name.replace(' ', ' \u00a0')}\u200b `),
  named(
    'marks.csv',
    'a colon or an asterisk after the names, or before them',
    (name, i) => [`${name}:`, `${name} (*)`, `* ${name}`][i % 3],
  ),
  named('upper-case.csv', 'names in capitals', (name) => name.toUpperCase()),
  named('no-accents.csv', 'names without accents', plain),
  named('underscores.csv', 'names of a database', (name) => plain(name).toLowerCase().replaceAll(' ', '_')),
  named('camel-case.csv', 'names of a program', camel),
  named('parted-letters.csv', 'names in parted letters (NFD)', (name) => name.normalize('NFD')),
  named('numbered-names.csv', 'the number of the column behind each name', (name, i) => `${name}${i % 2 ? '\n' : ' '}(${i + 1})`),
  {
    file: 'numbered-person.csv',
    about: 'a personal column is dropped also when its name is numbered',
    content: widened([[1, 'Họ và tên (2)', 'Nguyễn Thí Dụ']]),
    expect: accepted(1, { facts: [FACT], personal: ['Họ và tên (2)'] }),
  },
  {
    file: 'empty-first-column.csv',
    about: 'a first column without a name or cells',
    content: widened([[0, '', '']]),
    expect: read,
  },
  {
    file: 'empty-columns-inside.csv',
    about: 'columns without a name between the others, one with cells',
    content: widened([
      [2, '', ''],
      [4, ' ', 'x'],
      [6, '\u00a0', ''],
    ]),
    expect: read,
  },
  {
    file: 'doubled-unread-name.csv',
    about: 'two columns of one name that nobody reads',
    content: widened([
      [1, 'Ghi chú', 'a'],
      [5, 'Ghi chú', 'b'],
    ]),
    expect: read,
  },
  {
    file: 'doubled-name.csv',
    about: 'two columns of one name that is read: refused, nobody can know which',
    content: widened([[3, 'Trạng thái', 'Đang xử lý']]),
    expect: refused('ambiguous_column'),
  },
  {
    file: 'many-columns.csv',
    about: 'three hundred columns nobody reads before those that are',
    content: widened(Array.from({ length: 300 }, (_, i) => [i, `Chỉ số thứ ${i + 1}`, String(i)])),
    expect: read,
  },
  {
    file: 'header-only.csv',
    about: 'one long line that is the header, without a line end',
    content: [...HEADER, ...Array.from({ length: 200 }, (_, i) => `Chỉ số thứ ${i + 1}`)].join(','),
    expect: refused('no_rows'),
  },
]
