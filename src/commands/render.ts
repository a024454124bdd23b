import type { Content, Document } from '../index.js'
import { listed, say } from '../messages/message.js'
import type { Context, GlobalOptions } from './command.js'

/** What a document can be written as; the first is the default of commands that make one. JSON is each command's own. */
export const DOCUMENT_FORMATS = ['table', 'csv', 'md', 'html', 'xlsx', 'docx'] as const

/**
 * The format asked for, else the one that the file's ending names (.txt: the first), else the first. Error: usage, of an ending that is none,
 * or another than the one asked for.
 */
export async function formatOf({ format, out }: GlobalOptions & Record<string, unknown>, formats: readonly string[]): Promise<string> {
  const ending = /\.([a-z\d]+)$/i.exec(String(out ?? ''))?.[1]?.toLowerCase()
  const named = formats.find((one) => one === ending)
  const isOther = format !== undefined && named !== undefined && named !== format
  const isNone = format === undefined && named === undefined && ending !== undefined && ending !== 'txt'
  if (!isOther && !isNone) return format ?? named ?? formats[0]!
  const { ToolError } = await import('../index.js')
  throw new ToolError(
    'usage',
    isOther
      ? say('usage.other_format', { file: String(out), named, format })
      : say('usage.no_such_format', { file: String(out), ending: ending! }),
    {
      hint: isOther
        ? say('usage.leave_format')
        : say('usage.formats_are', { all: listed(['.txt', ...formats.slice(1).map((one) => `.${one}`)]) }),
    },
  )
}

/** A document in a format. */
export async function render(document: Document, format: string, width: number): Promise<string | Uint8Array> {
  const { renderDocx, renderHtml, renderMarkdown, renderTables, renderText, renderXlsx } = await import('../index.js')
  switch (format) {
    case 'csv':
      return renderTables(document)
    case 'md':
      return renderMarkdown(document)
    case 'html':
      return renderHtml(document)
    case 'xlsx':
      return renderXlsx(document)
    case 'docx':
      return renderDocx(document)
    default:
      return renderText(document, { width })
  }
}

/** Puts a result into the file of --out, whole or not at all, or on standard output; bytes never on a terminal. Error: usage. */
export async function deliver(context: Context, content: Content, out: unknown, isPainted = false): Promise<void> {
  const { piecesOf, ToolError, writeWhole } = await import('../index.js')
  if (out === undefined) {
    if (content instanceof Uint8Array && context.isTerminal) {
      throw new ToolError('usage', say('usage.needs_file'), { hint: say('usage.name_file') })
    }
    for (const piece of piecesOf(content)) context.out(piece, isPainted)
    return
  }
  writeWhole(String(out), content, context.cwd)
  context.say(`${String(out)}\n`)
}
