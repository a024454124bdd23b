import { ToolError } from '../errors.js'
import { clean, headerKey } from '../language/fold.js'
import { listed, say } from '../messages/message.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

/** Puts the cells of rows in the order of the first header, once a later one has another. */
interface HeaderOrder {
  /** A row as the first header would have it. */
  arranged: (cells: string[]) => string[]
  /** Takes a header below the first. Error: other_header, where it can't be told which of its columns are those that are read. */
  take: (line: number, cells: readonly string[]) => void
}

/** Whether a row is the header once more, or one of the rows it was joined from. */
export const isSameHeader = (header: readonly string[], cells: readonly string[]): boolean =>
  cells.every((cell, i) => {
    const key = headerKey(cell)
    return key === '' || key === headerKey(header[i] ?? '') || (header[i] ?? '').split(' > ').some((part) => headerKey(part) === key)
  })

/** Two exports in one file: the second may have its columns in another order, or call them otherwise. */
export function headerOrder(sniffed: Sniffed, mapping: Mapping): HeaderOrder {
  const read = [...mapping.columns, ...mapping.items].map(({ index }) => index)
  let order: { places: number[]; width: number } | null = null
  return {
    arranged: (cells) => {
      if (order === null) return cells
      const { places, width } = order
      const arranged = places.map((from) => (from < 0 ? '' : (cells[from] ?? '')))
      return cells.length < width ? arranged.slice(0, cells.length) : [...arranged, ...cells.slice(width)]
    },
    take: (line, cells) => {
      const places = placesIn(cells)
      const lost = read.filter((index) => places[index]! < 0)
      const others = mapping.otherColumns?.([...cells]) ?? []
      const further = others.filter(({ id }) => !mapping.columns.some((one) => one.id === id)).map(({ header }) => header)
      if (lost.length > 0 || further.length > 0) {
        throw new ToolError('other_header', say('reading.other_header', { line: String(line) }), {
          place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
          hint: [
            ...(lost.length > 0
              ? [say('reading.header_lacks', { headers: listed(lost.map((index) => `"${clean(mapping.header[index]!)}"`)) })]
              : []),
            ...(further.length > 0 ? [say('reading.header_has_too', { headers: listed(further.map((header) => `"${header}"`)) })] : []),
            say('reading.part_file'),
          ],
        })
      }
      order = { places, width: cells.length }
    },
  }

  /** Of each column of the first header its place among the cells: by its name, else by what it is read as; -1: there is none, or several. */
  function placesIn(cells: readonly string[]): number[] {
    const keys = cells.map(headerKey)
    const byMeaning = new Map((mapping.otherColumns?.([...cells]) ?? []).map(({ id, index }) => [id, index]))
    return mapping.header.map((header, i) => {
      const key = headerKey(header)
      const named = keys.flatMap((one, at) => (one === key && key !== '' ? [at] : []))
      const id = mapping.columns.find(({ index }) => index === i)?.id
      return named.length === 1 ? named[0]! : named.length === 0 && id !== undefined ? (byMeaning.get(id) ?? -1) : -1
    })
  }
}
