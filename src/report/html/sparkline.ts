import { formatHundredths } from '../../language/format.js'
import { label, type Language } from '../../language/labels.js'
import type { Cell } from '../document.js'
import { linear, path, short, type Point } from './geometry.js'
import { escape } from './text.js'

const [WIDTH, HEIGHT, EDGE] = [88, 22, 3]
const LEAST_SPAN = 500

/** How a rate went, as a line the size of a word, with a dot on the newest figure; empty without any. */
export function renderSparkline({ months, shown }: Extract<Cell, { kind: 'trend' }>, language: Language): string {
  const known = shown.flatMap((value, month) => (value === null ? [] : [{ value, month }]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return ''
  const values = known.map(({ value }) => value)
  const middle = (Math.min(...values) + Math.max(...values)) / 2
  const reach = Math.max(LEAST_SPAN, Math.max(...values) - Math.min(...values)) / 2
  const x = linear([0, Math.max(1, months.length - 1)], [EDGE, WIDTH - EDGE])
  const y = linear([middle - reach, middle + reach], [HEIGHT - EDGE, EDGE])
  const points = shown.map((value, month): Point | null => (value === null ? null : [x(month), y(value)]))
  const words = label(language, 'page_trend', {
    from: formatHundredths(first.value, language),
    first: months[first.month]!,
    to: formatHundredths(last.value, language),
    last: months[last.month]!,
  })
  return (
    `<svg class="spark" role="img" aria-label="${escape(words)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">` +
    `<path class="line" d="${path(points)}"/><circle class="dot" cx="${short(x(last.month))}" cy="${short(y(last.value))}" r="2.5"/></svg>`
  )
}
