import { nearest, ToolError } from '../errors.js'
import type { Definitions } from '../definitions/load.js'
import { parseDate } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import { parseShare, saysPercent } from '../language/number.js'
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
      effective_from: 'DATE',
      source: 'VARCHAR',
    },
    read: (cell) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const metric = metrics.get(fold(said('metric') ?? ''))
      if (!metric) {
        const like = nearest(fold(said('metric') ?? ''), metrics.keys()).map((name) => metrics.get(name)!)
        const hint = like.length > 0 ? `did you mean ${[...new Set(like)].join(' or ')}? all: cchc metrics` : 'all: cchc metrics'
        return { column: 'metric', text: said('metric'), reason: 'unknown_metric', hint }
      }
      const levelText = said('level')
      const isAll = levelText === null || ['toàn tỉnh', 'tất cả', 'chung', 'all'].includes(fold(levelText))
      const level = isAll ? null : levels.get(fold(levelText))
      if (level === undefined)
        return { column: 'level', text: levelText, reason: 'unknown_value', hint: 'write Cấp tỉnh, Cấp huyện, Cấp xã, or leave it empty' }
      const period = said('period')
      const problem = period === null ? null : periodProblem(period)
      if (problem) return problem
      const share = readShare(said('target'), isPercent || saysPercent(said('value_unit') ?? ''))
      if (typeof share !== 'number') return share
      const dateText = said('effective_from')
      const effective_from = dateText === null ? null : parseDate(dateText)
      if (dateText !== null && effective_from === null) return { column: 'effective_from', text: dateText, reason: 'invalid_date' }
      const label = period === null ? null : parsePeriod(period).label
      const unit = said('unit')
      const values = { metric, level, unit, period: label, share: String(share), effective_from, source: said('source') }
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
    return { column: 'period', text, reason: 'invalid_period', ...(error.hint === undefined ? {} : { hint: error.hint }) }
  }
}

function readShare(text: string | null, isPercent: boolean): number | RecordReject {
  const read = parseShare(text ?? '', isPercent)
  if ('share' in read) return read.share
  if (read.problem === 'ambiguous') return { column: 'target', text, reason: 'ambiguous_target', hint: 'write 1 % or 100 %' }
  const hint = read.problem === 'impossible' ? 'a share lies between 0 % and 100 %' : 'write 80, 80 % or 0,8'
  return { column: 'target', text, reason: 'invalid_target', hint }
}
