import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

import { asset } from '../assets.js'
import { ToolError, type Source } from '../errors.js'
import { say } from '../messages/message.js'
import { innerMarkCheck } from './inner-marks.js'
import { RecordScanner, type ScanCounts } from './scanner.js'

/** The file's hash, and its records after `offset` (the bytes of the header). */
export interface Scan extends ScanCounts {
  sha256: string
  /** Whether a byte order mark stands before a quote. */
  hasInnerMark: boolean
}

const CHUNK = 1 << 20
const IN_WORKER_ABOVE = 8 << 20

/** Hashes and counts a file; beside the engine, in a thread of its own, when it is large. */
export async function scanFile({ file, path }: Source, bytes: number, offset: number, separator?: string): Promise<Scan> {
  if (bytes < IN_WORKER_ABOVE) return scanNow(path, offset, separator)
  return new Promise((resolve, reject) => {
    const worker = new Worker(asset('reading/scan-worker.js'), { workerData: { path, offset, separator } })
    worker.once('message', resolve)
    worker.once('error', (error) =>
      reject(new ToolError('file_unreadable', say('reading.unreadable_named', { file, reason: error.message }), { place: { file } })),
    )
  })
}

/** As scanFile, in this thread. */
export function scanNow(path: string, offset: number, separator?: string): Scan {
  const hash = createHash('sha256')
  const scanner = new RecordScanner(1, [], separator)
  const isMarked = innerMarkCheck()
  let hasInnerMark = false
  let position = 0
  readChunks(path, (chunk) => {
    hash.update(chunk)
    hasInnerMark = isMarked(chunk)
    const skipped = Math.min(Math.max(offset - position, 0), chunk.length)
    position += chunk.length
    scanner.push(skipped > 0 ? chunk.subarray(skipped) : chunk)
  })
  return { sha256: hash.digest('hex'), ...scanner.end(), hasInnerMark }
}

/** The physical lines on which the given records (ascending ordinals from 1, after `offset`) start. */
export function linesOfRecords(path: string, offset: number, firstLine: number, ordinals: readonly number[]): number[] {
  const scanner = new RecordScanner(firstLine, ordinals)
  let position = 0
  readChunks(path, (chunk) => {
    const skipped = Math.min(Math.max(offset - position, 0), chunk.length)
    position += chunk.length
    scanner.push(skipped > 0 ? chunk.subarray(skipped) : chunk)
  })
  scanner.end()
  return scanner.lines
}

function readChunks(path: string, use: (chunk: Buffer) => void): void {
  const descriptor = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(CHUNK)
    for (;;) {
      const length = readSync(descriptor, buffer, 0, CHUNK, null)
      if (length === 0) return
      use(buffer.subarray(0, length))
    }
  } finally {
    closeSync(descriptor)
  }
}
