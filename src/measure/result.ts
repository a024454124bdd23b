import type { Level, Policy } from '../definitions/schema.js'
import type { MetricDefinition } from '../definitions/load.js'
import type { Period } from '../language/period.js'
import type { SurveyStatistics } from './survey.js'

export type Dimension = 'level' | 'unit' | 'field' | 'procedure' | 'month' | 'factor'
export type State = 'value' | 'no_cases' | 'not_computable' | 'suppressed'

/** One figure. Counts are exact; value is a fraction, null unless state is `value`; a null dimension means "all". */
export interface MetricResult {
  metric: string
  level: Level | null
  /** Code null: units that the registry does not know, or that were split, together and whatever their levels. */
  unit: { code: string | null; name: string } | null
  field: string | null
  procedure: { code: string | null; name: string | null } | null
  month: string | null
  factor: string | null
  period: { from: string; until: string }
  numerator: number | null
  denominator: number | null
  value: number | null
  state: State
  /** Share of the population about which the needed columns are known; null where there is no population. */
  coverage: number | null
  survey: SurveyStatistics | null
}

export interface Query {
  period: Period
  metrics: readonly MetricDefinition[]
  /** Dimensions of each grouping besides the total: [['level'], ['unit', 'month']]. */
  groupings: readonly (readonly Dimension[])[]
  policy: Policy
  /** Whether only figures are wanted, to stand beside others: what does not count is not counted then. */
  isAside?: boolean
  /** Only dossiers of these; absent: all. */
  scope?: Scope
  /** Of the figures by month, field, procedure or factor only these are wanted; absent: all. */
  keeps?: (place: Place) => boolean
}

/** Whose dossiers count: of some levels, of units by their codes (without a registry, names as compared), of both. */
export interface Scope {
  levels?: readonly Level[]
  units?: readonly string[]
}

/** Where a figure belongs: its dimensions and its span. */
export type Place = Pick<MetricResult, 'level' | 'unit' | 'field' | 'procedure' | 'month' | 'factor' | 'period'>

/** Whether a figure is of all, over the whole period. */
export const isTotal = ({ level, unit, field, procedure, month, factor }: Omit<Place, 'period'>): boolean =>
  level === null && unit === null && field === null && procedure === null && month === null && factor === null

/** Identifies a figure within one report: its metric and dimensions. */
export function resultKey({
  metric,
  level,
  unit,
  field,
  procedure,
  month,
  factor,
}: Pick<MetricResult, 'metric' | keyof Omit<Place, 'period'>>): string {
  return JSON.stringify([
    metric,
    unit ? 'unit' : level,
    unit && [unit.code ?? unit.name, unit.code === null],
    field,
    procedure && (procedure.code ?? `name:${procedure.name}`),
    month,
    factor,
  ])
}
