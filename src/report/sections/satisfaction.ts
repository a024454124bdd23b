import { partName } from '../figures.js'
import { isTotal } from '../../measure/result.js'
import { column, countCell, rateCell, row, say, table, targetCell, textCell, type SectionMaker } from './section.js'

/** Satisfaction with what it rests on: answers, mean score, 95 % interval; kinds of surveys apart. */
export const satisfaction: SectionMaker = {
  title: 'section_satisfaction',
  by: [['level'], ['factor']],
  covers: ({ factor, unit, month, level }) => factor !== null && unit === null && month === null && level === null,
  make: ({ report, language, metrics }) => {
    const tables = metrics
      .filter(({ population }) => population === 'answered')
      .flatMap((metric) => {
        const all = report.rows.filter(
          (one) =>
            one.metric === metric.id && one.month === null && (report.unit ? one.unit !== null : one.unit === null) && one.survey !== null,
        )
        const hasFactors = all.some(({ factor }) => factor)
        const figures = all.filter(({ factor }) => factor !== '' || hasFactors)
        if (figures.length === 0) return []
        const hasTarget = figures.some(({ target }) => target !== null)
        const columns = [
          column('place', 'text', say(language, 'answers_of')),
          column('value', 'rate', say(language, 'value')),
          ...(hasTarget ? [column('target', 'rate', say(language, 'target'))] : []),
          column('low', 'rate', [say(language, 'interval'), say(language, 'interval_low')]),
          column('high', 'rate', [say(language, 'interval'), say(language, 'interval_high')]),
          column('mean', 'score', say(language, 'mean_score')),
          column('numerator', 'count', say(language, 'numerator')),
          column('n', 'count', say(language, 'answers')),
        ]
        const bound = (value: number) => ({
          kind: 'rate' as const,
          value,
          shown: Math.round(value * 10_000),
          state: 'value' as const,
          status: null,
        })
        const rows = figures.map((figure) =>
          row(
            [
              textCell(partName(figure, language) || say(language, 'all')),
              rateCell(figure),
              ...(hasTarget ? [targetCell(figure)] : []),
              bound(figure.survey!.low),
              bound(figure.survey!.high),
              { kind: 'score', value: figure.survey!.mean },
              countCell(figure.numerator),
              countCell(figure.survey!.n),
            ],
            isTotal(figure) ? 0 : 1,
          ),
        )
        return [table(metric.id.replaceAll('_', '-'), metric.label[language], columns, rows)]
      })
    return tables.length === 0 ? null : { tables, notes: [say(language, 'legend_interval')] }
  },
}
