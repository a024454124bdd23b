import { isAscii as hasOnlyAscii } from 'node:buffer'
import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'

import { ToolError, type ErrorCode, type Source } from '../errors.js'
import { say, type Message } from '../messages/message.js'
import { XmlScanner, type XmlHandler } from './xml.js'

interface Part {
  name: string
  flags: number
  method: number
  crc: number
  packed: number
  size: number
  offset: number
}

const BLOCK = 1 << 18
/** Larger texts are apart in the heap, and cost more to clear away. */
const INFLATED = 1 << 16
const LARGEST_DIRECTORY = 1 << 25
const UNSUSPECTED = 100 << 20
const LARGEST_RATIO = 200
const END = 'PK\u0005\u0006'
const DAMAGED = say('workbook.fetch_or_save')

/** The parts of a ZIP archive, read where they lie; what it says about sizes is checked against what is there, nothing is written. */
export class Archive {
  private readonly parts = new Map<string, Part>()

  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly bytes: number,
  ) {}

  /** Errors: file_not_found, file_unreadable, malformed_workbook, unsupported_workbook (not a ZIP archive at all). */
  static async open({ file, path }: Source): Promise<Archive> {
    let handle: FileHandle | undefined
    try {
      handle = await open(path)
      const archive = new Archive(file, handle, (await handle.stat()).size)
      await archive.readDirectory()
      return archive
    } catch (error) {
      await handle?.close()
      if (error instanceof ToolError) throw error
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT') throw new ToolError('file_not_found', say('reading.no_such_file'), { place: { file } })
      throw new ToolError('file_unreadable', say('reading.unreadable', { reason: String(code) }), { place: { file } })
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  has(name: string): boolean {
    return this.parts.has(keyOf(name))
  }

  /**
   * A part as text in pieces; UTF-8, or UTF-16 where a byte order mark says so. `isAscii`: nothing else in it matters. At most `limit` bytes are inflated, and never
   * more than 200 times what is packed once that is over 100 MB. Errors: malformed_workbook, workbook_too_large, unsupported_workbook.
   */
  async *text(name: string, limit = Infinity, isAscii = false): AsyncGenerator<string> {
    let decode: ((chunk: Buffer) => string) | undefined
    for await (const chunk of this.inflated(name, limit)) {
      decode ??= decoderFor(chunk, isAscii)
      yield decode(chunk)
    }
  }

  /** A part through an XML scanner, to its end or until the handler has enough. Errors as for `text`. */
  async scan(name: string, on: XmlHandler, limit?: number): Promise<void> {
    const scanner = new XmlScanner(on, (fault) => this.refuse('malformed_workbook', say(`workbook.${fault}`, { part: name }), DAMAGED))
    for await (const text of this.text(name, limit)) {
      scanner.write(text)
      if (on.isDone) return
    }
    scanner.end()
  }

  refuse(code: ErrorCode, message: Message, hint: Message): ToolError {
    return new ToolError(code, message, { place: { file: this.file }, hint })
  }

  private damaged(message: Message): ToolError {
    return this.refuse('malformed_workbook', message, DAMAGED)
  }

  private async *inflated(name: string, limit: number): AsyncGenerator<Buffer> {
    const part = this.parts.get(keyOf(name))
    if (!part) throw this.damaged(say('workbook.part_missing', { part: name }))
    if (part.flags & 1)
      throw this.refuse('unsupported_workbook', say('workbook.archive_has_password'), say('workbook.pack_without_password'))
    if (part.method !== 0 && part.method !== 8)
      throw this.refuse(
        'unsupported_workbook',
        say('workbook.part_packed_unknown', { part: name, method: String(part.method) }),
        say('workbook.save_again'),
      )
    const header = await this.read(part.offset, 30)
    if (header.toString('latin1', 0, 4) !== 'PK\u0003\u0004') throw this.damaged(say('workbook.part_misplaced', { part: name }))
    const start = part.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (start + part.packed > this.bytes) throw this.damaged(say('workbook.archive_cut'))
    let inflated = 0
    let sum = 0
    for await (const { chunk, taken } of this.unpacked(part, start)) {
      inflated += chunk.length
      if (inflated > part.size) throw this.damaged(say('workbook.part_larger', { part: name }))
      if (inflated > limit || (inflated > UNSUSPECTED && inflated > LARGEST_RATIO * taken))
        throw this.refuse('workbook_too_large', say('workbook.part_too_large', { part: name }), say('workbook.save_sheets'))
      sum = crc32(chunk, sum)
      yield chunk
    }
    if (inflated !== part.size) throw this.damaged(say('workbook.part_smaller', { part: name }))
    if (part.crc !== 0 && sum !== part.crc) throw this.damaged(say('workbook.part_damaged', { part: name }))
  }

  /** The bytes of a part with the count of packed bytes they took. */
  private async *unpacked(part: Part, start: number): AsyncGenerator<{ chunk: Buffer; taken: number }> {
    if (part.method === 0) {
      for await (const chunk of this.packed(part, start)) yield { chunk, taken: Infinity }
      return
    }
    const source = Readable.from(this.packed(part, start), { objectMode: false })
    const inflate = createInflateRaw({ chunkSize: INFLATED })
    source.once('error', (error) => inflate.destroy(error))
    try {
      for await (const chunk of source.pipe(inflate) as AsyncIterable<Buffer>) yield { chunk, taken: inflate.bytesWritten }
    } catch (error) {
      throw String((error as NodeJS.ErrnoException).code).startsWith('Z_')
        ? this.damaged(say('workbook.part_not_inflated', { part: part.name }))
        : error
    } finally {
      source.destroy()
    }
  }

  private async *packed(part: Part, start: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < part.packed; at += BLOCK) yield await this.read(start + at, Math.min(BLOCK, part.packed - at))
  }

  private async readDirectory(): Promise<void> {
    const start = (await this.read(0, Math.min(4, this.bytes))).toString('latin1')
    if (start !== 'PK\u0003\u0004') {
      if (start === '\u00d0\u00cf\u0011\u00e0') throw await this.refuseCompound()
      throw this.refuse('unsupported_workbook', say('workbook.not_a_workbook'), say('workbook.save_from_source'))
    }
    const length = Math.min(this.bytes, 22 + 0xffff)
    const tail = await this.read(this.bytes - length, length)
    const at = tail.lastIndexOf(END, length - 22, 'latin1')
    if (at < 0) throw this.damaged(say('workbook.archive_cut'))
    let [count, size, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    if (at >= 20 && tail.toString('latin1', at - 20, at - 16) === 'PK\u0006\u0007') {
      const record = await this.read(number64(tail, at - 12), 56)
      if (record.toString('latin1', 0, 4) !== 'PK\u0006\u0006') throw this.damaged(say('workbook.archive_no_contents'))
      ;[count, size, offset] = [number64(record, 32), number64(record, 40), number64(record, 48)]
    }
    if (size > LARGEST_DIRECTORY) throw this.damaged(say('workbook.archive_large_contents'))
    const directory = await this.read(offset, size)
    for (let i = 0, from = 0; i < count; i++) {
      if (from + 46 > size || directory.toString('latin1', from, from + 4) !== 'PK\u0001\u0002')
        throw this.damaged(say('workbook.archive_broken_contents'))
      const part = partAt(directory, from)
      this.parts.set(keyOf(part.name), part)
      from += 46 + directory.readUInt16LE(from + 28) + directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32)
    }
  }

  /** A container of old Office: an XLS, or a workbook with a password, told by the name of a stream in its directory. */
  private async refuseCompound(): Promise<ToolError> {
    const head = await this.read(0, Math.min(this.bytes, BLOCK))
    const at = head.length < 512 ? 0 : (head.readUInt32LE(48) + 1) * 2 ** Math.min(head.readUInt16LE(30), 16)
    const directory = at < this.bytes ? await this.read(at, Math.min(this.bytes - at, 4096)) : head
    const isEncrypted = [head, directory].some((bytes) => bytes.includes('EncryptedPackage', 0, 'utf16le'))
    return isEncrypted
      ? this.refuse('unsupported_workbook', say('workbook.has_password'), say('workbook.save_xlsx_without_password'))
      : this.refuse('unsupported_workbook', say('workbook.old_workbook'), say('workbook.save_as_xlsx'))
  }

  private async read(position: number, length: number): Promise<Buffer> {
    if (!(position >= 0 && position + length <= this.bytes)) throw this.damaged(say('workbook.archive_cut'))
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.handle.read(buffer, 0, length, position)
    if (bytesRead < length) throw this.damaged(say('workbook.archive_cut'))
    return buffer
  }
}

