import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CLASSES, classSql } from '../../src/measure/classes.js'
import type { Comparison } from '../../src/measure/compare.js'
import type { Report } from '../../src/measure/report.js'
import { dossier, policies } from './random.js'
import { definitions, withFacts } from './support.js'
import { askWorld, factsOf, reportOfWorld, RUNS, worlds, type World } from './world.js'

const METRICS = [...definitions.metrics.keys()]
const AT_A_MOMENT = ['pending_overdue_rate', 'on_time_rate_766']

const isPlain = ({ field, procedure, factor }: Comparison): boolean => field === null && procedure === null && factor === null
const isTotal = (row: Comparison): boolean => isPlain(row) && row.level === null && row.unit === null && row.month === null

function sumsByMetric(rows: readonly Comparison[]): Record<string, [number, number]> {
  const sums: Record<string, [number, number]> = Object.fromEntries(METRICS.map((id) => [id, [0, 0]]))
  for (const { metric, numerator, denominator } of rows) {
    sums[metric]![0] += numerator ?? 0
    sums[metric]![1] += denominator ?? 0
  }
  return sums
}

const assertWorlds = (check: (world: World) => Promise<void>, numRuns = 2): Promise<void> =>
  fc.assert(fc.asyncProperty(worlds(), check), { ...RUNS, numRuns })

describe('a report over any facts', () => {
  it('has totals that are the sum of their units, unknown ones included, and of their levels', async () => {
    await assertWorlds(async (world) => {
      const placed = {
        ...world,
        dossiers: world.dossiers.filter(({ unit, level }) => unit !== null && level !== null),
        answers: world.answers.filter(({ unit }) => unit !== null),
      }
      const { rows } = await reportOfWorld(placed)
      const total = sumsByMetric(rows.filter(isTotal))
      expect(sumsByMetric(rows.filter((row) => isPlain(row) && row.unit !== null && row.month === null))).toEqual(total)
      const ofDossiers = (sums: ReturnType<typeof sumsByMetric>): unknown =>
        Object.entries(sums).filter(([id]) => !id.includes('satisfaction'))
      const levels = rows.filter((row) => isPlain(row) && row.unit === null && row.level !== null)
      expect(ofDossiers(sumsByMetric(levels))).toEqual(ofDossiers(total))
    })
  })

  it('leaves to the total alone what has no level', async () => {
    await assertWorlds(async (world) => {
      const only = {
        ...world,
        dossiers: world.dossiers.map((one) => ({ ...one, unit_code: null, unit_name: null, unit: null, level: null })),
      }
      const { rows } = await reportOfWorld(only, ['on_time_rate'])
      const levels = rows.filter(({ level, unit, denominator }) => level !== null && unit === null && denominator! > 0)
      expect(levels).toEqual([])
    }, 5)
  })

  it('has fields and procedures that add up to the total', async () => {
    await assertWorlds(async (world) => {
      const metrics = METRICS.filter((id) => !id.includes('satisfaction'))
      const { rows } = await reportOfWorld(world, metrics)
      const total = sumsByMetric(rows.filter(isTotal))
      expect(sumsByMetric(rows.filter(({ field }) => field !== null))).toEqual(total)
      expect(sumsByMetric(rows.filter(({ procedure }) => procedure !== null))).toEqual(total)
    })
  })

  it('has months that add up to the period, for metrics that count what happened in it', async () => {
    await assertWorlds(async (world) => {
      const { rows } = await reportOfWorld(
        world,
        METRICS.filter((id) => !AT_A_MOMENT.includes(id)),
      )
      const total = sumsByMetric(rows.filter(isTotal))
      expect(sumsByMetric(rows.filter((row) => isPlain(row) && row.unit === null && row.month !== null))).toEqual(total)
    })
  })

  it('has values and coverages within 0 and 1, and numerators within their denominators', async () => {
    await assertWorlds(async (world) => {
      const { rows } = await reportOfWorld({ ...world, dossiers: world.dossiers.filter(({ received_at: received }) => received != null) })
      const isShare = (value: number | null): boolean => value === null || (value >= 0 && value <= 1)
      const wrong = rows.filter(
        ({ value, coverage, numerator, denominator, state }) =>
          !isShare(value) ||
          !isShare(coverage) ||
          (numerator ?? 0) > (denominator ?? 0) ||
          (state === 'value') !== (value !== null) ||
          (state === 'value') !== (denominator ?? 0) > 0 ||
          (state === 'not_computable') !== (numerator === null),
      )
      expect(wrong).toEqual([])
    })
  })

  it('says the same of a metric asked alone as of all asked together', async () => {
    await assertWorlds(async (world) => {
      const hasCases = ({ state }: Comparison): boolean => state !== 'no_cases'
      const asked = new Set(['online_payment_rate_paid', 'on_time_rate_766', METRICS[world.dossiers.length % METRICS.length]!])
      await askWorld(world, async (ask) => {
        const together = (await ask()).rows.filter(hasCases)
        for (const metric of asked) {
          expect((await ask([metric])).rows.filter(hasCases)).toEqual(together.filter((row) => row.metric === metric))
        }
      })
    }, 4)
  })

  it('says the same of a grouping asked alone as of all asked together', async () => {
    const groupings = [['level'], ['month'], ['field'], ['procedure', 'month'], ['level', 'field'], ['unit', 'month']] as const
    const hasVertical = [true, false]
    await assertWorlds(async (world) => {
      for (const keepsVertical of hasVertical) {
        const facts = factsOf(world)
        const known = { ...facts, units: facts.units!.filter((unit) => keepsVertical || !unit.is_vertical_sector) }
        const rowsOf = ({ rows }: Report): string[] => rows.map((row) => JSON.stringify(row))
        await askWorld(
          world,
          async (ask) => {
            const alone: string[] = []
            for (const grouping of groupings) alone.push(...rowsOf(await ask(undefined, [grouping])))
            expect(new Set(alone)).toEqual(new Set(rowsOf(await ask(undefined, groupings))))
          },
          known,
        )
      }
    }, 4)
  })

  it('does not depend on the order in which the rows were stored', async () => {
    await assertWorlds(async (world) => {
      const facts = factsOf(world)
      const reversed = {
        ...facts,
        dossiers: facts.dossiers!.toReversed(),
        answers: facts.answers!.toReversed(),
        units: facts.units!.toReversed(),
      }
      expect((await reportOfWorld(world, undefined, reversed)).rows).toEqual((await reportOfWorld(world, undefined, facts)).rows)
    })
  })
})

describe('the classes of dossiers', () => {
  it('are disjoint and add up to all dossiers, under every policy', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dossier(false), { minLength: 1, maxLength: 60, size: 'max' }), policies, async (dossiers, policy) => {
        const facts = factsOf({ hasRegistry: false, dossiers, answers: [] })
        const counted = await withFacts(facts, (store) =>
          store.rows<{ class: number; n: number }>(
            `SELECT class, count(*) AS n FROM (SELECT ${classSql(policy, definitions.stages).class} AS class FROM dossier) GROUP BY class`,
          ),
        )
        expect(counted.every((row) => row.class in CLASSES)).toBe(true)
        expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(dossiers.length)
      }),
      { ...RUNS, numRuns: 6 },
    )
  })
})
