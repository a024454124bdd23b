import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename, resolve } from 'node:path'

import type { Definitions } from '../definitions/load.js'
import { ToolError } from '../errors.js'
import { label, type Language, type LabelKey } from '../language/labels.js'
import { listed, say } from '../messages/message.js'
import { isWorkbook, readDescription } from '../workbook/workbook.js'
import type { Expanded } from './files.js'
import { bytesOf } from './odd-name.js'

/* A file of ours is known by its first kilobytes: the header of a CSV, the head of a page, the first key of JSON; a Markdown file by its last line. */
const HEAD = 1 << 14
const TAIL = 64

const LANGUAGES: Language[] = ['vi', 'en']
/** The headers of CSV for programs that no export has: figures of a report, rejected rows, loads, compared summaries. */
const HEADERS = [
  /^metric,label,level,unit_code,unit_name,field,procedure_code,procedure_name,factor,month,from,to,numerator,denominator,value,shown,state,coverage,target,/,
  /^load_id,file,line,column,header,text,reason$/,
  /^load_id,kind,loaded_at,/,
  /^indicator,period,level,unit,field,numerator,denominator,value,measure,digits,bound,shown,is_contradiction,/,
]

/**
 * Files of ours among those found in folders, taken out of what is to be read and of what was passed over. `store`: its path. Error: no_files,
 * where nothing else is there.
 */
export async function leaveOwn(
  { files, passedOver, named }: Expanded,
  definitions: Definitions,
  { folder, store }: { folder: string; store: string },
): Promise<{ files: string[]; passedOver: string[]; own: string[] }> {
  const own = new Set<string>()
  for (const file of [...files, ...passedOver]) {
    if (named.has(file)) continue
    const path = resolve(folder, file)
    if (path === store || path.startsWith(`${store}.`) || (await isOwn(path, definitions))) own.add(file)
  }
  const others = (all: readonly string[]): string[] => all.filter((file) => !own.has(file))
  if (files.length > 0 && others(files).length === 0)
    throw new ToolError('no_files', say('reading.only_own', { files: listed([...own]) }), { hint: say('reading.name_own') })
  return { files: others(files), passedOver: others(passedOver), own: [...own] }
}

/** Whether a file says that this program wrote it; what can't be read says nothing. */
async function isOwn(path: string, definitions: Definitions): Promise<boolean> {
  if (basename(path) === 'cchc.yaml') return true
  try {
    const { head, tail } = endsOf(path)
    if (isWorkbook(head) || head.toString('latin1', 0, 2) === 'PK') return isMark(await readDescription({ file: path, path }))
    const text = head.toString('utf8').replace(/^\ufeff/, '')
    if (/^\s*\{"schema":"cchc\./.test(text) || /^# cchc\b/.test(text)) return true
    if (/^<!doctype html/i.test(text)) return /<meta name="generator" content="cchc\b/.test(text)
    return /<!-- cchc\b[^>]* -->\s*$/.test(tail) || isOwnHeader(text, definitions)
  } catch {
    return false
  }
}

const isMark = (description: string | null): boolean => description !== null && /^cchc\b/.test(description)

function endsOf(path: string): { head: Buffer; tail: string } {
  const handle = openSync(bytesOf(path), 'r')
  try {
    const head = Buffer.alloc(HEAD)
    const length = readSync(handle, head, 0, HEAD, 0)
    if (length < HEAD) return { head: head.subarray(0, length), tail: head.toString('utf8', Math.max(0, length - TAIL), length) }
    const last = Buffer.alloc(TAIL)
    readSync(handle, last, 0, TAIL, fstatSync(handle).size - TAIL)
    return { head, tail: last.toString('utf8') }
  } finally {
    closeSync(handle)
  }
}

function isOwnHeader(text: string, { forms }: Definitions): boolean {
  const [line] = text.split(/\r?\n/, 1)
  if (HEADERS.some((header) => header.test(line!))) return true
  const cells = cellsOf(line!)
  return LANGUAGES.some((language) => {
    const words = (...keys: LabelKey[]): string[] => keys.map((key) => label(language, key))
    const isRow = (cell: string | undefined): boolean => words('form_field', 'unit', 'level').includes(cell!)
    const isSame = (some: readonly string[], others: readonly string[]): boolean => some.join('\n') === others.join('\n')
    if (isRow(cells[1]) && isSame([cells[0]!, ...cells.slice(2)], words('dossier', 'change', 'was', 'is', 'load'))) return true
    if (cells[0] !== label(language, 'form_number') || !isRow(cells[1])) return false
    const said = cells.slice(2, cells.at(-1) === label(language, 'form_units') ? -1 : undefined)
    return [...forms.values()].some(({ columns }) =>
      isSame(
        said,
        columns.map(({ headings }) => headings[language].join(' > ')),
      ),
    )
  })
}

/* Our own headers have a record on a line. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!)
