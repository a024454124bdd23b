import { z } from 'zod'
import { listed, say, type Message } from '../messages/message.js'

import { dateFormatProblem } from '../language/date-format.js'
import { patternProblem } from '../language/pattern.js'
import { refuse, told } from './issue.js'
import { metricProblems, timelinessProblem } from './metric.js'
import { SENTENCE_PLACES, type SentenceId } from './sentences.js'
import { KINDS, LEVELS, POPULATIONS, STAGES, TIMELINESS } from './terms.js'

export const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, told('definitions.id_is'))
export const text = z.string().min(1)
export const label = z.strictObject({ vi: text, en: text }).describe('The same text in Vietnamese and English.')
const timeliness = z.array(z.enum(TIMELINESS)).min(1)

export const term = z
  .strictObject({
    population: z.enum(POPULATIONS),
    timeliness: timeliness.optional(),
    where: text.optional().describe('A condition over the columns of a dossier, true for what is counted.'),
  })
  .superRefine(({ population, timeliness: said }, context) => {
    const says = timelinessProblem(population, said)
    if (says !== null) refuse(context, says, { path: ['timeliness'] })
  })

export const metric = z
  .strictObject({
    label,
    short: label,
    definition: label,
    population: z.enum(POPULATIONS).optional(),
    needs: z.array(id).default([]).describe('Columns that must be known; rows where one is not are left out and lower the coverage.'),
    among: text.optional().describe('A condition restricting the denominator.'),
    counts: text.optional().describe('The condition of the numerator, within the denominator.'),
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
    if (simple === composite) refuse(context, say('definitions.population_or_terms'))
    if (simple && value.counts === undefined && value.timeliness === undefined) refuse(context, say('definitions.counts_or_timeliness'))
    for (const { path, says } of metricProblems(value)) refuse(context, says, { path })
  })

export const metricsFile = z.record(id, metric)

const columnType = z.enum([
  'code',
  'text',
  'time',
  'date',
  'money',
  'flag',
  'choice',
  'score',
  'number',
  'target',
  'period',
  'metric',
  'hash',
])
export const column = z.strictObject({
  type: columnType,
  empty: text.optional().describe('What an empty cell says where the column is present.'),
  label,
  aliases: z.array(text),
})
const vocabulary = z.record(text, z.array(text))

const evidence = z.strictObject({
  serial: z.array(text).describe('Headers of columns that number the rows.'),
  neutral: z.array(text).describe('Other headers that speak for no kind.'),
  kinds: z.record(
    z.enum(KINDS),
    z.strictObject({
      own: z.array(text).min(1).describe('Columns that only this kind has; "item*": numbered questions.'),
      likely: z.array(id).default([]).describe('Columns that make it this kind where nothing speaks for another.'),
      doubtful: z.array(text).default([]).describe('Headers that are read, but may mean something else: they are no evidence.'),
      never: z
        .strictObject({ columns: z.partialRecord(z.enum(KINDS), z.array(id)).default({}), words: z.array(text).default([]) })
        .default({ columns: {}, words: [] })
        .describe('Columns of other kinds, and words in headers, that it can not have.'),
    }),
  ),
})

