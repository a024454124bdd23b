const MARK = '\ufeff'
const BYTES = Buffer.from(`${MARK}"`)

/** Whether a byte order mark stands before a quote, as where files were joined: no parser takes the quote for one then. */
export const hasInnerMark = (text: string): boolean => text.includes(`${MARK}"`)

/** A text without the byte order marks before quotes. */
export const withoutInnerMarks = (text: string): string => text.replaceAll(`${MARK}"`, '"')

/** The same of a stream of texts or bytes, whose pieces may end within a mark. */
export async function* withoutMarks(source: AsyncIterable<string | Buffer>): AsyncGenerator<string | Buffer> {
  let held: string | Buffer = ''
  for await (const chunk of source) {
    const piece: string | Buffer = joined(held, chunk)
    const cut = heldBack(piece)
    held = piece.slice(piece.length - cut)
    yield strip(piece.slice(0, piece.length - cut))
  }
  if (held.length > 0) yield held
}

function joined(held: string | Buffer, chunk: string | Buffer): string | Buffer {
  if (held.length === 0) return chunk
  return typeof chunk === 'string' ? String(held) + chunk : Buffer.concat([Buffer.from(held), chunk])
}

function strip(piece: string | Buffer): string | Buffer {
  if (typeof piece === 'string') return withoutInnerMarks(piece)
  if (!piece.includes(BYTES)) return piece
  return Buffer.from(piece.toString('latin1').replaceAll(BYTES.toString('latin1'), '"'), 'latin1')
}

/** How much at the end may be the start of a mark and its quote. */
function heldBack(piece: string | Buffer): number {
  if (typeof piece === 'string') return piece.endsWith(MARK) ? 1 : 0
  for (let length = Math.min(3, piece.length); length > 0; length--)
    if (piece.subarray(piece.length - length).equals(BYTES.subarray(0, length))) return length
  return 0
}

/** Tells of each next piece of a file whether a mark before a quote has been seen. */
export function innerMarkCheck(): (chunk: Buffer) => boolean {
  let tail = Buffer.alloc(0)
  let isSeen = false
  return (chunk) => {
    isSeen ||= chunk.includes(BYTES) || Buffer.concat([tail, chunk.subarray(0, 3)]).includes(BYTES)
    tail = Buffer.from(chunk.subarray(-3))
    return isSeen
  }
}
