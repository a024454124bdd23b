import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { FORM_ROWS, type FormRow } from '../../src/definitions/form-schema.js'
import type { Policy } from '../../src/definitions/schema.js'
import { ToolError } from '../../src/errors.js'
import { fold } from '../../src/language/fold.js'
import { earlier, parsePeriod } from '../../src/language/period.js'
import { checkForm, placeKey, type FormLine } from '../../src/measure/form-lines.js'
import { chooseForm, makeForm, type FormFigures, type FormRequest } from '../../src/measure/form.js'
import type { Store } from '../../src/store/store.js'
import { ii06 } from './form-oracle.js'
import type { Case, Span } from './oracle.js'
import { cutAt, dossier, knownInstant, PERIODS, policies } from './random.js'
import { DEFAULT_POLICY, definitions, withFacts, type DossierRow, type Facts } from './support.js'
import { factsOf, RUNS, unlessEmpty } from './world.js'

const II06 = chooseForm(definitions, 'ii06')
const DIGITISATION = chooseForm(definitions, 'digitisation')

type Asking = Partial<Omit<FormRequest, 'policy'>> & { policy?: Partial<Policy> }
const fill = (store: Store, { policy, ...request }: Asking): Promise<FormFigures> =>
  unlessEmpty(
    makeForm(store, definitions, {
      form: II06,
      asOf: '2030-01-01',
      ...request,
      policy: { id: 'default', policy: { ...DEFAULT_POLICY, ...policy } },
    }),
  )
const fillOn = (facts: Facts, request: Asking): Promise<FormFigures> => withFacts(facts, (store) => fill(store, request))

interface World {
  hasRegistry: boolean
  dossiers: Case[]
  asked: (typeof PERIODS)[number]
  cut: string | null
  policy: Policy
}

/** Dossiers of which anything may be unknown, and whose results may come before their receipt. */
const hostile = (hasRegistry: boolean): fc.Arbitrary<Case> =>
  fc
    .record({ one: dossier(hasRegistry), resolved: fc.option(knownInstant, { freq: 1, nil: undefined }) })
    .map(({ one, resolved }) => (resolved === undefined ? one : { ...one, resolved_at: resolved }))

const worlds: fc.Arbitrary<World> = fc.boolean().chain((hasRegistry) =>
  fc.record({
    hasRegistry: fc.constant(hasRegistry),
    dossiers: fc.array(hostile(hasRegistry), { minLength: 1, maxLength: 60, size: 'max' }),
    asked: fc.constantFrom(...PERIODS),
    cut: fc.constantFrom(null, null, '2024-06-06'),
    policy: policies,
  }),
)
const facts = ({ hasRegistry, dossiers }: World): Facts => factsOf({ hasRegistry, dossiers, answers: [] })
const askedOf = ({ asked, cut, policy }: World): Asking => ({
  period: asked.period,
  calendar: asked.calendar,
  policy,
  asOf: cut === null ? '2030-01-01' : new Date(Date.parse(cut) - 86_400_000).toISOString().slice(0, 10),
})
/** The dossiers with those of the vertical unit out, where the registry knows it. */
const known = ({ hasRegistry, dossiers, policy }: World): Case[] =>
  dossiers.filter(({ unit }) => !(hasRegistry && policy.vertical_sector === 'excluded' && unit === 'U3'))

function expected(line: FormLine, by: FormRow, dossiers: readonly Case[], policy: Policy, span: Span): number[] {
  const isOf = (one: Case): boolean => {
    if (line.kind === 'total') return true
    if (by === 'field') return fold(one.field ?? '') === fold(line.field!)
    if (by === 'level') return one.level === line.level
    return line.kind === 'rest' ? one.unit === null : one.unit === (line.unit!.code ?? '')
  }
  return ii06(dossiers.filter(isOf), policy, span)
}

