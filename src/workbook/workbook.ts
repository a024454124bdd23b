import { posix } from 'node:path'

import { nearest, ToolError, type ErrorCode, type Source } from '../errors.js'
import { listed, say, type Message } from '../messages/message.js'
import { SharedStrings } from './cells.js'
import { cellFormats } from './formats.js'
import { MergeFiller } from './merged.js'
import { OdsReader, OdsSheets } from './ods.js'
import { RowCollector, type Merge, type SheetRow, type Span } from './rows.js'
import { MergeReader, XlsxReader } from './xlsx.js'
import { attribute, XmlScanner, type XmlHandler } from './xml.js'
import { Archive } from './zip.js'

export { MergeFiller } from './merged.js'
export { NOT_COMPUTED } from './rows.js'
export type { Merge, SheetRow, Span } from './rows.js'

export interface SheetInfo {
  name: string
  isHidden: boolean
}

export interface SheetHead {
  /** The first rows that hold anything. */
  rows: SheetRow[]
  hiddenColumns: Span[]
  /** Whether `rows` is the whole sheet. */
  isWhole: boolean
  /** What only the end of a sheet may tell: asking reads on. */
  /** The merged areas that begin in the first rows or between them: asking may read on. */
  below: () => Promise<Merge[]>
  /** Whether its dates count from 1904. */
  is1904: boolean
}

/** An open workbook: its sheets with the parts they are in. An ODS has all of them in one, and lists them only when asked. */
interface Book {
  file: string
  archive: Archive
  isOds: boolean
  sheets: (SheetInfo & { part: string })[]
  is1904: boolean
  styles: string | null
  strings: string | null
}

const ODS = 'application/vnd.oasis.opendocument.spreadsheet'
const CONTENT = 'content.xml'
const LARGEST_LIST = 64 << 20
const LARGEST_TABLE = 256 << 20
const PROPERTIES = 'docProps/core.xml'
const LARGEST_PROPERTIES = 1 << 16
const MOST_ENTRIES = 50_000

