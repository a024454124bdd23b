import type { LabelKey } from '../index.js'
import { say, written } from '../messages/message.js'
import { type Command, prepare } from './command.js'
import { policyOf } from './options.js'
import { toJson } from '../messages/visible.js'

export const metrics: Command = {
  name: 'metrics',
  summary: say('help.metrics'),
  arguments: '[id]',
  formats: ['table', 'json'],
  examples: ['cchc metrics', 'cchc metrics online_payment_rate'],
  run: async (context, [id], options) => {
    const { chooseMetrics, explainMetric, label, renderList } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    if (id === undefined) {
      const all = [...definitions.metrics.values()]
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.metrics/1', metrics: all })}\n`)
      else {
        const rows = all.map((one) => ({ id: one.id, label: one.label[lang] }))
        const columns = [
          { key: 'id', heading: label(lang, 'metric') },
          { key: 'label', heading: label(lang, 'name'), wraps: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
      return 0
    }
    const metric = chooseMetrics(definitions, [id])[0]!
    const policy = policyOf(settings.policy.value, definitions)
    const explanation = explainMetric(definitions, metric, policy)
    if (options.format === 'json') {
      context.out(`${toJson({ schema: 'cchc.metric/1', ...explanation, date: written(explanation.date, 'en') })}\n`)
      return 0
    }
    const facts: [LabelKey, string][] = [
      ['metric_definition', metric.definition[lang]],
      ['metric_better', label(lang, metric.direction === 'higher' ? 'metric_higher' : 'metric_lower')],
      ['metric_date', written(explanation.date, lang)],
      [
        'metric_needs',
        explanation.needs.map((group) => group.join(` ${label(lang, 'or')} `)).join(', ') || label(lang, 'metric_needs_none'),
      ],
      ['metric_source', metric.source],
      ['metric_file', metric.file ?? label(lang, 'metric_shipped')],
      ['metric_numerator', explanation.sql.numerator],
      ['metric_denominator', explanation.sql.denominator],
    ]
    if (explanation.classed !== null)
      facts.push(['metric_classed', options.verbose ? explanation.classed : label(lang, 'metric_classed_hint')])
    const lines = facts.map(([key, text]) => `  ${label(lang, key).padEnd(13)}${text.replaceAll('\n', `\n${' '.repeat(15)}`)}`)
    context.out(`${[`${metric.id}   ${metric.label[lang]}`, ...lines].join('\n')}\n`)
    return 0
  },
}
