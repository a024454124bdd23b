import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { bytesOf } from './odd-name.js'

/** Names under which exports come. In a folder, other files are passed over; a file named by itself is always read. */
const EXPORT = /\.(csv|tsv|txt|xlsx|xlsm|xls|ods)(\.gz)?$/i
const HIDDEN = /^(\.|~\$)/

export interface Expanded {
  files: string[]
  /** Files of the folders that are no exports by their names. */
  passedOver: string[]
  /** Files that were named by themselves, not found in a folder or by a pattern. */
  named: ReadonlySet<string>
}

const numbered = new Intl.Collator('en', { numeric: true })

/**
 * The files meant by what a user names: files, folders with all that is in them, patterns with `*`, `?` and `**`. Sorted within a folder
 * or pattern as people number them (thang-2 before thang-10), none twice. Relative names are
 * those in `folder`, and stay as they are. Errors: file_not_found (nothing matches), no_files (a folder without exports), file_unreadable
 * (a folder that may not be looked into).
 */
export function expandFiles(named: readonly string[], folder = ''): Expanded {
  const at = (name: string): string | Buffer => bytesOf(resolve(folder, name))
  const files = new Set<string>()
  const byName = new Set<string>()
  const passedOver = new Set<string>()
  for (const name of named) {
    if (existsSync(at(name))) {
      if (!statSync(at(name)).isDirectory()) take(name)
      else addFolder(name)
    } else if (/[*?]/.test(name)) {
      const found = matching(name, at)
      if (found.length === 0) throw new ToolError('file_not_found', say('reading.no_match'), { place: { file: name } })
      for (const file of found) files.add(file)
    } else take(name)
  }
  return { files: [...files], passedOver: [...passedOver], named: byName }

  function take(name: string): void {
    files.add(name)
    byName.add(name)
  }

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

type Locate = (name: string) => string | Buffer

function filesUnder(folder: string, at: Locate, mayHold: (folder: string) => boolean = () => true): string[] {
  return entriesOf(folder, at)
    .filter(({ name }) => !HIDDEN.test(name))
    .sort((a, b) => numbered.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return mayHold(path) ? filesUnder(path, at, mayHold) : []
      return isPlainFile(at(path)) ? [path] : []
    })
}

function entriesOf(folder: string, at: Locate): Dirent[] {
  try {
    return readdirSync(at(folder), { withFileTypes: true })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const reason = code === 'EACCES' || code === 'EPERM' ? say('reading.no_permission') : String(code)
    throw new ToolError('file_unreadable', say('reading.folder_unreadable', { reason }), {
      place: { file: folder },
      hint: say('reading.open_folder'),
      cause: error,
    })
  }
}

/* What may not be looked at is taken for a file: whoever reads it says what is wrong. */
function isPlainFile(path: string | Buffer): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
  } catch {
    return true
  }
}

const IN_PATTERN: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' }

const inPattern = (pattern: string): string =>
  pattern.replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => IN_PATTERN[part] ?? `\\${part}`)
const fits = (name: string, step: string): boolean => new RegExp(`^${inPattern(step)}$`).test(name)

/** Exports that match a pattern; of a folder that matches, those in it. */
function matching(named: string, at: Locate): string[] {
  const pattern = normalize(named)
  let root = pattern
  while (/[*?]/.test(root)) root = dirname(root)
  if (!existsSync(at(root)) || !statSync(at(root)).isDirectory()) return []
  const wanted = inPattern(pattern)
  const steps = pattern.split('/')
  const mayHold = (folder: string): boolean =>
    folder
      .split('/')
      .every((name, i) => i >= steps.length || steps.slice(0, i + 1).some((step) => step.includes('**')) || fits(name, steps[i]!))
  return filesUnder(root, at, mayHold).filter((file) => EXPORT.test(file) && new RegExp(`^${wanted}(?:/.*)?$`).test(file))
}
