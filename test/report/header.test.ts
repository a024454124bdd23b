import { expect, test } from 'vitest'

import type { Column } from '../../src/report/document.js'
import { headerRows } from '../../src/report/header.js'

const column = (headings: string[], number: string | null = null): Column => ({
  id: headings.join('-'),
  headings,
  number,
  kind: 'count',
  isBare: false,
  rank: 0,
})
const drawn = (columns: Column[]): string[] =>
  headerRows(columns).map((row) => row.map(({ text, column: at, columns: wide, rows }) => `${text}@${at}:${wide}x${rows}`).join(' '))

test('columns of one heading each have one row', () => {
  expect(drawn([column(['Đơn vị']), column(['Kết quả'])])).toEqual(['Đơn vị@0:1x1 Kết quả@1:1x1'])
})

test('neighbours share what their headings begin with, and a short heading reaches down', () => {
  const form = [
    column(['STT'], '(1)'),
    column(['Tiếp nhận', 'Tổng'], '(2)'),
    column(['Tiếp nhận', 'Trong kỳ', 'Trực tuyến'], '(3)'),
    column(['Tiếp nhận', 'Trong kỳ', 'Trực tiếp'], '(4)'),
    column(['Giải quyết', 'Tổng'], '(5)'),
  ]
  expect(drawn(form)).toEqual([
    'STT@0:1x3 Tiếp nhận@1:3x1 Giải quyết@4:1x1',
    'Tổng@1:1x2 Trong kỳ@2:2x1 Tổng@4:1x2',
    'Trực tuyến@2:1x1 Trực tiếp@3:1x1',
    '(1)@0:1x1 (2)@1:1x1 (3)@2:1x1 (4)@3:1x1 (5)@4:1x1',
  ])
})

test('every cell of the header is covered once', () => {
  const rows = headerRows([column(['A', 'B', 'C']), column(['A', 'D']), column(['E']), column(['A', 'B', 'C'])])
  const covered = rows.flatMap((cells, at) =>
    cells.flatMap((cell) =>
      Array.from(
        { length: cell.rows * cell.columns },
        (_, i) => `${at + Math.floor(i / cell.columns)},${cell.column + (i % cell.columns)}`,
      ),
    ),
  )
  expect(covered.sort()).toEqual([...new Set(covered)].sort())
  expect(covered).toHaveLength(3 * 4)
})
