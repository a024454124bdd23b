import { periodName } from '../../language/period.js'
import type { Comparison } from '../../measure/compare.js'
import { partName, sharedNames } from '../figures.js'
import type { Table } from '../document.js'
import { column, rateCell, row, say, table, textCell, type SectionMaker, type Source } from './section.js'

const DIMENSIONS = ['level', 'unit', 'field', 'procedure', 'factor', 'month'] as const

/** Whatever else was asked for: a table for each grouping, metrics from left to right; where months are in it, a table a metric, months from left to right. */
export const groups: SectionMaker = {
  title: 'section_groups',
  make: (source) => {
    const groupings = new Map<string, Comparison[]>()
    for (const one of source.rest) {
      const key = DIMENSIONS.filter((dimension) => one[dimension] !== null && !(dimension === 'level' && one.unit)).join('-')
      const known = groupings.get(key)
      if (known) known.push(one)
      else groupings.set(key, [one])
    }
    const tables = [...groupings].flatMap(([key, rows]) =>
      key.endsWith('month') ? monthTables(key, rows, source) : tableOf(key, rows, source),
    )
    return tables.length === 0 ? null : { tables, notes: [say(source.language, 'legend_marks')] }
  },
}

/** A table a metric: places from above, months from left to right. */
export function monthTables(key: string, rows: readonly Comparison[], { language, metrics }: Source): Table[] {
  const months = [...new Set(rows.map(({ month }) => month!))].sort()
  const twins = sharedNames(rows)
  return metrics.flatMap((metric) => {
    const places = byPlace(rows.filter((one) => one.metric === metric.id))
    if (places.size === 0) return []
    const columns = [
      column('place', 'text', headingOf(key.replace(/-?month$/, ''), language)),
      ...months.map((month) =>
        column(month, 'rate', language === 'vi' ? periodName(month, language).replace('tháng ', '') : month, { isBare: true }),
      ),
    ]
    const lines = [...places.values()].map((figures) => {
      const byMonth = new Map(figures.map((figure) => [figure.month, figure]))
      const name = partName({ ...figures[0]!, month: null }, language, twins) || say(language, 'all')
      return row([textCell(name), ...months.map((month) => (byMonth.has(month) ? rateCell(byMonth.get(month)!, true) : textCell('')))], 1)
    })
    const caption = say(language, 'caption_by_month', { metric: metric.short[language] })
    return [table(`by-${key}-${metric.id.replaceAll('_', '-')}`, caption, columns, lines, { isHeat: true, isWide: true })]
  })
}

function tableOf(key: string, rows: readonly Comparison[], { language, metrics }: Source): Table[] {
  const shown = metrics.filter(({ id }) => rows.some(({ metric, state }) => metric === id && state !== 'not_computable'))
  if (shown.length === 0) return []
  const twins = sharedNames(rows)
  const columns = [
    column('place', 'text', headingOf(key, language)),
    ...shown.map((metric) => column(metric.id, 'rate', metric.short[language], { isBare: true })),
  ]
  const lines = [...byPlace(rows).values()].map((figures) => {
    const byMetric = new Map(figures.map((figure) => [figure.metric, figure]))
    return row(
      [
        textCell(partName(figures[0]!, language, twins) || say(language, 'all')),
        ...shown.map(({ id }) => (byMetric.has(id) ? rateCell(byMetric.get(id)!, true) : textCell(''))),
      ],
      1,
    )
  })
  const caption = say(language, 'caption_by', { dimensions: headingOf(key, language).toLowerCase() })
  return [table(`by-${key || 'total'}`, caption, columns, lines, { isHeat: true, isWide: true })]
}

function byPlace(rows: readonly Comparison[]): Map<string, Comparison[]> {
  const places = new Map<string, Comparison[]>()
  for (const one of rows) {
    const { level, unit, field, procedure, factor } = one
    const key = [level, unit?.code, unit?.name, field, procedure?.code, procedure?.name, factor].join('\u001f')
    const known = places.get(key)
    if (known) known.push(one)
    else places.set(key, [one])
  }
  return places
}

function headingOf(key: string, language: Source['language']): string {
  const words = key.split('-').filter((part) => part !== '') as (typeof DIMENSIONS)[number][]
  return words.length === 0 ? say(language, 'all') : words.map((dimension) => say(language, dimension)).join(' · ')
}
