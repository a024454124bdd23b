import { inVietnameseOrder } from '../../language/collate.js'
import type { Level } from '../../definitions/schema.js'
import { periodName } from '../../language/period.js'
import { earlier } from '../../language/period.js'
import { partName, sharedNames } from '../figures.js'
import type { Table } from '../document.js'
import { column, countCell, isUnit, rateCell, row, say, table, textCell, type SectionMaker, type Source } from './section.js'

const LEVELS: (Level | null)[] = ['province', 'district', 'commune', null]
const FEWEST = 3

/** Places of units within their level, now and in the period before. */
export const ranks: SectionMaker = {
  title: 'section_ranks',
  by: [['unit']],
  ranks: true,
  make: (source) => {
    const tables = source.metrics.flatMap((metric) => LEVELS.flatMap((level) => tableOf(metric, level, source) ?? []))
    return tables.length === 0 ? null : { tables, notes: [say(source.language, 'legend_ranks')] }
  },
}

function tableOf(metric: Source['metrics'][number], level: Level | null, { report, language }: Source): Table | null {
  const rows = report.rows.filter((one) => one.metric === metric.id && isUnit(one) && one.level === level && one.rank !== null)
  if (rows.length < FEWEST) return null
  const twins = sharedNames(rows)
  const named = rows.map((figure) => ({ figure, name: partName(figure, language, twins), rank: figure.rank! }))
  named.sort((a, b) => a.rank.place - b.rank.place || inVietnameseOrder(a.name, b.name))
  const hasBefore = named.some(({ rank }) => rank.before !== null)
  const before = periodName(earlier(report.period, 'previous').label, language)
  const now = periodName(report.period.label, language)
  const columns = [
    column('unit', 'text', say(language, 'unit')),
    column('place', 'count', say(language, 'place')),
    ...(hasBefore
      ? [column('before', 'count', say(language, 'place_before')), column('moved', 'text', say(language, 'places_moved'))]
      : []),
    column('value', 'rate', say(language, 'value')),
    column('numerator', 'count', say(language, 'numerator')),
    column('denominator', 'count', say(language, 'denominator')),
  ]
  const lines = named.map(({ figure, name, rank }) =>
    row(
      [
        textCell(name),
        countCell(rank.place),
        ...(hasBefore ? [countCell(rank.before?.place ?? null), textCell(movedText(rank.before, rank.place))] : []),
        rateCell(figure, true),
        countCell(figure.numerator),
        countCell(figure.denominator),
      ],
      1,
    ),
  )
  const chart = hasBefore
    ? {
        kind: 'slope' as const,
        from: before,
        to: now,
        of: named.length,
        items: named.map(({ name, rank }) => ({ name, from: rank.before?.place ?? null, to: rank.place })),
      }
    : null
  const caption = say(language, 'caption_ranks', { metric: metric.short[language], level: say(language, level ?? 'no_level') })
  return table(`ranks-${metric.id.replaceAll('_', '-')}-${level ?? 'other'}`, caption, columns, lines, { chart })
}

/** ▲ 2: two places up. */
function movedText(before: { place: number } | null, place: number): string {
  if (before === null) return ''
  const moved = before.place - place
  return moved === 0 ? '=' : moved > 0 ? `▲ ${moved}` : `▼ ${-moved}`
}