/** Whether the start of a file is that of an XLSX or ODS (or a relative of theirs: then reading it says which). */
export function isWorkbook(head: Buffer): boolean {
  const mark = 'PK\u0003\u0004'
  if (head.toString('latin1', 0, 4) !== mark) return false
  for (let at = 0; at >= 0 && at + 30 <= head.length; at = head.indexOf(mark, at + 4, 'latin1')) {
    const start = at + 30 + head.readUInt16LE(at + 26)
    const name = head
      .toString('latin1', at + 30, start)
      .replaceAll('\\', '/')
      .toLowerCase()
    if (/^\/?xl\//.test(name) || name === '[content_types].xml' || name === CONTENT) return true
    const isStored = head.readUInt16LE(at + 8) === 0
    if (name === 'mimetype' && isStored) return head.toString('latin1', start + head.readUInt16LE(at + 28)).startsWith(ODS)
  }
  return false
}

/** How the properties of a document of Office describe it, a text or a workbook; null: they say nothing. Errors: as in reading a workbook. */
export async function readDescription(source: Source): Promise<string | null> {
  const archive = await Archive.open(source)
  try {
    if (!archive.has(PROPERTIES)) return null
    let text = ''
    for await (const part of archive.text(PROPERTIES, LARGEST_PROPERTIES)) text += part
    return /<dc:description>([^<]*)</.exec(text)?.[1] ?? null
  } finally {
    await archive.close()
  }
}

/**
 * The sheets in their order, those with charts only left out. Errors, here and below: file_not_found, file_unreadable, unsupported_workbook
 * (not a workbook, an old or binary one, one with a password), malformed_workbook, workbook_too_large.
 */
export function listSheets(source: Source): Promise<SheetInfo[]> {
  return withBook(source, namesOf)
}

/** The first `limit` rows of a sheet that hold anything. Errors: also unknown_sheet. */
export function readSheetHead(source: Source, sheet: string, limit: number): Promise<SheetHead> {
  return withBook(source, async (book) => {
    const refuse = refuser(book.file, sheet)
    const rows: SheetRow[] = []
    const collector = new RowCollector(refuse, (row) => rows.push(row), limit)
    if (book.isOds) {
      await readTable(book, sheet, collector)
      const { merges, hiddenColumns, isCut } = collector
      return { rows, hiddenColumns, isWhole: !isCut, below: async () => merges, is1904: false }
    }
    const part = partOf(book, sheet)
    let last = -1
    const noted = { get: (index: number) => ((last = Math.max(last, index)), '') }
    await book.archive.scan(part, new XlsxReader(new RowCollector(refuse, () => undefined, limit), noted, [], false))
    await book.archive.scan(
      part,
      new XlsxReader(collector, await readStrings(book, refuse, last + 1), await readFormats(book), book.is1904),
    )
    const { hiddenColumns, isCut } = collector
    const end = rows.at(-1)?.line ?? 0
    let read: Promise<Merge[]> | undefined
    const below = (): Promise<Merge[]> => (read ??= withBook(source, ({ archive }) => readBelow(archive, part, end, refuse)))
    return { rows, hiddenColumns, isWhole: !isCut, below, is1904: book.is1904 }
  })
}

/**
 * Every row of a sheet that holds anything, in order. Cells as one would type them into a CSV: numbers without an exponent, with the
 * zeros their format puts before them; dates and times as `yyyy-MM-dd HH:mm:ss`, `yyyy-MM-dd` or `HH:mm:ss`; TRUE and FALSE; formulas
 * by their last value (`#GETTING_DATA` where they have none); errors by name. Merged cells have their value in each row: see `MergeFiller`.
 * Errors: also unknown_sheet.
 */
export function readSheet(source: Source, sheet: string, take: (row: SheetRow) => void): Promise<void> {
  return withBook(source, async (book) => {
    const refuse = refuser(book.file, sheet)
    if (book.isOds) {
      const filler = new MergeFiller()
      return readTable(
        book,
        sheet,
        new RowCollector(
          refuse,
          (row) => take(filler.fill(row)),
          Infinity,
          (area) => filler.add(area),
        ),
      )
    }
    const part = partOf(book, sheet)
    const merges = await readBelow(book.archive, part, Infinity, refuse)
    const filler = merges.length === 0 ? null : new MergeFiller(merges)
    const collector = new RowCollector(refuse, filler ? (row) => take(filler.fill(row)) : take)
    const [strings, formats] = [await readStrings(book, refuse), await readFormats(book)]
    await book.archive.scan(part, new XlsxReader(collector, strings, formats, book.is1904))
  })
}

async function withBook<Result>(source: Source, use: (book: Book) => Promise<Result>): Promise<Result> {
  const archive = await Archive.open(source)
  try {
    return await use(await readBook(source.file, archive))
  } finally {
    await archive.close()
  }
}

async function readBook(file: string, archive: Archive): Promise<Book> {
  if (archive.has(CONTENT)) {
    await checkOds(archive)
    return { file, archive, isOds: true, sheets: [], is1904: false, styles: null, strings: null }
  }
  const root = archive.has('_rels/.rels') ? await readRelations(archive, '') : []
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (/\.bin$/i.test(workbook))
    throw archive.refuse('unsupported_workbook', say('workbook.binary_workbook'), say('workbook.save_from_excel'))
  const noWorkbook = archive.refuse('unsupported_workbook', say('workbook.no_workbook'), say('workbook.unpack_or_save'))
  if (!archive.has(workbook)) throw noWorkbook
  const found = { root: '', is1904: false, sheets: [] as { name: string; isHidden: boolean; id: string }[] }
  await archive.scan(workbook, workbookHandler(archive, found), LARGEST_LIST)
  if (found.root !== 'workbook') throw noWorkbook
  const relations = await readRelations(archive, workbook)
  const target = (type: string): string | null => {
    const path = relations.find((relation) => relation.type === type)?.target
    return path !== undefined && archive.has(path) ? path : null
  }
  const sheets = found.sheets.flatMap(({ name, isHidden, id }) => {
    const relation = relations.find((relation) => relation.id === id)
    if (relation && relation.type !== 'worksheet') return []
    return [{ name, isHidden, part: relation?.target ?? `${name}: its part` }]
  })
  return { file, archive, isOds: false, sheets, is1904: found.is1904, styles: target('styles'), strings: target('sharedStrings') }
}

function workbookHandler(
  archive: Archive,
  found: { root: string; is1904: boolean; sheets: { name: string; isHidden: boolean; id: string }[] },
): XmlHandler {
  return {
    open(name, attributes) {
      if (found.root === '') found.root = name
      if (name === 'workbookPr') found.is1904 = /^(1|true)$/.test(attribute(attributes, 'date1904'))
      if (name !== 'sheet') return
      if (found.sheets.length === MOST_ENTRIES) throw tooMany(archive)
      found.sheets.push({
        name: attribute(attributes, 'name'),
        isHidden: /hidden/i.test(attribute(attributes, 'state')),
        id: attribute(attributes, 'id'),
      })
    },
  }
}

function tooMany(archive: Archive): ToolError {
  return archive.refuse('workbook_too_large', say('workbook.too_many_parts'), say('workbook.save_sheets'))
}

async function checkOds(archive: Archive): Promise<void> {
  let type = ''
  if (archive.has('mimetype')) for await (const text of archive.text('mimetype', 1 << 10)) type += text
  if (!type.startsWith(ODS)) throw archive.refuse('unsupported_workbook', say('workbook.no_spreadsheet'), say('workbook.save_as_ods'))
  const manifest = { isEncrypted: false, open: (name: string) => void (manifest.isEncrypted ||= name === 'encryption-data') }
  if (archive.has('META-INF/manifest.xml')) await archive.scan('META-INF/manifest.xml', manifest, LARGEST_LIST)
  if (manifest.isEncrypted)
    throw archive.refuse('unsupported_workbook', say('workbook.has_password'), say('workbook.save_without_password'))
}

async function readTable(book: Book, sheet: string, rows: RowCollector): Promise<void> {
  const reader = new OdsReader(sheet, rows)
  await book.archive.scan(CONTENT, reader)
  if (!reader.isFound) throw unknownSheet(book.file, sheet, await namesOf(book))
}

async function namesOf({ archive, isOds, sheets }: Book): Promise<SheetInfo[]> {
  if (!isOds) return sheets.map(({ name, isHidden }) => ({ name, isHidden }))
  const tables = new OdsSheets()
  await archive.scan(CONTENT, tables)
  return tables.sheets
}

/** What a part refers to, with paths in the archive; the last word of a type says what it is. */
async function readRelations(archive: Archive, part: string): Promise<{ id: string; type: string; target: string }[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const relations: { id: string; type: string; target: string }[] = []
  const open = (name: string, attributes: string): void => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
    if (relations.length === MOST_ENTRIES) throw tooMany(archive)
    const type = attribute(attributes, 'Type').split('/').at(-1)!
    relations.push({ id: attribute(attributes, 'Id'), type, target: resolve(folder, attribute(attributes, 'Target')) })
  }
  await archive.scan(name, { open }, LARGEST_LIST)
  return relations
}

