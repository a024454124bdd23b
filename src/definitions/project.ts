import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { findProject, systemLanguage } from '../messages/chosen.js'
import { readPlainFile } from './plain-file.js'
import type { ProjectFile } from './schema.js'

export type Origin = 'flag' | 'environment' | 'project file' | 'default'

/** A setting and where it came from. */
export interface Setting<T> {
  value: T
  origin: Origin
}

/** All settings of a run. Precedence: flag, environment, project file, default. */
export interface Settings {
  db: Setting<string>
  config: Setting<string | null>
  definitions: Setting<string | null>
  lang: Setting<'vi' | 'en'>
  policy: Setting<string>
  name: Setting<string | null>
  province: Setting<string | null>
  maxRejects: Setting<number>
  staleAfterDays: Setting<number>
  memory: Setting<string>
}

export interface SettingsInput {
  flags: {
    db?: string | undefined
    config?: string | undefined
    lang?: string | undefined
    policy?: string | undefined
    maxRejects?: string | undefined
  }
  environment: Record<string, string | undefined>
  cwd: string
}

/** Finds the project file upwards from the working directory and settles every setting. Errors: usage, invalid_definition. */
export async function settle({ flags, environment, cwd }: SettingsInput): Promise<Settings> {
  const named = pick<string>([flags.config, 'flag'], [environment.CCHC_CONFIG, 'environment'])
  if (named && !existsSync(resolve(cwd, named.value))) {
    throw new ToolError('usage', say('definitions.no_project_file', { file: named.value }), { hint: say('definitions.config_names_it') })
  }
  const config = named ? { ...named, value: resolve(cwd, named.value) } : findUpwards(cwd)
  const file = config ? await readProject(config.value) : {}
  const folder = config ? dirname(config.value) : cwd
  const project = <T>(value: T | undefined): [T | undefined, Origin] => [value, 'project file']
  const lang = pick<string>([flags.lang, 'flag'], [environment.CCHC_LANG, 'environment'], project<string>(file.lang)) ?? {
    value: systemLanguage(environment),
    origin: 'default' as const,
  }
  if (lang.value !== 'vi' && lang.value !== 'en')
    throw new ToolError('usage', say('definitions.no_language', { language: lang.value }), { hint: say('definitions.vi_or_en') })
  const maxRejects = pick<string | number>([flags.maxRejects, 'flag'], project<string | number>(file.max_rejects)) ?? {
    value: '5%',
    origin: 'default' as const,
  }
  const db = pick<string>(
    [flags.db && resolve(cwd, flags.db), 'flag'],
    [environment.CCHC_DB && resolve(cwd, environment.CCHC_DB), 'environment'],
    project(file.db && resolve(folder, file.db)),
  ) ?? {
    value: join(folder, 'cchc.duckdb'),
    origin: 'default',
  }
  const definitions = join(config ? folder : dirname(db.value), 'definitions')
  return {
    db,
    config: config ?? { value: null, origin: 'default' },
    definitions: existsSync(definitions)
      ? { value: definitions, origin: config ? 'project file' : 'default' }
      : { value: null, origin: 'default' },
    lang: lang as Setting<'vi' | 'en'>,
    policy: pick<string>([flags.policy, 'flag'], project<string>(file.policy)) ?? { value: 'default', origin: 'default' },
    name: pick<string | null>(project<string | null>(file.name)) ?? { value: null, origin: 'default' },
    province: pick<string | null>(project<string | null>(file.province)) ?? { value: null, origin: 'default' },
    maxRejects: { ...maxRejects, value: parseRejects(maxRejects.value) },
    staleAfterDays: pick<number>(project<number>(file.stale_after_days)) ?? { value: 31, origin: 'default' },
    memory: pick<string>([environment.CCHC_MEMORY, 'environment']) ?? { value: '1200MB', origin: 'default' },
  }
}

function pick<T>(...choices: [T | undefined, Origin][]): Setting<T> | undefined {
  const found = choices.find(([value]) => value !== undefined && value !== '')
  return found && { value: found[0]!, origin: found[1] }
}

function findUpwards(folder: string): Setting<string> | undefined {
  const file = findProject(folder)
  return file === undefined ? undefined : { value: file, origin: 'project file' }
}

async function readProject(file: string): Promise<ProjectFile> {
  const [{ readYaml }, { project }] = await Promise.all([import('./yaml.js'), import('./schema.js')])
  return readYaml(readPlainFile(file), file, project)
}

/** `5%`, `5 %`, `0.05` or `0`: the largest share of rejected rows, as a fraction. */
function parseRejects(value: string | number): number {
  const match = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(String(value).trim())
  const number = match ? Number(match[1]!.replace(',', '.')) / (match[2] ? 100 : 1) : NaN
  if (!(number >= 0 && number <= 1))
    throw new ToolError('usage', say('definitions.no_share', { text: String(value) }), {
      hint: say('definitions.write_share'),
    })
  return number
}
