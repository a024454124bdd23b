import { Chalk, type ChalkInstance } from 'chalk'
import Table from 'cli-table3'

import { formatCount, formatHundredths, shareHundredths } from '../../language/format.js'
import { label, type LabelKey } from '../../language/labels.js'
import type { Comparison } from '../../measure/compare.js'
import { visible } from '../../messages/visible.js'
import { linesOf } from '../list.js'
import { monthsOf } from '../months.js'
import { bar, sparkline } from './spark.js'
import { shownGap, shownNeeded, shownTarget, shownValue, statusText, type KpiList, type KpiRow } from '../figures.js'

export interface TableOptions {
  /** Columns of the terminal. */
  width: number
  color: boolean
  /** Whether no column is left out and no name goes on below, whatever the width. */
  isWide?: boolean
}

interface ColumnSpec {
  key: LabelKey
  /** Columns with a higher rank are left out first when the terminal is narrow. */
  rank: number
  text: (comparison: Comparison) => string
}

/* Columns go before names get narrower than the first; names never get narrower than the second, and go on below. */
const LABEL_COMFORTABLE = 24
const LABEL_AT_LEAST = 14
const BAR = 12
const GAP = 2
const AT_A_TIME = 100
const LINES = 'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
const NO_LINES = Object.fromEntries(LINES.split(' ').map((line) => [line, '']))

/** The KPI table for a terminal or a text file: fits the width, wraps no number, drops columns in the order of their rank. */
export function renderTable(document: KpiList, options: TableOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 })
  const { language } = document
  const columns = specs(document)
  const widths = new Map(
    columns.map((column) => [
      column,
      widest([label(language, column.key), ...document.rows.map(({ comparison }) => column.text(comparison))]),
    ]),
  )
  const hidden: ColumnSpec[] = []
  const needed = (): number =>
    1 + LABEL_COMFORTABLE + columns.filter((column) => !hidden.includes(column)).reduce((sum, column) => sum + GAP + widths.get(column)!, 0)
  for (const column of [...columns].sort((a, b) => b.rank - a.rank)) {
    if (needed() > options.width && column.rank > 0 && !options.isWide) hidden.push(column)
  }
  const kept = columns.filter((column) => !hidden.includes(column))
  const longestName = widest([label(language, 'metric'), ...document.rows.map(({ depth, name }) => ' '.repeat(depth * 2) + name)])
  const room = options.width - 1 - kept.reduce((sum, column) => sum + GAP + widths.get(column)!, 0)
  const nameWidth = options.isWide ? longestName : Math.max(LABEL_AT_LEAST, Math.min(longestName, room))
  const cell = (column: ColumnSpec, text: string): string => (isLeft(column) ? '  ' + text : text)
  const lines = drawRows(
    [
      [' ' + chalk.bold(label(language, 'metric')), ...kept.map((column) => cell(column, chalk.bold(label(language, column.key))))],
      ...document.rows.map((row) => [' ' + name(row, nameWidth, chalk), ...kept.map((column) => cell(column, paint(column, row, chalk)))]),
    ],
    [nameWidth + 1, ...kept.map((column) => widths.get(column)! + GAP)],
    ['left', ...kept.map((column) => (isLeft(column) ? ('left' as const) : ('right' as const)))],
  )
  const notes = [
    ...document.notes,
    ...(hidden.length > 0
      ? [label(language, 'note_hidden', { columns: hidden.map(({ key }) => label(language, key).toLowerCase()).join(', ') })]
      : []),
  ]
  const all = [
    ...wrap(visible(document.title), options.width).map((line) => chalk.bold(line)),
    '',
    ...lines,
    '',
    ...notes.flatMap((note) => wrap(visible(note), options.width - 1).map((line) => ` ${line}`)),
    ...(document.definitions.length > 0 ? ['', ` ${chalk.bold(label(language, 'definitions'))}`] : []),
    ...document.definitions.flatMap(({ name: metric, text }) =>
      wrap(visible(`${metric}: ${text}`), options.width - 3).map((line, i) => (i === 0 ? ` ${line}` : `   ${line}`)),
    ),
    ...(document.next ? ['', ...wrap(visible(document.next), options.width - 1).map((line) => ` ${line}`)] : []),
  ]
  return `${all.join('\n')}\n`
}

