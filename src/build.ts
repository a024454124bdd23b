/* Last step of the build: checks the shipped YAML and its conditions, stores it as JSON beside the program, writes the JSON Schemas. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

import { asset } from './assets.js'
import { readBuiltin } from './definitions/builtin.js'
import { loadDefinitions } from './definitions/load.js'
import { form } from './definitions/form-schema.js'
import { outline } from './definitions/outline.js'
import * as schema from './definitions/schema.js'
import { readShippedConditions } from './measure/predicates.js'
import { OUTPUTS } from './report/schema.js'

const source = asset('../src/')
const target = asset('./')

const definitionFiles = {
  metrics: schema.metricsFile,
  columns: schema.columnsOverride,
  statuses: schema.statusesOverride,
  policies: schema.policiesFile,
  form,
  sentences: schema.sentencesOverride,
  layout: schema.layout,
  report: outline,
  project: schema.project,
}
const outputs = Object.entries(OUTPUTS).map(([name, format]) => [`output-${name}`, format] as const)

for (const folder of ['definitions/', 'schemas/']) mkdirSync(new URL(folder, target), { recursive: true })
for (const [name, format] of [...Object.entries(definitionFiles), ...outputs]) {
  writeFileSync(new URL(`schemas/${name}.schema.json`, target), `${JSON.stringify(z.toJSONSchema(format, { io: 'input' }), null, 2)}\n`)
}
for (const entry of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
  if (/\.(sql|css|js)$/.test(entry)) cpSync(new URL(entry, source), new URL(entry, target))
}

const builtin = readBuiltin(new URL('definitions/', source))
const stored = new URL('definitions/builtin.json', target)
writeFileSync(stored, JSON.stringify(builtin))
const definitions = await loadDefinitions()
await readShippedConditions(definitions)
writeFileSync(stored, JSON.stringify({ ...builtin, conditions: Object.fromEntries(definitions.conditions) }))
