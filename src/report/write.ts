import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { ToolError } from '../errors.js'

/** Writes a file whole or not at all: to a temporary name, synced, renamed. A failed run leaves the last good file in place. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}`)
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // The folder itself is not one: nothing was written.
    }
    const code = (error as NodeJS.ErrnoException).code
    throw new ToolError(
      'unwritable',
      `${file} can't be written (${code === 'ENOENT' || code === 'ENOTDIR' ? 'no such folder' : code === 'EACCES' ? 'permission denied' : code})`,
      { place: { file }, cause: error },
    )
  }
}
