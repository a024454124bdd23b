import type { Definitions } from '../definitions/load.js'
import { lastDay } from '../language/period.js'
import type { Comparison } from '../measure/compare.js'
import type { Report } from '../measure/report.js'
import type { UnknownUnit } from '../units/unknown.js'
import type { MetricResult } from '../measure/result.js'
import { VERSION } from '../version.js'
import { percent } from './csv.js'
import { unitName } from './figures.js'
import { inPieces } from './write.js'
import { toJson } from '../messages/visible.js'

/** The report as JSON, schema cchc.report/1, in pieces: one row a line, in the report's documented order. */
export function* renderJson(report: Report, definitions: Definitions): Generator<string> {
  const { period, policy, notes } = report
  const head = {
    schema: 'cchc.report/1',
    tool: VERSION,
    as_of: report.asOf,
    data_to: { dossiers: report.dataTo.dossiers, survey_answers: report.dataTo.answers },
    period: { label: period.label, from: period.from, to: lastDay(period), calendar: period.calendar },
    units: report.units,
    policy: { id: policy.id, ...policy.policy },
    notes: {
      vertical_sector: notes.vertical,
      no_due_date: notes.noDueDate,
      withdrawn: notes.withdrawn,
      stopped: notes.stopped,
      not_received: notes.notReceived,
      undated: notes.undated,
      no_level: notes.noLevel + notes.noLevelAnswers,
      no_level_answers: notes.noLevelAnswers,
      no_unit: notes.noUnit,
      unknown_unit: notes.unknownUnit,
      not_attributable: notes.split,
      no_answer: notes.noAnswer,
    },
    unknown_target_units: targetUnitsAsJson(report.unknownTargetUnits),
    unknown_units: report.unknownUnits.map(({ said, rows, isAmbiguous, suggestions }) => ({
      said,
      rows,
      is_ambiguous: isAmbiguous,
      suggestions,
    })),
  }
  const labels = new Map([...definitions.metrics.values()].map((metric) => [metric.id, metric.label]))
  const figure = (row: Comparison): unknown => jsonRow(row, labels.get(row.metric)!)
  const count = ({ metric, level, unit, numerator }: MetricResult): unknown => ({
    indicator: metric,
    label: definitions.indicators[metric]!.label,
    level,
    unit: jsonUnit(unit),
    count: numerator,
  })
  yield toJson(head).slice(0, -1)
  yield* list('rows', report.rows, figure)
  if (report.trend.length > 0) yield* list('trend', report.trend, figure)
  if (report.counts.length > 0) yield* list('counts', report.counts, count)
  yield '}\n'
}

function* list<Row>(key: string, rows: readonly Row[], asJson: (row: Row) => unknown): Generator<string> {
  yield `,"${key}":[\n`
  yield* inPieces(rows, (some, first) => (first > 0 ? ',\n' : '') + some.map((row) => toJson(asJson(row))).join(',\n'))
  yield '\n]'
}

function jsonRow(row: Comparison, metricLabel: { vi: string; en: string }): Record<string, unknown> {
  return {
    metric: row.metric,
    label: metricLabel,
    level: row.level,
    unit: jsonUnit(row.unit),
    field: row.field,
    procedure: row.procedure,
    month: row.month,
    factor: row.factor,
    numerator: row.numerator,
    denominator: row.denominator,
    value: row.value,
    shown: percent(row.shown),
    state: row.state,
    coverage: row.coverage,
    target: row.target,
    target_operator: row.targetOperator,
    target_source: row.targetSource,
    gap: row.gap,
    status: row.status,
    needed: row.shortfall?.needed ?? null,
    needed_further: row.shortfall?.further ?? null,
    previous: earlierRow(row.previous),
    ...(row.yearAgo ? { year_ago: earlierRow(row.yearAgo) } : {}),
    ...(row.rank ? { rank: row.rank } : {}),
    survey: row.survey,
  }
}

function earlierRow(earlier: Comparison['previous']): Record<string, unknown> | null {
  if (earlier === null) return null
  const { value, change, numerator, denominator, period } = earlier
  const to = lastDay({ ...period, label: '', calendar: 'month' })
  return { value, change, numerator, denominator, period: { from: period.from, to } }
}

function jsonUnit(unit: Comparison['unit']): Comparison['unit'] {
  return unit && (unit.code === null ? { code: null, name: unitName(unit, 'en') } : unit)
}

/** Units that the plan names and that are none, as all outputs for programs have them. */
export function targetUnitsAsJson(units: readonly UnknownUnit[]): Record<string, unknown>[] {
  return units.map(({ said, rows, isAmbiguous, suggestions }) => ({ said, targets: rows, is_ambiguous: isAmbiguous, suggestions }))
}
