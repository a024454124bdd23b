import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'

import { ToolError, type Source } from '../errors.js'
import { say } from '../messages/message.js'
import { decodeHead, detectEncoding, type Encoding } from './decode.js'
import { isGzip, unpackHead } from './gzip.js'
import { hasInnerMark, withoutInnerMarks } from './inner-marks.js'
import { openable } from './odd-name.js'
import { sniffWorkbook, type ChosenSheet } from './sheet.js'
import { isWorkbook } from '../workbook/workbook.js'

/** What the start of a file says about how to read it. */
export interface Sniffed extends Source {
  bytes: number
  encoding: Encoding
  /** How sure the encoding is, 0 to 1. */
  confidence: number
  /** Whether the file is a gzip. */
  isPacked: boolean
  /** The sheet, where the file is a workbook. */
  sheet: ChosenSheet | null
  delimiter: string
  /** Line ending of the first lines; null when they are mixed or a lone CR: then only the careful road reads it. */
  newline: '\n' | '\r\n' | null
  /** Whether records end in LF or CR LF. */
  hasLineFeeds: boolean
  /** Records of the start of the file with the line each starts on; the header is one of them. */
  head: { line: number; cells: string[] }[]
  /** Whether `head` is the whole file. */
  isWhole: boolean
  /** Byte offset and physical line at which each head record ends, for UTF-8 files without quotes before it; else null. */
  endOfRecord: (index: number) => { offset: number; lines: number } | null
}

const HEAD = 1 << 18
/** How old or password-protected workbooks begin: the workbook reader says what to do about them. */
const OLD_OFFICE = '\u00d0\u00cf\u0011\u00e0'
/** Many systems call an HTML table .xls; Excel opens it, after asking. */
const MARKUP = /^\s*(?:<(?:!doctype|\?xml|html|head|meta|style|table)\b|MIME-Version:)/i
const DELIMITERS = [',', ';', '\t', '|']

/** Looks at the first quarter of a megabyte; of several separators takes the one under which the header `isKnown`. Errors: file_not_found, file_unreadable, is_directory, empty_file, binary_file, uncertain_encoding, malformed_gzip. */
export async function sniff(
  file: string,
  wanted: { folder?: string | undefined; encoding?: Encoding | undefined; sheet?: string | undefined } = {},
  howKnown: (sniffed: Sniffed) => number = () => 1,
): Promise<Sniffed> {
  const source = { file, path: openable(resolve(wanted.folder ?? '', file)) }
  const { head: start, bytes } = readHead(source)
  if (isWorkbook(start) || start.toString('latin1', 0, 4) === OLD_OFFICE) return sniffWorkbook(source, bytes, wanted.sheet, howKnown)
  const isPacked = isGzip(start)
  const head = isPacked ? unpackHead(start, file, HEAD) : start
  const { encoding, bom, confidence } = await detectEncoding(head, file, wanted.encoding)
  const text = await decodeHead(head.subarray(bom), encoding)
  if (text.trim() === '')
    throw new ToolError('empty_file', say('reading.empty'), { place: { file }, hint: say('reading.export_again_portal') })
  if (MARKUP.test(text))
    throw new ToolError('unsupported_workbook', say('reading.is_markup'), {
      place: { file },
      hint: say('reading.save_as_xlsx'),
    })
  const isWhole = isPacked ? head.length < HEAD && start.length === bytes : head.length === bytes
  const complete = isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text
  const isMarked = hasInnerMark(complete)
  const form = { ...source, bytes, encoding, confidence, isPacked, sheet: null, newline: lineEnding(complete), isWhole }
  const hasLineFeeds = endsInLineFeeds(complete)
  let likeliest: Sniffed | undefined
  for (const delimiter of rankDelimiters(complete)) {
    const records = parseHead(isMarked ? withoutInnerMarks(complete) : complete, delimiter, hasLineFeeds)
    const endOfRecord = (index: number): ReturnType<Sniffed['endOfRecord']> => {
      if (encoding !== 'utf-8' || isPacked || isMarked) return null
      const line = records[index]!.line
      const lines = complete.split('\n', line)
      if (lines.some((one) => one.includes('"') && (one.split('"').length - 1) % 2 === 1)) return null
      return { offset: bom + Buffer.byteLength(lines.join('\n')) + 1, lines: line }
    }
    const sniffed: Sniffed = { ...form, delimiter, hasLineFeeds, head: records, endOfRecord }
    if (howKnown(sniffed) > 0) return sniffed
    likeliest ??= sniffed
  }
  return likeliest!
}