export const columnsFile = z
  .strictObject({
    personal: z.array(text).default([]).describe('Headers of personal data: recognised, dropped at reading, never stored.'),
    vocabularies: z.record(id, vocabulary).default({}),
    evidence,
    synonyms: z.array(z.array(text).min(2)).default([]),
    kinds: z.partialRecord(z.enum(KINDS), z.strictObject({ label, requires: z.array(z.array(text)), columns: z.record(id, column) })),
  })
  .superRefine(({ evidence: said, kinds }, context) => {
    const isColumn = (kind: string, name: string): boolean =>
      name === 'item*' || Object.hasOwn(kinds[kind as keyof typeof kinds]?.columns ?? {}, name)
    for (const [kind, { own, likely, never }] of Object.entries(said.kinds)) {
      const named = [...own, ...likely].map((name) => [kind, name] as const)
      const others = Object.entries(never.columns).flatMap(([other, names]) => names.map((name) => [other, name] as const))
      const unknown = [...named, ...others].find(([of, name]) => !isColumn(of, name))
      if (unknown) refuse(context, say('definitions.path_not_column', { path: unknown.join('.') }), { path: ['evidence', 'kinds', kind] })
    }
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
  suspended: z.enum(['apart', 'by_due_date']).default('apart'),
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

const sentence = (places: readonly string[]) =>
  text
    .describe(places.length > 0 ? `Places: ${places.map((place) => `{${place}}`).join(', ')}.` : 'No places.')
    .superRefine((said, context) => {
      const unknown = [...said.matchAll(/\{[^{}]*\}|[{}]/g)].map(([place]) => place).find((place) => !places.includes(place.slice(1, -1)))
      if (unknown === undefined) return
      const all = listed(places.map((place) => `{${place}}`))
      const hint = places.length > 0 ? say('definitions.places_are', { all }) : say('definitions.places_none')
      refuse(context, say('definitions.no_place', { place: unknown }), { hint })
    })
const inBoth = (said: ReturnType<typeof sentence>) => z.strictObject({ vi: said, en: said })
const eachSentence = <Of>(formatOf: (places: readonly string[]) => Of): Record<SentenceId, Of> =>
  Object.fromEntries(Object.entries(SENTENCE_PLACES).map(([name, places]) => [name, formatOf(places)])) as Record<SentenceId, Of>

export const sentencesFile = z.strictObject(eachSentence((places) => inBoth(sentence(places))))
/** What an office's sentences.yaml may say: other words for some sentences, in one language or both. */
export const sentencesOverride = z.strictObject(eachSentence((places) => inBoth(sentence(places)).partial().optional()))

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

const checked = (problemOf: (said: string) => Message | null) =>
  text.superRefine((said, context) => {
    const says = problemOf(said)
    if (says !== null) refuse(context, says)
  })
const headers = z.union([text, z.array(text).min(1)], { error: told('definitions.give_header') })
const position = z.number().int().min(1)
const headerOrPosition = z.union([text, position], { error: told('definitions.give_header_or_number') })

const layoutColumn = z
  .strictObject({
    header: headers.optional().describe('The header, or headers of which the file has one.'),
    position: position.optional().describe('The number of the column, from 1, whatever its header says.'),
    date_format: checked(dateFormatProblem)
      .optional()
      .describe(
        "The only format of its dates: d, dd, M, MM, yy (20yy), yyyy, H, HH, h, hh (with a: SA, CH, AM, PM), m, mm, s, ss; letters for themselves in quotes: 'T'.",
      ),
    unit: z.literal([1000, 1_000_000, 1_000_000_000]).optional().describe('How many đồng its numbers count in; decimals may be said then.'),
    extract: checked((said) => patternProblem(said, true))
      .optional()
      .describe('Regular expression whose first group is what the cell says; a cell without a match is rejected (no_match).'),
    is_optional: z.boolean().optional().describe('Whether a file may lack it.'),
  })
  .superRefine(({ header: said, position: at }, context) => {
    if ((said === undefined) === (at === undefined)) refuse(context, say('definitions.header_or_position'))
  })

const skipRule = z
  .strictObject({
    column: headerOrPosition.optional().describe('The column that is, matches or is_empty is about.'),
    is: z.array(text).min(1).optional().describe('Texts, compared without case and tone placement.'),
    matches: checked(patternProblem).optional().describe('Regular expression that is found in the cell.'),
    is_empty: z.literal(true).optional(),
    only: headerOrPosition.optional().describe('The only column with anything in it: headings of groups.'),
    reason: text.max(80).optional().describe('Counted under this name; default: skipped by layout.'),
  })
  .superRefine((rule, context) => {
    const tests = [rule.is, rule.matches, rule.is_empty].filter((test) => test !== undefined).length
    if (rule.only === undefined ? rule.column === undefined || tests !== 1 : rule.column !== undefined || tests > 0)
      refuse(context, say('definitions.skip_rule'))
  })

export const layout = z
  .strictObject({
    id,
    kind: z.enum(KINDS),
    label: label.optional(),
    header: z
      .array(text)
      .min(1)
      .optional()
      .describe('Headers that must all be present for the layout to be recognised; without it, those of its columns.'),
    sheet: text.optional().describe('The sheet of a workbook, unless --sheet says otherwise.'),
    header_row: position.optional().describe('The line or row the header is on; otherwise it is searched for in the first 40.'),
    columns: z
      .record(
        id,
        z.union([text, z.array(text).min(1), layoutColumn], {
          error: told('definitions.give_column'),
        }),
      )
      .describe('Canonical column → header of the file.'),
    items: z.record(text, id).optional().describe('Survey items (a column each): header → factor.'),
    constants: z.record(id, text).default({}).describe('Canonical column → the value every row has.'),
    values: z.record(id, z.record(text, text)).default({}).describe('Canonical column → text of the file → canonical value.'),
    empty_is_unknown: z.array(id).optional().describe('Columns whose empty cells are not known, where they would say no or none.'),
    fill_down: z.array(id).optional().describe('Columns whose empty cells say what stands above them, as in copies of merged cells.'),
    skip: z.array(skipRule).optional().describe('Rows that are no records, by the first rule that holds; they are counted as skipped.'),
    date_system: z
      .union([z.literal(1900), z.literal(1904)])
      .default(1900)
      .describe('Epoch of Excel serial numbers.'),
  })
  .superRefine(({ header: said, header_row: row }, context) => {
    if (said === undefined && row === undefined) refuse(context, say('definitions.header_or_row'), { path: ['header'] })
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
export type Evidence = z.infer<typeof evidence>
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
export type Sentences = z.infer<typeof sentencesFile>
