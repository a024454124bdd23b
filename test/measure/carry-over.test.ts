import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { FORM_ROWS } from '../../src/definitions/form-schema.js'
import type { CarryOver } from '../../src/measure/carry-over.js'
import { chooseForm, makeForm, type FormFigures, type FormRequest } from '../../src/measure/form.js'
import { placeKey } from '../../src/measure/form-lines.js'
import { DERIVED } from '../../src/store/derived.js'
import type { Store } from '../../src/store/store.js'
import { dossier, knownInstant, policies } from './random.js'
import { DEFAULT_POLICY, definitions, withFacts, type DossierRow, type Facts } from './support.js'
import { factsOf, RUNS, unlessEmpty } from './world.js'

const II06 = chooseForm(definitions, 'ii06')
const JUNE = { period: '2024-06', form: II06, policy: { id: 'default', policy: DEFAULT_POLICY }, asOf: '2030-01-01' }
const fill = (store: Store, request: Partial<FormRequest> = {}): Promise<FormFigures> =>
  unlessEmpty(makeForm(store, definitions, { ...JUNE, ...request }))

/** Loads newer statements: those of known codes end the ones before. */
async function load(store: Store, loadId: number, day: string, dossiers: readonly DossierRow[]): Promise<void> {
  const text = (value: unknown): string => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? null))
  const columns = (await store.rows<{ columns: string[] }>('SELECT columns FROM load WHERE load_id = 1'))[0]!.columns
  await store.run(
    `INSERT INTO load (load_id, kind, loaded_at, columns) VALUES (${loadId}, 'dossiers', '${day}', [${columns.map(text).join(', ')}])`,
  )
  for (const one of dossiers) {
    await store.run(`UPDATE dossier_version SET ended_load_id = ${loadId} WHERE code = ${text(one.code)} AND ended_load_id IS NULL`)
    await store.run(
      `INSERT INTO dossier_version (${Object.keys(one).join(', ')}, load_id) VALUES (${Object.values(one).map(text).join(', ')}, ${loadId})`,
    )
  }
  const derived = Object.entries(DERIVED).map(([column, value]) => `${column} = ${value}`)
  await store.run(`UPDATE dossier_version SET ${derived.join(', ')}`)
}

const may = (code: string, more: DossierRow = {}): DossierRow => ({
  code,
  field: 'Đất đai',
  unit_name: 'Sở Y tế',
  received_at: '2024-05-20 08:00:00',
  due_at: '2024-06-20',
  ...more,
})
const june = (code: string): DossierRow => may(code, { received_at: '2024-06-25 08:00:00' })
const carried = async (facts: Facts, later: DossierRow[], request: Partial<FormRequest> = {}): Promise<CarryOver> =>
  withFacts({ ...facts, loadedOn: '2024-06-01' }, async (store) => {
    await load(store, 9, '2024-07-02', later)
    return (await fill(store, request)).carryOver!
  })

