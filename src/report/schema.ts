import { z } from 'zod'

import { LEVELS } from '../definitions/terms.js'
import { OPERATORS } from '../language/plan-words.js'

/* The JSON that the commands print, by schema id: shipped as JSON Schemas, used by tests, not loaded by the program. */

const count = z.number().int().nonnegative()
const unknownTargetUnits = z
  .array(z.strictObject({ said: z.string(), targets: count, is_ambiguous: z.boolean(), suggestions: z.array(z.string()) }))
  .describe('Units that the plan names and that are none: their targets apply to nothing.')
const share = z.number().min(0).max(1)
const points = z.number().min(-1).max(1)
const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const span = z.strictObject({ from: dayText, to: dayText })
const label = z.strictObject({ vi: z.string(), en: z.string() })
const level = z.enum(LEVELS).nullable()
const named = z.strictObject({ code: z.string().nullable(), name: z.string().nullable() }).nullable()
const problem = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  place: z
    .strictObject({
      file: z.string().optional(),
      sheet: z.string().optional(),
      line: count.optional(),
      column: z.union([z.string(), count]).optional(),
    })
    .nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
})

const earlier = z.strictObject({
  value: share.nullable(),
  change: points.nullable(),
  numerator: count.nullable(),
  denominator: count.nullable(),
  period: span,
})
const place = z.strictObject({ place: count, of: count })

const row = z.strictObject({
  metric: z.string(),
  label,
  level,
  unit: named,
  field: z.string().nullable(),
  procedure: named,
  month: z.string().nullable(),
  factor: z.string().nullable(),
  numerator: count.nullable(),
  denominator: count.nullable(),
  value: share.nullable(),
  shown: z.number().min(0).max(100).nullable().describe('Per cent, as every report for people shows it.'),
  state: z.enum(['value', 'no_cases', 'not_computable', 'suppressed']),
  coverage: share.nullable(),
  target: share.nullable(),
  target_operator: z
    .enum(OPERATORS)
    .nullable()
    .describe('How the figure must stand to its target; at a strict one (> or <) it is missed. Null without a target.'),
  target_source: z.string().nullable(),
  gap: points.nullable(),
  status: z.enum(['exceeded', 'met', 'missed', 'no_target', 'no_data']),
  needed: count
    .nullable()
    .describe('Of a missed target: of the cases counted so many more would have to be good; where lower is better, fewer bad.'),
  needed_further: count
    .nullable()
    .describe(
      'Of a missed target: so many cases besides, all good, would reach it too; null where no number of them does: it is out of reach.',
    ),
  previous: earlier.nullable(),
  year_ago: earlier.nullable().optional().describe('With --compare previous,year-ago.'),
  rank: place.extend({ before: place.nullable() }).optional().describe('Of a unit among those of its level, where the outline ranks them.'),
  survey: z.strictObject({ kind: z.string().nullable(), n: count, mean: z.number(), low: share, high: share }).nullable(),
})

const reportBody = {
  tool: z.string(),
  as_of: dayText,
  data_to: z.strictObject({ dossiers: dayText.nullable(), survey_answers: dayText.nullable() }),
  period: z.strictObject({ label: z.string(), from: dayText, to: dayText, calendar: z.enum(['month', 'report15']) }),
  units: z.enum(['current', 'as-was']),
  policy: z.looseObject({ id: z.string() }),
  notes: z.record(z.string(), count),
  unknown_target_units: unknownTargetUnits,
  unknown_units: z.array(z.strictObject({ said: z.string(), rows: count, is_ambiguous: z.boolean(), suggestions: z.array(z.string()) })),
  rows: z.array(row),
  trend: z.array(row).optional().describe('A row a month, up to the period’s end, where the outline shows months.'),
  counts: z
    .array(z.strictObject({ indicator: z.string(), label, level, unit: named, count: count.nullable() }))
    .optional()
    .describe('Counts of dossiers, where the outline shows them.'),
}

const counts = { read: count, loaded: count, unchanged: count, superseded: count, rejected: count, skipped: count }

