import type { Language } from '../../language/labels.js'
import { cellText, isNumeric } from '../cell.js'
import type { Cell, Column, Row, Table } from '../document.js'
import { headerRows } from '../header.js'
import { commonShade, legendOf, shadeOf, type Shade } from './heat.js'
import { renderSparkline } from './sparkline.js'
import { escape } from './text.js'

const LONG = 25
const DENSE = 14
const BROAD = 26
const WORTH_SORTING = 5
/** What a table is called whose cells are shaded alike, but for those that say otherwise. */
const COMMON = { g: 'reached', m: 'lagging' }

/** A table in a region of its own, which scrolls; below it what its marks mean. */
export function renderTable(table: Table, language: Language): string {
  const { id, caption, columns, rows } = table
  const common = commonShade(table)
  const classes = [
    ...(rows.some(({ depth }) => depth === 0) && rows.some(({ depth }) => depth === 1) ? ['nested'] : []),
    ...(table.isHeat ? ['heat'] : []),
    ...(common === '' ? [] : [COMMON[common]]),
    ...(columns.some(({ isBare }) => isBare) ? ['bare'] : []),
    ...(columns.length >= DENSE ? ['dense'] : []),
    ...(columns.length >= BROAD ? ['broad'] : []),
    ...(isSortable(table) ? ['sortable'] : []),
  ]
  const head = headerRows(columns).map((cells, level) => {
    const isNumbers = level > 0 && cells.every(({ isGroup, text, column }) => !isGroup && text === (columns[column]!.number ?? ''))
    return `<tr>${cells.map((cell) => renderHeading(cell, columns[cell.column]!, isNumbers)).join('')}</tr>`
  })
  const nameColumn = columns.findIndex(({ kind }) => kind === 'text')
  const hasParts = rows.some(({ isTotal }) => !isTotal)
  const body = rows.map((row) => {
    const rowClasses = [...(row.isTotal && hasParts ? ['total'] : []), ...(row.depth === 0 ? ['top'] : [])]
    const cells = row.cells.map((cell, i) =>
      i === nameColumn ? renderName(row, i) : renderCell(cell, columns[i]!, table, common, language),
    )
    return `<tr${classes.includes('nested') ? classOf(rowClasses) : classOf(rowClasses.filter((name) => name === 'total'))}>${cells.join('')}</tr>\n`
  })
  const legend = legendOf(table, language)
  return [
    `<div class="scroll${rows.length > LONG ? ' long' : ''}" role="group" tabindex="0" aria-labelledby="caption_${escape(id)}">`,
    `<table id="table_${escape(id)}"${classOf(classes)}><caption><span id="caption_${escape(id)}">${escape(caption)}</span></caption>\n`,
    `<thead>${head.join('')}</thead>\n<tbody>${body.join('')}</tbody></table></div>`,
    legend === '' ? '' : `<p class="legend">${escape(legend)}</p>`,
  ].join('')
}

/** Whether its rows may change places: totals, which stay where they are, are at the ends only. */
function isSortable({ columns, rows }: Table): boolean {
  if (rows.length < WORTH_SORTING || columns.some(({ headings, number }) => headings.length > 1 || number !== null)) return false
  const inner = rows.slice(rows.findIndex(isPart), rows.findLastIndex(isPart) + 1)
  return rows.every(({ isTotal }) => isTotal) || inner.every(isPart)
}

function isPart({ isTotal }: Row): boolean {
  return !isTotal
}

function renderHeading(cell: ReturnType<typeof headerRows>[number][number], column: Column, isNumbers: boolean): string {
  const spans = `${cell.columns > 1 ? ` colspan="${cell.columns}"` : ''}${cell.rows > 1 ? ` rowspan="${cell.rows}"` : ''}`
  if (isNumbers || cell.text === '')
    return `<td${classOf(isNumbers ? [isNumeric(column) ? 'number' : 'number t'] : [])}${spans}>${escape(cell.text)}</td>`
  return `<th scope="col"${classOf(cell.isGroup ? ['group'] : isNumeric(column) ? [] : ['t'])}${spans}>${escape(cell.text)}</th>`
}

function renderName({ cells }: Row, i: number): string {
  const cell = cells[i]!
  return `<th scope="row">${cell.kind === 'text' ? escape(cell.text) : ''}</th>`
}

function renderCell(cell: Cell, column: Column, table: Table, common: Shade, language: Language): string {
  if (cell.kind === 'trend') return `<td class="t">${renderSparkline(cell, language)}</td>`
  const text = escape(cellText(cell, language, column))
  if (cell.kind === 'text') return `<td class="t">${text}</td>`
  if (cell.kind === 'status') {
    const tone = cell.status === 'missed' ? ' bad' : cell.status === 'met' || cell.status === 'exceeded' ? ' good' : ''
    return `<td class="t${tone}">${text}</td>`
  }
  const shade = shadeOf(cell, column, table)
  return `<td${shade === common ? '' : ` class="${shade || 'n'}"`}>${shade === 'm' ? hangMark(text) : text}</td>`
}

/** The mark behind a figure, in an element of its own: it hangs to the right, so that digits stand under digits. */
function hangMark(text: string): string {
  const space = text.lastIndexOf(' ')
  return `${text.slice(0, space)}<i>${text.slice(space)}</i>`
}

function classOf(names: readonly string[]): string {
  return names.length === 0 ? '' : ` class="${names.join(' ')}"`
}
