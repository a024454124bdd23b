import { inflateRawSync } from 'node:zlib'

/** An entry of a zip file: its text, and the day and time that it says of itself. */
export interface Entry {
  text: string
  stamp: number
}

/** What is in a zip file of texts, by name. */
export function entriesOf(zip: Uint8Array): Map<string, Entry> {
  const bytes = Buffer.from(zip)
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
    const text = (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    if (bytes.readUInt32LE(at + 12) !== bytes.readUInt32LE(local + 10)) throw new Error(`${name} says two times`)
    entries.set(name, { text, stamp: bytes.readUInt32LE(at + 12) })
    at += 46 + nameLength + extra + comment
  }
  return entries
}

/** An element of an XML text. */
export interface Element {
  name: string
  attributes: Record<string, string>
  children: (Element | string)[]
}

/** Reads an XML text without a document type, as strictly as the parts of office documents must be written. */
export function parseXml(text: string): Element {
  // oxlint-disable-next-line no-control-regex
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/u.exec(text)
  if (forbidden) throw new Error(`a character that XML forbids at ${forbidden.index}`)
  const root: Element = { name: '', attributes: {}, children: [] }
  const open = [root]
  let at = 0
  for (const [token, closing, name, attributes, self] of text.matchAll(
    /<\?[^>]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+/g,
  )) {
    if (text.indexOf(token, at) !== at) throw new Error(`not XML: ${text.slice(at, at + 80)}`)
    at += token.length
    if (name === undefined) {
      if (!token.startsWith('<?')) open.at(-1)!.children.push(decoded(token))
    } else if (closing) {
      if (open.pop()!.name !== name) throw new Error(`${name} is closed where it is not open`)
    } else {
      const pairs = [...attributes!.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)] as const)
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [] }
      if (Object.keys(element.attributes).length !== pairs.length) throw new Error(`${name} says an attribute twice`)
      open.at(-1)!.children.push(element)
      if (!self) open.push(element)
    }
  }
  if (at !== text.length || open.length !== 1) throw new Error('the text ends before its elements')
  const elements = root.children.filter((child) => typeof child !== 'string')
  if (elements.length !== 1) throw new Error(`${elements.length} elements at the top`)
  return elements[0]!
}

/** All elements of a name in another, in order; not looking into the ones found. */
export function elementsOf({ children }: Element, name: string): Element[] {
  return children.flatMap((child) => (typeof child === 'string' ? [] : child.name === name ? [child] : elementsOf(child, name)))
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));|&/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : { lt: 60, gt: 62, amp: 38, quot: 34, apos: 39 }[name as 'lt']
    if (!code) throw new Error(`not an entity: ${all}`)
    return String.fromCodePoint(code)
  })
}
