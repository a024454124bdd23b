import { z } from 'zod'

export const LEVELS = ['province', 'district', 'commune'] as const
export const TIMELINESS = ['early', 'on_time', 'late', 'no_due_date', 'within_due', 'overdue', 'suspended'] as const
export const POPULATIONS = ['received', 'resolved', 'resolved_of_intake', 'paid', 'carried_over', 'pending', 'answered'] as const
export const STAGES = ['registered', 'not_received', 'open', 'suspended', 'withdrawn', 'stopped', 'done'] as const
export const KINDS = ['dossiers', 'survey', 'targets', 'units', 'unit_changes', 'unit_aliases', 'indicators'] as const

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'an id is lower-case letters, digits, "_" and "-", and starts with a letter')
const text = z.string().min(1)
const label = z.strictObject({ vi: text, en: text }).describe('The same text in Vietnamese and English.')
const timeliness = z.array(z.enum(TIMELINESS)).min(1)

const term = z.strictObject({
  population: z.enum(POPULATIONS),
  timeliness: timeliness.optional(),
  where: text.optional().describe('SQL over the fact columns, true for what is counted.'),
})

export const metric = z
  .strictObject({
    label,
    short: label,
    definition: label,
    population: z.enum(POPULATIONS).optional(),
    needs: z.array(id).default([]).describe('Columns that must be known; rows where one is not are left out and lower the coverage.'),
    among: text.optional().describe('SQL restricting the denominator.'),
    counts: text.optional().describe('SQL of the numerator, within the denominator.'),
    of_timeliness: timeliness.optional().describe('Timeliness classes of the denominator.'),
    timeliness: timeliness.optional().describe('Timeliness classes of the numerator.'),
    survey_kind: z.enum(['survey', 'kiosk']).optional().describe('Kinds of answers are not comparable: which one this metric is about.'),
    numerator: z.array(term).min(1).optional().describe('Only for rates over several populations.'),
    denominator: z.array(term).min(1).optional(),
    direction: z.enum(['higher', 'lower']).describe('Which side of a target is good: higher means ≥, lower means ≤.'),
    unit: z.enum(['percent']).default('percent'),
    complement_of: id.optional().describe('Displayed as 100 − that metric as displayed.'),
    source: text.describe('Where the definition comes from: law, decision, plan, practice.'),
  })
  .superRefine((value, context) => {
    const simple = value.population !== undefined
    const composite = value.numerator !== undefined && value.denominator !== undefined
    if (simple === composite)
      context.addIssue({ code: 'custom', message: 'give either population (with counts or timeliness), or numerator and denominator' })
    if (simple && value.counts === undefined && value.timeliness === undefined)
      context.addIssue({ code: 'custom', message: 'give counts, timeliness or both: what the numerator counts' })
  })

export const metricsFile = z.record(id, metric)

const columnType = z.enum(['code', 'text', 'time', 'date', 'money', 'flag', 'choice', 'score', 'number', 'target', 'period', 'metric'])
export const column = z.strictObject({
  type: columnType,
  empty: text.optional().describe('What an empty cell says where the column is present.'),
  label,
  aliases: z.array(text).min(1),
})
const vocabulary = z.record(text, z.array(text))

export const columnsFile = z.strictObject({
  personal: z.array(text).default([]).describe('Headers of personal data: recognised, dropped at reading, never stored.'),
  vocabularies: z.record(id, vocabulary).default({}),
  kinds: z.partialRecord(z.enum(KINDS), z.strictObject({ label, requires: z.array(z.array(text)), columns: z.record(id, column) })),
})

/** What an office's columns.yaml may say: more aliases and more labels for the canonical columns and values. */
export const columnsOverride = z.strictObject({
  personal: z.array(text).default([]),
  vocabularies: z.record(id, vocabulary).default({}),
  aliases: z.partialRecord(z.enum(KINDS), z.record(id, z.array(text))).default({}),
})

export const statusesFile = z.record(id, z.strictObject({ stage: z.enum(STAGES), labels: z.array(text) }))
export const statusesOverride = z.record(id, z.strictObject({ stage: z.enum(STAGES).optional(), labels: z.array(text).default([]) }))

export const policy = z.strictObject({
  label,
  compare: z.enum(['day', 'time']).default('day'),
  withdrawn: z.enum(['excluded', 'on_time']).default('excluded'),
  stopped: z.enum(['excluded', 'on_time']).default('excluded'),
  no_due_date: z.enum(['apart', 'on_time']).default('apart'),
  vertical_sector: z.enum(['excluded', 'included']).default('excluded'),
})
export const policiesFile = z.record(id, policy)

export const indicatorsFile = z.record(
  id,
  z.strictObject({
    label,
    needs: z.array(id).default([]).describe('Columns some load must have brought.'),
    counts: z.array(term).min(1).describe('The sum of these is the same count, over the dossiers.'),
  }),
)

export const levelsFile = z.record(
  z.enum(LEVELS),
  z.strictObject({
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional()
      .describe('The last day of a level that was abolished.'),
    source: text.optional(),
  }),
)

export const layout = z.strictObject({
  id,
  kind: z.enum(KINDS),
  label: label.optional(),
  header: z.array(text).min(1).describe('Headers that must all be present for the layout to be recognised.'),
  columns: z.record(id, text).describe('Canonical column → header of the file.'),
  items: z.record(text, id).optional().describe('Survey items (a column each): header → factor.'),
  constants: z.record(id, text).default({}).describe('Canonical column → the value every row has.'),
  values: z.record(id, z.record(text, text)).default({}).describe('Canonical column → text of the file → canonical value.'),
  date_system: z
    .union([z.literal(1900), z.literal(1904)])
    .default(1900)
    .describe('Epoch of Excel serial numbers.'),
})

export const project = z.strictObject({
  name: text.optional().describe('The province or office, printed as the title of reports.'),
  db: text.optional().describe('The store, relative to this file.'),
  lang: z.enum(['vi', 'en']).optional(),
  policy: id.optional(),
  province: text.optional().describe('The province whose units count, by code or name: where a registry of the whole country is loaded.'),
  max_rejects: z.union([z.number(), text]).optional(),
  stale_after_days: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('check: data older than this before the end of the period are stale.'),
})

export type Metric = z.infer<typeof metric>
export type MetricTerm = z.infer<typeof term>
export type Column = z.infer<typeof column>
export type ColumnsFile = z.infer<typeof columnsFile>
export type StatusesFile = z.infer<typeof statusesFile>
export type Policy = z.infer<typeof policy>
export type Layout = z.infer<typeof layout>
export type ProjectFile = z.infer<typeof project>
export type Kind = (typeof KINDS)[number]
export type Level = (typeof LEVELS)[number]
export type Timeliness = (typeof TIMELINESS)[number]
export type Indicator = z.infer<typeof indicatorsFile>[string]
export type LevelsFile = z.infer<typeof levelsFile>
export type Population = (typeof POPULATIONS)[number]
export type Stage = (typeof STAGES)[number]
export type Label = z.infer<typeof label>