const file = z.strictObject({
  file: z.string(),
  status: z.enum(['loaded', 'unchanged', 'refused']),
  kind: z.string().nullable(),
  layout: z.string().nullable(),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  hidden: z.strictObject({ rows: count, columns: count, sheet: z.boolean() }).nullable(),
  delimiter: z.string().nullable(),
  load_id: count.nullable(),
  ...counts,
  personal_columns: z.array(z.string()),
  ignored_columns: z.array(z.string()),
  told: z.strictObject({ contradiction: count.optional() }).describe('Rows that count, but of which something has to be told.'),
  unread_columns: z.array(z.strictObject({ header: z.string(), looks_like: z.string().nullable().describe('The column it seems to be.') })),
  lacking_columns: z.array(z.string()).describe('Columns that earlier files of the kind had.'),
  lacking_metrics: z.array(z.string()).describe('Metrics that can not be computed from the file for want of them.'),
  error: problem.nullable(),
})

const load = z.looseObject({
  load_id: count,
  kind: z.string(),
  loaded_at: z.string(),
  file: z.string(),
  sheet: z.string().nullable(),
  sha256: z.string(),
  bytes: count,
  ...counts,
})
const rejected = z.strictObject({
  load_id: count,
  file: z.string(),
  line: count,
  column: z.string().nullable(),
  header: z.string().nullable(),
  text: z.string().nullable(),
  reason: z.string(),
})

const formPlace = { field: z.string().nullable(), unit: named, level }
const formCounts = z.record(z.string(), count.nullable()).describe('By the number of the column; null: not computable.')

