import type { Comparison } from '../../measure/compare.js'
import { isTotal } from '../../measure/result.js'
import { shortfallNotes } from '../notes.js'
import { indexTrend } from '../months.js'
import { bulletsOf, figureCells, figureColumns } from './plan.js'
import { column, isUnit, isWhole, rateCell, row, say, table, textCell, type SectionMaker } from './section.js'

/** One unit's figures beside the plan, its place among its level, the level's figure and the whole's. */
export const unit: SectionMaker = {
  title: 'section_unit',
  by: [['level'], ['unit']],
  trend: [['unit']],
  ranks: true,
  covers: (one) => isWhole(one) || isUnit(one),
  make: (source) => {
    const { report, language, metrics } = source
    const trend = indexTrend(report.trend)
    const whole = (metric: string, wanted: (one: Comparison) => boolean) =>
      report.rows.find((one) => one.metric === metric && isWhole(one) && wanted(one))
    const figures = metrics.flatMap((metric) =>
      report.rows.filter((one) => one.metric === metric.id && isUnit(one)).map((figure) => ({ metric, figure })),
    )
    if (figures.length === 0) return null
    const hasTargets = figures.some(({ figure }) => figure.target !== null)
    const columns = [column('metric', 'text', say(language, 'metric')), ...figureColumns(report, language, hasTargets)]
    const beside = columns.findIndex(({ id }) => id === (hasTargets ? 'status' : 'value')) + 1
    columns.splice(
      beside,
      0,
      column('place', 'text', say(language, 'place_of')),
      column('level', 'rate', say(language, 'whole_level')),
      column('all', 'rate', say(language, 'whole_all')),
    )
    const rows = figures.map(({ metric, figure }) => {
      const [ofLevel, ofAll] = [whole(metric.id, ({ level }) => level !== null && level === figure.level), whole(metric.id, isTotal)]
      const cells = [textCell(metric.short[language]), ...figureCells(figure, columns, trend)]
      const place = figure.rank ? `${figure.rank.place}/${figure.rank.of}` : ''
      cells.splice(beside, 0, textCell(place), ofLevel ? rateCell(ofLevel) : textCell(''), ofAll ? rateCell(ofAll) : textCell(''))
      return row(cells)
    })
    const chart = bulletsOf(figures, source)
    return {
      tables: [table('unit', say(language, 'caption_plan'), columns, rows, { chart, isWide: true })],
      notes: shortfallNotes(report.rows.filter(isUnit), source.definitions, language),
    }
  },
}
