import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { ToolError } from '../errors.js'

/** What is written: at once, or in pieces, where all of it may be longer than a string can be. */
export type Content = string | Uint8Array | Generator<string>

/** The pieces of a content, in their order. */
export function piecesOf(content: Content): Iterable<string | Uint8Array> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content
}

/** Some thousand rows as one piece after another: each is as `write` says, with the number of its first row. None for no rows. */
export function* inPieces<Row>(rows: readonly Row[], write: (some: readonly Row[], first: number) => string): Generator<string> {
  for (let first = 0; first < rows.length; first += ROWS_A_PIECE) yield write(rows.slice(first, first + ROWS_A_PIECE), first)
}

const ROWS_A_PIECE = 2000

/** Writes a file whole or not at all: to a temporary name, synced, renamed. A failed run leaves the last good file in place. */
export function writeWhole(file: string, content: Content): void {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}`)
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      for (const piece of piecesOf(content)) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
        for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
      }
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
