import { label, type Language } from '../../language/labels.js'
import type { SlopeChart } from '../document.js'
import { linear, path, short, type Point } from './geometry.js'
import { fitted, NAME, PART, SLACK, widthOf } from './letters.js'
import { cut, escape } from './text.js'

type Item = SlopeChart['items'][number]

const [WIDTH, LEFT, REACH, TOP, LINE, LEAD, GAP] = [400, 38, 104, 34, 16, 12, 8]
const HEIGHT_AT_MOST = 560
const NAMED_ALL = 20
const NAMED_EACH_WAY = 6

/** Ranks in two periods as lines between two columns; of many units only those that moved most are named. Null without any rank. */
export function renderSlope({ from, to, of, items }: SlopeChart, language: Language): string | null {
  const ranked = items.filter((item) => item.from !== null || item.to !== null)
  if (ranked.length === 0) return null
  const named = chooseNamed(ranked)
  const last = Math.max(of, ...ranked.flatMap((item) => [item.from ?? 1, item.to ?? 1]))
  const start = Math.max(LEFT, Math.ceil(widthOf(String(last), PART) * SLACK + LEAD))
  const stop = start + REACH
  const bottom = TOP + Math.max(3 * LINE, Math.min(HEIGHT_AT_MOST, (last - 1) * LINE))
  const y = linear([1, Math.max(2, last)], [TOP, bottom])
  const lineOf = (item: Item): (Point | null)[] => [
    item.from === null ? null : [start, y(item.from)],
    item.to === null ? null : [stop, y(item.to)],
  ]
  const quiet = path(ranked.filter((item) => !named.includes(item)).flatMap((item) => [...lineOf(item), null]))
  const left = spread(named.filter((item) => item.from !== null).map((item) => ({ item, at: y(item.from!) })))
  const right = spread(named.filter((item) => item.to !== null).map((item) => ({ item, at: y(item.to!) })))
  const end = Math.max(bottom, ...left.map(({ place }) => place), ...right.map(({ place }) => place)) + 10
  const [fromHead, toHead] = [fitted(from, stop - GAP, NAME), fitted(to, WIDTH - stop, NAME)].map(escape)
  const heads = `<text class="name" x="0" y="14">${fromHead}</text><text class="name" x="${stop}" y="14">${toHead}</text>`
  return [
    `<svg class="slope" role="img" aria-label="${escape(describe({ kind: 'slope', from, to, of, items: ranked }, language))}" viewBox="0 0 ${WIDTH} ${short(end)}">`,
    `${heads}<path class="axis" d="M${start},${TOP - 6}V${short(bottom + 6)}M${stop},${TOP - 6}V${short(bottom + 6)}"/>`,
    quiet === '' ? '' : `<path class="quiet" d="${quiet}"/>`,
    ...named.map((item) => `<path class="${(moveOf(item) ?? 0) < 0 ? 'fell' : 'rose'}" d="${path(lineOf(item))}"/>`),
    ...left.map(({ item, at, place }) => {
      return `${lead(start, start - LEAD + 2, at, place)}<text class="part" x="${start - LEAD}" y="${short(place + 4)}" text-anchor="end">${item.from}</text>`
    }),
    ...right.map(({ item, at, place }) => {
      return `${lead(stop, stop + LEAD - 2, at, place)}<text class="part" x="${stop + LEAD}" y="${short(place + 4)}">${nameOf(item, WIDTH - stop - LEAD)}</text>`
    }),
    '</svg>',
  ].join('')
}

/** From the end of a line to its label, where that had to give way. */
function lead(x: number, to: number, at: number, place: number): string {
  return Math.abs(place - at) > 1 ? `<path class="lead" d="M${x},${short(at)}L${to},${short(place)}"/>` : ''
}

/** Places won (+) or lost (−); null where a rank is missing. */
function moveOf({ from, to }: Item): number | null {
  return from === null || to === null ? null : from - to
}

/** Rank, name and change in so much room: the name gives way. */
function nameOf(item: Item, room: number): string {
  const move = moveOf(item)
  const change = move === null || move === 0 ? '' : ` ${move > 0 ? '+' : '−'}${Math.abs(move)}`
  const taken = widthOf(`${item.to}. `, PART) + widthOf(change, NAME)
  return `${item.to}. <tspan class="who">${escape(fitted(item.name, room - taken * SLACK, PART))}</tspan><tspan class="figure">${change}</tspan>`
}

function chooseNamed(items: readonly Item[]): Item[] {
  if (items.length <= NAMED_ALL) return [...items]
  const moved = items.filter((item) => moveOf(item) !== null && moveOf(item) !== 0).sort((a, b) => moveOf(b)! - moveOf(a)!)
  const [rose, fell] = [moved.filter((item) => moveOf(item)! > 0), moved.filter((item) => moveOf(item)! < 0)]
  return [...rose.slice(0, NAMED_EACH_WAY), ...fell.slice(-NAMED_EACH_WAY)]
}

/** Labels at least a line apart, each as near to its place as that allows. */
function spread(labels: readonly { item: Item; at: number }[]): { item: Item; at: number; place: number }[] {
  const sorted = [...labels].sort((a, b) => a.at - b.at)
  const blocks: { sum: number; count: number }[] = []
  const startOf = ({ sum, count }: { sum: number; count: number }): number => Math.max(TOP, sum / count - ((count - 1) * LINE) / 2)
  for (const { at } of sorted) {
    blocks.push({ sum: at, count: 1 })
    while (blocks.length > 1) {
      const [upper, lower] = blocks.slice(-2)
      if (startOf(upper!) + upper!.count * LINE <= startOf(lower!)) break
      blocks.splice(-2, 2, { sum: upper!.sum + lower!.sum, count: upper!.count + lower!.count })
    }
  }
  const places = blocks.flatMap((block) => Array.from({ length: block.count }, (_, i) => startOf(block) + i * LINE))
  return sorted.map((one, i) => ({ ...one, place: places[i]! }))
}

function describe({ from, to, of, items }: SlopeChart, language: Language): string {
  const named = chooseNamed(items).filter((item) => moveOf(item) !== null && moveOf(item) !== 0)
  const moves = named.map((item) => `${cut(item.name, 40)} ${item.from} → ${item.to}`)
  return `${label(language, 'page_ranks', { n: of, from: cut(from, 30), to: cut(to, 30) })}${moves.length > 0 ? `: ${moves.join('; ')}` : ''}`
}
