import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf } from '../support/facts.js'
import { eachWay, layoutOf, readBy } from '../support/layouts.js'
import { csv, run, storeRows, tempFolder, write } from '../support/program.js'
import { workbook, type Sheet } from '../support/workbook.js'

const CODES = 'SELECT code FROM dossier ORDER BY code'
const TITLED = [
  ['Mã', 'Ngày'],
  ['Danh sách tháng 5', ''],
  ['Mã', 'Ngày'],
  [codeOf(1), '03/05/2024'],
  [codeOf(2), '04/05/2024'],
]

describe('the row of the header', () => {
  test('is where the layout says, in every kind of file, without a header of its own', async () => {
    for (const [yaml, rows, query, facts] of [
      [
        'kind: dossiers\nheader_row: 3\ncolumns: { code: Mã, received_at: Ngày }',
        TITLED,
        CODES,
        [{ code: codeOf(1) }, { code: codeOf(2) }],
      ],
      ['kind: dossiers\nheader_row: 3\ncolumns: { code: { position: 1 } }', TITLED, CODES, [{ code: codeOf(1) }, { code: codeOf(2) }]],
      [
        'kind: units\nheader_row: 2\nheader: [Tên]\ncolumns: { name: Tên, type: Loại }',
        [['Tên', 'Loại'], ['Tên', 'Loại'], ['Sở Y tế', 'Sở']], // prettier-ignore
        'SELECT name FROM unit',
        [{ name: 'Sở Y tế' }],
      ],
      [
        'kind: survey\nheader_row: 2\ncolumns: { answered_at: Ngày }\nitems: { Câu A: access }',
        [['Phiếu'], ['Ngày', 'Câu A'], ['03/05/2024', '5']], // prettier-ignore
        'SELECT factor, score FROM survey_answer',
        [{ factor: 'access', score: 5 }],
      ],
    ] as const) {
      for (const read of Object.values(await eachWay(yaml, rows.map((row) => [...row]), query))) expect(read.facts, yaml).toEqual(facts) // prettier-ignore
    }
  })

  test('may be far below the first forty, and counts lines', async () => {
    const text = `${Array.from({ length: 60 }, (_, i) => (i % 2 ? '' : `"Ghi chú\n${i}",`)).join('\n')}\nMã,Ngày\n${codeOf(1)},03/05/2024\n`
    const row = text.split('\n').indexOf('Mã,Ngày') + 1
    const layout = await layoutOf(`kind: dossiers\nheader_row: ${row}\ncolumns: { code: Mã }`)
    const { facts, rejected } = await readBy(layout, write(tempFolder(), 'a.csv', text), CODES)
    expect([row, facts, rejected]).toEqual([91, [{ code: codeOf(1) }], []])
  })

  test('that is another one is refused with what stands there', async () => {
    for (const [row, message, hint] of [
      [2, 'on line 2, where there is Danh sách tháng 5', 'it needs Mã, Ngày / Ngày nhận there'],
      [4, 'on line 4, where there is what looks like a row of data', 'it needs Mã'],
      [9, 'on line 9, where no row begins', 'line 5: what looks like a row of data'],
    ] as const) {
      const yaml = `kind: dossiers\nheader_row: ${row}\ncolumns: { code: Mã, received_at: [Ngày, Ngày nhận] }`
      for (const { result } of Object.values(await eachWay(yaml, TITLED))) {
        expect(result.error).toMatchObject({
          code: 'unknown_kind',
          message: expect.stringContaining(message),
          hint: expect.stringContaining(hint),
          place: { line: row },
        })
      }
    }
  })

  test('makes a layout of a folder known only to files that have its headers there', async () => {
    const cwd = tempFolder()
    write(cwd, 'cchc.yaml', 'lang: en\n')
    mkdirSync(join(cwd, 'definitions', 'layouts'), { recursive: true })
    const layout = (id: string, rest: string): string =>
      write(join(cwd, 'definitions', 'layouts'), `${id}.yaml`, `id: ${id}\nkind: dossiers\n${rest}`)
    layout('third', 'header_row: 3\ncolumns: { code: Mã, received_at: Ngày }')
    layout('blind', 'header_row: 1\ncolumns: { code: { position: 1 } }')
    write(cwd, 'a.csv', csv(TITLED))
    write(cwd, 'b.csv', csv([['Mã hồ sơ', 'Trạng thái'], [codeOf(3), '4']])) // prettier-ignore
    const { stdout } = await run(['ingest', '--format', 'json', 'a.csv', 'b.csv'], { cwd })
    const { files } = JSON.parse(stdout) as { files: { layout: string | null; loaded: number }[] }
    expect(files.map(({ layout: id, loaded }) => [id, loaded])).toEqual([['third', 2], [null, 1]]) // prettier-ignore
  })
})

