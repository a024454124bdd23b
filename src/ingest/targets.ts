import { nearest, ToolError } from '../errors.js'
import { either, say, type Message } from '../messages/message.js'
import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { parseDate } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import { saysPercent } from '../language/number.js'
import { parsePlanValue, type Operator, type PlanValue } from '../language/plan-words.js'
import { parsePeriod } from '../language/period.js'
import type { RecordReader, RecordReject } from './records.js'
import { lookup } from './survey.js'
import type { Title } from '../reading/title.js'

/** Plan targets: a metric by id or label, for a level, a unit, a period, from a date on. A value that is not a share is refused. */
export function targetReader(
  definitions: Definitions,
  { columns, title }: { columns: readonly { id: string; header: string }[]; title: Pick<Title, 'isPercent'> },
): RecordReader {
  const isPercent = title.isPercent || columns.some(({ id, header }) => id === 'target' && saysPercent(header))
  const metrics = new Map<string, string>()
  for (const { id, label, short } of definitions.metrics.values()) {
    for (const name of [id, label.vi, label.en, short.vi, short.en]) if (!metrics.has(fold(name))) metrics.set(fold(name), id)
  }
  const levels = lookup(definitions.vocabularies.level!)
  return {
    table: 'target_version',
    columns: {
      metric: 'VARCHAR',
      level: 'VARCHAR',
      unit: 'VARCHAR',
      period: 'VARCHAR',
      share: 'DOUBLE',
      operator: 'VARCHAR',
      effective_from: 'DATE',
      source: 'VARCHAR',
    },
    read: (cell) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const metric = metrics.get(fold(said('metric') ?? ''))
      if (!metric) {
        const like = nearest(fold(said('metric') ?? ''), metrics.keys()).map((name) => metrics.get(name)!)
        const hint = like.length > 0 ? say('ingest.metric_like', { like: either([...new Set(like)]) }) : say('ingest.all_metrics')
        return { column: 'metric', text: said('metric'), reason: 'unknown_metric', hint }
      }
      const levelText = said('level')
      const isAll = levelText === null || ['toàn tỉnh', 'tất cả', 'chung', 'all'].includes(fold(levelText))
      const level = isAll ? null : levels.get(fold(levelText))
      if (level === undefined) return { column: 'level', text: levelText, reason: 'unknown_value', hint: say('ingest.write_level_or_none') }
      const period = said('period')
      const problem = period === null ? null : periodProblem(period)
      if (problem) return problem
      const value = parsePlanValue(said('target') ?? '', isPercent || saysPercent(said('value_unit') ?? ''))
      if ('problem' in value) return { column: 'target', text: said('target'), ...PROBLEMS[value.problem] }
      const against = againstDirection(definitions.metrics.get(metric)!, value.operator)
      if (against !== null) return { column: 'target', text: said('target'), reason: 'target_direction', hint: against }
      const dateText = said('effective_from')
      const effective_from = dateText === null ? null : parseDate(dateText)
      if (dateText !== null && effective_from === null) return { column: 'effective_from', text: dateText, reason: 'invalid_date' }
      const label = period === null ? null : parsePeriod(period).label
      const unit = said('unit')
      const values = {
        metric,
        level,
        unit,
        period: label,
        share: String(value.share),
        operator: value.operator,
        effective_from,
        source: said('source'),
      }
      return [{ key: [metric, level, unit && fold(unit), label, effective_from].join('|'), values }]
    },
  }
}

function periodProblem(text: string): RecordReject | null {
  try {
    parsePeriod(text)
    return null
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    return { column: 'period', text, reason: 'invalid_period', ...(error.advice[0] ? { hint: error.advice[0] } : {}) }
  }
}

/** Why a plan's value is not read. */
const PROBLEMS: Record<Extract<PlanValue, { problem: unknown }>['problem'], { reason: string; hint: Message }> = {
  ambiguous: { reason: 'ambiguous_target', hint: say('ingest.write_1_or_100') },
  impossible: { reason: 'invalid_target', hint: say('ingest.share_between') },
  unreadable: { reason: 'invalid_target', hint: say('ingest.write_share') },
  range: { reason: 'invalid_target', hint: say('ingest.range_is_two') },
  change: { reason: 'invalid_target', hint: say('ingest.change_is_no_share') },
  place: { reason: 'invalid_target', hint: say('ingest.place_is_no_share') },
}

/** What contradicts, where a plan bounds a metric on the side where it is good; null where it does not. */
function againstDirection({ id, direction }: MetricDefinition, operator: Operator | null): Message | null {
  const isUpper = operator === '<=' || operator === '<'
  if (operator === null || isUpper === (direction === 'lower')) return null
  return isUpper ? say('ingest.plan_at_most', { operator, metric: id }) : say('ingest.plan_at_least', { operator, metric: id })
}
