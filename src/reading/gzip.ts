import { createReadStream } from 'node:fs'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

import { ToolError, type Source } from '../errors.js'
import { say } from '../messages/message.js'

/** The bytes of a file, unpacked where it is a gzip. Errors: malformed_gzip, too_large_inside. */
export async function* readBytes({ file, path }: Source, isPacked: boolean): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: 1 << 20 })
  if (!isPacked) {
    yield* packed as AsyncIterable<Buffer>
    return
  }
  const unpacked = createGunzip({ chunkSize: 1 << 20 })
  packed.once('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  let size = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > FREE_SIZE && size > packed.bytesRead * LARGEST_RATIO) throw tooLargeInside(file)
      yield chunk
    }
  } catch (error) {
    throw error instanceof ToolError ? error : malformedGzip(file, error)
  } finally {
    packed.destroy()
  }
}

/* Exports pack to a tenth or a twentieth; what packs to less than a hundredth is no list of dossiers. */
const LARGEST_RATIO = 100
const FREE_SIZE = 64 << 20

/** The start of what a gzip holds, at most `length` bytes. */
export function unpackHead(packed: Buffer, file: string, length: number): Buffer {
  try {
    const some = packed.subarray(0, Math.max(1 << 16, length >> 2))
    return gunzipSync(some, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: FREE_SIZE }).subarray(0, length)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLargeInside(file) : malformedGzip(file, error)
  }
}

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8

function tooLargeInside(file: string): ToolError {
  return new ToolError('too_large_inside', say('reading.archive_too_large'), {
    place: { file },
    hint: say('reading.unpack_yourself'),
  })
}

function malformedGzip(file: string, cause: unknown): ToolError {
  return new ToolError('malformed_gzip', say('reading.archive_damaged'), {
    place: { file },
    cause,
    hint: say('reading.fetch_again'),
  })
}
