import { inVietnameseOrder } from '../../language/collate.js'
import type { MetricResult } from '../../measure/result.js'
import { sharedNames, partName } from '../figures.js'
import type { Column, Row } from '../document.js'
import { column, countCell, row, say, table, textCell, type SectionMaker } from './section.js'

/* The counts under each heading; a total that its parts add up to comes first. */
const GROUPS = {
  received: ['received_total', 'carried_over'],
  resolved: ['resolved_total', 'resolved_early', 'resolved_on_time', 'resolved_late', 'resolved_no_due_date'],
  pending: ['pending_total', 'pending_within_due', 'pending_overdue', 'pending_suspended', 'pending_no_due_date'],
} as const
const LEVELS = [null, 'province', 'district', 'commune']
const COUNTS = Object.values(GROUPS).flat()

/** Dossiers received, resolved and pending, by timeliness: as a whole, by level, by unit. */
export const timeliness: SectionMaker = {
  title: 'section_timeliness',
  by: [['level'], ['unit']],
  counts: COUNTS,
  make: ({ report, definitions, language }) => {
    const places = new Map<string, Map<string, MetricResult>>()
    for (const one of report.counts) {
      const key = JSON.stringify([one.unit, one.unit ? null : one.level])
      const known = places.get(key)
      if (known) known.set(one.metric, one)
      else places.set(key, new Map([[one.metric, one]]))
    }
    const used = COUNTS.filter((id) => report.counts.some(({ metric, numerator }) => metric === id && (numerator ?? 0) > 0))
    if (used.length === 0) return null
    const columns = Object.entries(GROUPS).flatMap(([group, ids]) =>
      ids
        .filter((id) => used.includes(id))
        .map((id) => column(id, 'count', [say(language, `counts_${group as keyof typeof GROUPS}`), heading(id)])),
    )
    const figures = [...places.values()].map((counts) => ({ counts, first: counts.values().next().value! }))
    const twins = sharedNames(figures.map(({ first }) => first))
    const lines = figures.map(({ counts, first }) => ({ counts, first, name: partName(first, language, twins) || say(language, 'all') }))
    const cells = ({ counts, name }: (typeof lines)[number], depth: 0 | 1): Row =>
      row([textCell(name), ...columns.map(({ id }) => countCell(counts.get(id)?.numerator ?? null))], depth)
    const wholes = lines
      .filter(({ first }) => first.unit === null)
      .sort((a, b) => LEVELS.indexOf(a.first.level) - LEVELS.indexOf(b.first.level))
    const parts = lines.filter(({ first }) => first.unit !== null).sort((a, b) => inVietnameseOrder(a.name, b.name))
    const first = (title: string): Column => column('place', 'text', title)
    return {
      tables: [
        table(
          'timeliness',
          say(language, 'caption_timeliness'),
          [first(say(language, 'level')), ...columns],
          wholes.map((line) => cells(line, line.first.level === null ? 0 : 1)),
          { isWide: true },
        ),
        ...(parts.length === 0
          ? []
          : [
              table(
                'timeliness-units',
                say(language, 'caption_timeliness_units'),
                [first(say(language, 'unit')), ...columns],
                parts.map((line) => cells(line, 1)),
                { isWide: true },
              ),
            ]),
      ],
      notes: [],
    }

    function heading(id: string): string {
      return say(language, `count_${id as (typeof COUNTS)[number]}`) || definitions.indicators[id]!.label[language]
    }
  },
}
