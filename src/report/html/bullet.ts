import { formatCount, formatHundredths } from '../../language/format.js'
import { label, type Language } from '../../language/labels.js'
import type { BulletChart } from '../document.js'
import { linear, short } from './geometry.js'
import { fitted, NAME, PART, SLACK, widthOf } from './letters.js'
import { cut, escape } from './text.js'

type Item = BulletChart['items'][number]

const [WIDTH, ROW, MARK, GAP, SCALE] = [340, 36, 16, 8, 14]
const ROWS_A_DRAWING = 5
const WHOLE = 10_000
/** Where less is better and all is below this, the bars are drawn larger. */
const SMALL = 2_000

/** Results as bars, their targets as upright marks: a drawing for a metric with its parts, or for a few metrics without parts. */
export function renderBullets({ items }: BulletChart, language: Language): string[] {
  const drawings: Item[][] = []
  for (const group of groupsOf(items)) {
    const last = drawings.at(-1)
    if (last && last.length + group.length <= ROWS_A_DRAWING && scaleEnd(last) === scaleEnd(group)) last.push(...group)
    else drawings.push(group)
  }
  return drawings.map((drawing) => renderDrawing(drawing, language))
}

function groupsOf(items: readonly Item[]): Item[][] {
  const groups: Item[][] = []
  for (const item of items) {
    if (item.depth === 1 && groups.length > 0) groups.at(-1)!.push(item)
    else groups.push([item])
  }
  return groups
}

function scaleEnd(items: readonly Item[]): number {
  const largest = Math.max(...items.map(({ shown, target }) => Math.max(shown ?? 0, target ?? 0)))
  const isSmall = largest <= SMALL && items.every(({ isLowerBetter }) => isLowerBetter)
  return isSmall ? Math.max(100, Math.ceil((largest * 1.25) / 100) * 100) : Math.max(WHOLE, Math.ceil(largest / 1_000) * 1_000)
}

function renderDrawing(items: readonly Item[], language: Language): string {
  const end = scaleEnd(items)
  const hasOwnScale = end !== WHOLE
  const height = items.length * ROW + (hasOwnScale ? SCALE : 0)
  const rows = items.map((item, i) => renderRow(item, i * ROW, end, language))
  const scale = hasOwnScale
    ? `<text class="small" x="${WIDTH - MARK}" y="${height - 3}" text-anchor="end">${formatCount(end / 100, language)} %</text>`
    : ''
  const words = items.map((item) => describe(item, language)).join('; ')
  return `<svg role="img" aria-label="${escape(words)}" viewBox="0 0 ${WIDTH} ${height}">${rows.join('')}${scale}</svg>`
}

function renderRow({ name, depth, shown, target, status }: Item, top: number, end: number, language: Language): string {
  const x = linear([0, end], [0, WIDTH - MARK])
  const isMissed = status === 'missed'
  const figure = shown === null ? label(language, 'no_data') : formatHundredths(shown, language)
  const room = WIDTH - MARK - GAP - widthOf(figure, NAME) * SLACK
  const [bar, thick] = [top + 20, depth === 0 ? 10 : 7]
  const color = isMissed ? ' missed' : target === null ? ' free' : ''
  return [
    `<text class="${depth === 0 ? 'name' : 'part'}" y="${top + 14}">${escape(fitted(name, room, depth === 0 ? NAME : PART))}</text>`,
    `<text class="figure${isMissed ? ' missed' : ''}" x="${WIDTH - MARK}" y="${top + 14}" text-anchor="end">${escape(figure)}</text>`,
    isMissed ? `<path class="missed" d="M${WIDTH - 11},${top + 5}h9l-4.5,8z"/>` : '',
    `<rect class="track" y="${bar}" width="${WIDTH - MARK}" height="${thick}"/>`,
    shown ? `<rect class="bar${color}" y="${bar}" width="${short(Math.max(1, x(shown)))}" height="${thick}"/>` : '',
    target === null ? '' : `<rect class="target" x="${short(x(target) - 1.25)}" y="${bar - 3}" width="2.5" height="${thick + 6}"/>`,
  ].join('')
}

function describe({ name, shown, target, targetText, status }: Item, language: Language): string {
  const figure = shown === null ? label(language, 'no_data') : formatHundredths(shown, language)
  if (target === null) return `${cut(name, 60)}: ${figure}`
  const words = label(language, 'page_against', { value: figure, target: targetText })
  return `${cut(name, 60)}: ${words}${status === 'missed' ? `, ${label(language, 'page_missed')}` : ''}`
}
