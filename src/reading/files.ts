import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'

/** Names under which exports come. In a folder, other files are passed over; a file named by itself is always read. */
const EXPORT = /\.(csv|tsv|txt|xlsx|xlsm|xls|ods)(\.gz)?$/i
const HIDDEN = /^(\.|~\$)/

export interface Expanded {
  files: string[]
  /** Files of the folders that are no exports by their names. */
  passedOver: string[]
}

const numbered = new Intl.Collator('en', { numeric: true })

/**
 * The files meant by what a user names: files, folders with all that is in them, patterns with `*`, `?` and `**`. Sorted within a folder
 * or pattern as people number them (thang-2 before thang-10), none twice. Relative names are
 * those in `folder`, and stay as they are. Errors: file_not_found (nothing matches), no_files (a folder without exports).
 */
export function expandFiles(named: readonly string[], folder = ''): Expanded {
  const at = (name: string): string => resolve(folder, name)
  const files = new Set<string>()
  const passedOver = new Set<string>()
  for (const name of named) {
    if (existsSync(at(name))) {
      if (!statSync(at(name)).isDirectory()) files.add(name)
      else addFolder(name)
    } else if (/[*?]/.test(name)) {
      const found = matching(name, at)
      if (found.length === 0) throw new ToolError('file_not_found', say('reading.no_match'), { place: { file: name } })
      for (const file of found) files.add(file)
    } else files.add(name)
  }
  return { files: [...files], passedOver: [...passedOver] }

  function addFolder(named: string): void {
    const inside = filesUnder(named, at)
    const exports = inside.filter((file) => EXPORT.test(file))
    if (exports.length === 0)
      throw new ToolError('no_files', say('reading.no_exports'), {
        place: { file: named },
        hint: say('reading.exports_are'),
      })
    for (const file of exports) files.add(file)
    for (const file of inside) if (!EXPORT.test(file)) passedOver.add(file)
  }
}

type Locate = (name: string) => string

function filesUnder(folder: string, at: Locate): string[] {
  const entries = readdirSync(at(folder), { withFileTypes: true }).filter(({ name }) => !HIDDEN.test(name))
  return entries
    .sort((a, b) => numbered.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesUnder(path, at)
      return statSync(at(path), { throwIfNoEntry: false })?.isFile() ? [path] : []
    })
}

const IN_PATTERN: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' }

/** Exports that match a pattern; of a folder that matches, those in it. */
function matching(named: string, at: Locate): string[] {
  const pattern = normalize(named)
  let root = pattern
  while (/[*?]/.test(root)) root = dirname(root)
  if (!existsSync(at(root)) || !statSync(at(root)).isDirectory()) return []
  const wanted = pattern.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => IN_PATTERN[part] ?? `\\${part}`)
  return filesUnder(root, at).filter((file) => EXPORT.test(file) && new RegExp(`^${wanted}(?:/.*)?$`).test(file))
}
