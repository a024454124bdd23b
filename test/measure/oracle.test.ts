import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Comparison } from '../../src/measure/compare.js'
import { expectation, type Answer, type Case } from './oracle.js'
import { cutAt, knownInstant } from './random.js'
import { definitions } from './support.js'
import { askWorld, BY, reportOfWorld, RUNS, worlds, type Filters, type World } from './world.js'

const METRICS = [...definitions.metrics.keys()]

/** A text without what nobody sees: spaces at its ends, doubled or hard ones, zero-width characters, capitals, letters in parts. */
const seen = (text: string | null | undefined): string =>
  (text ?? '').normalize('NFC').replaceAll('\u200b', '').replace(/\s+/g, ' ').trim().toLowerCase()

/** The number of the procedure, else its name, both null where neither is said. */
function procedureOf({ procedure_code: code, procedure_name: name }: Case): string {
  const number = seen(code).split('.').slice(0, 2).join('.')
  return JSON.stringify(number === '' ? [null, seen(name) || null] : [number])
}

const procedureKey = ({ code, name }: NonNullable<Comparison['procedure']>): string =>
  JSON.stringify(code === null ? [null, name && seen(name)] : [code])

function belongs(row: Comparison, one: Case | Answer): boolean {
  const [field, procedure] = 'score' in one ? ['', ''] : [seen(one.field), procedureOf(one)]
  return (
    (row.unit === null
      ? row.level === null || one.level === row.level
      : one.unit === (row.unit.name === 'no_unit' ? null : (row.unit.code ?? ''))) &&
    (row.field === null || field === seen(row.field)) &&
    (row.procedure === null || procedure === procedureKey(row.procedure))
  )
}

const keyOf = ({ metric, unit, level, field, procedure, month }: Comparison): string =>
  JSON.stringify([
    metric,
    unit && [unit.code, unit.name === 'no_unit'],
    unit ? null : level,
    field && seen(field),
    procedure && procedureKey(procedure),
    month,
  ])

function compareWithOracle(rows: readonly Comparison[], world: World): void {
  const { policy, hasRegistry } = world
  const asked = cutAt(world.asked, world.cut)
  const isOut = ({ unit }: Case | Answer): boolean => policy.vertical_sector === 'excluded' && hasRegistry && unit === 'U3'
  const [dossiers, answers] = [world.dossiers.filter((one) => !isOut(one)), world.answers.filter((one) => !isOut(one))]
  const placed = hasRegistry ? answers : answers.map((one) => ({ ...one, level: one.level ?? levelByDossiers(world.dossiers, one.unit) }))
  const isSurvey = ({ metric }: Comparison): boolean => definitions.metrics.get(metric)!.population === 'answered'
  const hasUnleveled = placed.some((one) => one.level === null && one.answered_at >= asked.from && one.answered_at < asked.until)
  const found = rows.map((row) => {
    const { numerator, denominator, state, value, coverage } = row
    return { key: keyOf(row), numerator, denominator, state, value, coverage }
  })
  const expected = rows.map((row) => {
    const span = row.month === null ? asked : asked.months[row.month]
    if (!span) throw new Error(`no month ${row.month} in ${asked.period}`)
    const of = <One extends Case | Answer>(facts: readonly One[]): One[] => facts.filter((one) => belongs(row, one))
    const wanted = expectation(row.metric, of(dossiers), of(placed), policy, span)
    const isUnknown =
      hasUnleveled &&
      isSurvey(row) &&
      row.level !== null &&
      row.unit === null &&
      wanted.state === 'no_cases' &&
      row.state === 'not_computable'
    return { key: keyOf(row), ...(isUnknown ? { ...wanted, numerator: null, denominator: null, state: 'not_computable' } : wanted) }
  })
  expect(found.filter((row, i) => JSON.stringify(row) !== JSON.stringify(expected[i]))).toEqual(
    expected.filter((row, i) => JSON.stringify(row) !== JSON.stringify(found[i])),
  )
}

/** The level that dossiers put a unit on, where they put it on one only. */
function levelByDossiers(dossiers: readonly Case[], unit: string | null): Case['level'] {
  const levels = new Set(dossiers.filter((one) => unit !== null && one.unit === unit).flatMap(({ level }) => level ?? []))
  return levels.size === 1 ? [...levels][0]! : null
}

