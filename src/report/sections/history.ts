import { monthTables } from './groups.js'
import { say, type SectionMaker } from './section.js'

/** Units × months up to the period's end, a table a metric. */
export const history: SectionMaker = {
  title: 'section_history',
  trend: [['unit']],
  make: (source) => {
    const rows = source.report.trend.filter(({ unit }) => unit !== null)
    const tables = monthTables('unit-month', rows, source).map((one) => ({ ...one, id: one.id.replace(/^by/, 'history') }))
    return tables.length === 0 ? null : { tables, notes: [say(source.language, 'legend_marks')] }
  },
}
