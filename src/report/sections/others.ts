import { figureTable } from './plan.js'
import { isUnit, isWhole, partByPlan, say, type SectionMaker } from './section.js'
import { unitTables } from './units.js'

/** The metrics that the plan says nothing of: as a whole, by level, by unit. */
export const others: SectionMaker = {
  title: 'section_others',
  by: [['level']],
  covers: (one) => isWhole(one) || isUnit(one),
  make: (source) => {
    const { metrics, report, language } = source
    const whole = figureTable('others', 'caption_others', partByPlan(metrics, report.rows)[1], source)
    const ofUnits = unitTables('others', partByPlan(metrics, report.rows.filter(isUnit))[1], source, 'caption_other_units')
    const tables = [...(whole ? [whole] : []), ...ofUnits]
    return tables.length === 0 ? null : { tables, notes: ofUnits.length > 0 ? [say(language, 'legend_marks')] : [] }
  },
}
