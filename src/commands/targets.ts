import { type Command, prepare, seconds, WAIT, withStore } from './command.js'
import type { Words } from './ingest-text.js'
import { onDay, say, written } from '../messages/message.js'
import { toJson } from '../messages/visible.js'

export const targets: Command = {
  name: 'targets',
  summary: say('help.targets'),
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const {
      findUnknownTargetUnits,
      formatCount,
      label,
      loadRegistry,
      loadTargets,
      renderList,
      targetUnitsAsJson,
      toCsv,
      usualOperator,
      periodWords,
    } = await import('../index.js')
    const { unknownUnitsText } = await import('./ingest-text.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const { found, unknown } = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => ({
      found: await loadTargets(store),
      unknown: await findUnknownTargetUnits(store, await loadRegistry(store, definitions, settings.province.value)),
    }))
    const listed = found.map(({ operator, ...one }) => ({
      ...one,
      operator: operator ?? usualOperator(definitions.metrics.get(one.metric)?.direction ?? 'higher'),
    }))
    if (options.format === 'json')
      context.out(`${toJson({ schema: 'cchc.targets/1', targets: listed, unknown_units: targetUnitsAsJson(unknown) })}\n`)
    else if (options.format === 'csv') {
      context.out(toCsv(listed, ['metric', 'level', 'unit', 'period', 'share', 'operator', 'effective_from', 'source']))
    } else if (found.length === 0) context.say(`${label(lang, 'no_plan')}\n`)
    else {
      const signs = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' }
      const percent = (share: number): string => String(Math.round(share * 1e6) / 1e4).replace('.', lang === 'vi' ? ',' : '.')
      const rows = listed.map((one) => ({
        ...one,
        level: one.level && label(lang, one.level),
        period: one.period && written(periodWords(one.period), lang),
        effective_from: one.effective_from && written(onDay(one.effective_from), lang),
        share: `${signs[one.operator]} ${percent(one.share)} %`,
      }))
      const columns = [
        { key: 'metric', heading: label(lang, 'metric') },
        { key: 'level', heading: label(lang, 'level') },
        { key: 'unit', heading: label(lang, 'unit'), wraps: true },
        { key: 'period', heading: label(lang, 'period') },
        { key: 'share', heading: label(lang, 'target') },
        { key: 'effective_from', heading: label(lang, 'in_force') },
        { key: 'source', heading: label(lang, 'source'), wraps: true },
      ]
      context.out(renderList(rows, columns, context.width))
    }
    if (unknown.length > 0) {
      const words = { say: (key, values) => label(lang, key, values), count: (n) => formatCount(n, lang), kind: () => '' } satisfies Words
      context.warn(unknownUnitsText(unknown, words, ['units_of_plan_unknown', 'targets_of_unit']))
    }
    return 0
  },
}
