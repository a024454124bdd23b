import fc from 'fast-check'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { codeOf, isBalanced, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const COLUMNS = { unit_name: 'Cơ quan thực hiện', field: 'Lĩnh vực', procedure_name: 'Tên thủ tục hành chính', fee: 'Phí' } as const
type Column = keyof typeof COLUMNS
const NAMES = Object.keys(COLUMNS) as Column[]

interface Row {
  serial: number
  /** Which cells say something. */
  said: boolean[]
  /** Of June 2024; null: the cell of the update time is empty. */
  day: number | null
}
interface Export {
  columns: Column[]
  isTimed: boolean
  rows: Row[]
}

const row: fc.Arbitrary<Row> = fc.record({
  serial: fc.integer({ min: 1, max: 5 }),
  said: fc.array(fc.boolean(), { minLength: NAMES.length, maxLength: NAMES.length }),
  day: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 }),
})
const exports: fc.Arbitrary<Export[]> = fc.array(
  fc.record({
    columns: fc.subarray(NAMES, { minLength: 1 }),
    isTimed: fc.boolean(),
    rows: fc.array(row, { minLength: 1, maxLength: 8, size: 'max' }),
  }),
  { minLength: 2, maxLength: 5, size: 'max' },
)

/** A statement about a dossier: no two say the same, and each says something. */
function statement({ columns }: Export, { said }: Row, file: number, line: number): Record<string, string | number | null> {
  const value = (id: Column): string | number => (id === 'fee' ? (file + 1) * 1000 + line : `${COLUMNS[id]} ${file + 1}.${line}`)
  return Object.fromEntries(columns.map((id, i) => [id, i === 0 || said[i] ? value(id) : null]))
}

/** What is known in the end: of a file its newest row, the lower of two; in the order of loading that wins unless both have a time and its own is older. */
function expected(files: readonly Export[]): Map<number, Record<string, unknown>> {
  const known = new Map<number, Record<string, unknown>>()
  for (let serial = 1; serial <= 5; serial++) {
    const newest: { day: number | null; says: Record<string, unknown> }[] = []
    files.forEach((one, file) => {
      const last = one.rows
        .map((row, line) => ({ serial: row.serial, day: one.isTimed ? row.day : null, says: statement(one, row, file, line) }))
        .filter((row) => row.serial === serial)
        .sort((a, b) => (a.day ?? 0) - (b.day ?? 0))
        .at(-1)
      if (!last) return
      const isOlder = ({ day }: { day: number | null }): boolean => last.day !== null && day !== null && last.day < day
      newest.splice(newest.findLastIndex((other) => !isOlder(other)) + 1, 0, last)
    })
    if (newest.length > 0) known.set(serial, Object.assign({}, ...newest.map(({ says }) => says)) as Record<string, unknown>)
  }
  return known
}

test('exports that speak of different columns make the dossier that their rules say, statement by statement', async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(exports, async (all) => {
      const folder = tempFolder()
      const files = all.map((one, file) => {
        const header = ['Mã hồ sơ', ...one.columns.map((id) => COLUMNS[id]), ...(one.isTimed ? ['Cập nhật lần cuối'] : [])]
        const rows = one.rows.map((row, line) => {
          const says = statement(one, row, file, line)
          const time = row.day === null ? '' : `0${row.day}/06/2024 08:00:00`
          return [codeOf(row.serial), ...one.columns.map((id) => String(says[id] ?? '')), ...(one.isTimed ? [time] : [])]
        })
        return write(folder, `${file}.csv`, csv([header, ...rows]))
      })
      const { results, dossiers } = await loadInto(join(folder, `${number++}.duckdb`), files, { fillDown: 'none' })
      for (const { error, counts } of results) expect([error, counts.rejected, isBalanced(counts)]).toEqual([null, 0, true])
      const found = dossiers.map(({ code, ...facts }) => [code, Object.fromEntries(NAMES.map((id) => [id, facts[id]]))])
      const wanted = [...expected(all)].map(([serial, says]) => [
        codeOf(serial),
        Object.fromEntries(NAMES.map((id) => [id, says[id] ?? null])),
      ])
      expect(found).toEqual(wanted)
    }),
    property(6),
  )
})
