import { join } from 'node:path'
import { expect, test } from 'vitest'

import { codeOf, dossier, HEADER } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'
import { workbook, type Sheet } from '../support/workbook.js'

const NUMBERS = HEADER.map((_, i) => `(${i + 1})`)
const TOTAL = ['Tổng cộng', ...HEADER.slice(1).map(() => '')]
const SHEET: Sheet = {
  name: 'Danh sách',
  hiddenRows: [0, 2, 3, 5, 7],
  hiddenColumns: [2, 4, 9],
  rows: [['DANH SÁCH'], [...HEADER, 'Ghi chú nội bộ'], NUMBERS, dossier(1), dossier(2), dossier(3), [], TOTAL],
}

async function both(sheet: Sheet) {
  const cwd = tempFolder()
  write(cwd, 'a.xlsx', workbook(sheet))
  const json = ['--format', 'json']
  const inspected = JSON.parse(await succeed(['inspect', 'a.xlsx', ...json], { cwd })) as { files: Record<string, unknown>[] }
  const ingested = JSON.parse(await succeed(['ingest', 'a.xlsx', '--dry-run', ...json], { cwd })) as { files: Record<string, unknown>[] }
  return { cwd, inspected: inspected.files[0]!, ingested: ingested.files[0]! }
}

test('hidden rows of data and hidden columns that are read are counted, loaded and said', async () => {
  const { cwd, inspected, ingested } = await both(SHEET)
  expect(inspected.hidden).toEqual({ rows: 2, columns: 2, sheet: false })
  expect(ingested).toMatchObject({ hidden: inspected.hidden, loaded: 3, skipped: 2 })
  expect(await succeed(['inspect', 'a.xlsx'], { cwd })).toContain('\n  hidden, but read: rows: 2, columns: 2\n')
  const { stderr } = await run(['ingest', 'a.xlsx', '--lang', 'vi'], { cwd })
  expect(stderr).toContain('   2 hàng ẩn, 2 cột ẩn vẫn được đọc\n')
  expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT code FROM dossier ORDER BY code')).toHaveLength(3)
})

test('a hidden sheet is said, and of several files the one it is in', async () => {
  const { cwd, ingested } = await both({ ...SHEET, state: 'hidden', hiddenRows: [], hiddenColumns: [] })
  expect(ingested.hidden).toEqual({ rows: 0, columns: 0, sheet: true })
  write(cwd, 'b.csv', csv([HEADER, dossier(9)]))
  const { stderr } = await run(['ingest', 'a.xlsx', 'b.csv'], { cwd })
  expect(stderr).toContain('   a.xlsx: hidden, but read: the sheet\n')
  const [, text] = (JSON.parse(await succeed(['ingest', 'a.xlsx', 'b.csv', '--format', 'json'], { cwd })) as { files: unknown[] }).files
  expect(text).toMatchObject({ file: 'b.csv', hidden: null })
})

test('nothing is said where nothing is hidden', async () => {
  const { cwd, inspected, ingested } = await both({ ...SHEET, hiddenRows: [], hiddenColumns: [9] })
  expect([inspected.hidden, ingested.hidden]).toEqual(Array(2).fill({ rows: 0, columns: 0, sheet: false }))
  expect(await succeed(['inspect', 'a.xlsx'], { cwd })).not.toContain('hidden')
})

test('rows hidden far below the first are counted by both', async () => {
  const rows = [HEADER, ...Array.from({ length: 3000 }, (_, i) => dossier(i + 1))]
  const { inspected, ingested } = await both({ name: 'A', rows, hiddenRows: [5, 2000, 2500, 3000] })
  expect([inspected.hidden, ingested.hidden]).toEqual(Array(2).fill({ rows: 4, columns: 0, sheet: false }))
})

test('the sample of a file shows dossiers: neither column numbers, nor the header again, nor totals', async () => {
  const { cwd, inspected } = await both(SHEET)
  const sample = (columns: unknown) => (columns as { column: string; sample: string[] }[]).find(({ column }) => column === 'code')!.sample
  expect(sample(inspected.columns)).toEqual([1, 2, 3].map(codeOf))
  write(cwd, 'b.csv', csv([HEADER, NUMBERS, dossier(1), HEADER, dossier(2), HEADER.map(() => ''), TOTAL, dossier(3)]))
  const { files } = JSON.parse(await succeed(['inspect', 'b.csv', '--format', 'json'], { cwd })) as { files: Record<string, unknown>[] }
  expect(sample(files[0]!.columns)).toEqual([1, 2, 3].map(codeOf))
})