describe('form II.06a over any dossiers, under any policy', () => {
  it.each(FORM_ROWS)('by %s counts what the oracle counts, in every row and the total', async (by) => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const span = cutAt(world.asked, world.cut)
        const { total, rows } = await fillOn(facts(world), { ...askedOf(world), by })
        for (const line of [total, ...rows])
          expect([placeKey(line), line.counts]).toEqual([placeKey(line), expected(line, by, known(world), world.policy, span)])
        expect(total.counts[0]).toBe(rows.reduce((sum, { counts }) => sum + counts[0]!, 0))
        expect(new Set(rows.map(placeKey)).size).toBe(rows.length)
      }),
      { ...RUNS, numRuns: 8 },
    )
  })

  it('carries over, row by row, what was pending at the end of the period before', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom(...FORM_ROWS), async (world, by) => {
        const { asked } = world
        const before = earlier(parsePeriod(asked.period, asked.calendar), 'previous')
        const [now, then] = await withFacts(facts(world), async (store) => [
          await fill(store, { ...askedOf({ ...world, cut: null }), by }),
          await fill(store, { ...askedOf({ ...world, cut: null }), by, period: before.label }),
        ])
        const column = ({ total, rows }: FormFigures, at: number): Map<string, number> =>
          new Map([total, ...rows].map((line) => [line.kind + placeKey(line), line.counts[at]!]).filter(([, n]) => n !== 0) as never)
        expect(column(now, 3)).toEqual(column(then, 8))
        expect(now.carryOver!.differences).toEqual([])
      }),
      { ...RUNS, numRuns: 8 },
    )
  })

  it('of a level or a unit has the figures of its row in the form of all', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        await withFacts(facts(world), async (store) => {
          const asking = askedOf(world)
          for (const level of ['province', 'commune'] as const) {
            const row = (await fill(store, { ...asking, by: 'level' })).rows.find((one) => one.level === level)
            for (const by of ['field', 'unit'] as const)
              expect((await fill(store, { ...asking, by, level })).total.counts).toEqual(row?.counts ?? Array(11).fill(0))
          }
          const units = (await fill(store, { ...asking, by: 'unit' })).rows.filter(({ unit }) => unit?.code)
          for (const { unit, counts } of units.slice(0, 2))
            expect((await fill(store, { ...asking, by: 'field', unit: unit!.code! })).total.counts).toEqual(counts)
        })
      }),
      { ...RUNS, numRuns: 3 },
    )
  })
})

const JUNE = { period: '2024-06' }
const open = (more: DossierRow = {}): DossierRow => ({
  received_at: '2024-06-03 08:00:00',
  due_at: '2024-06-20',
  field: 'Đất đai',
  ...more,
})
const counts = async (dossiers: DossierRow[], request: Asking = {}, without: string[] = []): Promise<FormLine['counts']> =>
  (await fillOn({ dossiers, without }, { ...JUNE, ...request })).total.counts

describe('where a policy puts dossiers', () => {
  const waiting = open({ status: 'supplement_requested', due_at: '2024-06-10' })
  const withdrawn = open({ status: 'withdrawn', updated_at: '2024-06-09 08:00:00', channel: 'online' })

  test('those waiting for the citizen are within due, or by their due date', async () => {
    expect((await counts([waiting])).slice(8)).toEqual([1, 1, 0])
    expect((await counts([waiting], { policy: { suspended: 'by_due_date' } })).slice(8)).toEqual([1, 0, 1])
  })

  test('those withdrawn are in no column and a note, or resolved on time', async () => {
    const left = await fillOn({ dossiers: [withdrawn] }, JUNE)
    expect(left.total.counts).toEqual(Array(11).fill(0))
    expect(left.notes.filter(({ n }) => n > 0).map(({ text }) => text.en)).toEqual([expect.stringMatching(/withdrawn, in no column/)])
    expect(await counts([withdrawn], { policy: { withdrawn: 'on_time' } })).toEqual([1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0])
  })

  test('what no column is made for has its place in one, and a note with its number', async () => {
    const dossiers = [
      open({ channel: null, due_at: null, resolved_at: '2024-06-05 08:00:00' }),
      open({ channel: 'postal', due_at: null }),
      open({ received_at: null, resolved_at: '2024-06-05 08:00:00' }),
      open({ status: 'resolved' }),
    ]
    const { total, notes } = await fillOn({ dossiers }, JUNE)
    expect(total.counts).toEqual([2, 0, 2, 0, 1, 0, 1, 0, 1, 1, 0])
    expect(notes.map(({ n }) => n)).toEqual([1, 1, 0, 1, 0, 0, 1, 1])
  })
})

