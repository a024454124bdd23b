import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
import { headerKey } from '../language/fold.js'

/** What headers are compared with. */
export interface AliasKeys {
  /** The column of each id and alias. */
  columns: ReadonlyMap<string, string>
  /** The aliases that say words of several header rows, "tiếp nhận > trực tuyến", part by part. */
  paths: readonly { id: string; parts: string[] }[]
}

const kinds = new WeakMap<Definitions, Map<Kind, AliasKeys>>()
const personal = new WeakMap<Definitions, ReadonlySet<string>>()

/** The names of a kind's columns as keys; made once, since every row above a header is compared with them. */
export function aliasKeys(kind: Kind, definitions: Definitions): AliasKeys {
  let known = kinds.get(definitions)
  if (!known) kinds.set(definitions, (known = new Map()))
  let keys = known.get(kind)
  if (!keys) known.set(kind, (keys = makeKeys(kind, definitions)))
  return keys
}

function makeKeys(kind: Kind, definitions: Definitions): AliasKeys {
  const columns = new Map<string, string>()
  const paths: AliasKeys['paths'][number][] = []
  for (const [id, { type, aliases }] of Object.entries(definitions.kinds[kind].columns)) {
    for (const alias of aliases) if (alias.includes(' > ')) paths.push({ id, parts: alias.split(' > ').map(headerKey) })
    if (type === 'hash') continue
    for (const key of [id, ...aliases].map(headerKey)) if (!columns.has(key)) columns.set(key, id)
  }
  return { columns, paths }
}

/** The keys of the headings of columns about persons. */
export function personalKeys(definitions: Definitions): ReadonlySet<string> {
  let keys = personal.get(definitions)
  if (!keys) personal.set(definitions, (keys = new Set(definitions.personal.map(headerKey))))
  return keys
}

const terms = new WeakMap<Definitions, (header: string) => boolean>()

/** Tells headings of columns about persons: the known ones, and those with one of them within ("SĐT liên hệ", "Số CCCD người nộp"). */
export function personalHeaders(definitions: Definitions): (header: string) => boolean {
  let isPersonal = terms.get(definitions)
  if (!isPersonal) {
    const keys = personalKeys(definitions)
    const within = definitions.personal.map(spaced).filter((words) => words.length > 4)
    isPersonal = (header) => {
      if (keys.has(nameKey(header))) return true
      const words = spaced(header)
      return within.some((term) => words.includes(term))
    }
    terms.set(definitions, isPersonal)
  }
  return isPersonal
}

/** The words of a header without accents, each between spaces. */
const spaced = (header: string): string =>
  ` ${header
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(headerKey)
    .filter((word) => word !== '')
    .join(' ')} `

/** The key of a header without the number of its column behind it: "Mã hồ sơ (2)". */
export function nameKey(header: string): string {
  return headerKey(header.replace(/[([]\s*\d+\s*[)\]]\s*$/, ''))
}