/** Aligned rows, drawn some at a time: the library looks through all rows of a table for each of its cells. */
function drawRows(rows: readonly string[][], colWidths: number[], colAligns: ('left' | 'right')[]): string[] {
  const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
  return Array.from({ length: Math.ceil(rows.length / AT_A_TIME) }, (_, part) => {
    const table = new Table({ chars: NO_LINES, style, colAligns, colWidths })
    table.push(...rows.slice(part * AT_A_TIME, (part + 1) * AT_A_TIME))
    return table.toString().split('\n')
  })
    .flat()
    .map((line) => line.trimEnd())
}

/** Words and drawings begin at the left; figures end at the right. */
const isLeft = ({ key }: ColumnSpec): boolean => key === 'status' || key === 'bar' || key === 'months_shown'

function specs({ language, rows, trend }: KpiList): ColumnSpec[] {
  const hasTarget = rows.some(({ comparison }) => comparison.target !== null)
  const hasMissed = rows.some(({ comparison }) => comparison.shortfall !== null)
  const hasPrevious = rows.some(({ comparison }) => comparison.previous !== null)
  return [
    { key: 'value', rank: 0, text: (one) => shownValue(one, language) },
    ...(hasTarget
      ? ([
          { key: 'target', rank: 0, text: (one) => shownTarget(one, language) },
          { key: 'gap', rank: 1, text: (one) => shownGap(one, language) },
          { key: 'status', rank: 0, text: (one) => (one.status === 'no_data' ? '' : statusText(one, language)) },
          ...(hasMissed ? [{ key: 'needed' as const, rank: 3, text: (one: Comparison) => shownNeeded(one, language) }] : []),
        ] satisfies ColumnSpec[])
      : []),
    ...(hasPrevious
      ? ([
          { key: 'previous', rank: 3, text: (one) => (one.previous?.shown == null ? '' : formatHundredths(one.previous.shown, language)) },
          {
            key: 'change',
            rank: 2,
            text: (one) => (one.previous?.moved == null ? '' : formatHundredths(one.previous.moved!, language, { sign: true, unit: '' })),
          },
        ] satisfies ColumnSpec[])
      : []),
    {
      key: 'counts',
      rank: 4,
      text: (one) =>
        one.denominator === null ? '' : `${formatCount(one.numerator!, language)} / ${formatCount(one.denominator, language)}`,
    },
    ...(hasTarget
      ? ([
          {
            key: 'bar',
            rank: 5,
            text: (one) => (one.shown === null || one.target === null ? '' : bar(one.shown, shareHundredths(one.target), BAR)),
          },
        ] satisfies ColumnSpec[])
      : []),
    ...(trend.size > 0
      ? ([
          { key: 'months_shown', rank: 6, text: (one) => sparkline(monthsOf(one, trend).map(({ shown }) => shown)) },
        ] satisfies ColumnSpec[])
      : []),
  ]
}

function paint(column: ColumnSpec, { comparison }: KpiRow, chalk: ChalkInstance): string {
  const text = column.text(comparison)
  if (column.key === 'status')
    return comparison.status === 'missed' ? chalk.red(text) : comparison.status === 'no_data' ? chalk.yellow(text) : chalk.green(text)
  return text
}

function name({ depth, name: text }: KpiRow, width: number, chalk: ChalkInstance): string {
  const indent = ' '.repeat(depth * 2)
  const lines = linesOf(visible(text).normalize('NFC'), width - indent.length).map((line, i) => (i === 0 ? '' : ' ') + indent + line)
  return (depth === 0 ? lines.map((line) => chalk.bold(line)) : lines).join('\n')
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, [...text.normalize('NFC')].length), 0)
}

/** Breaks a text at spaces into lines of at most `width` characters; a number keeps its unit. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ (?![%/])/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