/** Every output schema, by the name of its file. */
export const OUTPUTS = {
  report: z.strictObject({ schema: z.literal('cchc.report/1'), ...reportBody }),
  check: z.strictObject({
    schema: z.literal('cchc.check/1'),
    ...reportBody,
    verdict: z.enum(['met', 'missed', 'no_target', 'no_data']),
    targets: count,
    missed: count,
    without_data: count,
    is_stale: z.boolean(),
    newest: dayText.nullable().describe('The last day of the data; null without any.'),
  }),
  ingest: z.strictObject({
    schema: z.literal('cchc.ingest/1'),
    dry_run: z.boolean(),
    files: z.array(file),
    passed_over: z.array(z.string()),
    written_by_cchc: z.array(z.string()).describe('Files found in folders that this program wrote itself: not read.'),
    unknown_target_units: unknownTargetUnits,
  }),
  undo: z.strictObject({ schema: z.literal('cchc.undo/1'), load_id: count, file: z.string() }),
  verify: z.strictObject({
    schema: z.literal('cchc.verify/1'),
    loads: z.array(
      z.strictObject({ load_id: count, file: z.string(), source: z.enum(['same', 'changed', 'gone']), faults: z.array(z.string()) }),
    ),
  }),
  inspect: z.strictObject({
    schema: z.literal('cchc.inspect/1'),
    files: z.array(z.looseObject({ file: z.string(), error: problem.nullable() })),
    unknown_units: z.array(z.looseObject({ said: z.string(), rows: count })),
    compared_with_store: z.enum(['all', 'but_dossiers', 'nothing']),
    passed_over: z.array(z.string()),
    written_by_cchc: z.array(z.string()).describe('Files found in folders that this program wrote itself: not read.'),
  }),
  metrics: z.strictObject({ schema: z.literal('cchc.metrics/1'), metrics: z.array(z.looseObject({ id: z.string(), label })) }),
  metric: z.looseObject({ schema: z.literal('cchc.metric/1'), metric: z.looseObject({ id: z.string(), label }) }),
  targets: z.strictObject({
    schema: z.literal('cchc.targets/1'),
    targets: z.array(
      z.strictObject({
        metric: z.string(),
        level,
        unit: z.string().nullable(),
        period: z.string().nullable(),
        share,
        operator: z.enum(OPERATORS).describe('As the plan says it, else the usual one of the metric.'),
        effective_from: dayText.nullable(),
        source: z.string().nullable(),
      }),
    ),
    unknown_units: unknownTargetUnits,
  }),
  indicators: z.strictObject({
    schema: z.literal('cchc.indicators/1'),
    indicators: z.array(
      z.strictObject({
        indicator: z.string(),
        label: label.nullable(),
        level,
        unit: z.string().nullable(),
        field: z.string().nullable(),
        period: z.string(),
        numerator: count.nullable(),
        denominator: count.nullable(),
        value: z.number().nullable(),
        measure: z.enum(['percent', 'rank', 'places']).nullable(),
        digits: count.nullable(),
        bound: z.enum(['>', '≥', '<', '≤', '≈']).nullable(),
        source: z.string().nullable(),
        shown: z.number().nullable().describe('Of a rate: per cent as displayed, by the counts where both are reported.'),
        computed_shown: z.number().nullable(),
        is_contradiction: z.boolean().describe('The counts and the value that are reported disagree.'),
        computed: z.strictObject({ numerator: count, denominator: count.nullable(), value: share.nullable() }).nullable(),
        difference: z.number().nullable(),
        units: z.enum(['current', 'as-was']),
      }),
    ),
  }),
  forms: z.strictObject({
    schema: z.literal('cchc.forms/1'),
    forms: z.array(z.strictObject({ id: z.string(), number: label.nullable(), title: label, by: z.array(z.string()), source: z.string() })),
  }),
  form: z.strictObject({
    schema: z.literal('cchc.form/1'),
    tool: z.string(),
    as_of: dayText,
    data_to: z.strictObject({ dossiers: dayText.nullable() }),
    form: z.strictObject({ id: z.string(), number: label.nullable(), title: label }),
    period: reportBody.period,
    by: z.enum(['field', 'unit', 'level']),
    scope: z.strictObject({ level, unit: z.string().nullable(), levels: z.array(z.enum(LEVELS)), units: z.array(z.string()) }),
    units: reportBody.units,
    policy: reportBody.policy,
    columns: z.array(
      z.strictObject({
        number: count,
        headings: z.strictObject({ vi: z.array(z.string()), en: z.array(z.string()) }),
        indicator: z.string().nullable(),
      }),
    ),
    identities: z.array(z.string()),
    notes: z.array(z.strictObject({ text: label, n: count })),
    left_out: z.strictObject({ vertical_sector: count, not_received: count }),
    unknown_units: z.array(z.strictObject({ said: z.string(), rows: count })),
    carry_over: z
      .strictObject({
        column: count,
        of: count,
        previous: z.strictObject({ label: z.string(), from: dayText, to: dayText }),
        known: z.strictObject({ load_id: count, loaded_at: dayText }).nullable(),
        differences: z.array(
          z.strictObject({ total: z.boolean(), ...formPlace, source: z.enum(['summary', 'store']), reported: count, recomputed: count }),
        ),
        dossiers: z.array(
          z.strictObject({
            code: z.string(),
            ...formPlace,
            change: z.union([z.literal(1), z.literal(-1)]),
            was: z.string(),
            is: z.string(),
            load_id: count,
          }),
        ),
      })
      .nullable(),
    total: formCounts,
    rows: z.array(z.strictObject({ ...formPlace, counts: formCounts })),
  }),
  'unit-changes': z.strictObject({
    schema: z.literal('cchc.unit-changes/1'),
    changes: z.array(z.looseObject({ new_code: z.string(), effective_from: dayText, share: share.nullable() })),
  }),
  'unknown-units': z.strictObject({
    schema: z.literal('cchc.unknown-units/1'),
    units: z.array(
      z.strictObject({ said: z.string(), alias: z.string(), rows: count, is_ambiguous: z.boolean(), suggestions: z.array(z.string()) }),
    ),
  }),
  units: z.strictObject({
    schema: z.literal('cchc.units/1'),
    as_of: dayText,
    counts: z.strictObject({ province: count, district: count, commune: count }),
    units: z.array(z.looseObject({ code: z.string(), name: z.string(), level: z.enum(LEVELS) })),
  }),
  loads: z.strictObject({ schema: z.literal('cchc.loads/1'), loads: z.array(load) }),
  rejected: z.strictObject({ schema: z.literal('cchc.rejected/1'), rejected: z.array(rejected) }),
  config: z.strictObject({
    schema: z.literal('cchc.config/1'),
    settings: z.record(z.string(), z.strictObject({ value: z.unknown(), origin: z.string() })),
  }),
  error: z.strictObject({ error: problem }),
}