describe('the sheet of a workbook', () => {
  const sheet = (name: string, serial: number, more: Partial<Sheet> = {}): Sheet => ({
    name,
    rows: [
      ['Mã hồ sơ', 'Trạng thái'],
      [codeOf(serial), '4'],
    ],
    ...more,
  })
  const layout = 'kind: dossiers\nheader: [Mã hồ sơ]\nsheet: Tháng 6\ncolumns: { code: Mã hồ sơ }'
  const book = (...sheets: Sheet[]): string => write(tempFolder(), 'a.xlsx', workbook(...sheets))

  test('is the one the layout says, unless another is asked for', async () => {
    const own = await layoutOf(layout)
    const file = book(sheet('Tháng 5', 5), sheet('Tháng 6', 6), sheet('Tháng 7', 7))
    expect((await readBy(own, file, CODES)).facts).toEqual([{ code: codeOf(6) }])
    expect((await readBy(own, file, CODES, { sheet: 'Tháng 7' })).facts).toEqual([{ code: codeOf(7) }])
    expect((await readBy(own, write(tempFolder(), 'a.csv', csv(sheet('', 8).rows)), CODES)).facts).toEqual([{ code: codeOf(8) }])
  })

  test('that is not there is an error that names the layout and the sheets', async () => {
    const { result } = await readBy(await layoutOf(layout), book(sheet('Tháng 5', 5)))
    expect(result.error).toMatchObject({
      code: 'unknown_sheet',
      message: 'layout own reads the sheet "Tháng 6", which is not there',
      hint: expect.stringMatching(/"Tháng 5".*--sheet/s),
    })
    const asked = await readBy(await layoutOf(layout), book(sheet('Tháng 5', 5)), CODES, { sheet: 'Tháng 9' })
    expect(asked.result.error).toMatchObject({ code: 'unknown_sheet', message: 'there is no sheet "Tháng 9"' })
  })

  test('settles which of several is read, where a layout of the folder is for one of them', async () => {
    const cwd = tempFolder()
    write(cwd, 'cchc.yaml', 'lang: en\n')
    mkdirSync(join(cwd, 'definitions', 'layouts'), { recursive: true })
    write(join(cwd, 'definitions', 'layouts'), 'own.yaml', `id: own\n${layout}`)
    write(cwd, 'a.xlsx', workbook(sheet('Tháng 5', 5), sheet('Tháng 6', 6, { state: 'hidden' })))
    write(cwd, 'b.xlsx', workbook(sheet('Tháng 4', 4)))
    write(cwd, 'c.xlsx', workbook(sheet('Tháng 1', 1), sheet('Tháng 2', 2)))
    const { stdout } = await run(['ingest', '--format', 'json', 'a.xlsx', 'b.xlsx', 'c.xlsx'], { cwd })
    const { files } = JSON.parse(stdout) as { files: { layout: string | null; sheet: string | null; error: { code: string } | null }[] }
    expect(files.map(({ layout: id, sheet: name, error }) => [id, name, error?.code ?? null])).toEqual([
      ['own', 'Tháng 6', null],
      [null, 'Tháng 4', null],
      [null, null, 'ambiguous_sheet'],
    ])
    for (const [name, file] of [
      ['Tháng 5', 'a.xlsx'],
      ['Tháng 1', 'c.xlsx'],
      ['Tháng 2', 'c.xlsx'],
    ] as const)
      // prettier-ignore
      await run(['ingest', '--sheet', name, file], { cwd })
    const codes = await storeRows(join(cwd, 'cchc.duckdb'), CODES)
    expect(codes).toEqual([1, 2, 4, 5, 6].map((serial) => ({ code: codeOf(serial) })))
  })
})
