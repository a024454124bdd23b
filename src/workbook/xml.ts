import type { ToolError } from '../errors.js'

/** Longer texts, tags and comments than this (in UTF-16 units) are not met in a document. */
const LONGEST_TOKEN = 1 << 23

/** What an XML part holds, in order; names are without their namespace prefix, attributes unparsed: see `attribute`. */
export interface XmlHandler {
  isDone?: boolean
  open(name: string, attributes: string): void
  text?(text: string): void
  close?(name: string): void
  /** Takes the whole element that begins at `start` where it is of a form known at a glance: where it ends, else `start`. */
  glance?(text: string, start: number): number
}

/** What is wrong with a part, by its message in the room of workbooks. */
export type XmlFault = 'token_too_long' | 'stops_in_middle' | 'has_doctype'

/** Splits XML that comes in pieces. Refuses document type declarations, endless tokens, and text that stops inside an element. */
export class XmlScanner {
  private rest = ''
  private depth = 0

  constructor(
    private readonly on: XmlHandler,
    private readonly refuse: (fault: XmlFault) => ToolError,
  ) {}

  write(chunk: string): void {
    // Joined and not added: an added text stays in two parts, and every look at a letter goes through them.
    const text = this.rest === '' ? chunk : [this.rest, chunk].join('')
    let at = 0
    for (;;) {
      const start = text.charCodeAt(at) === 60 ? at : text.indexOf('<', at)
      if (start < 0) break
      if (start > at) this.on.text?.(decoded(text.slice(at, start)))
      at = this.on.glance?.(text, start) ?? start
      if (at > start) continue
      const next = text.charCodeAt(start + 1)
      const end = next === 33 ? this.declaration(text, start) : next === 63 ? text.indexOf('?>', start) + 1 : tagEnd(text, start)
      if (end <= 0) break
      at = end + 1
      if (next !== 33 && next !== 63) this.tag(text, start + 1, end)
    }
    this.rest = text.slice(at)
    if (this.rest.length > LONGEST_TOKEN) throw this.refuse('token_too_long')
  }

  end(): void {
    if (this.depth !== 0 || this.rest.trim() !== '') throw this.refuse('stops_in_middle')
  }

  private tag(text: string, start: number, end: number): void {
    if (text.charCodeAt(start) === 47) {
      this.depth--
      this.on.close?.(localName(text, start + 1, end))
      return
    }
    const isEmpty = text.charCodeAt(end - 1) === 47
    const last = isEmpty ? end - 1 : end
    let space = start
    let first = start
    for (; space < last; space++) {
      const code = text.charCodeAt(space)
      if (code <= 32) break
      if (code === 58) first = space + 1
    }
    const name = text.slice(first, space)
    this.on.open(name, space === last ? '' : text.slice(space, last))
    if (isEmpty) this.on.close?.(name)
    else this.depth++
  }

  /** The end of a comment or a CDATA section, whose text is passed on; 0 when it is still to come. */
  private declaration(text: string, start: number): number {
    if (text.startsWith('<!--', start)) {
      const end = text.indexOf('-->', start + 4)
      return end < 0 ? 0 : end + 2
    }
    if (text.length - start < 9) return 0
    if (!text.startsWith('<![CDATA[', start)) throw this.refuse('has_doctype')
    const end = text.indexOf(']]>', start)
    if (end < 0) return 0
    this.on.text?.(text.slice(start + 9, end))
    return end + 2
  }
}

function tagEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 62) return at
    if (code !== 34 && code !== 39) continue
    at = text.indexOf(code === 34 ? '"' : "'", at + 1)
    if (at < 0) return 0
  }
  return 0
}

function localName(text: string, start: number, end: number): string {
  while (end > start && text.charCodeAt(end - 1) <= 32) end--
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === 58) return text.slice(at + 1, end)
  return text.slice(start, end)
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))

function decoded(text: string): string {
  if (!isEncoded(text)) return text
  const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return plain.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name) return ENTITIES.get(name) ?? all
    const code = hex ? parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

function isEncoded(text: string): boolean {
  if (text.length > 40) return text.includes('&') || text.includes('\r')
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 38 || code === 13) return true
  }
  return false
}

/** The value of the attribute with this name, whatever its prefix; '' when there is none. */
export function attribute(attributes: string, name: string): string {
  for (let at = 0; ;) {
    const equals = attributes.indexOf('=', at)
    if (equals < 0) return ''
    let end = equals
    while (end > at && attributes.charCodeAt(end - 1) <= 32) end--
    let open = equals + 1
    while (attributes.charCodeAt(open) <= 32) open++
    const close = attributes.indexOf(attributes.charAt(open), open + 1)
    if (close <= open) return ''
    const before = attributes.charCodeAt(end - name.length - 1)
    if ((before <= 32 || before === 58) && attributes.startsWith(name, end - name.length)) return decoded(attributes.slice(open + 1, close))
    at = close + 1
  }
}
