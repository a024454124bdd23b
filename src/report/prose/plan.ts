import { earlier } from '../../language/period.js'
import type { Comparison, Earlier } from '../../measure/compare.js'
import { isTotal } from '../../measure/result.js'
import { figureOf, verdictOf } from './verdict.js'
import { groupBy, isPlain, type Writer } from './writer.js'

/** The metrics of the plan: a paragraph each, its levels in it. Without any plan: all metrics. */
export function planText(writer: Writer): string[] {
  const wholes = writer.report.rows.filter((row) => isPlain(row) && row.unit === null)
  return paragraphsOf(wholes.filter(isIn(partOf(writer).planned)), writer)
}

/** The metrics that the plan says nothing of: the total alone. */
export function othersText(writer: Writer): string[] {
  return paragraphsOf(writer.report.rows.filter(isTotal).filter(isIn(partOf(writer).others)), writer)
}

/** The metrics of the one unit that the report is about, with its place among those of its level. */
export function unitText(writer: Writer): string[] {
  return paragraphsOf(
    writer.report.rows.filter((row) => isPlain(row) && row.unit !== null && writer.isMain(row)),
    writer,
  )
}

const isIn =
  (metrics: ReadonlySet<string>) =>
  ({ metric }: Comparison): boolean =>
    metrics.has(metric)

function partOf({ report }: Writer): { planned: Set<string>; others: Set<string> } {
  const all = new Set(report.rows.map(({ metric }) => metric))
  const planned = new Set(report.rows.filter(({ target }) => target !== null).map(({ metric }) => metric))
  return planned.size === 0 ? { planned: all, others: planned } : { planned, others: new Set([...all].filter((id) => !planned.has(id))) }
}

/** A paragraph a metric: the first of its rows beside its target, changes, then the levels; a complement (late) within its partner's. Last, what has no source. */
function paragraphsOf(rows: readonly Comparison[], writer: Writer): string[] {
  const paragraphs = new Map<string, string[]>()
  const missing: string[] = []
  for (const [metric, [main, ...levels]] of groupBy(rows, (row) => row.metric)) {
    if (!main) continue
    if (main.state === 'not_computable') {
      missing.push(writer.nameWithin(metric))
      continue
    }
    const sentences = [...mainText(main, writer), ...levelsText(main, levels, writer)]
    const partner = paragraphs.get(writer.metric(metric).complement_of ?? '')
    if (partner && main.shown !== null) partner.push(...sentences)
    else paragraphs.set(metric, sentences)
  }
  const text = [...paragraphs.values()].map((sentences) => sentences.join(' '))
  return missing.length > 0 ? [...text, writer.sentence('not_computable', { metrics: missing.join('; ') })] : text
}

function mainText(row: Comparison, writer: Writer): string[] {
  const name = writer.name(row.metric)
  if (row.shown === null) return [writer.sentence('no_cases', { metric: name })]
  const figure = figureOf(row, name, writer)
  const counted = writer.counted(row)
  const judged =
    row.target === null
      ? writer.sentence('plain', { figure, counted })
      : writer.sentence('judged', { figure, counted, plan: writer.plan(row), verdict: verdictOf(row, writer) })
  const changes = changesOf(row, writer)
  return [judged, ...(changes === '' ? [] : [writer.sentence('changes', { changes })]), ...rankText(row, writer)]
}

function rankText({ rank }: Comparison, writer: Writer): string[] {
  if (rank === null || rank.of < 2) return []
  return [writer.sentence('rank', { place: writer.count(rank.place), of: writer.count(rank.of) })]
}

/** The levels in one sentence; the plan is said again only where a level has one of its own. */
function levelsText(total: Comparison, rows: readonly Comparison[], writer: Writer): string[] {
  if (total.shown === null) return []
  const { levels } = writer.definitions
  const parts = rows.flatMap((row) => {
    if (row.level === null || row.state === 'not_computable') return []
    const place = writer.place(row)
    if (row.shown === null) {
      const isGone = (levels[row.level]?.until ?? '9999') < writer.report.period.from
      return isGone ? [] : [writer.phrase('level_no_cases', { place })]
    }
    const figure = figureOf(row, place, writer)
    if (row.target === null) return [figure]
    const verdict = verdictOf(row, writer)
    if (row.target === total.target && row.targetOperator === total.targetOperator)
      return [writer.phrase('level_judged', { figure, verdict })]
    return [writer.phrase('level_judged_plan', { figure, plan: writer.plan(row), verdict })]
  })
  return rows.some(({ shown }) => shown !== null) ? [writer.sentence('levels', { parts: parts.join('; ') })] : []
}

/** What has moved since the earlier periods; empty without any. */
function changesOf({ previous, yearAgo }: Comparison, writer: Writer): string {
  const seen = new Set<string>()
  const parts = [previous, yearAgo].flatMap((before) => {
    if (before === null || before.moved === null || seen.has(before.period.from)) return []
    seen.add(before.period.from)
    const values = { points: writer.points(before.moved), than: thanWhen(before, writer) }
    if (before.moved !== 0) return [writer.phrase(before.moved > 0 ? 'change_up' : 'change_down', values)]
    return [writer.phrase(before.change === 0 ? 'change_none' : 'change_slight', values)]
  })
  return parts.join(', ')
}

/** "than last month", as the kind of period has it; a period cut at a day is compared with as many days. */
function thanWhen(before: Earlier, writer: Writer): string {
  const { period } = writer.report
  const [last, year] = [earlier(period, 'previous'), earlier(period, 'year-ago')]
  if (before.period.from !== last.from) return writer.phrase(before.period.from === year.from ? 'than_year_ago' : 'than_period', {})
  if (before.period.until !== last.until && !last.label.includes('..')) {
    return writer.phrase('than_same_days', { period: writer.month(last.label) })
  }
  if (/^\d{4}$/.test(period.label)) return writer.phrase('than_year', {})
  const kind = /^\d{4}-(?:(H)|(Q)|\d\d$)/.exec(period.label)
  if (!kind) return writer.phrase('than_period', {})
  return writer.phrase(kind[1] ? 'than_half' : kind[2] ? 'than_quarter' : 'than_month', {})
}
