import type { Language } from '../language/labels.js'
import type { Status } from '../measure/compare.js'
import type { State } from '../measure/result.js'

/**
 * A report as people read it: the answer, then sections of tables and charts. All texts are in one language and final; figures are still
 * figures, so that every renderer shows the same ones. Nothing in it depends on when or where it is made.
 */
export interface Document {
  /** The id of the outline or form that it was made by. */
  id: string
  language: Language
  /** The office, as cchc.yaml names it. */
  office: string | null
  title: string
  /** The days of the period, and the day of the data. */
  subtitle: string
  period: { label: string; name: string; from: string; to: string }
  asOf: string
  /** The version of the program, for the foot of a page. */
  tool: string
  /** The answer in a few sentences; empty for a form. */
  summary: string[]
  /** How many targets are exceeded or met, missed, and without data; null where there are none. */
  verdict: { met: number; missed: number; noData: number } | null
  sections: Section[]
}

/** A chapter: an anchor on a page, a sheet of a workbook. */
export interface Section {
  /** Lower-case letters, digits and "-"; unique in the document. */
  id: string
  title: string
  /** Paragraphs before the tables. */
  text: string[]
  tables: Table[]
  /** Remarks below the tables. */
  notes: string[]
  /** Whether it belongs behind the body of a written report. */
  isAppendix: boolean
}

export interface Table {
  /** Unique in the document, like a section's. */
  id: string
  caption: string
  columns: Column[]
  rows: Row[]
  /** What holds of all rows and stands elsewhere in a document for people; columns of their own in CSV. */
  beside?: { heading: string; text: string }[]
  /** What draws the same figures; null where the table is enough. */
  chart: Chart | null
  /** Whether cells are shaded by their status: units × metrics, units × months. */
  isHeat: boolean
  /** Whether it is too wide for a portrait page. */
  isWide: boolean
}

export interface Column {
  /** Unique in the table. */
  id: string
  /** Headings from the top: neighbours with the same first heading share it, as the headers of printed forms do. */
  headings: string[]
  /** The number under the headings that a printed form refers to it by; null: none. */
  number: string | null
  kind: Cell['kind']
  /** Whether its rates are without "%", because the caption or heading says so, and states are marks. */
  isBare: boolean
  /** On narrow terminals columns with a higher rank are left out first; 0: never. */
  rank: number
}

export interface Row {
  /** 0 for a total or heading line, 1 for a part of the one above it. */
  depth: 0 | 1
  isTotal: boolean
  /** A cell for each column. */
  cells: Cell[]
}

/** What stands in a cell. A null value is an empty cell, but for rates, whose state says why there is none. */
export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'count'; value: number | null }
  /** `value` is the unrounded fraction, `shown` hundredths of a per cent; status null: not a matter of the plan here. */
  | {
      kind: 'rate'
      value: number | null
      shown: number | null
      state: State
      status: Status | null
      /** The sign of a strict target. */
      sign?: '>' | '<'
    }
  /** Percentage points: a fraction, and hundredths of a point. */
  | { kind: 'points'; value: number | null; shown: number | null }
  /** A mean score, to two decimals. */
  | { kind: 'score'; value: number | null }
  /** The status in words; `isBelow` where under the target is good. */
  | { kind: 'status'; status: Status; isBelow: boolean }
  /** How a rate went, month by month, hundredths of a per cent. Terminals and pages draw it; the figures are in a table of their own. */
  | { kind: 'trend'; months: string[]; shown: (number | null)[] }

/** A drawing of figures that stand in the table beside it. Hundredths of a per cent throughout. */
export type Chart = BulletChart | LineChart | SlopeChart

/** Results as bars against their targets: at depth 0 a metric, at depth 1 its parts. */
export interface BulletChart {
  kind: 'bullet'
  items: {
    name: string
    depth: 0 | 1
    shown: number | null
    target: number | null
    targetText: string
    status: Status
    isLowerBetter: boolean
  }[]
}

/** Months from left to right: a panel for each series, its line and the target's. */
export interface LineChart {
  kind: 'line'
  /** As they are called: "9/2025". */
  months: string[]
  series: { name: string; shown: (number | null)[]; targets: (number | null)[]; isLowerBetter: boolean }[]
}

/** Ranks in two periods, 1 the best; null where a unit had none. */
export interface SlopeChart {
  kind: 'slope'
  from: string
  to: string
  of: number
  items: { name: string; from: number | null; to: number | null }[]
}
