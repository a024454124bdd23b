import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'
import { workbook } from '../support/workbook.js'

const DUE = HEADER.indexOf('Ngày hẹn trả')
const RESULT = HEADER.indexOf('Ngày có kết quả')
const exchanged = (cells: string[]): string[] => cells.map((cell, i) => (i === DUE ? cells[RESULT]! : i === RESULT ? cells[DUE]! : cell))
const alone = (text: string): string[] => [text, ...Array<string>(HEADER.length - 1).fill('')]

async function load(rows: string[][], way: string) {
  const folder = tempFolder()
  const db = join(folder, 's.duckdb')
  const file =
    way === 'xlsx'
      ? write(folder, 'a.xlsx', workbook({ name: 'Danh sách', rows: rows.map((row) => [...row]) }))
      : write(folder, 'a.csv', csv(rows))
  const { results, dossiers } = await loadInto(db, [file], { careful: way === 'careful' })
  const [source] = await storeRows<{ skipped_reasons: string }>(db, 'SELECT skipped_reasons FROM load_source')
  return { result: results[0]!, dossiers, skipped: JSON.parse(source?.skipped_reasons ?? '{}') as unknown }
}

describe.each(['bulk', 'careful', 'xlsx'])('below the list, read by the %s road', (way) => {
  test('a header in another order is followed', async () => {
    const rows = [HEADER, dossier(1), exchanged(HEADER), exchanged(dossier(2)), exchanged(dossier(3)), HEADER, dossier(4)]
    const { result, dossiers, skipped } = await load(rows, way)
    expect(result.error).toBeNull()
    expect(skipped).toEqual({ 'header again': 2 })
    const plain = await load([HEADER, dossier(1), dossier(2), dossier(3), dossier(4)], way)
    expect(dossiers).toEqual(plain.dossiers)
  })

  test('a header that is not known refuses the file, with its line', async () => {
    const other = HEADER.map((header, i) => (i === DUE ? 'Cột lạ' : header))
    const { result } = await load([HEADER, dossier(1), other, dossier(2)], way)
    expect(result.error).toMatchObject({ code: 'other_header', place: { line: 3 } })
    expect(result.error!.hint).toContain('Ngày hẹn trả')
  })

  test('footnotes where the codes stand are skipped and counted', async () => {
    const notes = ['Ghi chú: số liệu tạm tính', 'Xuất lúc 08:00 01/10/2025', 'Trang 1/3', 'Lũy kế', 'Grand Total', '(100 rows affected)']
    const { result, dossiers, skipped } = await load([HEADER, dossier(1), dossier(2), ...notes.map(alone), alone(codeOf(3))], way)
    expect(result.error).toBeNull()
    expect(skipped).toEqual({ footnote: notes.length })
    expect(dossiers.map(({ code }) => code)).toEqual([codeOf(1), codeOf(2), codeOf(3)])
  })
})
