import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { readLayoutFile } from '../../src/definitions/load.js'
import { ToolError } from '../../src/errors.js'
import { draftLayout } from '../../src/reading/draft.js'
import { sniff } from '../../src/reading/sniff.js'
import { definitions, dossier, HEADER } from '../support/facts.js'
import { csv, ROOT, run, tempFolder, write } from '../support/program.js'

const LAYOUT = `id: own
kind: dossiers
header: [Mã HS]
columns:
  code: Mã HS
  received_at: { header: [Ngày nhận, Ngày tiếp nhận], date_format: dd/MM/yyyy HH:mm }
  fee: { position: 7, unit: 1000, is_optional: true }
  unit_code: { header: Đơn vị, extract: '\\((\\d+)\\)' }
  payment: Thanh toán
skip:
  - { column: STT, is: [Cộng], reason: subtotal }
  - { column: 2, matches: '^[IVX]+$' }
  - { column: Mã HS, is_empty: true }
  - { only: 1 }
empty_is_unknown: [payment]
`
const readLayout = async (text: string) => readLayoutFile(write(tempFolder(), 'own.yaml', text), await definitions())

async function problemOf(text: string): Promise<ToolError> {
  const problem = await readLayout(text).then(
    () => new Error('it was accepted'),
    (error: unknown) => error,
  )
  expect(problem).toBeInstanceOf(ToolError)
  return problem as ToolError
}