function readHead({ file, path }: Source): { head: Buffer; bytes: number } {
  let descriptor: number
  let bytes: number
  try {
    const stat = statSync(path)
    if (stat.isDirectory())
      throw new ToolError('is_directory', say('reading.is_directory'), { place: { file }, hint: say('reading.name_files') })
    if (!stat.isFile())
      throw new ToolError('not_a_file', say('reading.not_a_file'), {
        place: { file },
        hint: say('reading.no_pipes'),
      })
    bytes = stat.size
    descriptor = openSync(path, 'r')
  } catch (error) {
    if (error instanceof ToolError) throw error
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new ToolError('file_not_found', say('reading.no_such_file'), { place: { file } })
    throw new ToolError(
      'file_unreadable',
      say('reading.unreadable', { reason: code === 'EACCES' ? say('reading.no_permission') : String(code) }),
      {
        place: { file },
      },
    )
  }
  try {
    const head = Buffer.alloc(Math.min(bytes, HEAD))
    const length = readSync(descriptor, head, 0, head.length, 0)
    if (length === 0) throw new ToolError('empty_file', say('reading.empty'), { place: { file }, hint: say('reading.export_again_portal') })
    return { head: head.subarray(0, length), bytes }
  } finally {
    closeSync(descriptor)
  }
}

/** Lines that show the separator: more than a header may have above it. */
const SHOWING = 100

/** The separators, first the one that Excel's first line says, then those that split the first lines into the most columns, equally often. */
function rankDelimiters(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/, SHOWING).filter((line) => line.trim() !== '')
  const [, declared] = /^"?sep=(.)"?[,;|\s]*$/i.exec(lines[0] ?? '') ?? []
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length - 1)
    const widest = Math.max(...counts)
    const agreeing = counts.filter((count) => count === widest).length
    return { delimiter, score: widest * (0.5 + agreeing / counts.length) }
  })
  const ranked = scores.sort((a, b) => b.score - a.score).map(({ delimiter }) => delimiter)
  return [...new Set(declared === undefined ? ranked : [declared, ...ranked])]
}

function parseHead(text: string, delimiter: string, hasLineFeeds: boolean): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = []
  let line = 1
  const take = (cells: string[]): null => {
    const start = line++
    for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1
    if (cells.length > 1 || cells[0]!.trim() !== '') records.push({ line: start, cells })
    return null
  }
  try {
    parse(text, { delimiter, relax_column_count: true, relax_quotes: true, to: 1000, on_record: take, ...recordEnds(hasLineFeeds) })
  } catch {
    // An unclosed quote: what was read before it is enough to recognise the header; the full reading reports it.
  }
  return records
}

/** How records end, for csv-parse: it would settle on the first end it sees, and files mix them. */
export function recordEnds(hasLineFeeds: boolean): { record_delimiter?: string[] } {
  return hasLineFeeds ? { record_delimiter: ['\r\n', '\n'] } : {}
}

/** Whether records end in line feeds; they may also be inside the cells of a file whose records end in a lone CR. */
function endsInLineFeeds(text: string): boolean {
  if (!text.includes('\r') || text.includes('\r\n')) return text.includes('\n')
  const bare = text.replace(/"[^"]*"/g, '')
  return bare.includes('\n') || !bare.includes('\r')
}

function lineEnding(text: string): '\n' | '\r\n' | null {
  const crlf = text.split('\r\n').length - 1
  const lf = text.split('\n').length - 1
  const cr = text.split('\r').length - 1
  if (cr === 0 && lf > 0) return '\n'
  return crlf === lf && cr === crlf && lf > 0 ? '\r\n' : null
}
