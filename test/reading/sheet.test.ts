import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'
import { workbook, type Sheet } from '../support/workbook.js'

const ROWS = [
  dossier(1),
  dossier(2, { 'Cơ quan thực hiện': 'UBND xã Đất Mũi' }),
  dossier(3, { 'Trạng thái': 'Đang xử lý', 'Ngày có kết quả': '' }),
]
const PLAIN: Sheet = { name: 'Danh sách', rows: [HEADER, ...ROWS] }
/** 3 May 2024 08:00 as a serial of the 1900 date system. */
const SERIAL = 45_415 + 8 / 24

async function load(content: Buffer, ...options: string[]) {
  const cwd = tempFolder()
  write(cwd, 'a.xlsx', content)
  const outcome = await run(['ingest', 'a.xlsx', '--max-rejects', '100%', '--format', 'json', ...options], { cwd })
  const [file] = outcome.stdout === '' ? [] : (JSON.parse(outcome.stdout) as { files: Record<string, unknown>[] }).files
  return { cwd, ...outcome, file: file!, code: (file?.error as { code: string } | null)?.code ?? null }
}

describe.concurrent('a workbook', () => {
  test('gives the facts that the same rows as CSV give', async () => {
    const folder = tempFolder()
    const fromSheet = await loadInto(join(folder, 'x.duckdb'), [write(folder, 'a.xlsx', workbook(PLAIN))])
    const fromText = await loadInto(join(folder, 'c.duckdb'), [write(folder, 'a.csv', csv([HEADER, ...ROWS]))])
    expect(fromSheet.results[0]).toMatchObject({ status: 'loaded', sheet: 'Danh sách', counts: { read: 3, loaded: 3 } })
    expect(fromSheet.dossiers).toEqual(fromText.dossiers)
  })

  test('is read below its titles, under merged headers, with what is no dossier skipped and lines of the sheet', async () => {
    const sheet: Sheet = {
      name: 'Sheet1',
      merges: ['B1:H1', 'C3:D3', 'E3:G3', 'B3:B4', 'H3:H4'],
      hiddenRows: [6],
      rows: [
        ['', 'UBND TỈNH THỬ NGHIỆM'],
        ['', 'DANH SÁCH HỒ SƠ'],
        ['', 'STT', 'Hồ sơ', '', 'Thời gian', '', '', 'Trạng thái'],
        ['', '', 'Mã hồ sơ', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', ''],
        ['', '(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'],
        ['', 1, codeOf(1), 'Sở Tư pháp', SERIAL, SERIAL + 7, '09/05/2024 15:30', 'Đã trả kết quả'],
        ['', 2, codeOf(2), 'Sở Tư pháp', '03/05/2024', SERIAL + 7, '', 'Đang xử lý'],
        [],
        ['', 3, codeOf(3), 'Sở Tư pháp', SERIAL, SERIAL + 7, '', '#N/A'],
        ['', 4, codeOf(4), 'Sở Tư pháp', '31/02/2024', SERIAL + 7, '', 'Đang xử lý'],
        ['', '', 'Tổng cộng', '4'],
      ],
    }
    const { cwd, status, file } = await load(workbook(sheet))
    expect([status, file]).toMatchObject([0, { sheet: 'Sheet1', read: 6, loaded: 2, rejected: 2, skipped: 2 }])
    const known = await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT code, received_at, due_at, resolved_at FROM dossier ORDER BY code')
    expect(known).toEqual([
      { code: codeOf(1), received_at: '2024-05-03 08:00:00', due_at: '2024-05-10 08:00:00', resolved_at: '2024-05-09 15:30:00' },
      { code: codeOf(2), received_at: '2024-05-03 00:00:00', due_at: '2024-05-10 08:00:00', resolved_at: null },
    ])
    const rejected = await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT line, header, text, reason FROM rejected_row ORDER BY line')
    expect(rejected).toEqual([
      { line: 9, header: 'Trạng thái', text: '#N/A', reason: 'error_cell' },
      { line: 10, header: 'Thời gian > Ngày tiếp nhận', text: '31/02/2024', reason: 'invalid_date' },
    ])
    await succeed(['loads', '--rejected', '1', '--mend', 'mend.csv'], { cwd })
    expect((await run(['inspect', 'mend.csv'], { cwd })).stdout).toMatch(/Thời gian > Ngày tiếp nhận → received_at/)
  })

  test('is read from the sheet with a known header, and from none where several have one', async () => {
    const cover: Sheet = { name: 'Bìa', rows: [['Báo cáo'], ['tháng 5']] }
    const copy: Sheet = { ...PLAIN, name: 'Bản cũ' }
    expect((await load(workbook(cover, PLAIN))).file).toMatchObject({ sheet: 'Danh sách', loaded: 3 })
    expect((await load(workbook({ ...copy, state: 'hidden' }, PLAIN))).file).toMatchObject({ sheet: 'Danh sách', loaded: 3 })
    expect((await load(workbook(cover, { ...copy, state: 'hidden' }))).file).toMatchObject({ sheet: 'Bản cũ', loaded: 3 })
    expect(await load(workbook(PLAIN, copy))).toMatchObject({ status: 3, code: 'ambiguous_sheet' })
    expect((await load(workbook(PLAIN, copy), '--sheet', 'bản cũ')).code).toBe('unknown_sheet')
    expect((await load(workbook(PLAIN, copy), '--sheet', 'Bản cũ')).file).toMatchObject({ sheet: 'Bản cũ', loaded: 3 })
    expect(await load(workbook(cover))).toMatchObject({ status: 3, code: 'unknown_kind' })
  })

  test('is a load for each of its sheets, which the ledger names and rejected rows come back from', async () => {
    const cwd = tempFolder()
    const later: Sheet = { name: 'Tháng 6', rows: [HEADER, dossier(4), dossier(5, { 'Ngày tiếp nhận': '31/06/2024' })] }
    write(cwd, 'a.xlsx', workbook(PLAIN, later))
    const load = async (sheet: string): Promise<string> =>
      (JSON.parse(await succeed(['ingest', 'a.xlsx', '--max-rejects', '50%', '--sheet', sheet, '--format', 'json'], { cwd })) as never)[
        'files'
      ][0]['status']
    expect([await load('Danh sách'), await load('Tháng 6'), await load('Tháng 6')]).toEqual(['loaded', 'loaded', 'unchanged'])
    const { loads } = JSON.parse(await succeed(['loads', '--format', 'json'], { cwd })) as { loads: Record<string, unknown>[] }
    expect(loads.map(({ sheet, loaded }) => [sheet, loaded])).toEqual([
      ['Danh sách', 3],
      ['Tháng 6', 1],
    ])
    expect(await succeed(['loads'], { cwd })).toContain('a.xlsx "Tháng 6"')
    await succeed(['loads', '--rejected', '2', '--mend', 'mend.csv'], { cwd })
    expect(readFileSync(join(cwd, 'mend.csv'), 'utf8')).toContain(codeOf(5))
  })

  test('counts its dates from 1904 where it says so, also those in cells without a format', async () => {
    const rows = [HEADER, dossier(1)]
    const [day] = HEADER.flatMap((name, i) => (name === 'Ngày tiếp nhận' ? [i] : []))
    const changed = rows.map((cells, r) => cells.map((cell, i): string | number => (r === 1 && i === day ? -(SERIAL - 1462) : cell)))
    const { cwd } = await load(workbook({ name: 'A', rows: changed, is1904: true }))
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT received_at FROM dossier')).toEqual([{ received_at: '2024-05-03 08:00:00' }])
  })

  test('may hold a plan or units as well', async () => {
    const plan: Sheet = {
      name: 'KH',
      rows: [
        ['Chỉ tiêu', 'Kế hoạch'],
        ['online_submission_rate', '80 %'],
        ['on_time_rate', 0.95],
      ],
    }
    expect((await load(workbook(plan))).file).toMatchObject({ kind: 'targets', loaded: 2 })
    const units: Sheet = {
      name: 'ĐV',
      rows: [
        ['Mã đơn vị', 'Tên đơn vị', 'Loại'],
        ['01', 'Sở Y tế', 'Sở'],
      ],
    }
    const { cwd } = await load(workbook(units))
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT code FROM unit')).toEqual([{ code: '01' }])
  })

  test('that is old, has a password or is none is refused with what to do', async () => {
    const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)])
    expect(await load(old)).toMatchObject({ status: 3, code: 'unsupported_workbook' })
    expect(await load(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]))).toMatchObject({ status: 3, code: 'binary_file' })
    for (const text of ['\r\n<html xmlns:x="urn:x"><table><tr><td>Mã hồ sơ', '<?xml version="1.0"?><Workbook>', '<TABLE border=1><tr>'])
      expect(await load(Buffer.from(text))).toMatchObject({ status: 3, code: 'unsupported_workbook' })
    expect(await load(workbook(PLAIN).subarray(0, 900))).toMatchObject({ status: 3, code: 'malformed_workbook' })
  })
})
