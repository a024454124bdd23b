import type { Document } from '../index.js'
import type { Context, GlobalOptions } from './command.js'

/** The format asked for, else the one that the file's ending names, else the first. */
export function formatOf({ format, out }: GlobalOptions & Record<string, unknown>, formats: readonly string[]): string {
  const ending = /\.([a-z]+)$/i.exec(String(out ?? ''))?.[1]?.toLowerCase()
  return format ?? formats.find((one) => one === ending) ?? formats[0]!
}

/** A document in one of the formats that people read. */
export async function renderDocument(document: Document, format: string): Promise<string | Uint8Array> {
  const { renderHtml, renderMarkdown, renderXlsx } = await import('../index.js')
  const renderers: Record<string, (one: Document) => string | Uint8Array | Promise<string | Uint8Array>> = {
    html: renderHtml,
    md: renderMarkdown,
    xlsx: renderXlsx,
  }
  return renderers[format]!(document)
}

/** Writes a result to the file asked for, whole or not at all, else to standard output; bytes never to a terminal. */
export async function emit(context: Context, out: unknown, content: string | Uint8Array): Promise<void> {
  const { ToolError, writeWhole } = await import('../index.js')
  if (out === undefined) {
    if (typeof content !== 'string' && context.isTerminal) {
      throw new ToolError('usage', 'this format is a file, not a text', { hint: 'name one: --out FILE' })
    }
    return context.out(content)
  }
  const { resolve } = await import('node:path')
  writeWhole(resolve(context.cwd, String(out)), content)
  context.say(`${String(out)}\n`)
}
