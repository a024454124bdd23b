import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import type { Language } from './message.js'

const PROJECT_FILE = 'cchc.yaml'

/** The project file of a folder: in it, or in the nearest one above. */
export function findProject(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, PROJECT_FILE)
    if (existsSync(file)) return file
    if (dirname(at) === at) return undefined
  }
}

/** The language of the system, by its locale; English unless that is Vietnamese. */
export function systemLanguage(environment: Record<string, string | undefined>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return locale.startsWith('vi') ? 'vi' : 'en'
}

/**
 * The language of help and of errors, before anything else is understood: --lang anywhere, CCHC_LANG, the project file, the system. What is
 * no language is passed over here, and refused where the settings are settled.
 */
export function chosenLanguage(argv: readonly string[], environment: Record<string, string | undefined>, cwd: string): Language {
  const end = argv.indexOf('--')
  const args = end < 0 ? argv : argv.slice(0, end)
  const said = [option(args, '--lang'), environment.CCHC_LANG || undefined]
  const found =
    said.find((one) => one === 'vi' || one === 'en') ?? projectLanguage(option(args, '--config') ?? environment.CCHC_CONFIG, cwd)
  return (found as Language | undefined) ?? systemLanguage(environment)
}

function option(args: readonly string[], name: string): string | undefined {
  const at = args.findLastIndex((one) => one === name || one.startsWith(`${name}=`))
  return at < 0 ? undefined : args[at] === name ? args[at + 1] : args[at]!.slice(name.length + 1)
}

/** What the project file says of the language, found without a reader of YAML: help must not wait for one. */
function projectLanguage(named: string | undefined, cwd: string): string | undefined {
  const file = named ? resolve(cwd, named) : findProject(cwd)
  try {
    if (!file || !statSync(file).isFile()) return undefined
    return /(?:^|[{,])\s*["']?lang["']?\s*:\s*["']?(vi|en)\b/m.exec(readFileSync(file, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
