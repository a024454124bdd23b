import { column, row, say, table, textCell, type SectionMaker } from './section.js'

/** How each figure is counted, and where the definition and the target come from. */
export const definitions: SectionMaker = {
  title: 'section_definitions',
  make: ({ report, language, metrics }) => {
    if (metrics.length === 0) return null
    const columns = [
      column('metric', 'text', say(language, 'metric')),
      column('definition', 'text', say(language, 'metric_definition_heading')),
      column('source', 'text', say(language, 'source')),
      column('plan', 'text', say(language, 'target_source')),
    ]
    const rows = metrics.map((metric) => {
      const sources = report.rows.filter((one) => one.metric === metric.id).flatMap(({ targetSource }) => targetSource ?? [])
      return row(
        [
          textCell(metric.short[language]),
          textCell(metric.definition[language]),
          textCell(metric.source),
          textCell([...new Set(sources)].sort().join('; ')),
        ],
        1,
      )
    })
    return { tables: [table('definitions', say(language, 'caption_definitions'), columns, rows, { isWide: true })], notes: [] }
  },
}
