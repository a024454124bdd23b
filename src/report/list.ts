/** A plain aligned list for the terminal: a header, rows, two spaces between columns; numbers to the right. */
export function renderList(
  rows: readonly Record<string, string | number | null>[],
  headers: Record<string, string>,
  width = Infinity,
): string {
  const keys = Object.keys(headers)
  const text = (value: string | number | null | undefined): string => (value === null || value === undefined ? '' : String(value))
  const widths = keys.map((key) => Math.max([...headers[key]!].length, ...rows.map((row) => [...text(row[key])].length)))
  const line = (cells: string[]): string => {
    const joined = cells.join('  ').trimEnd()
    return [...joined].length > width ? `${[...joined].slice(0, width - 1).join('')}…` : joined
  }
  const isNumber = keys.map((key) => rows.some((row) => typeof row[key] === 'number'))
  const pad = (value: string, i: number): string => {
    const missing = ' '.repeat(Math.max(0, widths[i]! - [...value].length))
    return isNumber[i] ? missing + value : value + missing
  }
  return [line(keys.map((key, i) => pad(headers[key]!, i))), ...rows.map((row) => line(keys.map((key, i) => pad(text(row[key]), i))))]
    .map((one) => `${one}\n`)
    .join('')
}
