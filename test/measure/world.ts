import fc from 'fast-check'

import { ToolError } from '../../src/errors.js'

import type { Dimension } from '../../src/measure/result.js'
import type { Level, Policy } from '../../src/definitions/schema.js'
import type { Report } from '../../src/measure/report.js'
import { property } from '../support/property.js'
import type { Answer, Case } from './oracle.js'
import { answer, dossier, PERIODS, policies, UNITS, type Asked } from './random.js'
import { reportOf, withFacts, type Facts } from './support.js'

/** Facts, and what is asked about them. */
export interface World {
  hasRegistry: boolean
  dossiers: Case[]
  answers: Answer[]
  asked: Asked
  /** The first day that is not reported on; null: nothing is cut off. */
  cut: string | null
  policy: Policy
}

export const RUNS = { ...property(15), interruptAfterTimeLimit: 20_000 }

export const worlds = (received?: Parameters<typeof dossier>[1]): fc.Arbitrary<World> =>
  fc.boolean().chain((hasRegistry) =>
    fc.record({
      hasRegistry: fc.constant(hasRegistry),
      dossiers: fc.array(dossier(hasRegistry, received), { minLength: 1, maxLength: 40, size: 'max' }),
      answers: fc.array(answer(hasRegistry), { minLength: 1, maxLength: 12, size: 'max' }),
      asked: fc.constantFrom(...PERIODS),
      cut: fc.constantFrom(null, null, '2024-06-06'),
      policy: policies,
    }),
  )

const LONG_AGO = [
  { answered_at: '2020-01-01', score: 1 },
  { answered_at: '2020-01-01', score: 5, survey_kind: 'kiosk' as const },
]

/** The rows of a store that says this. Where the registry knows the unit, the dossier itself says no level. */
export function factsOf({ hasRegistry, dossiers, answers }: Pick<World, 'hasRegistry' | 'dossiers' | 'answers'>): Facts {
  return {
    dossiers: dossiers.map(({ unit, isVerticalUnit: _vertical, level, ...row }, i) => ({
      code: `D${i}`,
      ...row,
      level: hasRegistry && unit ? null : level,
    })),
    answers: [...LONG_AGO, ...answers.map(({ unit: _unit, level: _level, ...row }) => row)],
    units: hasRegistry ? UNITS : [],
  }
}

export const BY: readonly (readonly Dimension[])[] = [['level'], ['unit'], ['field'], ['procedure'], ['month'], ['unit', 'month']]

export interface Filters {
  level?: Level
  unit?: string
}
/** Of a property: leaves out worlds in which there is nothing to report of. */
export const unlessEmpty = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    fc.pre(!(error instanceof ToolError && error.code === 'no_data'))
    throw error
  })

type Ask = (metrics?: readonly string[], by?: readonly (readonly Dimension[])[], filters?: Filters) => Promise<Report>

/** Asks a store of a world for reports, with a row for everything they can be grouped by. */
export function askWorld<T>(world: World, use: (ask: Ask) => Promise<T>, facts: Facts = factsOf(world)): Promise<T> {
  const { asked, cut, policy } = world
  const asOf = cut === null ? '2030-01-01' : new Date(Date.parse(cut) - 86_400_000).toISOString().slice(0, 10)
  const common = { period: asked.period, calendar: asked.calendar, policy, asOf }
  return withFacts(facts, (store) =>
    use((metrics, by = BY, filters = {}) => unlessEmpty(reportOf(store, { ...common, by, ...filters, ...(metrics ? { metrics } : {}) }))),
  )
}

/** The report of a world. */
export const reportOfWorld = (world: World, metrics?: readonly string[], facts?: Facts): Promise<Report> =>
  askWorld(world, (ask) => ask(metrics), facts)
