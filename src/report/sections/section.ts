import type { Definitions, MetricDefinition } from '../../definitions/load.js'
import { shareHundredths } from '../../language/format.js'
import { isStrict } from '../../language/plan-words.js'
import { label, type LabelKey, type Language } from '../../language/labels.js'
import type { Comparison } from '../../measure/compare.js'
import type { Report } from '../../measure/report.js'
import type { Dimension } from '../../measure/result.js'
import type { Cell, Column, Row, Section, Table } from '../document.js'

/** What a chapter is made from. */
export interface Source {
  report: Report
  definitions: Definitions
  language: Language
  /** Those to show, in order: computable, and chosen by the outline where it says so. */
  metrics: MetricDefinition[]
  /** Rows that no other chapter of the outline shows. */
  rest: readonly Comparison[]
}

/** A kind of chapter: what has to be measured for it, which rows it shows, and how. */
export interface SectionMaker {
  title: LabelKey
  /** Groupings besides the total. */
  by?: readonly (readonly Dimension[])[]
  /** Groupings of the months besides the total; absent: no months. */
  trend?: readonly (readonly Dimension[])[]
  /** Whether it shows counts of dossiers besides rates. */
  counts?: readonly string[]
  ranks?: boolean
  /** Which rows of the report it shows; absent: none. */
  covers?: (row: Comparison) => boolean
  /** Null where there is nothing to show. */
  make: (source: Source) => Pick<Section, 'tables' | 'notes'> | null
}

/** The metrics of which some figure has a target, and the rest; without any plan all are shown as planned. */
export function partByPlan(
  metrics: readonly MetricDefinition[],
  rows: readonly Comparison[],
): [planned: MetricDefinition[], rest: MetricDefinition[]] {
  const targeted = new Set<string>()
  for (const { target, metric } of rows) if (target !== null) targeted.add(metric)
  const planned = metrics.filter(({ id }) => targeted.has(id))
  return planned.length === 0 ? [[...metrics], []] : [planned, metrics.filter(({ id }) => !targeted.has(id))]
}

export const isWhole = ({ unit, field, procedure, month, factor }: Comparison): boolean =>
  unit === null && field === null && procedure === null && month === null && factor === null

export const isUnit = ({ unit, field, procedure, month, factor }: Comparison): boolean =>
  unit !== null && field === null && procedure === null && month === null && factor === null

export function column(id: string, kind: Cell['kind'], headings: string | string[], more: Partial<Column> = {}): Column {
  const path = typeof headings === 'string' ? [headings] : headings
  return { id, kind, headings: path, number: null, isBare: false, rank: 0, ...more }
}

export function table(id: string, caption: string, columns: Column[], rows: Row[], more: Partial<Table> = {}): Table {
  return { id, caption, columns, rows, chart: null, isHeat: false, isWide: false, ...more }
}

export const row = (cells: Cell[], depth: 0 | 1 = 0): Row => ({ depth, isTotal: depth === 0, cells })
export const textCell = (text: string): Cell => ({ kind: 'text', text })
export const countCell = (value: number | null): Cell => ({ kind: 'count', value })

/** The figure of a row; `isJudged` where its status is to be seen in the cell itself. */
export function rateCell({ value, shown, state, status, target }: Comparison, isJudged = false): Cell {
  return { kind: 'rate', value, shown, state, status: isJudged && target !== null ? status : null }
}

/** A target as a rate; empty text where there is none. */
export function targetCell({ target, targetOperator }: Pick<Comparison, 'target' | 'targetOperator'>): Cell {
  if (target === null) return textCell('')
  const sign = isStrict(targetOperator) ? { sign: targetOperator } : {}
  return { kind: 'rate', value: target, shown: shareHundredths(target), state: 'value', status: null, ...sign }
}

/** Points between the figure as shown and its target, so that a line adds up. */
export function gapCell({ shown, target, gap }: Comparison): Cell {
  return { kind: 'points', value: gap, shown: shown === null || target === null ? null : shown - shareHundredths(target) }
}

export function statusCell({ status, gap }: Comparison): Cell {
  return { kind: 'status', status, isBelow: status === 'exceeded' && gap! < 0 }
}

/** The figure of an earlier period and the move since: two cells, empty where there is none. */
export function earlierCells(earlier: Comparison['previous']): Cell[] {
  if (earlier === null || earlier.shown === null) return [textCell(''), { kind: 'points', value: null, shown: null }]
  return [
    { kind: 'rate', value: earlier.value, shown: earlier.shown, state: 'value', status: null },
    { kind: 'points', value: earlier.change, shown: earlier.moved },
  ]
}

export const say = (language: Language, key: LabelKey, values?: Record<string, string | number>): string => label(language, key, values)