describe('a column that no load carries', () => {
  test('is not computable, and neither is an identity with it', async () => {
    const dossier = open({ resolved_at: '2024-06-05 08:00:00' })
    expect(await counts([dossier], {}, ['channel'])).toEqual([1, null, null, 0, 1, 1, 0, 0, 0, 0, 0])
    expect(await counts([dossier], {}, ['due_at'])).toEqual([1, 0, 1, 0, 1, null, null, null, 0, null, null])
  })

  test('of the digitisation form neither', async () => {
    const dossiers = [
      open({ is_intake_digitised: true, is_data_reused: true, resolved_at: '2024-06-05 08:00:00' }),
      open({ is_intake_digitised: false }),
      open(),
    ]
    const { total, notes } = await fillOn({ dossiers, without: ['is_result_digitised'] }, { ...JUNE, form: DIGITISATION })
    expect(total.counts).toEqual([3, 2, 1, 1, 1, null, null])
    expect(notes.map(({ n }) => n)).toEqual([1, 2])
  })

  test('of none at all leaves nothing to fill in', async () => {
    const asked = { form: II06, asOf: '2030-01-01', ...JUNE, policy: { id: 'default', policy: DEFAULT_POLICY } }
    await expect(withFacts({}, (store) => makeForm(store, definitions, asked))).rejects.toMatchObject({ code: 'no_data' })
  })
})

describe('the rows', () => {
  test('are fields in Vietnamese order, spellings of one together, those of none last', async () => {
    const names = ['Xây dựng', 'Đất đai', 'Dân số', 'Hóa chất', 'Hoá chất', 'hoá chất', 'Hoá chất', null, 'Ăn uống', 'An ninh']
    const { rows } = await fillOn({ dossiers: names.map((field) => open({ field })) }, JUNE)
    expect(rows.map(({ field, counts: [n] }) => `${field} ${n}`)).toEqual([
      'An ninh 1',
      'Ăn uống 1',
      'Dân số 1',
      'Đất đai 1',
      'Hoá chất 4',
      'Xây dựng 1',
      ' 1',
    ])
  })

  test('are units as the registry has them, without dossiers too, what it does not know last', async () => {
    const units = [
      { code: 'B', name: 'Xã An', level: 'commune' as const },
      { code: 'Z', name: 'Sở Y tế', level: 'province' as const },
      { code: 'A', name: 'Xã Bình', level: 'commune' as const },
    ]
    const dossiers = [open({ unit_code: 'A' }), open({ unit_name: 'Xã Không Có Thật' }), open()]
    const { rows, unknownUnits } = await fillOn({ dossiers, units }, { ...JUNE, by: 'unit' })
    expect(rows.map(({ kind, unit, counts: [n] }) => [kind, unit?.name ?? null, n])).toEqual([
      ['row', 'Sở Y tế', 0],
      ['row', 'Xã Bình', 1],
      ['row', 'Xã An', 0],
      ['row', 'unknown', 1],
      ['rest', null, 1],
    ])
    expect(unknownUnits.map(({ said }) => said)).toEqual(['Xã Không Có Thật'])
  })

  test('that a form does not have, and units that nobody knows, are refused', async () => {
    const form = { ...II06, by: ['unit' as const] }
    await expect(counts([open()], { form, by: 'field' })).rejects.toMatchObject({ code: 'usage' })
    await expect(counts([open({ unit_name: 'Sở Y tế' })], { unit: 'Sở Y' })).rejects.toMatchObject({ code: 'unknown_unit' })
    expect(await counts([open({ unit_name: 'Sở Y tế' }), open()], { unit: 'sở y tế' })).toMatchObject({ 0: 1 })
    expect(() => chooseForm(definitions, 'ii6')).toThrow(
      expect.objectContaining({ code: 'unknown_form', hint: expect.stringMatching(/ii06/) }),
    )
  })
})

describe('figures that do not add up', () => {
  const line = (kind: FormLine['kind'], numbers: (number | null)[]): FormLine => ({
    kind,
    field: null,
    unit: null,
    level: null,
    counts: numbers,
  })
  const right = [3, 1, 1, 1, 2, 1, 1, 0, 1, 1, 0]

  test('are never handed out, wherever the mistake is', () => {
    expect(() => checkForm(II06, line('total', right), [line('row', right)])).not.toThrow()
    for (const at of right.keys()) {
      const wrong = right.map((n, i) => (i === at ? n + 1 : n))
      for (const [total, row] of [
        [wrong, right],
        [right, wrong],
        [wrong, wrong],
      ] as const) {
        const check = (): void => checkForm(II06, line('total', total), [line('row', row)])
        expect(check).toThrow(ToolError)
        expect(check).toThrow(expect.objectContaining({ code: 'internal', exitStatus: 1 }))
        const own = (): void => checkForm({ ...II06, file: 'own.yaml' }, line('total', total), [line('row', row)])
        expect(own).toThrow(expect.objectContaining({ code: 'invalid_definition', place: { file: 'own.yaml' } }))
      }
    }
  })
})
