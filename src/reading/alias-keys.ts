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
