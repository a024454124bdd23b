import { csvOf } from './csv.js'
import type { Cell, Document, Table } from './document.js'

/** All tables of a document as CSV, a blank line between them: one row of joined headings, plain numbers, drawings left out. */
export function renderTables({ sections }: Document): string {
  return sections.flatMap(({ tables }) => tables.map(tableCsv)).join('\n')
}

function tableCsv({ columns, rows, beside = [] }: Table): string {
  const shown = columns.flatMap(({ kind }, i) => (kind === 'trend' ? [] : [i]))
  return csvOf(
    [...shown.map((i) => columns[i]!.headings.join(' > ')), ...beside.map(({ heading }) => heading)],
    rows.map(({ cells }) => [...shown.map((i) => plainValue(cells[i]!)), ...beside.map(({ text }) => text)]),
  )
}

function plainValue(cell: Cell): string | number | null {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'status':
      return cell.status
    case 'trend':
      return null
    default:
      return cell.value
  }
}
