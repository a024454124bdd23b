import type { Document, Section, Table } from '../document.js'

/** What a row weighs besides its name: its tags. */
const ROW_BYTES = 8
/** Columns of figures that a sheet of paper takes. */
const MOST_COLUMNS = 36

/**
 * Tables of the same rows side by side under their captions, as many together as it takes to save so many bytes, or as paper takes: their
 * rows' names stand once. Nothing else changes; where nothing can be joined, nothing does.
 */
export function joinTables(document: Document, bytes: number): Document {
  const runs = document.sections.flatMap(({ tables }) => runsOf(tables))
  const saved = (most: number): number =>
    runs.reduce((sum, run) => sum + (run.length - inParts(run, most).length) * weightOfNames(run[0]!), 0)
  let most = 1
  while (most < MOST_COLUMNS && saved(most) < bytes) most++
  const joined = ({ tables }: Section): Table[] => runsOf(tables).flatMap((run) => inParts(run, most).map(join))
  return { ...document, sections: document.sections.map((section) => ({ ...section, tables: joined(section) })) }
}

/** Neighbours with the same names in the same order, and nothing drawn. */
function runsOf(tables: readonly Table[]): Table[][] {
  const runs: Table[][] = []
  for (const table of tables) {
    const last = runs.at(-1)
    if (last && last.at(-1)!.chart === null && table.chart === null && keyOf(last[0]!) === keyOf(table)) last.push(table)
    else runs.push([table])
  }
  return runs
}

function keyOf({ columns, rows, isHeat }: Table): string {
  const { headings, number } = columns[0]!
  return JSON.stringify([isHeat, headings, number, rows.map(({ depth, isTotal, cells }) => [depth, isTotal, cells[0]])])
}

function weightOfNames({ rows }: Table): number {
  return rows.reduce((sum, { cells }) => sum + ROW_BYTES + (cells[0]!.kind === 'text' ? Buffer.byteLength(cells[0]!.text) : 0), 0)
}

/** A run in parts of about the same length: of so many tables at most, no wider than paper. */
function inParts(run: readonly Table[], most: number): Table[][] {
  const widest = Math.max(...run.map(({ columns }) => columns.length - 1), 1)
  const parts = Math.ceil(run.length / Math.max(1, Math.min(most, Math.floor(MOST_COLUMNS / widest))))
  const size = Math.ceil(run.length / parts)
  return Array.from({ length: Math.ceil(run.length / size) }, (_, i) => run.slice(i * size, (i + 1) * size))
}

function join(tables: readonly Table[]): Table {
  const first = tables[0]!
  if (tables.length === 1) return first
  return {
    ...first,
    caption: tables.map(({ caption }) => caption).join(' · '),
    columns: [
      first.columns[0]!,
      ...tables.flatMap(({ id, caption, columns }) =>
        columns.slice(1).map((column) => ({ ...column, id: `${id}_${column.id}`, headings: [caption, ...column.headings] })),
      ),
    ],
    rows: first.rows.map((row, r) => ({ ...row, cells: [row.cells[0]!, ...tables.flatMap(({ rows }) => rows[r]!.cells.slice(1))] })),
  }
}
