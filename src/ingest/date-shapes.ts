const SHAPES: readonly (readonly [shape: RegExp, name: string])[] = [
  [/^\d{1,2}(\W)\d{1,2}\1\d{4}(.*)$/, 'dd/MM/yyyy'],
  [/^\d{4}(\W)\d{1,2}\1\d{1,2}(.*)$/, 'yyyy-MM-dd'],
  [/^\d{1,2}(\W)\d{1,2}\1\d{2}(?!\d)(.*)$/, 'dd/MM/yy'],
]
const SHOWN = 3

/** How dates are written in cells, the most frequent way first: dd/MM/yyyy HH:mm. Cells in no such way are the ones called "other". */
export function dateShapes(cells: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const cell of cells) {
    if (cell === '') continue
    const shape = shapeOf(cell)
    counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([shape]) => shape)
}

function shapeOf(cell: string): string {
  if (/^\d{14}(\.\d+)?$/.test(cell)) return 'yyyyMMddHHmmss'
  if (/^\d{8}$/.test(cell)) return 'yyyyMMdd'
  if (/^\d{5}([.,]\d+)?$/.test(cell)) return 'Excel'
  for (const [pattern, name] of SHAPES) {
    const [, separator, rest] = pattern.exec(cell) ?? []
    if (separator === undefined) continue
    return name.replace(/[/-]/g, separator) + timeOf(rest ?? '')
  }
  const [, time, day] = /^(\d{1,2}:\d{2}(?::\d{2})?)\s+(.*)$/.exec(cell) ?? []
  return time === undefined ? 'other' : `${timeOf(time).trim()} ${shapeOf(day!)}`
}

function timeOf(rest: string): string {
  const [, joint, , seconds, mark] = /^(\s*T?\s*)(\d{1,2}:\d{2})(:\d{2}(?:[.,]\d+)?)?\s*(SA|CH|AM|PM)?/i.exec(rest) ?? []
  if (joint === undefined) return ''
  return `${joint.includes('T') ? 'T' : ' '}HH:mm${seconds === undefined ? '' : ':ss'}${mark === undefined ? '' : ` ${mark}`}`
}
