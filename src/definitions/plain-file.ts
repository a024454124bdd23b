import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'

/**
 * The text of a small file that people write: definitions, settings, keys. Only a file is opened: a pipe would be waited for. Errors:
 * file_not_found, is_directory, not_a_file, file_unreadable, invalid_definition (it is not UTF-8).
 */
export function readPlainFile(path: string): string {
  const bytes = reading(path, () => {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stat = fstatSync(descriptor)
      if (stat.isDirectory()) throw notOne('is_directory', path)
      if (!stat.isFile()) throw notOne('not_a_file', path)
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ToolError('invalid_definition', say('definitions.not_utf8'), { place: { file: path }, hint: say('definitions.save_utf8') })
  }
}

/** The names in a folder, in a fixed order; none where it is not there. Errors: invalid_definition (it is no folder), file_unreadable. */
export function namesIn(folder: string): string[] {
  return reading(folder, () => {
    if (!lstatSync(folder, { throwIfNoEntry: false })) return []
    return readdirSync(folder).sort()
  })
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ToolError) throw error
    const code = (error as NodeJS.ErrnoException).code
    const [place, cause] = [{ file: path }, error]
    if (code === 'ENOENT') throw new ToolError('file_not_found', say('reading.no_such_file'), { place, cause })
    if (code === 'EISDIR') throw notOne('is_directory', path)
    if (code === 'ENXIO') throw notOne('not_a_file', path)
    if (code === 'ENOTDIR')
      throw new ToolError('invalid_definition', say('definitions.not_a_folder'), { place, hint: say('definitions.make_folder') })
    const reason = code === 'EACCES' || code === 'EPERM' ? say('reading.no_permission') : String(code)
    throw new ToolError('file_unreadable', say('reading.unreadable', { reason }), { place, cause })
  }
}

const notOne = (code: 'is_directory' | 'not_a_file', path: string): ToolError =>
  new ToolError(code, say(`reading.${code}`), { place: { file: path }, hint: say('definitions.file_is_needed') })
