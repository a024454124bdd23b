import { existsSync, openSync, readdirSync } from 'node:fs'
import { resolve, sep } from 'node:path'

import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'

/** What stands for a byte that is no UTF-8, in names as the system gives them. */
const ODD = '\ufffd'

/** The bytes of a path, where a name in it is not UTF-8; else the path. Error: file_unreadable, of a name that several may have. */
export function bytesOf(path: string): string | Buffer {
  if (!path.includes(ODD) || existsSync(path)) return path
  let found = Buffer.alloc(0)
  for (const name of resolve(path).split(sep)) {
    const bytes = name.includes(ODD) ? namesLike(found, name, path) : Buffer.from(name)
    if (bytes === null) return path
    found = Buffer.concat(found.length === 0 && name === '' ? [] : [found, Buffer.from(sep), bytes])
  }
  return found
}

function namesLike(folder: Buffer, name: string, path: string): Buffer | null {
  let names: Buffer[]
  try {
    names = readdirSync(folder, { encoding: 'buffer' }).filter((one) => one.toString() === name)
  } catch {
    return null
  }
  if (names.length > 1)
    throw new ToolError('file_unreadable', say('reading.same_odd_name', { n: names.length }), {
      place: { file: path },
      hint: say('reading.rename_utf8'),
    })
  return names[0] ?? null
}

const opened = new Map<string, number>()

/** A path that every reader can open, of a file whose name is not UTF-8, which then stays open as long as the process; else the path itself. */
export function openable(path: string): string {
  const bytes = bytesOf(path)
  if (typeof bytes === 'string' || !existsSync('/proc/self/fd')) return path
  const key = bytes.toString('latin1')
  const descriptor = opened.get(key) ?? openSync(bytes, 'r')
  opened.set(key, descriptor)
  return `/proc/self/fd/${descriptor}`
}