/** Part names do not differ by case, and some writers use backslashes. */
function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
}

function number64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at))
}

function partAt(directory: Buffer, at: number): Part {
  const [length, extra] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30)]
  const part: Part = {
    name: directory.toString('utf8', at + 46, at + 46 + length),
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packed: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    offset: directory.readUInt32LE(at + 42),
  }
  const end = Math.min(at + 46 + length + extra, directory.length)
  for (let field = at + 46 + length; field + 4 <= end; field += 4 + directory.readUInt16LE(field + 2)) {
    if (directory.readUInt16LE(field) !== 1) continue
    let from = field + 4
    for (const name of ['size', 'packed', 'offset'] as const) {
      if (part[name] !== 0xffffffff || from + 8 > end) continue
      part[name] = number64(directory, from)
      from += 8
    }
  }
  return part
}

function decoderFor(chunk: Buffer, isAscii: boolean): (chunk: Buffer) => string {
  const utf16 = chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : null
  const decoder = new TextDecoder(utf16 ?? 'utf-8')
  const isPlain = (bytes: Buffer): boolean => utf16 === null && (isAscii || hasOnlyAscii(bytes))
  return (bytes) => (isPlain(bytes) ? bytes.toString('latin1') : decoder.decode(bytes, { stream: true }))
}
