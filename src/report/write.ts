import { randomUUID } from 'node:crypto'
import { closeSync, constants, lstatSync, openSync, readlinkSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { replaceFile } from '../durable.js'
import { ToolError } from '../errors.js'
import { say, type Message } from '../messages/message.js'

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

/**
 * Writes a file, as seen from `folder`, whole or not at all: to a temporary name, synced, renamed. A failed run leaves the last good file in place. A link is
 * followed; a pipe or device is written to as such. Error: unwritable.
 */
export function writeWhole(file: string, content: Content, folder = ''): void {
  try {
    const target = behindLinks(resolve(folder, file))
    const there = statSync(target, { throwIfNoEntry: false })
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    if (there && !there.isFile()) writeThrough(target, content)
    else writeBeside(target, content)
  } catch (error) {
    if (error instanceof ToolError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new ToolError('unwritable', say('usage.unwritable', { file, reason: REASONS[code ?? ''] ?? String(code) }), {
      place: { file },
      cause: error,
    })
  }
}

const REASONS: Record<string, Message | undefined> = {
  ENOENT: say('usage.no_folder'),
  ENOTDIR: say('usage.no_folder'),
  EISDIR: say('usage.is_folder'),
  EACCES: say('usage.no_permission'),
  EROFS: say('usage.no_permission'),
  ENXIO: say('usage.nobody_reads'),
  ENOSPC: say('usage.no_space'),
  ELOOP: say('usage.links_nowhere'),
}

/** The path that a link leads to in the end, whether anything is there or not. */
function behindLinks(file: string): string {
  let target = file
  for (let links = 0; links <= 40; links++) {
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target
    target = resolve(dirname(target), readlinkSync(target))
  }
  throw Object.assign(new Error(), { code: 'ELOOP' })
}

function writeThrough(target: string, content: Content): void {
  closeSync(openSync(target, constants.O_WRONLY | constants.O_NONBLOCK))
  const descriptor = openSync(target, constants.O_WRONLY)
  try {
    writePieces(descriptor, content)
  } finally {
    closeSync(descriptor)
  }
}

function writeBeside(target: string, content: Content): void {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 60)}.${randomUUID().slice(0, 8)}`)
  try {
    const descriptor = openSync(temporary, 'wx')
    try {
      writePieces(descriptor, content)
    } finally {
      closeSync(descriptor)
    }
    replaceFile(temporary, target)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // The folder itself is not one: nothing was written.
    }
    throw error
  }
}

function writePieces(descriptor: number, content: Content): void {
  for (const piece of piecesOf(content)) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
  }
}
