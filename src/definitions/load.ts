import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { asset } from '../assets.js'
import { ToolError } from '../errors.js'
import { listed, say } from '../messages/message.js'
import { formProblem, type FormDefinition } from './form.js'
import type { Form } from './form-schema.js'
import { layoutProblem } from './layout.js'
import type { Outline } from './outline.js'
import { namesIn } from './plain-file.js'
import type {
  Column,
  ColumnsFile,
  Evidence,
  Indicator,
  Kind,
  Label,
  Layout,
  LevelsFile,
  Metric,
  Policy,
  Sentences,
  Stage,
  StatusesFile,
} from './schema.js'

/**
 * A metric with its id and the file it comes from (null: shipped with the tool). provided: columns that some load must have brought, though
 * rows where they are not known count.
 */
export type MetricDefinition = Metric & { id: string; file: string | null; provided?: readonly string[] }

/** A condition that was read: as the engine runs it, and the columns that are known in every row for which it is true. */
export interface Condition {
  sql: string
  known: string[]
}

/** All that is data: metrics, columns, vocabularies, statuses, policies, forms and layouts, the office's own merged over the shipped ones. */
export interface Definitions {
  metrics: Map<string, MetricDefinition>
  kinds: Record<Kind, { label: Label; requires: string[][]; columns: Record<string, Column> }>
  /** What tells kinds of files apart. */
  evidence: Evidence
  /** Words of headers that mean the same. */
  synonyms: string[][]
  /** Canonical value → labels, per vocabulary; `status` is among them. */
  vocabularies: Record<string, Record<string, string[]>>
  stages: Record<string, Stage>
  policies: Record<string, Policy>
  levels: LevelsFile
  /** Counts that summaries report. */
  indicators: Record<string, Indicator>
  forms: Map<string, FormDefinition>
  /** The turns of phrase of written reports. */
  sentences: Sentences
  layouts: (Layout & { file?: string })[]
  /** What reports for people consist of. */
  outlines: (Outline & { file?: string })[]
  personal: string[]
  /** Conditions of metrics and forms that were read already, by fact and text. */
  conditions: Map<string, Condition>
}

/** The files shipped with the tool, checked when it was built. */
export interface BuiltinFiles {
  metrics: Record<string, Metric>
  columns: ColumnsFile
  statuses: StatusesFile
  policies: Record<string, Policy>
  levels: LevelsFile
  indicators: Record<string, Indicator>
  forms: Form[]
  sentences: Sentences
  layouts: Layout[]
  outlines: Outline[]
  /** Of all the files above; the build reads them. */
  conditions?: Record<string, Condition>
}

/** The same record, in which a name from outside finds nothing but its own keys: not `constructor`, which every object has. */
function ownKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, record)
}

function eachOwn<T>(records: Record<string, Record<string, T>>): Record<string, Record<string, T>> {
  return ownKeys(Object.fromEntries(Object.entries(records).map(([name, record]) => [name, ownKeys(record)])))
}

function kindsOf({ columns }: BuiltinFiles): Definitions['kinds'] {
  const kinds = Object.entries(columns.kinds).map(([kind, one]) => [kind, { ...one, columns: ownKeys(one.columns) }])
  return Object.fromEntries(kinds) as Definitions['kinds']
}

/** Loads the shipped definitions and, when given, an office's `definitions/` folder over them. */
export async function loadDefinitions(folder?: string): Promise<Definitions> {
  const builtin = await loadBuiltin()
  const definitions: Definitions = {
    metrics: new Map(Object.entries(builtin.metrics).map(([id, metric]) => [id, { ...metric, id, file: null }])),
    kinds: kindsOf(builtin),
    evidence: builtin.columns.evidence,
    synonyms: builtin.columns.synonyms,
    vocabularies: eachOwn({
      ...builtin.columns.vocabularies,
      status: Object.fromEntries(Object.entries(builtin.statuses).map(([id, status]) => [id, status.labels])),
    }),
    stages: ownKeys(Object.fromEntries(Object.entries(builtin.statuses).map(([id, status]) => [id, status.stage]))),
    policies: ownKeys(builtin.policies),
    levels: builtin.levels,
    indicators: ownKeys(builtin.indicators),
    forms: new Map(builtin.forms.map((form) => [form.id, { ...form, file: null }])),
    sentences: builtin.sentences,
    layouts: builtin.layouts,
    outlines: builtin.outlines,
    personal: builtin.columns.personal,
    conditions: new Map(Object.entries(builtin.conditions ?? {})),
  }
  if (folder) {
    const { mergeOffice } = await import('./office.js')
    mergeOffice(definitions, folder)
  }
  checkReferences(definitions)
  return definitions
}

/** Reads one layout file, for `--layout FILE`. */
export async function readLayoutFile(file: string, definitions: Pick<Definitions, 'kinds' | 'vocabularies'>): Promise<Layout> {
  const { readLayout } = await import('./office.js')
  return readLayout(file, definitions)
}

async function loadBuiltin(): Promise<BuiltinFiles> {
  const built = asset('definitions/builtin.json')
  if (existsSync(built)) return JSON.parse(readFileSync(built, 'utf8')) as BuiltinFiles
  const { readBuiltin } = await import('./builtin.js')
  return readBuiltin(asset('definitions/'))
}

function checkReferences(definitions: Definitions): void {
  for (const metric of definitions.metrics.values()) {
    const kind = metric.population === 'answered' ? 'survey' : 'dossiers'
    const { columns } = definitions.kinds[kind]
    const unknown = metric.needs.find((name) => !(name in columns))
    if (unknown) {
      throw new ToolError('invalid_definition', say('definitions.metric_needs', { metric: metric.id, column: unknown, kind }), {
        place: { file: metric.file ?? 'metrics.yaml' },
        hint: say('definitions.columns_are', { all: listed(Object.keys(columns)) }),
      })
    }
    if (metric.complement_of && !definitions.metrics.has(metric.complement_of)) {
      throw new ToolError('invalid_definition', say('definitions.metric_complement', { metric: metric.id, other: metric.complement_of }), {
        place: { file: metric.file ?? 'metrics.yaml' },
      })
    }
  }
  for (const outline of definitions.outlines) {
    const unknown = outline.sections.flatMap(({ metrics }) => metrics ?? []).find((id) => !definitions.metrics.has(id))
    if (unknown) {
      throw new ToolError('invalid_definition', say('definitions.report_shows', { report: outline.id, metric: unknown }), {
        place: { file: outline.file ?? `reports/${outline.id}.yaml` },
        hint: say('definitions.all_metrics'),
      })
    }
  }
  for (const form of definitions.forms.values()) {
    const problem = formProblem(form, definitions)
    if (problem) throw new ToolError('invalid_definition', problem.message, { place: { file: form.file ?? `forms/${form.id}.yaml` } })
  }
  for (const layout of definitions.layouts) {
    const problem = layoutProblem(layout, definitions)
    if (problem) {
      throw new ToolError('invalid_definition', problem.message, {
        place: { file: layout.file ?? `layouts/${layout.id}.yaml` },
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      })
    }
  }
}

/** The YAML files below a folder, in a fixed order. */
export function yamlFiles(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
}