describe('what is carried over, against what the store knew when the period before was reported', () => {
  it('differs in every row by the dossiers that are named, whatever was changed', async () => {
    const changes = fc.array(fc.record({ at: fc.nat(40), to: dossier(false) }), { maxLength: 15 })
    const some = fc.array(dossier(false, knownInstant), { minLength: 1, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(some, changes, policies, fc.constantFrom(...FORM_ROWS), async (dossiers, changed, policy, by) => {
        const rowsOf = (all: typeof dossiers): DossierRow[] => [...factsOf({ hasRegistry: false, dossiers: all, answers: [] }).dossiers!]
        const later = new Map(changed.map(({ at, to }) => [at, { ...rowsOf([to])[0]!, code: `D${at}` }]))
        await withFacts({ dossiers: rowsOf(dossiers), loadedOn: '2024-06-01' }, async (store) => {
          const request = { by, policy: { id: 'p', policy } }
          const then = await fill(store, { ...request, period: '2024-05' })
          await load(store, 9, '2024-07-02', [...later.values()])
          const { carryOver, rows, total } = await fill(store, { ...request, reportedOn: '2024-06-02' })
          const column = (figures: Pick<FormFigures, 'rows' | 'total'>, at: number): Map<string, number> =>
            new Map(
              [figures.total, ...figures.rows].map((line) => [(line.kind === 'total' ? 'total' : '') + placeKey(line), line.counts[at]!]),
            )
          const [was, is] = [column(then, 8), column({ rows, total }, 3)]
          const places = [...new Set([...was.keys(), ...is.keys()])]
          const expected = places.map((key) => [key, was.get(key) ?? 0, is.get(key) ?? 0] as const).filter(([, a, b]) => a !== b)
          const found = carryOver!.differences.map(
            (one) => [(one.isTotal ? 'total' : '') + placeKey(one), one.reported, one.recomputed] as const,
          )
          expect(Object.fromEntries(found.map(([key, a, b]) => [key, [a, b]]))).toEqual(
            Object.fromEntries(expected.map(([key, a, b]) => [key, [a, b]])),
          )
        })
      }),
      { ...RUNS, numRuns: 10 },
    )
  })

  test('names each dossier, how it stood and stands, and the load that changed it', async () => {
    const facts = { dossiers: ['A', 'B', 'C', 'D', 'E'].map((code) => may(code)) }
    const { previous, known, differences, dossiers } = await carried(facts, [
      may('A', { resolved_at: '2024-05-30 08:00:00' }),
      may('B', { status: 'withdrawn' }),
      may('C', { field: 'Hộ tịch' }),
      may('D', { resolved_at: '2024-06-05 08:00:00' }),
      may('F'),
      june('G'),
    ])
    expect([previous.label, known]).toEqual(['2024-05', { loadId: 1, loadedAt: '2024-06-01' }])
    expect(differences).toEqual([
      { isTotal: true, field: null, unit: null, level: null, source: 'store', reported: 5, recomputed: 4 },
      { isTotal: false, field: 'Đất đai', unit: null, level: null, source: 'store', reported: 5, recomputed: 3 },
      { isTotal: false, field: 'Hộ tịch', unit: null, level: null, source: 'store', reported: 0, recomputed: 1 },
    ])
    expect(dossiers.map(({ code, change, was, is, field, loadId }) => [code, change, was, is, field, loadId])).toEqual([
      ['A', -1, 'pending', 'closed', 'Đất đai', 9],
      ['B', -1, 'pending', 'withdrawn', 'Đất đai', 9],
      ['C', -1, 'pending', 'pending', 'Đất đai', 9],
      ['C', 1, 'pending', 'pending', 'Hộ tịch', 9],
      ['F', 1, 'absent', 'pending', 'Đất đai', 9],
    ])
  })

  test('is the state before dossiers came of more than a fortnight into the period', async () => {
    const start = { dossiers: [may('A'), may('B', { received_at: '2024-06-03 08:00:00' })] }
    const knownLoad = async (facts: Facts, later: DossierRow[]): Promise<number | undefined> => (await carried(facts, later)).known?.loadId
    expect(await knownLoad(start, [june('C')])).toBe(1)
    expect(await knownLoad(start, [may('A', { received_at: '2024-06-12 08:00:00' })])).toBe(9)
    expect(await knownLoad({ dossiers: [june('C')] }, [may('A')])).toBeUndefined()
    expect(await knownLoad({ dossiers: [may('A', { received_at: '2024-01-05 08:00:00' })] }, [june('C')])).toBeUndefined()
  })

  test('is of the level or unit that is asked for alone', async () => {
    const facts = { dossiers: [may('A', { level: 'province' }), may('B', { unit_name: 'Xã An', level: 'commune' })] }
    const later = facts.dossiers.map((one) => ({ ...one, resolved_at: '2024-05-30 08:00:00' }))
    const codes = async (request: Partial<FormRequest>): Promise<string[]> =>
      (await carried(facts, [...later, june('G')], request)).dossiers.map(({ code }) => code)
    expect(await Promise.all([codes({}), codes({ unit: 'Xã An' }), codes({ level: 'province' })])).toEqual([['A', 'B'], ['B'], ['A']])
  })
})

describe('what is carried over, against a summary of the period before', () => {
  const summary = (store: Store, rows: [unit: string | null, field: string | null, n: number][], period = '2024-05'): Promise<void> =>
    store.run(
      `INSERT INTO reported_indicator_version (indicator, unit, field, period, numerator, load_id) VALUES ${rows
        .map(
          ([unit, field, n]) =>
            `('pending_total', ${unit === null ? 'NULL' : `'${unit}'`}, ${field === null ? 'NULL' : `'${field}'`}, '${period}', ${n}, 7)`,
        )
        .join(', ')}`,
    )
  const facts = { dossiers: [may('A'), may('B', { field: 'Hộ tịch', unit_name: 'Xã An' }), may('C', { field: 'Hộ tịch' })] }
  const differing = async (rows: Parameters<typeof summary>[1], request: Partial<FormRequest> = {}, period?: string): Promise<unknown[]> =>
    withFacts({ ...facts, loadedOn: '2024-06-01' }, async (store) => {
      await summary(store, rows, period)
      const { differences } = (await fill(store, request)).carryOver!
      return differences.map(({ field, unit, source, reported, recomputed }) => [
        field ?? unit?.name ?? 'all',
        source,
        reported,
        recomputed,
      ])
    })

  test('differs where that says another number, in its own rows', async () => {
    expect(
      await differing([
        [null, null, 3],
        [null, 'Đất Đai', 1],
        [null, 'Hộ tịch', 4],
      ]),
    ).toEqual([['Hộ tịch', 'summary', 4, 2]])
    expect(
      await differing(
        [
          [null, null, 5],
          ['Xã An', null, 1],
          ['Sở Y tế', null, 3],
        ],
        { by: 'unit' },
      ),
    ).toEqual([
      ['all', 'summary', 5, 3],
      ['Sở Y tế', 'summary', 3, 2],
    ])
    expect(
      await differing(
        [
          ['Sở Y tế', 'Hộ tịch', 2],
          ['Xã An', 'Hộ tịch', 9],
          [null, 'Hộ tịch', 9],
        ],
        { unit: 'Sở Y tế' },
      ),
    ).toEqual([['Hộ tịch', 'summary', 2, 1]])
  })

  test('of the same days counts, however the period is called, and of others not', async () => {
    const request = { calendar: 'report15' as const, period: '2024-06' }
    const rows = [[null, null, 9]] as Parameters<typeof summary>[1]
    expect(await differing(rows, request, '2024-04-15..2024-05-14')).toEqual([['all', 'summary', 9, 0]])
    expect(await differing(rows, request, '2024-05')).toEqual([])
  })
})
