import { describe, expect, test } from 'vitest'

import { ToolError } from '../../src/errors.js'
import {
  isWorkbook,
  listSheets,
  readSheet,
  readSheetHead,
  MergeFiller,
  type Merge,
  type SheetInfo,
  type SheetRow,
  type Span,
} from '../../src/workbook/workbook.js'
// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'
import { costOf } from '../support/cost.js'
import { fileAt, tempFolder, write } from '../support/program.js'

/** What refusing a hostile workbook may cost at most, see costOf: some inflate a quarter of a gigabyte before they are known. */
const MOST = 60

type Row = [line: number, cells: string[], isHidden?: boolean]

interface Workbook {
  file: string
  about: string
  content: () => Buffer
  rows: Row[]
  sheets?: SheetInfo[]
  sheet?: string
  merges?: Merge[]
  hiddenColumns?: Span[]
  is1904?: boolean
}

interface Hostile {
  file: string
  about: string
  content: () => Buffer
  code: string
  sheet?: string
  /** What message and hint must say. */
  hint?: RegExp
  /** Whether its first bytes already tell that it is none. */
  isNone?: boolean
}

const WORKBOOKS = samples.WORKBOOKS as Workbook[]
const HOSTILE_WORKBOOKS = samples.HOSTILE_WORKBOOKS as Hostile[]
const folder = tempFolder()
const asRow = ({ line, cells, isHidden }: SheetRow): Row => (isHidden ? [line, cells, true] : [line, cells])
const trimmed = ([line, cells, ...more]: Row): Row => [line, cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1), ...more]

async function readAll(file: string, sheet: string): Promise<Row[]> {
  const rows: Row[] = []
  await readSheet(fileAt(file), sheet, (row) => rows.push(trimmed(asRow(row))))
  return rows
}

describe('workbooks that are read', () => {
  test.each(WORKBOOKS)('$file: $about', async ({ file, content, rows, sheets, sheet, merges, hiddenColumns, is1904 }) => {
    const bytes = content()
    const path = write(folder, file, bytes)
    expect(isWorkbook(bytes.subarray(0, 1 << 18))).toBe(true)
    const listed = await listSheets(fileAt(path))
    expect(listed).toEqual(sheets ?? [{ name: 'Sheet1', isHidden: false }])
    const name = sheet ?? listed[0]!.name
    const expected = rows.map(trimmed)
    expect(await readAll(path, name)).toEqual(expected)
    const whole = await readSheetHead(fileAt(path), name, expected.length)
    const filler = new MergeFiller(await whole.below())
    expect(whole.rows.map((one) => trimmed(asRow(filler.fill({ ...one, cells: [...one.cells] }))))).toEqual(expected)
    expect(whole).toMatchObject({ isWhole: true, hiddenColumns: hiddenColumns ?? [], is1904: is1904 ?? false })
    expect(await whole.below()).toEqual(merges ?? [])
    const cut = await readSheetHead(fileAt(path), name, expected.length - 1)
    expect(cut.rows).toEqual(whole.rows.slice(0, -1))
    expect(cut.isWhole).toBe(false)
  })
})

describe('workbooks that are refused', () => {
  test.each(HOSTILE_WORKBOOKS)('$file: $about', async ({ file, content, code, sheet, hint, isNone = false }) => {
    const bytes = content()
    const path = write(folder, file, bytes)
    expect(isWorkbook(bytes.subarray(0, 1 << 18))).toBe(!isNone)
    let error: unknown
    const cost = await costOf(async () => (error = await refusal(() => readEvery(path, sheet))))
    expect(cost).toBeLessThan(MOST)
    expect(error).toBeInstanceOf(ToolError)
    const { place, message, hint: said } = error as ToolError
    expect(error).toMatchObject({ code })
    expect(place?.file).toBe(path)
    expect(said).toMatch(/\w/)
    if (hint) expect(`${message} ${said}`).toMatch(hint)
  })

  test('no file, a folder', async () => {
    expect(await refusal(() => listSheets(fileAt(`${folder}/none.xlsx`)))).toMatchObject({ code: 'file_not_found' })
    expect(await refusal(() => listSheets(fileAt(folder)))).toMatchObject({ code: 'file_unreadable' })
  })
})

async function readEvery(path: string, sheet?: string): Promise<void> {
  const sheets = sheet === undefined ? (await listSheets(fileAt(path))).map(({ name }) => name) : [sheet]
  for (const name of sheets) await readSheet(fileAt(path), name, () => undefined)
}

async function refusal(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action()
  } catch (error) {
    return error
  }
  return 'nothing was refused'
}
