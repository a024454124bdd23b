import type { Document } from '../index.js'
import type { Context } from './command.js'

/** What a document can be written as; the first is the default of commands that make one. JSON is each command's own. */
export const DOCUMENT_FORMATS = ['table', 'csv'] as const

/** A document in a format. */
export async function render(document: Document, format: string, width: number): Promise<string | Uint8Array> {
  const { renderTables, renderText } = await import('../index.js')
  switch (format) {
    case 'csv':
      return renderTables(document)
    default:
      return renderText(document, { width })
  }
}

/** Puts a result into the file of --out, whole or not at all, or prints it. Bytes need a file. Error: usage. */
export async function deliver(context: Context, content: string | Uint8Array, out: string | undefined): Promise<void> {
  if (out !== undefined) {
    const [{ resolve }, { writeWhole }] = await Promise.all([import('node:path'), import('../index.js')])
    writeWhole(resolve(context.cwd, out), content)
    context.say(`${out}\n`)
  } else if (typeof content === 'string') context.out(content)
  else {
    const { ToolError } = await import('../index.js')
    throw new ToolError('usage', 'this format is for a file', { hint: 'name one with --out FILE' })
  }
}
