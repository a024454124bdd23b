/* Drawings of one line of text: hundredths of a per cent in, block characters out. */

const BLOCKS = '▁▂▃▄▅▆▇█'
/* Figures that hardly differ make a flat line: the scale spans ten points at least. */
const SPAN_AT_LEAST = 1_000

/** A rate month by month, a character each; a dot where there is no figure. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return ''
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const span = Math.max(SPAN_AT_LEAST, high - low)
  const floor = Math.max(0, Math.min(low, (low + high - span) / 2))
  const block = (value: number): string => BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(((value - floor) / span) * BLOCKS.length))]!
  return values.map((value) => (value === null ? '·' : block(value))).join('')
}

/** A rate as a bar of `width` characters from 0 to 100 %, with a stroke where the target is. */
export function bar(shown: number, target: number, width: number): string {
  const at = Math.min(width - 1, Math.floor((target / 10_000) * width))
  const filled = Math.round((shown / 10_000) * width)
  return Array.from({ length: width }, (_, i) => (i === at ? '│' : i < filled ? '█' : '·')).join('')
}
