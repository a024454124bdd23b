import { createReadStream } from 'node:fs'

import { ToolError } from '../errors.js'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

/**
 * Which encoding a file's first bytes are in. Errors: binary_file, unsupported_encoding.
 * Order: byte order mark, NULs of UTF-16, valid UTF-8, windows-1258 (recognised by its combining tone bytes after letters).
 */
export function detectEncoding(head: Buffer, file: string): { encoding: Encoding; bom: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  const nul = { even: 0, odd: 0 }
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nul[i % 2 === 0 ? 'even' : 'odd']++
  if (nul.odd > head.length / 8 && nul.even < nul.odd / 8) return { encoding: 'utf-16le', bom: 0 }
  if (nul.even > head.length / 8 && nul.odd < nul.even / 8) return { encoding: 'utf-16be', bom: 0 }
  refuseBinary(head, file)
  if (isUtf8(head)) return { encoding: 'utf-8', bom: 0 }
  return { encoding: legacyEncoding(head, file), bom: 0 }
}

/** The file in chunks: UTF-8 as it is, anything else decoded, NFC where the encoding composes letters from parts. */
export async function* readText(file: string, encoding: Encoding): AsyncGenerator<string | Buffer> {
  if (encoding === 'utf-8') {
    yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>
    return
  }
  if (encoding === 'windows-1258') {
    const { default: iconv } = await import('iconv-lite')
    const decoder = iconv.getDecoder('windows-1258')
    let held = ''
    for await (const chunk of createReadStream(file)) {
      const text = held + decoder.write(chunk as Buffer)
      const lastLetter = text.length - (/\P{M}\p{M}*$/u.exec(text)?.[0].length ?? 0)
      held = text.slice(lastLetter)
      yield text.slice(0, lastLetter).normalize('NFC')
    }
    yield (held + (decoder.end() ?? '')).normalize('NFC')
    return
  }
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

/** A piece of a file as text; a letter cut at its end is left out. */
export async function decodeHead(head: Buffer, encoding: Encoding): Promise<string> {
  if (encoding === 'windows-1258') {
    const { default: iconv } = await import('iconv-lite')
    return iconv.decode(head, 'windows-1258').normalize('NFC')
  }
  return new TextDecoder(encoding).decode(head, { stream: true })
}

function refuseBinary(head: Buffer, file: string): void {
  const signatures: [string, string][] = [
    ['PK\u0003\u0004', 'a workbook or ZIP archive'],
    ['\u0089PNG', 'a picture'],
    ['%PDF', 'a PDF'],
    ['\u00d0\u00cf\u0011\u00e0', 'an old Office file (XLS, DOC)'],
    ['\u001f\u008b', 'a gzip archive'],
    ['MZ', 'a program'],
  ]
  const start = head.subarray(0, 4).toString('latin1')
  const found = signatures.find(([signature]) => start.startsWith(signature) && (signature !== 'MZ' || head.includes(0)))
  let controls = 0
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++
  if (!found && controls <= head.length / 50) return
  throw new ToolError('binary_file', `this is ${found?.[1] ?? 'a binary file'}, not a CSV`, {
    place: { file },
    hint: 'export it as CSV (UTF-8) from the program it comes from',
  })
}

/** Whether the bytes are UTF-8; a sequence cut at the end is. */
export function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function legacyEncoding(head: Buffer, file: string): Encoding {
  const toneMarks = new Set([0xcc, 0xec, 0xd2, 0xde, 0xf2])
  let tones = 0
  let high = 0
  let afterLetter = 0
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]!
    if (byte < 0x80) continue
    high++
    if (!toneMarks.has(byte)) continue
    tones++
    const before = head[i - 1] ?? 0
    if (
      /[aeiouyAEIOUY]/.test(String.fromCharCode(before)) ||
      [0xe3, 0xe2, 0xea, 0xf4, 0xf5, 0xfd, 0xc3, 0xc2, 0xca, 0xd4, 0xd5, 0xdd].includes(before)
    )
      afterLetter++
  }
  const foreign = head.some((byte) => byte >= 0x80 && byte < 0xc0 && ![0xa0, 0xab, 0xbb, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97].includes(byte))
  if (tones > 0 && afterLetter >= tones * 0.9 && tones >= high * 0.1 && !foreign) return 'windows-1258'
  throw new ToolError('unsupported_encoding', 'the text is not UTF-8, UTF-16 or windows-1258; it may be TCVN3 (ABC) or VNI', {
    place: { file },
    hint: 'open it in Excel or a converter such as Unikey and save it as "CSV UTF-8"',
  })
}
