import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import { clean, headerKey } from '../language/fold.js'
import { isPersonalText } from '../language/personal.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

/** The dossier column that holds what is kept of a submitter: a keyed hash. */
export const SUBMITTER = 'submitter'

/**
 * A mapping without the columns whose first rows mostly hold identity numbers, telephone numbers or e-mail addresses, whatever their header
 * says: they count as personal. A layout's word for the codes stands. Error: personal_column, where the file can't do without one.
 */
export function withoutPersonal(mapping: Mapping, sniffed: Sniffed, definitions: Definitions): Mapping {
  const { requires, columns: known } = definitions.kinds[mapping.kind]
  const rows = sniffed.head.slice(mapping.headerRecord + 1)
  const isText = (id: string): boolean => ['code', 'text'].includes(known[id]!.type)
  const isPersonal = (index: number): boolean => {
    const said = rows.map(({ cells }) => clean(cells[index] ?? '')).filter((cell) => cell !== '')
    return said.filter(isPersonalText).length > said.length / 2
  }
  const found = mapping.columns.filter(({ id, index }) => isText(id) && !(mapping.layout && id === 'code') && isPersonal(index))
  if (found.length === 0) return mapping
  const columns = mapping.columns.filter((column) => !found.includes(column))
  const rest = new Set([...columns.map(({ id }) => id), ...(mapping.items.length > 0 ? ['item*'] : [])])
  if (!requires.some((needed) => needed.every((id) => rest.has(id)))) {
    throw new ToolError('personal_column', say('reading.personal_numbers', { header: found[0]!.header }), {
      place: { file: sniffed.file, line: sniffed.head[mapping.headerRecord]!.line },
      hint: say('reading.nothing_personal', { column: known[found[0]!.id]!.label, file: sniffed.file }),
    })
  }
  return { ...mapping, columns, personal: [...mapping.personal, ...found.map(({ header }) => header)] }
}

/** A mapping of dossiers that keeps a keyed hash of one column; unchanged where the file does not have it, or keeps one by its layout. */
export function keepHash(mapping: Mapping, header: string): Mapping {
  if (mapping.kind !== 'dossiers' || mapping.columns.some(({ id }) => id === SUBMITTER)) return mapping
  const index = mapping.header.findIndex((cell) => headerKey(cell) === headerKey(header))
  if (index < 0) return mapping
  const name = clean(mapping.header[index]!)
  return {
    ...mapping,
    columns: [...mapping.columns.filter((column) => column.index !== index), { id: SUBMITTER, index, header: name }],
    personal: [...new Set([...mapping.personal, name])],
    ignored: mapping.ignored.filter((other) => other !== name),
  }
}
