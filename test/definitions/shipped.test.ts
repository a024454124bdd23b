import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { layoutColumn } from '../../src/definitions/layout.js'
import { loadDefinitions } from '../../src/definitions/load.js'
import * as schema from '../../src/definitions/schema.js'
import { STAGES } from '../../src/definitions/terms.js'
import { fold, headerKey } from '../../src/language/fold.js'
import { compileMetric, conditionKey } from '../../src/measure/compile.js'
import { metricConditions, readShippedConditions } from '../../src/measure/predicates.js'
import { DERIVED } from '../../src/store/derived.js'
import { Store } from '../../src/store/store.js'
import { ROOT, tempFolder } from '../support/program.js'

const definitions = await loadDefinitions()
await readShippedConditions(definitions)
const folder = join(ROOT, 'src', 'definitions')
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')
const schemaSql = read(ROOT, 'src', 'store', 'schema.sql')

let store: Store
beforeAll(async () => {
  store = await Store.open(join(tempFolder(), 'cchc.duckdb'))
})
afterAll(() => store.close())

describe('every shipped metric', () => {
  const compiled = [...definitions.metrics.values()].map((metric) => compileMetric(metric, definitions))

  it('needs columns that dossiers have', () => {
    const columns = new Set(Object.keys(definitions.kinds.dossiers.columns))
    expect(compiled.flatMap(({ needs }) => needs.flat()).filter((id) => !columns.has(id))).toEqual([])
  })

  it('needs every column that its conditions name', () => {
    const columns = Object.keys(definitions.kinds.dossiers.columns)
    for (const { metric } of compiled.filter(({ fact }) => fact === 'dossier')) {
      const said = metricConditions(metric).map(({ fact, text }) => definitions.conditions.get(conditionKey(fact, text))!.sql)
      const named = columns.filter((id) => said.some((sql) => sql.includes(`"${id}"`)))
      expect([metric.id, named.filter((id) => !metric.needs.includes(id))]).toEqual([metric.id, []])
    }
  })

  it('has names by which a plan can tell it from every other', () => {
    const owners = new Map<string, string>()
    for (const { id, label, short } of definitions.metrics.values()) {
      for (const name of new Set([id, label.vi, label.en, short.vi, short.en].map(fold))) {
        expect([name, owners.get(name) ?? id]).toEqual([name, id])
        owners.set(name, id)
      }
    }
  })
})

describe('the shipped vocabularies', () => {
  it.each(Object.entries(definitions.vocabularies))('%s has no label for two values', (_, vocabulary) => {
    const owners = new Map<string, string>()
    for (const [value, labels] of Object.entries(vocabulary)) {
      for (const label of new Set([value, ...labels].map(fold))) {
        expect([label, owners.get(label) ?? value]).toEqual([label, value])
        owners.set(label, value)
      }
    }
  })

  it.each(Object.entries(definitions.kinds))('%s has no header for two columns', (_, { columns }) => {
    const owners = new Map<string, string>()
    for (const [id, { aliases }] of Object.entries(columns)) {
      for (const key of new Set([id, ...aliases].map(headerKey))) {
        expect([key, owners.get(key) ?? id]).toEqual([key, id])
        owners.set(key, id)
      }
    }
  })

  it('has no header that is personal data and something to be read at once', () => {
    const personal = new Set(definitions.personal.map(headerKey))
    const read = Object.values(definitions.kinds).flatMap(({ columns }) => Object.values(columns).flatMap(({ aliases }) => aliases))
    expect(read.filter((alias) => personal.has(headerKey(alias)))).toEqual([])
  })

  it('lets no shipped layout read a header of personal data', () => {
    const personal = new Set(definitions.personal.map(headerKey))
    const read = definitions.layouts.flatMap(({ columns }) => Object.values(columns).flatMap((said) => layoutColumn(said).headers))
    expect(read.filter((header) => personal.has(headerKey(header)))).toEqual([])
  })
})

describe('the store', () => {
  it('has the columns of dossiers in the order of the definitions', async () => {
    const rows = await store.rows<{ column_name: string }>(`SELECT column_name FROM (DESCRIBE dossier_version)`)
    const own = [...Object.keys(DERIVED), 'is_merged', 'load_id', 'ended_load_id']
    expect(rows.map((row) => row.column_name)).toEqual([...Object.keys(definitions.kinds.dossiers.columns), ...own])
  })

  it.each(['level', 'channel', 'service_level', 'payment', 'status'])('has for %s the values of its vocabulary', (name) => {
    const [, list = ''] = new RegExp(`CREATE TYPE dossier_${name} AS ENUM \\(([^)]*)\\)`).exec(schemaSql) ?? []
    const values = [...list.matchAll(/'([^']*)'/g)].map(([, value]) => value!)
    expect(values.toSorted()).toEqual(Object.keys(definitions.vocabularies[name]!).toSorted())
  })

  it('has a stage for every status', () => {
    expect(Object.keys(definitions.stages)).toEqual(Object.keys(definitions.vocabularies.status!))
    expect(new Set(Object.values(definitions.stages))).toEqual(new Set(STAGES))
  })
})

describe('the JSON Schemas in the package', () => {
  const shipped = (name: string): Record<string, unknown> =>
    JSON.parse(read(ROOT, 'dist', 'schemas', `${name}.schema.json`)) as Record<string, unknown>
  const FILES = {
    metrics: schema.metricsFile,
    policies: schema.policiesFile,
    statuses: schema.statusesOverride,
    columns: schema.columnsOverride,
    sentences: schema.sentencesOverride,
    layout: schema.layout,
    project: schema.project,
  }

  it.each(Object.entries(FILES))('hold one for %s, as the program itself checks it', (name, format) => {
    expect(shipped(name)).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(format, { io: 'input' }))))
  })

  it('accept the files that the program ships', () => {
    const fromJson = (name: string): z.ZodType => z.fromJSONSchema(shipped(name) as Parameters<typeof z.fromJSONSchema>[0])
    for (const name of ['metrics', 'policies', 'statuses', 'sentences']) {
      expect(fromJson(name).safeParse(parse(read(folder, `${name}.yaml`))).error?.issues ?? []).toEqual([])
    }
    for (const file of readdirSync(join(folder, 'layouts'))) {
      expect(fromJson('layout').safeParse(parse(read(folder, 'layouts', file))).error?.issues ?? []).toEqual([])
    }
    expect(fromJson('metrics').safeParse({ Bad_Id: {} }).success).toBe(false)
    expect(fromJson('project').safeParse({ lang: 'fr' }).success).toBe(false)
  })
})
