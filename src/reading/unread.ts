import type { Definitions } from '../definitions/load.js'
import { headerKey } from '../language/fold.js'
import type { Mapping } from './header.js'
import { meaningOf } from './meaning.js'

/** A column of a file that is not read, and the column of its kind that its header seems to mean; null: none. */
export interface UnreadColumn {
  header: string
  looks_like: string | null
}

/** The columns that are not read, but for those that only number the rows, with what each looks like among the columns that the file lacks. */
export function unreadColumns(mapping: Mapping, definitions: Definitions): UnreadColumn[] {
  const serial = new Set(definitions.evidence.serial.map(headerKey))
  const taken = new Set([...mapping.columns.map(({ id }) => id), ...Object.keys(mapping.layout?.constants ?? {})])
  return mapping.ignored
    .filter((header) => !serial.has(headerKey(header)))
    .map((header) => ({ header, looks_like: meaningOf(header, [mapping.kind], definitions, taken)?.column ?? null }))
}
