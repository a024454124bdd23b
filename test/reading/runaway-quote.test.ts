import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

const EXPORT = [...HEADER, 'Chủ hồ sơ', 'Tên TTHC']
const rowOf = (serial: number): string => [...dossier(serial), 'Nguyễn Thị Trồng', 'Cấp bản sao'].join(',')

async function load(lines: readonly string[], careful: boolean) {
  const folder = tempFolder()
  const file = write(folder, 'a.csv', `${[EXPORT.join(','), ...lines].join('\n')}\n`)
  return loadInto(join(folder, 's.duckdb'), [file], { careful })
}

/** Twenty rows, with a quote before one cell and after another. */
function withQuotes(opened: { row: number; cell: number }, closed: { row: number; cell: number }): string[] {
  return Array.from({ length: 20 }, (_, i) => {
    const cells = rowOf(i + 1).split(',')
    if (i === opened.row) cells[opened.cell] = `"${cells[opened.cell]}`
    if (i === closed.row) cells[closed.cell] = `${cells[closed.cell]}"`
    return cells.join(',')
  })
}

describe.each([false, true])('a quote opened in one row and closed in another, careful: %s', (careful) => {
  test.each([
    ['ten rows later in the same column', { row: 3, cell: 9 }, { row: 13, cell: 9 }],
    ['in the column of the code', { row: 3, cell: 0 }, { row: 5, cell: 0 }],
    ['in the next row', { row: 3, cell: 4 }, { row: 4, cell: 4 }],
    ['in the last cell of the next row', { row: 3, cell: 9 }, { row: 4, cell: 9 }],
    ['in another column', { row: 3, cell: 2 }, { row: 8, cell: 6 }],
  ])('%s is refused with both lines, and nothing of it is kept', async (_, opened, closed) => {
    const { results, dossiers, rejected } = await load(withQuotes(opened, closed), careful)
    expect(results[0]!.error?.toJSON()).toMatchObject({
      code: 'runaway_quote',
      details: { opened: opened.row + 2, closed: closed.row + 2 },
      place: { line: opened.row + 2 },
    })
    expect(JSON.stringify(results.map(({ error }) => error?.toJSON()))).not.toMatch(/Trồng/)
    expect([dossiers, rejected]).toEqual([[], []])
  })

  test('is not a note of several lines, whatever stands in it', async () => {
    const notes = ['hai\ndòng', 'a, b, c\nd, e', '1,2,3,4,5,6,7,8,9,10,11\n12', 'x\n1,2,3,4,5,6,7,8,9,10\ny', 'nói "vâng",\nrồi về']
    const rows = notes.map((note, i) => [...dossier(i + 1), 'Trồng', note])
    const folder = tempFolder()
    const file = write(folder, 'a.csv', csv([EXPORT, ...rows]))
    const { results, dossiers } = await loadInto(join(folder, 's.duckdb'), [file], { careful })
    expect(results[0]!.error).toBe(null)
    expect(dossiers.map(({ code }) => code)).toEqual(notes.map((_, i) => codeOf(i + 1)))
  })
})
