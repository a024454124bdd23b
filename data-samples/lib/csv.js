/** Delimited text, and writing it to a file in few, large writes. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

function countOf(text, part) {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

/** One line of delimited text, without its line end; only cells that need quotes have them. */
function csvLine(cells, separator = ',') {
  const plain = cells.join(separator)
  if (countOf(plain, separator) === cells.length - 1 && !/["\r\n]/.test(plain)) return plain
  const quoted = (text) => (text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return cells.map((cell) => quoted(String(cell ?? ''))).join(separator)
}

export const csvText = (rows, { separator = ',', newline = '\n' } = {}) => rows.map((cells) => csvLine(cells, separator) + newline).join('')

const ROWS_A_WRITE = 4000

/** Writes header and rows (any iterable of arrays of cells) as UTF-8; returns the number of rows. */
export function writeCsv(path, header, rows) {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  let count = 0
  let pending = [csvLine(header)]
  const flush = () => {
    if (pending.length) writeSync(file, pending.join('\n') + '\n')
    pending = []
  }
  for (const cells of rows) {
    pending.push(csvLine(cells))
    count++
    if (pending.length >= ROWS_A_WRITE) flush()
  }
  flush()
  closeSync(file)
  return count
}

/** Prints the one line that says what was written. */
export function announce(path, rows) {
  process.stdout.write(`${path}: ${rows} rows\n`)
}
