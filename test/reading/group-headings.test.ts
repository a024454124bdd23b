import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, storeRows, tempFolder, write } from '../support/program.js'

async function load(text: string, careful: boolean) {
  const folder = tempFolder()
  const db = join(folder, 's.duckdb')
  const { results, dossiers, rejected } = await loadInto(db, [write(folder, 'a.csv', text)], { careful })
  const [source] = await storeRows<{ skipped_reasons: string }>(db, 'SELECT skipped_reasons FROM load_source')
  return {
    counts: results[0]!.counts,
    error: results[0]!.error,
    codes: dossiers.map(({ code }) => code),
    rejected,
    skipped: JSON.parse(source?.skipped_reasons ?? '{}') as unknown,
  }
}

const wide = (...cells: string[]): string[] => [...cells, ...Array<string>(HEADER.length + 1 - cells.length).fill('')]
const entry = (serial: number): string[] => [String(serial), ...dossier(serial)]

describe.each([false, true])('in a list read carefully: %s', (careful) => {
  test('headings of groups are skipped and counted, wherever in the row they stand', async () => {
    const headings = [
      wide('I. Lĩnh vực Đất đai'),
      wide('II', 'Lĩnh vực Hộ tịch'),
      wide('', '3. Sở Tư pháp (12 hồ sơ)'),
      wide('A', 'CẤP TỈNH', '', '25'),
      wide('', '', 'Ủy ban nhân dân xã Đất Mũi'),
    ]
    const rows = [['STT', ...HEADER], ...headings.flatMap((heading, i) => [heading, entry(i + 1)])]
    const { counts, skipped, rejected, codes } = await load(csv(rows), careful)
    expect(rejected).toEqual([])
    expect(skipped).toEqual({ 'group heading': 5 })
    expect(counts).toMatchObject({ read: 10, loaded: 5, skipped: 5 })
    expect(codes).toEqual([1, 2, 3, 4, 5].map(codeOf))
  })

  test('what has more to say, or is a code, is none', async () => {
    const noCode = entry(1).map((cell, i) => (i === 1 ? '' : cell))
    const rows = [['STT', ...HEADER], entry(2), noCode, wide('7', 'HS1'), wide('8', '000.00.01 H99-240503-0009')]
    const { counts, skipped } = await load(csv(rows), careful)
    expect(skipped).toEqual({})
    expect(counts).toMatchObject({ read: 4, skipped: 0, rejected: 1 })
  })

  test('a mark of byte order before a quoted cell, where files were joined, is nothing', async () => {
    const quoted = (cells: string[]): string => `${cells.map((cell) => `"${cell}"`).join(',')}\n`
    const text = `\ufeff\ufeff${quoted(HEADER)}${quoted(dossier(1))}\ufeff${quoted(dossier(2, { 'Cơ quan thực hiện': 'Sở Tư pháp, Sở Y tế' }))}${quoted(dossier(3))}`
    const { counts, codes, error } = await load(text, careful)
    expect(error).toBeNull()
    expect(counts).toMatchObject({ read: 3, loaded: 3, rejected: 0 })
    expect(codes).toEqual([1, 2, 3].map(codeOf))
  })
})
