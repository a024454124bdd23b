import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { clean } from '../language/fold.js'
import { keyIndex } from './list-rows.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

/**
 * Throws where a cell holds whole rows: a quote was opened in one row and closed in another. Such a cell has a line break, and between
 * line breaks as many separators as a row and a key of the same shape; with one line break, each part has those that its row would have.
 * `line`: the one that the record starts on. Error: runaway_quote, with both lines and nothing of what was swallowed.
 */
export function runawayCheck(sniffed: Sniffed, mapping: Mapping): (line: number, cells: readonly string[]) => void {
  const { delimiter, file } = sniffed
  const most = mapping.header.length - 1
  const key = keyIndex(mapping)
  const separators = (text: string): number => text.split(delimiter).length - 1
  const shape = (text = ''): string =>
    clean(text)
      .replace(/\d+/g, '9')
      .replace(/\p{L}+/gu, 'a')
  const isLike = (row: string, first: string): boolean => key < 0 || shape(row.split(delimiter)[key]) === first

  return (line, cells) => {
    if (most < 1) return
    const ownKey = shape(cells[key]?.split('\n')[0]!.split(delimiter)[0])
    let start = line
    for (const [index, cell] of cells.entries()) {
      const parts = cell.split('\n')
      if (parts.length > 1 && separators(cell) >= most && holdsRows(parts, index, ownKey)) {
        throw new ToolError('runaway_quote', say('reading.runaway_quote', { from: String(start), to: String(start + parts.length - 1) }), {
          place: { file, line: start },
          hint: say('reading.remove_quote'),
          details: { opened: start, closed: start + parts.length - 1 },
        })
      }
      start += parts.length - 1
    }
  }

  function holdsRows(parts: readonly string[], index: number, ownKey: string): boolean {
    if (parts.slice(1, -1).some((part) => separators(part) === most && isLike(part, ownKey))) return true
    const [first, last] = [parts[0]!, parts.at(-1)!]
    return separators(first) === most - index && separators(last) === index && (key > index || isLike(last, ownKey))
  }
}
