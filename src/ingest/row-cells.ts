import type { Definitions } from '../definitions/load.js'
import { clean, fold } from '../language/fold.js'
import { isNoTime, saysNothing } from '../language/nothing.js'
import { maskPersonal } from '../language/personal.js'
import { cellReader } from './cell-options.js'
import { isWrittenAsText } from './date-order.js'
import type { Mapping } from '../reading/header.js'
import type { Sniffed } from '../reading/sniff.js'
import type { FactRecord, RecordReject } from './records.js'

/** One row as the readers of the small kinds ask for it. */
export interface RowCells {
  cell: (id: string) => string | null
  item: (position: number) => string | null
  /** A fact of the row without what its empty cells do not say. */
  known: (fact: FactRecord) => FactRecord
}

/**
 * How the rows of a file are read: its cells where they stand, as the layout says they are meant, free texts without what identifies a
 * person; or why one can't be.
 */
export function rowCells(
  mapping: Mapping,
  definitions: Definitions,
  sniffed: Sniffed,
): (cells: readonly string[]) => RowCells | RecordReject {
  const { kind, layout, columns, items } = mapping
  const indexOf = new Map(columns.map(({ id, index }) => [id, index]))
  const readers = columns.flatMap(({ id, index, options }) => {
    const { type } = definitions.kinds[kind].columns[id]!
    const isDate = type === 'time' || type === 'date'
    const is1904 = layout?.date_system === 1904 && isDate
    const asText = isDate && isWrittenAsText(sniffed.head.slice(mapping.headerRecord + 1).map(({ cells }) => cells[index] ?? ''))
    const read = cellReader({
      ...options,
      values: layout?.values[id],
      isSheet: sniffed.sheet !== null,
      is1904,
      dates: isDate ? mapping.dates : undefined,
      asText,
    })
    return read === null ? [] : [{ id, index, read }]
  })
  const unsaid = columns.filter(({ id }) => layout?.empty_is_unknown?.includes(id))
  const scores = new Map(Object.entries(layout?.values.score ?? {}).map(([text, value]) => [fold(text), value]))
  const isEmpty = (cell: string): boolean => cell === '' || clean(cell) === ''
  /* What numbers and answers say in these words is theirs to tell. */
  const isNothing = (id: string, text: string): boolean => {
    const type = definitions.kinds[kind].columns[id]?.type ?? 'score'
    if (type === 'time' || type === 'date') return isNoTime(text, id === 'valid_to')
    return type !== 'score' && type !== 'number' && saysNothing(text)
  }

  return (cells) => {
    const said = new Map<string, string>()
    for (const { id, index, read } of readers) {
      const text = cells[index]!
      if (isEmpty(text) || isNothing(id, text)) continue
      const outcome = read(text)
      if ('reason' in outcome) return { column: id, text, reason: outcome.reason }
      said.set(id, outcome.text)
    }
    return {
      cell: (id) => {
        const own = cells[indexOf.get(id) ?? -1] ?? ''
        const text = layout?.constants[id] ?? said.get(id) ?? (own === '' || isNothing(id, own) ? null : own)
        return text !== null && definitions.kinds[kind].columns[id]?.type === 'text' ? maskPersonal(text) : text
      },
      item: (position) => {
        const text = cells[items[position]!.index]!
        return (scores.size > 0 && scores.get(fold(text))) || text || null
      },
      known: (fact) => {
        for (const { id, index } of unsaid) if (isEmpty(cells[index]!)) fact.values[id] = null
        return fact
      },
    }
  }
}
