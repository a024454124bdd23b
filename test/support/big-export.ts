import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { codeOf, dossier, HEADER } from './facts.js'
import { csv } from './program.js'

export interface BigExport {
  /** The whole export, larger than what is staged in memory, and the same rows as two smaller files. */
  file: string
  halves: string[]
  rows: number
  dossiers: number
  doubles: number
  badLines: number[]
}

const ROWS = 220_000
const DOUBLE_EVERY = 1_000
const BAD_EVERY = 20_000

/** Writes an export of about 40 MB: every so often a dossier repeated with an older state, or a row that can't be read. */
export function bigExport(folder: string): BigExport {
  const header = csv([HEADER])
  const [before, after] = csv([dossier(1)]).split(codeOf(1)) as [string, string]
  const [open] = csv([dossier(1, { 'Trạng thái': 'Đang xử lý', 'Cập nhật lần cuối': '04/05/2024 08:00:00' })])
    .split(codeOf(1))
    .slice(1) as [string]
  const bad = after.replace('Trực tuyến', 'Bồ câu đưa thư')
  const lines: string[] = []
  const badLines: number[] = []
  for (let row = 1; row <= ROWS; row++) {
    if (row % BAD_EVERY === 7) badLines.push(row + 1)
    if (row % BAD_EVERY === 7) lines.push(before + codeOf(row) + bad)
    else if (row % DOUBLE_EVERY === 5) lines.push(before + codeOf(row - 1) + open)
    else lines.push(before + codeOf(row) + after)
  }
  const parts = { 'big.csv': lines, 'half-1.csv': lines.slice(0, ROWS / 2), 'half-2.csv': lines.slice(ROWS / 2) }
  for (const [name, some] of Object.entries(parts)) writeFileSync(join(folder, name), header + some.join(''))
  const doubles = Math.ceil((ROWS - 5 + 1) / DOUBLE_EVERY)
  return {
    file: join(folder, 'big.csv'),
    halves: [join(folder, 'half-1.csv'), join(folder, 'half-2.csv')],
    rows: ROWS,
    dossiers: ROWS - doubles - badLines.length,
    doubles,
    badLines,
  }
}
