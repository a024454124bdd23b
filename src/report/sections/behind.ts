import { formatCount } from '../../language/format.js'
import { checkTargets } from '../../measure/check.js'
import type { Comparison } from '../../measure/compare.js'
import { partName, sharedNames } from '../figures.js'
import { indexTrend, missedSince, monthsOf, shortMonth } from '../months.js'
import { column, countCell, gapCell, rateCell, row, say, table, targetCell, textCell, type SectionMaker } from './section.js'

/** More are not read, and make a page too heavy; they are in the tables of units and in JSON. Totals and levels are among the ones shown. */
const MOST = 200

/** The targets that are missed, most behind first: of whom, since when, and how many dossiers are wanting. */
export const behind: SectionMaker = {
  title: 'section_behind',
  by: [['level'], ['unit']],
  trend: [['level'], ['unit']],
  make: ({ report, definitions, language, metrics }) => {
    const shown = new Set(metrics.map(({ id }) => id))
    const isMeant = ({ metric, unit }: Comparison): boolean => shown.has(metric) && (report.unit === null || unit !== null)
    const missed = checkTargets(report, definitions, 0).behind.filter(isMeant)
    if (missed.length === 0) return null
    const kept = new Set([...missed.filter(({ unit }) => unit === null), ...missed.filter(({ unit }) => unit !== null)].slice(0, MOST))
    const twins = sharedNames(missed)
    const trend = indexTrend(report.trend)
    const hasMonths = report.trend.length > 0
    const columns = [
      column('place', 'text', say(language, 'unit')),
      column('metric', 'text', say(language, 'metric')),
      column('value', 'rate', say(language, 'value')),
      column('target', 'rate', say(language, 'target')),
      column('gap', 'points', say(language, 'gap_points')),
      column('needed', 'count', say(language, 'dossiers_wanting')),
      column('further', 'count', say(language, 'further_wanting'), { rank: 1 }),
      ...(hasMonths
        ? [column('since', 'text', say(language, 'missed_since')), column('months', 'count', say(language, 'missed_months'))]
        : []),
    ]
    const rows = missed
      .filter((figure) => kept.has(figure))
      .map((figure) => {
        const since = hasMonths ? missedSince(monthsOf(figure, trend)) : null
        return row(
          [
            textCell(partName(figure, language, twins) || say(language, 'all')),
            textCell(definitions.metrics.get(figure.metric)!.short[language]),
            rateCell(figure),
            targetCell(figure),
            gapCell(figure),
            countCell(figure.shortfall!.needed),
            figure.shortfall!.further === null ? textCell(say(language, 'check_out_of_reach')) : countCell(figure.shortfall!.further),
            ...(hasMonths ? [textCell(since ? shortMonth(since.month) : ''), countCell(since?.count ?? null)] : []),
          ],
          1,
        )
      })
    const counts = { shown: formatCount(kept.size, language), all: formatCount(missed.length, language) }
    const notes = [...(missed.length > kept.size ? [say(language, 'behind_shown', counts)] : []), say(language, 'legend_wanting')]
    return { tables: [table('behind', say(language, 'caption_behind'), columns, rows)], notes }
  },
}
