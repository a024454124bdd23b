import { inVietnameseOrder } from '../../language/collate.js'
import type { MetricDefinition } from '../../definitions/load.js'
import type { LabelKey } from '../../language/labels.js'
import type { Level } from '../../definitions/schema.js'
import { judgedOnce } from '../../measure/check.js'
import type { Comparison } from '../../measure/compare.js'
import { sharedNames, partName } from '../figures.js'
import type { Table } from '../document.js'
import { column, countCell, isUnit, partByPlan, rateCell, row, say, table, textCell, type SectionMaker, type Source } from './section.js'

const LEVELS: (Level | null)[] = ['province', 'district', 'commune', null]

/** Units × metrics, a table for each level, those that miss most targets first. */
export const units: SectionMaker = {
  title: 'section_units',
  by: [['unit']],
  covers: isUnit,
  make: (source) => {
    const [planned] = partByPlan(source.metrics, source.report.rows.filter(isUnit))
    const tables = unitTables('units', planned, source)
    return tables.length === 0 ? null : { tables, notes: [say(source.language, 'legend_marks')] }
  },
}

/** A table for each level that has units. */
export function unitTables(id: string, metrics: readonly MetricDefinition[], source: Source, caption: LabelKey = 'caption_units'): Table[] {
  return LEVELS.flatMap((level) => tableOf(id, caption, level, { ...source, metrics: [...metrics] }) ?? [])
}

function tableOf(id: string, caption: LabelKey, level: Level | null, { report, definitions, language, metrics }: Source): Table | null {
  const ids = new Set(metrics.map((metric) => metric.id))
  const rows = report.rows.filter((one) => isUnit(one) && one.level === level && ids.has(one.metric))
  if (rows.length === 0) return null
  const shown = metrics.filter(({ id }) => rows.some(({ metric, state }) => metric === id && state !== 'not_computable'))
  const twins = sharedNames(rows)
  const judged = new Set(judgedOnce(rows, definitions))
  const isMissed = (figure?: Comparison): boolean => figure?.status === 'missed' && judged.has(figure)
  const byUnit = new Map<string, Map<string, Comparison>>()
  for (const one of rows) {
    const key = one.unit!.code ?? `- ${one.unit!.name}`
    const known = byUnit.get(key)
    if (known) known.set(one.metric, one)
    else byUnit.set(key, new Map([[one.metric, one]]))
  }
  const lines = [...byUnit.values()].map((figures) => {
    const first = figures.values().next().value!
    const missed = shown.filter(({ id }) => isMissed(figures.get(id)))
    return {
      name: partName(first, language, twins),
      isKnown: first.unit!.code !== null,
      missed: missed.length,
      behind: missed.reduce((sum, { id }) => sum + Math.abs(figures.get(id)!.gap!), 0),
      figures,
    }
  })
  lines.sort(
    (a, b) => Number(b.isKnown) - Number(a.isKnown) || b.missed - a.missed || b.behind - a.behind || inVietnameseOrder(a.name, b.name),
  )
  const hasTargets = rows.some(({ target }) => target !== null)
  const columns = [
    column('unit', 'text', say(language, 'unit')),
    ...(hasTargets ? [column('missed', 'count', say(language, 'targets_missed'))] : []),
    ...shown.map((metric) => column(metric.id, 'rate', metric.short[language], { isBare: true })),
  ]
  const cells = lines.map(({ name, missed, isKnown, figures }) =>
    row(
      [
        textCell(name),
        ...(hasTargets ? [countCell(isKnown ? missed : null)] : []),
        ...shown.map(({ id }) => {
          const figure = figures.get(id)
          return figure ? rateCell(figure, true) : textCell('')
        }),
      ],
      1,
    ),
  )
  const title = say(language, caption, { level: say(language, level ?? 'no_level') })
  return table(`${id}-${level ?? 'other'}`, title, columns, cells, { isHeat: true, isWide: true })
}
