import type * as Docx from 'docx'

import type { Bodies } from './rows.js'

const BODY = 'word/document.xml'
/** The first day that a zip file can say, on the clock of where it is made, as such files do. */
const DAY = new Date(1980, 0, 1)

/** The file's bytes, the same for the same document: with the tables' rows in their places, and no trace of the clock. */
export async function pack(docx: typeof Docx, file: Docx.File, bodies: Bodies, coreProperties: string): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate')
  const overrides = [{ path: 'docProps/core.xml', data: coreProperties }]
  const parts = unzipSync(new Uint8Array(await docx.Packer.toArrayBuffer(file, undefined, overrides)))
  parts[BODY] = strToU8(bodies.into(strFromU8(parts[BODY]!)))
  return zipSync(parts, { mtime: DAY })
}
