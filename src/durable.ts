import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts a finished file in another's place, all or nothing: after it the new one is there even when the power fails. */
export function replaceFile(finished: string, file: string): void {
  const descriptor = openSync(finished, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(finished, file)
  syncFolder(dirname(file))
}

/** Writes a folder's list of names to disk: until then a new or renamed file may be gone after a power failure. */
export function syncFolder(folder: string): void {
  let descriptor: number
  try {
    descriptor = openSync(folder, 'r')
  } catch (error) {
    if (isUnsupported(error)) return
    throw error
  }
  try {
    fsyncSync(descriptor)
  } catch (error) {
    if (!isUnsupported(error)) throw error
  } finally {
    closeSync(descriptor)
  }
}

/* Windows opens no folders, and some network drives sync none: there the system decides when. A folder may be writable and not readable. */
const isUnsupported = (error: unknown): boolean =>
  ['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EACCES', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')
