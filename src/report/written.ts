import { label } from '../language/labels.js'
import type { Document, Table } from './document.js'

/** A document as it is written: chapters with what fits into the text, and behind them the tables that do not. */
export interface WrittenReport {
  /** Whether it is a form: a title, its tables, their notes, and nothing else. */
  isForm: boolean
  chapters: Part[]
  appendices: Part[]
}

export interface Part {
  /** "I", or "Phụ lục I". */
  number: string
  title: string
  text: string[]
  tables: Table[]
  notes: string[]
}

/** Rows up to which a table stays in the text. */
const MOST_ROWS = 30

/** Whether a document is a form: one table with its heading and notes. */
export function isFormAlone({ summary, verdict, sections }: Document): boolean {
  return verdict === null && summary.length === 0 && sections.length === 1
}

/** Parts a document into text and appendices. Tables lose their drawn months and those without rows are left out; both are figures of other tables. */
export function layOut(document: Document): WrittenReport {
  const { language, sections } = document
  const isForm = isFormAlone(document)
  const parted = sections.map((section) => {
    const tables = section.tables.map(withoutTrend).filter(({ rows, columns }) => rows.length > 0 && columns.length > 0)
    const stays = (table: Table): boolean => isForm || (!section.isAppendix && !table.isWide && table.rows.length <= MOST_ROWS)
    const kept = tables.filter(stays)
    const moved = tables.filter((table) => !stays(table))
    const isMoved = section.isAppendix || (kept.length === 0 && moved.length > 0)
    const text = section.isAppendix ? [] : section.text
    return {
      body: { number: '', title: section.title, text, tables: kept, notes: isMoved ? [] : section.notes },
      appendix: {
        number: '',
        title: section.title,
        text: section.isAppendix ? section.text : [],
        tables: moved,
        notes: isMoved ? section.notes : [],
      },
    }
  })
  const isSomething = ({ text, tables, notes }: Part): boolean => text.length + tables.length + notes.length > 0
  const appendices = parted.map(({ appendix }) => appendix).filter(isSomething)
  const numbers = new Map(
    appendices.map((appendix, i) => {
      const number = appendices.length === 1 ? label(language, 'appendix') : label(language, 'appendix_numbered', { n: roman(i + 1) })
      return [appendix, number]
    }),
  )
  const chapters = parted
    .filter(({ body }) => isForm || isSomething(body))
    .map(({ body, appendix }, i): Part => {
      const number = numbers.get(appendix)
      const more = number === undefined ? [] : [label(language, 'see_appendix', { appendix: number })]
      return { ...body, number: roman(i + 1), text: [...body.text, ...more] }
    })
  return { isForm, chapters, appendices: appendices.map((appendix) => ({ ...appendix, number: numbers.get(appendix)! })) }
}

function withoutTrend(table: Table): Table {
  const isKept = table.columns.map(({ kind }) => kind !== 'trend')
  const columns = table.columns.filter((_, i) => isKept[i])
  return { ...table, columns, rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => isKept[i]) })) }
}

/** 4 → IV. */
export function roman(n: number): string {
  const steps = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 }
  let [left, text] = [n, '']
  for (const [sign, value] of Object.entries(steps)) {
    while (left >= value) {
      text += sign
      left -= value
    }
  }
  return text
}
