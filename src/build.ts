/* Second step of the build: checks the shipped YAML, stores it as JSON beside the program, writes the JSON Schemas. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

import { readBuiltin } from './definitions/builtin.js'
import * as schema from './definitions/schema.js'

const source = new URL('../src/', import.meta.url)
const target = new URL('./', import.meta.url)

writeFileSync(new URL('definitions/builtin.json', target), JSON.stringify(readBuiltin(new URL('definitions/', source))))

const files = {
  metrics: schema.metricsFile,
  columns: schema.columnsOverride,
  statuses: schema.statusesOverride,
  policies: schema.policiesFile,
  layout: schema.layout,
  project: schema.project,
}
mkdirSync(new URL('schemas/', target), { recursive: true })
for (const [name, format] of Object.entries(files)) {
  writeFileSync(new URL(`schemas/${name}.schema.json`, target), `${JSON.stringify(z.toJSONSchema(format, { io: 'input' }), null, 2)}\n`)
}

for (const entry of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
  if (entry.endsWith('.sql') || entry.endsWith('.schema.json')) cpSync(new URL(entry, source), new URL(entry, target))
}
