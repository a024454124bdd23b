import { formatCount, formatHundredths } from '../../language/format.js'
import { label, type Language } from '../../language/labels.js'
import type { LineChart } from '../document.js'
import { linear, path, short, type Point } from './geometry.js'
import { fitted, SLACK, SMALL, widthOf } from './letters.js'
import { cut, escape } from './text.js'

type Series = LineChart['series'][number]

const [WIDTH, HEIGHT] = [260, 128]
const [LEFT, RIGHT, TOP, BOTTOM, GAP] = [30, 250, 10, 106, 5]
const WHOLE = 10_000
const LEAST_SPAN = 1_000

/** Months from left to right, a panel for each series, each on a scale of its own: the result, the path of its target, months that missed it. */
export function renderPanels({ months, series }: LineChart, language: Language): string[] {
  return series.map((one) => {
    const last = one.shown.findLast((value) => value !== null) ?? null
    const figure = last === null ? label(language, 'no_data') : formatHundredths(last, language)
    return `<div class="panel"><p><span class="name">${escape(one.name)}</span> <b>${escape(figure)}</b></p>${renderPanel(one, months, language)}</div>`
  })
}

function renderPanel({ name, shown, targets, isLowerBetter }: Series, months: readonly string[], language: Language): string {
  const y = figureScale([...shown, ...targets].filter((value) => value !== null))
  const ticks = y.ticks(3).map((tick) => ({
    at: y(tick),
    text: tick % 100 === 0 ? formatCount(tick / 100, language) : formatHundredths(tick, language, { unit: '' }),
  }))
  const left = Math.max(LEFT, ...ticks.map(({ text }) => Math.ceil(widthOf(text, SMALL) * SLACK + GAP)))
  const x = linear([0, Math.max(1, months.length - 1)], [left, RIGHT])
  const place = (value: number | null, month: number): Point | null => (value === null ? null : [x(month), y(value)])
  const grid = ticks.map(
    ({ at, text }) =>
      `<path class="grid" d="M${left},${short(at)}H${RIGHT}"/><text class="small" x="${left - GAP}" y="${short(at + 3.5)}" text-anchor="end">${text}</text>`,
  )
  const monthAt = (name: string): string => escape(fitted(name, (RIGHT - left) / 2 - GAP, SMALL))
  const missed = shown.flatMap((value, month) => {
    const target = targets[month] ?? null
    if (value === null || target === null || value === target || value > target === !isLowerBetter) return []
    return `M${short(x(month) - 4)},${short(y(value) - 3)}h8l-4,7z`
  })
  const lastMonth = shown.findLastIndex((value) => value !== null)
  const dot = lastMonth < 0 ? '' : `<circle class="dot" cx="${short(x(lastMonth))}" cy="${short(y(shown[lastMonth]!))}" r="3"/>`
  return [
    `<svg role="img" aria-label="${escape(describe({ name, shown, targets, isLowerBetter }, months, missed.length, language))}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    ...grid,
    `<path class="plan" d="${path(targets.map(place), true)}"/><path class="line" d="${path(shown.map(place))}"/>${dot}`,
    missed.length > 0 ? `<path class="missed" d="${missed.join('')}"/>` : '',
    `<text class="small" x="${left}" y="${HEIGHT - 6}">${monthAt(months[0] ?? '')}</text>`,
    months.length > 1 ? `<text class="small" x="${RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${monthAt(months.at(-1)!)}</text>` : '',
    '</svg>',
  ].join('')
}

function figureScale(values: readonly number[]): ReturnType<typeof linear> {
  const [low, high] = values.length === 0 ? [0, WHOLE] : [Math.min(...values), Math.max(...values)]
  const missing = Math.max(0, LEAST_SPAN - (high - low)) / 2
  const top = Math.min(high + missing, Math.max(WHOLE, high))
  const bottom = Math.max(Math.min(low - missing, top - LEAST_SPAN), Math.min(0, low))
  return linear([bottom, top], [BOTTOM, TOP]).nice(3)
}

function describe({ name, shown, targets }: Series, months: readonly string[], missed: number, language: Language): string {
  const known = shown.flatMap((value, month) =>
    value === null ? [] : [{ value: formatHundredths(value, language), month: months[month]! }],
  )
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return `${cut(name, 60)}: ${label(language, 'no_data')}`
  const target = targets.findLast((value) => value !== null) ?? null
  return [
    `${cut(name, 60)}: ${label(language, 'page_trend', { from: first.value, first: first.month, to: last.value, last: last.month })}`,
    ...(target === null ? [] : [label(language, 'page_trend_target', { target: formatHundredths(target, language), missed })]),
  ].join('; ')
}
