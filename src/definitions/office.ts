import { join } from 'node:path'
import type { ZodType } from 'zod'

import { ToolError } from '../errors.js'
import { listed, say } from '../messages/message.js'
import { fold } from '../language/fold.js'
import { formProblem } from './form.js'
import { form as formFormat, type Form } from './form-schema.js'
import { layoutProblem } from './layout.js'
import { yamlFiles, type Definitions } from './load.js'
import { outline } from './outline.js'
import * as schema from './schema.js'
import type { SentenceId } from './sentences.js'
import { refuse } from './issue.js'
import { namesIn, readPlainFile } from './plain-file.js'
import { readYaml } from './yaml.js'

/**
 * Merges an office's definitions folder over the shipped ones, by id: `metrics.yaml` and `policies.yaml` add or replace whole
 * entries, `columns.yaml` and `statuses.yaml` add aliases and labels, `sentences.yaml` words sentences anew, `forms/*.yaml`,
 * `layouts/*.yaml` and `reports/*.yaml` add or replace forms, layouts and outlines of reports.
 */
export function mergeOffice(definitions: Definitions, folder: string): void {
  const names = namesIn(folder)
  read('metrics.yaml', schema.metricsFile, (metrics, file) => {
    for (const [id, metric] of Object.entries(metrics)) definitions.metrics.set(id, { ...metric, id, file })
  })
  read('policies.yaml', schema.policiesFile, (policies) => Object.assign(definitions.policies, policies))
  read('statuses.yaml', schema.statusesOverride, (statuses, file) => {
    for (const [id, { stage, labels }] of Object.entries(statuses)) {
      addLabels(definitions, 'status', id, labels, file)
      if (stage) definitions.stages[id] = stage
    }
  })
  read('columns.yaml', schema.columnsOverride, (columns, file) => {
    definitions.personal.push(...columns.personal)
    for (const [name, vocabulary] of Object.entries(columns.vocabularies)) {
      for (const [value, labels] of Object.entries(vocabulary)) addLabels(definitions, name, value, labels, file)
    }
    for (const [kind, aliases] of Object.entries(columns.aliases)) {
      for (const [column, headers] of Object.entries(aliases)) {
        const known = definitions.kinds[kind as schema.Kind].columns[column]
        if (!known) throw new ToolError('invalid_definition', say('definitions.kind_without_column', { kind, column }), { place: { file } })
        known.aliases.unshift(...headers)
      }
    }
  })
  for (const file of yamlFiles(join(folder, 'forms'))) {
    const form = readForm(file, definitions)
    definitions.forms.set(form.id, { ...form, file })
  }
  read('sentences.yaml', schema.sentencesOverride, (sentences) => {
    for (const [id, said] of Object.entries(sentences)) Object.assign(definitions.sentences[id as SentenceId], said)
  })
  for (const file of yamlFiles(join(folder, 'layouts'))) {
    const layout = { ...readLayout(file, definitions), file }
    definitions.layouts = [layout, ...definitions.layouts.filter(({ id }) => id !== layout.id)]
  }
  for (const file of yamlFiles(join(folder, 'reports'))) {
    const own = { ...readYaml(readPlainFile(file), file, outline), file }
    definitions.outlines = [own, ...definitions.outlines.filter(({ id }) => id !== own.id)]
  }

  function read<T>(name: string, format: ZodType<T>, use: (value: T, file: string) => void): void {
    const file = join(folder, name)
    if (names.includes(name)) use(readYaml(readPlainFile(file), file, format), file)
  }
}

/** Reads one layout file, for `--layout FILE`. */
export function readLayout(file: string, definitions: Pick<Definitions, 'kinds' | 'vocabularies'>): schema.Layout {
  const format = schema.layout.superRefine((layout, context) => {
    const problem = layoutProblem(layout, definitions)
    if (problem) refuse(context, problem.message, problem)
  })
  return readYaml(readPlainFile(file), file, format)
}

function readForm(file: string, definitions: Definitions): Form {
  const format = formFormat.superRefine((form, context) => {
    const problem = formProblem(form, definitions)
    if (problem) refuse(context, problem.message, problem)
  })
  return readYaml(readPlainFile(file), file, format)
}

function addLabels(definitions: Definitions, vocabulary: string, value: string, labels: string[], file: string): void {
  if (value === '?') {
    const some = listed([...labels.slice(0, 5), ...(labels.length > 5 ? ['…'] : [])])
    throw new ToolError('invalid_definition', say('definitions.words_without_meaning', { n: labels.length, vocabulary, some }), {
      place: { file },
      hint: say('definitions.put_words', { all: listed(Object.keys(definitions.vocabularies[vocabulary] ?? {})) }),
    })
  }
  const known = definitions.vocabularies[vocabulary]
  if (!known) throw new ToolError('invalid_definition', say('definitions.no_vocabulary', { vocabulary }), { place: { file } })
  if (!known[value]) {
    throw new ToolError('invalid_definition', say('definitions.not_a_value', { value, of: vocabulary }), {
      place: { file },
      hint: say('definitions.labels_added', { all: listed(Object.keys(known)) }),
    })
  }
  for (const others of Object.values(known)) {
    for (const label of labels) {
      const at = others.findIndex((other) => fold(other) === fold(label))
      if (at >= 0) others.splice(at, 1)
    }
  }
  known[value].push(...labels)
}
