import type { CheckResult, Report } from '../index.js'
import { listed, render, say, type Filling, type Message } from '../messages/message.js'
import type { Command } from './command.js'
import { deliver, formatOf } from './render.js'
import { CHOICE, measureReport } from './report.js'
import { toJson } from '../messages/visible.js'

export const check: Command = {
  name: 'check',
  summary: say('help.check'),
  options: [...CHOICE, ['--out <file>', say('help.out_check')]],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc check --period 2024', 'cchc check --period 2025-09 --by unit --quiet'],
  run: async (context, _args, options) => {
    const format = await formatOf(options, check.formats!)
    const out = options.out as string | undefined
    const by = options.by ?? 'level,unit'
    const { made, settings, definitions } = await measureReport(context, { ...options, by }, { format: 'json', needsFreshness: true })
    const { checkTargets, EXIT, makeKpiList, periodWords, planNotes, renderCsv, ToolError } = await import('../index.js')
    const [language, staleAfterDays] = [settings.lang.value, settings.staleAfterDays.value]
    const named = options.metric === undefined ? [] : [...new Set(made.rows.map(({ metric }) => metric))]
    const untargeted = named.filter((id) => !made.rows.some(({ metric, target }) => metric === id && target !== null))
    const noTarget = (metrics: readonly string[]): Message =>
      say('usage.no_target', { what: listed([...metrics, ...scopeOf(made, periodWords)]) })
    if (untargeted.length > 0) throw new ToolError('usage', noTarget(untargeted), { hint: say('usage.load_plan') })
    const result = checkTargets(made, definitions, staleAfterDays)
    const missed = new Set(result.behind)
    if (format === 'json') {
      const rows = made.rows.filter((row) => missed.has(row))
      await deliver(context, await asJson({ ...made, rows }, result), out)
    } else if (format === 'csv') {
      const rows = [...result.behind, ...result.withoutData]
      await deliver(context, renderCsv({ ...made, rows, trend: [], counts: [] }, definitions, language), out)
    } else if (!options.quiet || out !== undefined) {
      const { renderCheck } = await import('./check-text.js')
      const list = makeKpiList(made, definitions, language, settings.name.value)
      const width = out === undefined ? context.width : 160
      await deliver(context, renderCheck(result, made, definitions, list, { staleAfterDays, width }), out)
    }
    for (const text of planNotes(made, language)) context.warn(`${text}\n`)
    if (result.verdict === 'no_target') context.warn(`${render(noTarget([]), language)}\n   ${render(say('usage.load_plan'), language)}\n`)
    return { met: EXIT.done, missed: EXIT.missed, no_target: EXIT.noData, no_data: EXIT.noData }[result.verdict]

    async function asJson(report: Report, { verdict, targets, behind, withoutData, isStale }: CheckResult): Promise<string> {
      const { renderJson } = await import('../index.js')
      const body = JSON.parse([...renderJson(report, definitions)].join('')) as Record<string, unknown>
      const counts = { targets, missed: behind.length, without_data: withoutData.length, is_stale: isStale, newest: made.newest }
      return `${toJson({ ...body, schema: 'cchc.check/1', verdict, ...counts })}\n`
    }
  },
}

/** What was asked for, in words: the unit, the level, the period. */
function scopeOf({ filter, period }: Report, periodWords: typeof import('../index.js').periodWords): Filling[] {
  const levels = filter.levels.map((level) => say(`usage.level_${level}`))
  return [...filter.units.map(({ name }) => name), ...levels, periodWords(period.label)]
}