describe('the oracle', () => {
  it('agrees with the report on every metric but the composite one, for totals and every grouping', async () => {
    const metrics = METRICS.filter((id) => id !== 'on_time_rate_766')
    await fc.assert(
      fc.asyncProperty(worlds(), async (world) => compareWithOracle((await reportOfWorld(world, metrics)).rows, world)),
      RUNS,
    )
  })

  it('agrees with the report on the on-time rate of Index 766 where the day of receipt is known', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(knownInstant), async (world) =>
        compareWithOracle((await reportOfWorld(world, ['on_time_rate_766'])).rows, world),
      ),
      RUNS,
    )
  })

  it('finds a row for every unit, level, field, procedure and month that has cases, and no row twice', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(knownInstant), async (world) => {
        const { rows } = await reportOfWorld(world, ['intake_digitisation_rate'])
        expect(new Set(rows.map(keyOf)).size).toBe(rows.length)
        const asked = cutAt(world.asked, world.cut)
        const counted = world.dossiers.filter(
          ({ received_at: received, status, is_vertical_sector: isVertical, unit }) =>
            received! >= asked.from && received! < asked.until && status !== 'not_received' && !isVertical && unit !== 'U3',
        )
        const has = (test: (row: Comparison) => boolean): boolean => rows.some(test)
        for (const one of counted) {
          if (one.level !== null) expect(has(({ level, unit }) => unit === null && level === one.level)).toBe(true)
          if (one.unit !== null)
            expect(has(({ unit, month }) => unit !== null && (unit.code ?? '') === one.unit && month === null)).toBe(true)
          expect(has(({ field }) => field !== null && seen(field) === seen(one.field))).toBe(true)
          expect(has(({ procedure }) => procedure !== null && procedureKey(procedure) === procedureOf(one))).toBe(true)
        }
        for (const month of Object.keys(asked.months)) expect(has((row) => row.month === month && row.unit === null)).toBe(true)
      }),
      { ...RUNS, numRuns: 6 },
    )
  })

  it('agrees with every figure of a unit or level asked for, whatever it is grouped by, and no other is there', async () => {
    const filters = fc.constantFrom<Filters>({ level: 'province' }, { level: 'commune' }, { unit: 'U1' }, { unit: 'U2' })
    const by: (typeof BY)[number][] = [...BY, ['level', 'month'], ['unit', 'procedure'], ['field', 'month']]
    await fc.assert(
      fc.asyncProperty(
        worlds(knownInstant).filter(({ hasRegistry }) => hasRegistry),
        filters,
        async (world, filter) => {
          await askWorld(world, async (ask) => {
            const { rows } = await ask(['intake_digitisation_rate', 'on_time_rate'], by, filter)
            compareWithOracle(rows, world)
            const isTotal = ({ level, unit, field, procedure, month }: Comparison): boolean =>
              [level, unit, field, procedure, month].every((one) => one === null)
            for (const row of rows.filter((one) => !isTotal(one))) {
              if (filter.level) expect(row.level).toBe(filter.level)
              if (filter.unit) expect(row.unit?.code).toBe(filter.unit)
            }
            for (const dimension of ['field', 'procedure', 'month'] as const) {
              const of = (test: (row: Comparison) => boolean): number =>
                rows
                  .filter((row) => row.metric === 'intake_digitisation_rate' && test(row))
                  .reduce((sum, row) => sum + (row.denominator ?? 0), 0)
              const others = ['field', 'procedure', 'month', 'unit', 'level'] as const
              const isOnly = (row: Comparison): boolean =>
                row[dimension] !== null &&
                others.every(
                  (one) =>
                    one === dimension ||
                    one === 'level' ||
                    (one === 'unit' ? (row.unit !== null) === (filter.unit !== undefined) : row[one] === null),
                )
              const isWhole = (row: Comparison): boolean =>
                !isTotal(row) &&
                (row.unit !== null) === (filter.unit !== undefined) &&
                row.field === null &&
                row.procedure === null &&
                row.month === null
              if (rows.some(isOnly)) expect(of(isOnly)).toBe(of(isWhole))
            }
          })
        },
      ),
      { ...RUNS, numRuns: 12 },
    )
  })
})