function resolve(folder: string, target: string): string {
  return posix.resolve('/', folder, target).slice(1)
}

function partOf(book: Book, sheet: string): string {
  const found = book.sheets.find(({ name }) => name === sheet)
  if (!found) throw unknownSheet(book.file, sheet, book.sheets)
  return found.part
}

function unknownSheet(file: string, sheet: string, sheets: SheetInfo[]): ToolError {
  const names = sheets.map(({ name }) => `"${name}"`)
  const near = nearest(`"${sheet}"`, names)[0]
  const all = names.length > 20 ? say('workbook.and_more', { some: listed(names.slice(0, 20)), n: names.length - 20 }) : listed(names)
  const hint = near ? say('workbook.sheets_like', { near, all }) : say('workbook.sheets_are', { all })
  return new ToolError('unknown_sheet', say('reading.no_sheet', { sheet }), { place: { file }, hint })
}

function refuser(file: string, sheet: string): (code: ErrorCode, message: Message, line?: number) => ToolError {
  const hint = (code: ErrorCode): Message => say(code === 'workbook_too_large' ? 'workbook.save_rows' : 'workbook.save_table')
  return (code, message, line) =>
    new ToolError(code, message, { place: line === undefined ? { file, sheet } : { file, sheet, line }, hint: hint(code) })
}

async function readStrings({ archive, strings }: Book, refuse: ReturnType<typeof refuser>, wanted?: number): Promise<SharedStrings> {
  const table = new SharedStrings(refuse, wanted)
  if (strings !== null && wanted !== 0) await archive.scan(strings, table, LARGEST_TABLE)
  return table
}

async function readFormats({ archive, styles }: Book): Promise<ReturnType<typeof cellFormats>['formats']> {
  const handler = cellFormats()
  if (styles !== null) await archive.scan(styles, handler, LARGEST_LIST)
  return handler.formats
}

/** Merged areas come after all rows: these are passed over without looking at them. */
async function readBelow(archive: Archive, part: string, end: number, refuse: ReturnType<typeof refuser>): Promise<Merge[]> {
  const handler = new MergeReader(end, refuse)
  const scanner = new XmlScanner(handler, (fault) =>
    archive.refuse('malformed_workbook', say(`workbook.${fault}`, { part }), say('workbook.save_again')),
  )
  let rest = ''
  let isBelow = false
  for await (const chunk of archive.text(part, Infinity, true)) {
    const text: string = rest + chunk
    const at: number = isBelow ? 0 : text.search(/<\/(?:\w+:)?sheetData\s*>/)
    isBelow ||= at >= 0
    if (isBelow) scanner.write(text.slice(at))
    rest = isBelow ? '' : text.slice(-300)
  }
  return handler.merges
}
