import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ZodType } from 'zod'

import { form } from './form-schema.js'
import { yamlFiles, type BuiltinFiles } from './load.js'
import { outline } from './outline.js'
import * as schema from './schema.js'
import { readYaml } from './yaml.js'

/** Reads and checks the YAML files shipped with the tool; the build stores the outcome so that the program need not. */
export function readBuiltin(folder: URL): BuiltinFiles {
  const read = (name: string): [string, string] => [readFileSync(new URL(name, folder), 'utf8'), name]
  const readAll = <T>(name: string, format: ZodType<T>): T[] =>
    yamlFiles(fileURLToPath(new URL(name, folder))).map((file) => readYaml(readFileSync(file, 'utf8'), file, format))
  return {
    metrics: readYaml(...read('metrics.yaml'), schema.metricsFile),
    columns: readYaml(...read('columns.yaml'), schema.columnsFile),
    statuses: readYaml(...read('statuses.yaml'), schema.statusesFile),
    policies: readYaml(...read('policies.yaml'), schema.policiesFile),
    indicators: readYaml(...read('indicators.yaml'), schema.indicatorsFile),
    sentences: readYaml(...read('sentences.yaml'), schema.sentencesFile),
    levels: readYaml(...read('levels.yaml'), schema.levelsFile),
    forms: readAll('forms/', form),
    layouts: readAll('layouts/', schema.layout),
    outlines: readAll('reports/', outline),
  }
}
