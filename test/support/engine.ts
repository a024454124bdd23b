import { join } from 'node:path'

import { problemsOf, readTogether } from '../../src/ingest/together.js'
import type { ColumnReading, ColumnToRead } from '../../src/ingest/cells.js'
import { literal, Store, type Value } from '../../src/store/store.js'
import { tempFolder } from './program.js'

export interface Engine {
  /** Reads texts as the cells of one column: what each is, and whether it is a problem. */
  read: (reading: (column: ColumnToRead) => ColumnReading, texts: readonly (string | null)[]) => Promise<{ value: Value; problem: Value }[]>
  close: () => void
}

/** The SQL of the readings, run by the real engine. */
export async function openEngine(): Promise<Engine> {
  const store = await Store.open(join(tempFolder(), 's.duckdb'))
  return {
    read: async (reading, texts) => {
      const column = { id: 'value', raw: 'text', reading: reading({ raw: 'text', sample: texts.map((text) => text ?? '') }) }
      const rows = texts.map((text, i) => `(${i}, ${text === null ? 'NULL' : literal(text)})`).join(', ')
      return store.rows(`
        SELECT value, coalesce(${problemsOf([column])[0]!}, false) AS problem
        FROM ${readTogether(`(VALUES ${rows}) AS cell(i, text)`, [column])} ORDER BY i`)
    },
    close: () => store.close(),
  }
}
