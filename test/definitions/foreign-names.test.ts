import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { policyOf } from '../../src/commands/options.js'
import { loadDefinitions } from '../../src/definitions/load.js'
import { chooseForm } from '../../src/measure/form.js'
import { chooseMetrics } from '../../src/measure/report.js'
import { encodingOf } from '../../src/reading/decode.js'
import { codeOf, dossier, HEADER, isBalanced, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

/** Names that every object of the language has, though nobody gave it any. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']

const definitions = await loadDefinitions()

function office(name: string, text: string): ReturnType<typeof loadDefinitions> {
  const folder = tempFolder()
  for (const sub of ['forms', 'layouts', 'reports']) mkdirSync(join(folder, sub))
  write(folder, name, text)
  return loadDefinitions(folder)
}

const METRIC = (id: string, more: string): string => `${id}:
  label: { vi: A, en: B }
  short: { vi: A, en: B }
  definition: { vi: A, en: B }
  population: received
  direction: higher
  source: plan
  ${more}
`

describe.each(INHERITED)('the name %s', (name) => {
  it('finds nothing where there is nothing of that name', () => {
    expect(() => policyOf(name, definitions)).toThrow(/no policy/)
    expect(() => chooseForm(definitions, name)).toThrow(/no form/)
    expect(() => chooseMetrics(definitions, [name])).toThrow(/no metric/)
    expect(() => encodingOf(name)).toThrow(/no encoding/)
  })

  it.each([
    ['columns.yaml', (id: string) => `vocabularies: { ${id}: { online: [a] } }`],
    ['columns.yaml', (id: string) => `vocabularies: { channel: { ${id}: [a] } }`],
    ['columns.yaml', (id: string) => `aliases: { dossiers: { ${id}: [a] } }`],
    ['statuses.yaml', (id: string) => `${id}: { labels: [a] }`],
    ['metrics.yaml', (id: string) => METRIC('own', `counts: 'true'\n  needs: [${id}]`)],
    ['metrics.yaml', (id: string) => METRIC('own', `counts: ${id} IS NULL OR channel = 1\n  complement_of: ${id}`)],
    ['layouts/own.yaml', (id: string) => `{ id: own, kind: dossiers, header: [A], columns: { code: A, ${id}: B } }`],
    ['layouts/own.yaml', (id: string) => `{ id: own, kind: dossiers, header: [A], columns: { code: A }, constants: { ${id}: B } }`],
    [
      'layouts/own.yaml',
      (id: string) => `{ id: own, kind: dossiers, header: [A], columns: { code: A, channel: C }, values: { channel: { x: ${id} } } }`,
    ],
    [
      'forms/own.yaml',
      (id: string) =>
        `{ id: own, title: { vi: A, en: B }, source: x, by: [unit], columns: [{ number: 3, headings: { vi: [A], en: [B] }, indicator: ${id} }] }`,
    ],
    ['sentences.yaml', (id: string) => `${id}: { vi: a }`],
  ] as const)('in %s is refused as any other that is not there', async (file, text) => {
    await expect(office(file, text(name))).rejects.toMatchObject({ code: 'invalid_definition', exitStatus: 3 })
  })
})

it('an office may call its own metric and policy constructor', async () => {
  const own = await office('metrics.yaml', METRIC('constructor', "counts: 'true'"))
  expect(chooseMetrics(own, ['constructor'])).toHaveLength(1)
})

it.each(['constructor', '__proto__', 'toString'])(
  'rows that a layout skips for the reason %s are counted, on both roads',
  async (reason) => {
    const skip = [{ column: 'Cơ quan thực hiện', is: ['Bỏ qua'], reason }]
    const columns = { code: 'Mã hồ sơ', unit_name: 'Cơ quan thực hiện', received_at: 'Ngày tiếp nhận' }
    const layout = {
      id: 'own',
      kind: 'dossiers',
      header: ['Mã hồ sơ'],
      columns,
      constants: {},
      values: {},
      skip,
      date_system: 1900,
    } as const
    const file = write(tempFolder(), 'list.csv', csv([HEADER, dossier(1), dossier(2, { 'Cơ quan thực hiện': 'Bỏ qua' })]))
    for (const careful of [false, true]) {
      const { results, dossiers } = await loadInto(join(tempFolder(), 's.duckdb'), [file], { careful, layout: layout as never })
      expect(dossiers.map(({ code }) => code)).toEqual([codeOf(1)])
      expect(results[0]!.counts).toMatchObject({ read: 2, loaded: 1, skipped: 1 })
      expect(isBalanced(results[0]!.counts)).toBe(true)
    }
  },
)

describe('a NUL', () => {
  it.each(['Mã hồ sơ', 'Cơ quan thực hiện', 'Hình thức nộp', 'Ngày tiếp nhận', 'Trạng thái'])(
    'in a cell of %s makes its row a reject, on both roads',
    async (header) => {
      const good = dossier(2)[HEADER.indexOf(header)]!
      const file = write(tempFolder(), 'list.csv', csv([HEADER, dossier(1), dossier(2, { [header]: `${good}\u0000` }), dossier(3)]))
      for (const careful of [false, true]) {
        const { results, dossiers, rejected } = await loadInto(join(tempFolder(), 's.duckdb'), [file], { careful })
        expect(dossiers.map(({ code }) => code)).toEqual([codeOf(1), codeOf(3)])
        expect(rejected).toMatchObject([{ line: 3, reason: 'nul_byte' }])
        expect(isBalanced(results[0]!.counts)).toBe(true)
      }
    },
  )

  it('in a header ends no statement', async () => {
    const file = write(
      tempFolder(),
      'list.csv',
      csv([
        [...HEADER, "Ghi\u0000chú'"],
        [...dossier(1), 'x'],
      ]),
    )
    for (const careful of [false, true])
      expect((await loadInto(join(tempFolder(), 's.duckdb'), [file], { careful })).dossiers).toHaveLength(1)
  })

  it.each([
    ['metrics.yaml', METRIC('own', 'counts: "fee > 0\\0 AND nonsense"'), 8],
    ['columns.yaml', 'vocabularies:\n  channel:\n    online: ["a\\0b"]\n', 3],
    ['layouts/own.yaml', 'id: own\nkind: dossiers\nheader: ["A\\0"]\ncolumns: { code: "A\\0" }\n', 3],
  ])('in %s is refused with the line', async (file, text, line) => {
    await expect(office(file, text)).rejects.toMatchObject({ exitStatus: 3, place: { line }, message: expect.stringContaining('NUL') })
  })
})
