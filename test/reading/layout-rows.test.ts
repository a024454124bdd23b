import { join } from 'node:path'
import { expect, test } from 'vitest'

import { isBalanced, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

test('titles above the header, a row of column numbers, empty rows and a total below are no dossiers', async () => {
  const folder = tempFolder()
  const rows = [
    ['DANH SÁCH HỒ SƠ', '', '', ''],
    ['', '', '', ''],
    ['STT', 'Mã hồ sơ', 'Cơ quan thực hiện', 'Lệ phí'],
    ['(1)', '(2)', '(3)', '(4)'],
    ['1', 'B1', 'Sở Tư pháp', '10.000'],
    ['2', 'B2', 'Sở Tư pháp', '5.000'],
    ['', '', '', ''],
    ['', 'Tổng cộng', '', '15.000'],
  ]
  const { results, dossiers } = await loadInto(join(folder, 's.duckdb'), [write(folder, 'a.csv', csv(rows))])
  expect(dossiers.map(({ code }) => code)).toEqual(['B1', 'B2'])
  expect(isBalanced(results[0]!.counts)).toBe(true)
})

test('line breaks of CR LF in cells, and blank lines anywhere, shift no line and no count, on both roads', async () => {
  const folder = tempFolder()
  const text = [
    '',
    'Mã hồ sơ,Cơ quan thực hiện,Lệ phí',
    'A1,"a',
    'b",0',
    '',
    'A2,x,12.34',
    '"A3","""c""",0',
    'A4,x,0',
    'A5,"a',
    '',
    '",12.34',
    '',
    '',
    '',
  ].join('\r\n')
  const file = write(folder, 'a.csv', text)
  for (const careful of [false, true]) {
    const { results, rejected } = await loadInto(join(folder, `${careful}.duckdb`), [file], { careful })
    expect(
      rejected.map(({ line, reason }) => `${line} ${reason}`),
      `careful: ${careful}`,
    ).toEqual(['6 invalid_number', '9 invalid_number'])
    expect(results[0]!.counts, `careful: ${careful}`).toMatchObject({ rejected: 2, loaded: 3 })
  }
})

test('blank lines below the header are skipped rows, also the last ones, on both roads', async () => {
  const folder = tempFolder()
  const file = write(folder, 'a.csv', '\nMã hồ sơ,Trạng thái\n\nA1,4\n\n\nA2,4\n\n\n')
  for (const careful of [false, true]) {
    const { results } = await loadInto(join(folder, `${careful}.duckdb`), [file], { careful })
    expect(results[0]!.counts, `careful: ${careful}`).toEqual({ read: 7, loaded: 2, unchanged: 0, superseded: 0, rejected: 0, skipped: 5 })
  }
})

test('lines that end differently in one file are all records, wherever the change comes', async () => {
  const folder = tempFolder()
  const many = Array.from({ length: 60_000 }, (_, i) => `Sở Tư pháp,B${i}`)
  for (const [name, text, codes] of [
    ['LF first', 'Cơ quan thực hiện,Mã hồ sơ\nx,A1\r\nx,A2\nx,A3\r\n', ['A1', 'A2', 'A3']],
    ['CR LF first', 'Cơ quan thực hiện,Mã hồ sơ\r\nx,A1\nx,A2\r\nx,A3', ['A1', 'A2', 'A3']],
    ['CR LF late', `${['Cơ quan thực hiện,Mã hồ sơ', ...many].join('\n')}\nx,A1\r\nx,A2\r\n`, ['A1', 'A2']],
    ['LF late', `${['Cơ quan thực hiện,Mã hồ sơ', ...many].join('\r\n')}\r\nx,A1\nx,A2\n`, ['A1', 'A2']],
    ['CR only', 'Cơ quan thực hiện,Mã hồ sơ\rx,A1\rx,A2\r', ['A1', 'A2']],
  ] as const) {
    const { results, dossiers, rejected } = await loadInto(join(folder, `${name}.duckdb`), [write(folder, `${name}.csv`, text)])
    expect(rejected, name).toEqual([])
    expect(
      dossiers.map(({ code }) => code).filter((code) => !String(code).startsWith('B')),
      name,
    ).toEqual(codes)
    expect(results[0]!.counts.loaded, name).toBe(codes.length + (text.length > 1e6 ? many.length : 0))
  }
})