/** Where in LAYOUT a text begins. */
function placeOf(text: string, part: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(part)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

describe('a layout', () => {
  test('may say all that src/README.md shows', async () => {
    const [, example] = /```yaml\n(id: [^`]*)```/.exec(readFileSync(join(ROOT, 'src', 'README.md'), 'utf8'))!
    const { columns, skip, ...rest } = await readLayout(example!)
    expect([Object.keys(columns).length, skip?.length, Object.keys(rest).sort()]).toEqual([
      6,
      4,
      ['constants', 'date_system', 'empty_is_unknown', 'fill_down', 'header', 'header_row', 'id', 'kind', 'sheet', 'values'],
    ])
  })

  test('may leave out its header where it says the row', async () => {
    expect(await readLayout(LAYOUT.replace('header: [Mã HS]', 'header_row: 3\nsheet: Danh sách'))).toMatchObject({ header_row: 3 })
  })

  test('keeps the drafted examples true', async () => {
    const file = write(tempFolder(), 'a.csv', csv([HEADER, dossier(1)]))
    const draft = draftLayout(await sniff(file), await definitions())
    const [own, examples] = draft.split('# What else can be said') as [string, string]
    const uncommented = examples
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^# /, ''))
    const [before, columns] = [
      uncommented.slice(0, uncommented.indexOf('columns:')),
      uncommented.slice(uncommented.indexOf('columns:') + 1),
    ]
    const extra = columns.filter((line) => line.startsWith('  ') && !line.startsWith('  -'))
    const rest = columns.filter((line) => !extra.includes(line))
    const plain = own
      .replace(/^ {2}(due_at|received_at): .*$/gm, '')
      .replace('columns:', `columns:\n  payment: Thanh toán\n${extra.join('\n')}`)
    const layout = await readLayout([plain, ...before, ...rest].join('\n'))
    expect(layout).toMatchObject({ header_row: 1, skip: [{}, {}, {}], empty_is_unknown: ['payment'] })
    expect(Object.keys(layout.columns)).toEqual(expect.arrayContaining(['due_at', 'received_at', 'fee', 'unit_code']))
  })

  test.each([
    ['neither header nor row of the header', 'header: [Mã HS]\n', '', 'id', 'give header, or header_row'],
    ['a row that is none', 'header: [Mã HS]', 'header_row: 0', 'header_row', 'header_row'],
    ['a word it does not know', 'skip:', 'skips:', 'skips', 'skips'],
    ['an option it does not know', 'unit: 1000', 'units: 1000', 'units', 'columns.fee.units'],
    ['a unit that is none', 'unit: 1000', 'unit: 100', 'unit', 'columns.fee.unit'],
    ['a column without place', 'position: 7, ', '', 'fee', 'either header or position'],
    ['a column with two places', 'position: 7', 'position: 7, header: Phí', 'fee', 'either header or position'],
    ['no header among some', '[Ngày nhận, Ngày tiếp nhận]', '[]', 'header: []', 'columns.received_at.header'],
    ['a column that is a number', 'code: Mã HS', 'code: 1', 'code', 'give a header, a list of headers, { header: … } or { position: … }'],
    ['a format that is none', 'dd/MM/yyyy HH:mm', 'dd/MM/yyyy hh:mm', 'date_format', 'needs the half of the day'],
    ['an expression that is none', "'\\((\\d+)\\)'", "'('", 'extract', 'Unterminated group'],
    ['an expression that keeps nothing', "'\\((\\d+)\\)'", "'\\d+'", 'extract', 'there is none'],
    ['an expression of one engine only', "'^[IVX]+$'", "'^(?=I)'", 'matches', 'skip.1.matches: "(?"'],
    ['two tests of one column', 'is_empty: true', 'is_empty: true, is: [x]', '{ column: Mã HS', 'skip.2: give column with one of'],
    ['a test without column', '{ only: 1 }', '{ is: [x] }', '{ is', 'skip.3: give column with one of'],
    ['a column and only', '{ only: 1 }', '{ only: 1, column: 2 }', '{ only', 'skip.3: give column with one of'],
    ['a column that its kind has not', 'payment: Thanh toán', 'paymant: Thanh toán', 'paymant', '"paymant" is not a column of dossiers'],
    [
      'a format of what is no date',
      'fee: { position: 7, unit: 1000',
      'fee: { position: 7, date_format: dd/MM/yyyy',
      'date_format: dd/MM/yyyy,',
      'fee is no date',
    ],
    ['a unit of what is no money', "extract: '\\((\\d+)\\)'", 'unit: 1000', 'unit: 1000 }', 'unit_code is no amount of money'],
    ['no column that its kind needs', '  code: Mã HS\n', '', 'columns', 'dossiers can not be without code'],
    [
      'such a column that may be absent',
      'code: Mã HS',
      'code: { header: Mã HS, is_optional: true }',
      'columns',
      'dossiers can not be without code',
    ],
    ['a column that is constant too', 'skip:', 'constants: { payment: online }\nskip:', 'payment: online', 'it is read, or it is constant'],
    ['a constant that is no value', 'skip:', 'constants: { channel: onlin }\nskip:', 'channel', '"onlin" is not a value of channel'],
    ['a meaning that is no value', 'skip:', 'values: { payment: { TM: money } }\nskip:', 'TM', '"money" is not a value of payment'],
    ['an unknown that it does not read', '[payment]', '[is_assisted]', 'empty_is_unknown', '"is_assisted" is not among the columns'],
  ])('with %s is refused at its line and column', async (_, from, to, part, message) => {
    const text = LAYOUT.replace(from, () => to)
    expect(text).not.toBe(LAYOUT)
    const problem = await problemOf(text)
    expect(problem).toMatchObject({ code: 'invalid_definition', exitStatus: 3, message: expect.stringContaining(message) })
    expect(problem.place).toEqual({ file: expect.stringContaining('own.yaml'), ...placeOf(text, part) })
  })

  test('may give by a constant what its kind needs, but a dossier has its own code', async () => {
    const targets = 'id: own\nkind: targets\nheader: [KH]\ncolumns: { target: KH }\n'
    expect((await problemOf(targets)).message).toContain('targets can not be without metric')
    expect(await readLayout(`${targets}constants: { metric: on_time_rate }`)).toMatchObject({ kind: 'targets' })
    const dossiers = 'id: own\nkind: dossiers\nheader: [Phí]\ncolumns: { fee: Phí }\nconstants: { code: A1 }\n'
    expect((await problemOf(dossiers)).message).toContain('dossiers can not be without code')
  })

  test('that is wrong ends the program with its place', async () => {
    const cwd = tempFolder()
    write(cwd, 'own.yaml', LAYOUT.replace('dd/MM', 'DD/MM'))
    write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
    const { status, stderr } = await run(['ingest', '--layout', 'own.yaml', 'a.csv'], { cwd })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/own\.yaml:6:55: columns\.received_at\.date_format: "DD" is none of/)])
  })
})
