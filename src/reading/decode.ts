import { isUtf8 as isAllUtf8 } from 'node:buffer'

import { nearest, ToolError, type Source } from '../errors.js'
import { either, listed, say } from '../messages/message.js'
import { readBytes } from './gzip.js'
import { guessLegacy, LEGACY, legacyDecoder, type LegacyEncoding } from './legacy.js'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', ...LEGACY] as const
export type Encoding = (typeof ENCODINGS)[number]

/** How a file's text is written. `confidence`: 0 to 1; 1 where the bytes prove it or the user says it. */
export interface Decoding {
  encoding: Encoding
  bom: number
  confidence: number
}

/** Below this a guess is not taken: the user is asked. */
const SURE_ENOUGH = 0.8

/** An encoding as users name it. Error: usage. */
export function encodingOf(text: string): Encoding {
  const key = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const names: Record<string, Encoding> = {
    utf8: 'utf-8',
    utf16: 'utf-16le',
    cp1258: 'windows-1258',
    windows1258: 'windows-1258',
    abc: 'tcvn3',
  }
  const found = (Object.hasOwn(names, key) ? names[key] : undefined) ?? ENCODINGS.find((name) => name.replaceAll('-', '') === key)
  if (found) return found
  const [like, all] = [nearest(text, ENCODINGS), listed(ENCODINGS)]
  throw new ToolError('usage', say('reading.no_encoding', { name: text }), {
    hint: like.length > 0 ? say('reading.encodings_like', { like: either(like), all }) : say('reading.encodings_are', { all }),
  })
}

/**
 * Which encoding a file's first bytes are in. Errors: binary_file, uncertain_encoding. Order: byte order mark, NULs of UTF-16, valid
 * UTF-8, then the legacy encoding under which the words are Vietnamese.
 */
export async function detectEncoding(head: Buffer, file: string, wanted?: Encoding): Promise<Decoding> {
  if (wanted !== undefined) return { encoding: wanted, bom: markOf(head, wanted), confidence: 1 }
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    const bom = markOf(head, encoding)
    if (bom > 0) return { encoding, bom, confidence: 1 }
  }
  const nul = { even: 0, odd: 0 }
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nul[i % 2 === 0 ? 'even' : 'odd']++
  if (nul.odd > head.length / 8 && nul.even < nul.odd / 8) return { encoding: 'utf-16le', bom: 0, confidence: 1 }
  if (nul.even > head.length / 8 && nul.odd < nul.even / 8) return { encoding: 'utf-16be', bom: 0, confidence: 1 }
  refuseBinary(head, file)
  if (isUtf8(head)) return { encoding: 'utf-8', bom: 0, confidence: 1 }
  return guess(head, file)
}

function markOf(head: Buffer, encoding: Encoding): number {
  const marks: Partial<Record<Encoding, number[]>> = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] }
  const mark = marks[encoding] ?? []
  return mark.every((byte, i) => head[i] === byte) ? mark.length : 0
}

async function guess(head: Buffer, file: string): Promise<Decoding> {
  const guesses = await guessLegacy(head)
  const [best, second] = [guesses[0]!, guesses[1]!]
  const confidence = (best.share * best.words) / (best.words + 1)
  if (confidence >= SURE_ENOUGH && best.share - second.share >= 0.15) return { encoding: best.encoding, bom: 0, confidence }
  const shares = listed(guesses.map(({ encoding, share }) => `${encoding} ${Math.round(share * 100)} %`))
  throw new ToolError('uncertain_encoding', say('reading.uncertain_encoding', { shares }), {
    place: { file },
    hint: say('reading.say_encoding'),
    details: { guesses },
  })
}

/** The file in chunks: UTF-8 as it is, anything else decoded. */
export async function* readText(source: Source, encoding: Encoding, isPacked: boolean): AsyncGenerator<string | Buffer> {
  const bytes = readBytes(source, isPacked)
  if (encoding === 'utf-8') {
    yield* bytes
    return
  }
  const decoder = await decoderOf(encoding)
  for await (const chunk of bytes) yield decoder.write(chunk)
  yield decoder.end()
}

/** A piece of a file as text; a letter cut at its end is left out of UTF-8 and UTF-16. */
export async function decodeHead(head: Buffer, encoding: Encoding): Promise<string> {
  const decoder = await decoderOf(encoding)
  return isLegacy(encoding) ? decoder.write(head) + decoder.end() : decoder.write(head)
}

const isLegacy = (encoding: Encoding): encoding is LegacyEncoding => LEGACY.some((one) => one === encoding)

async function decoderOf(encoding: Encoding): Promise<{ write: (bytes: Buffer) => string; end: () => string }> {
  if (isLegacy(encoding)) return legacyDecoder(encoding)
  const decoder = new TextDecoder(encoding)
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

function refuseBinary(head: Buffer, file: string): void {
  const signatures = [
    ['PK\u0003\u0004', 'is_zip'],
    ['\u0089PNG', 'is_picture'],
    ['%PDF', 'is_pdf'],
    ['MZ', 'is_program'],
  ] as const
  const start = head.subarray(0, 4).toString('latin1')
  const found = signatures.find(([signature]) => start.startsWith(signature) && (signature !== 'MZ' || head.includes(0)))
  let controls = 0
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++
  if (!found && controls <= head.length / 50) return
  throw new ToolError('binary_file', say(`reading.${found?.[1] ?? 'is_binary'}`), {
    place: { file },
    hint: say('reading.export_as_csv'),
  })
}

/** Whether the bytes are UTF-8; a letter cut at their end is. */
export function isUtf8(bytes: Buffer): boolean {
  return isAllUtf8(bytes.subarray(0, bytes.length - cutLetter(bytes)))
}

/** Tells of each next piece of a file whether it is UTF-8; a letter may be cut between two. */
export function utf8Check(): (chunk: Buffer) => boolean {
  let held: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const cut = cutLetter(bytes)
    held = Buffer.from(bytes.subarray(bytes.length - cut))
    return isAllUtf8(bytes.subarray(0, bytes.length - cut))
  }
}

/** How many bytes at the end begin a letter that goes on. */
function cutLetter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}
