import { label, type Language } from '../../language/labels.js'
import { stateMark, stateText, statusMark } from '../cell.js'
import type { Cell, Column, Table } from '../document.js'

/** The classes of shaded cells, a letter each, as tables have many: missed, reached; none. */
export type Shade = 'm' | 'g' | ''

/** How a cell is shaded; only where its text has the mark too, so that colour is never the only sign. */
export function shadeOf(cell: Cell, { isBare }: Column, { isHeat }: Table): Shade {
  if (cell.kind !== 'rate' || !isBare || cell.shown === null) return ''
  if (cell.status === 'missed') return 'm'
  return isHeat && (cell.status === 'met' || cell.status === 'exceeded') ? 'g' : ''
}

/** The shade of most figures of a table: the one that its cells need not say. */
export function commonShade(table: Table): Shade {
  const counts = new Map<Shade, number>([['', 0]])
  for (const { cells } of table.rows)
    cells.forEach((cell, i) => {
      if (cell.kind === 'text') return
      const shade = shadeOf(cell, table.columns[i]!, table)
      counts.set(shade, (counts.get(shade) ?? 0) + 1)
    })
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

/** What the marks in the cells of a table stand for; empty where there are none. */
export function legendOf({ columns, rows }: Table, language: Language): string {
  const bare = columns.flatMap(({ isBare, kind }, i) => (isBare && kind === 'rate' ? [i] : []))
  const words = new Map<string, string>()
  for (const { cells } of rows) {
    for (const i of bare) {
      const cell = cells[i]!
      if (cell.kind !== 'rate') continue
      if (cell.shown === null) words.set(stateMark(cell.state), stateText(cell.state, language).replace('○ ', ''))
      else if (cell.status === 'missed') words.set(statusMark(cell.status), label(language, 'page_missed'))
    }
  }
  return [...words].map(([mark, meaning]) => `${mark} ${meaning}`).join(' · ')
}
