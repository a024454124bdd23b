import { type Command, prepare } from './command.js'

export const metrics: Command = {
  name: 'metrics',
  summary: 'list the metrics, or spell one out: definition, source, SQL, what it needs',
  arguments: '[id]',
  formats: ['table', 'json'],
  examples: ['cchc metrics', 'cchc metrics online_payment_rate'],
  run: async (context, [id], options) => {
    const { chooseMetrics, explainMetric, renderList } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    if (id === undefined) {
      const all = [...definitions.metrics.values()]
      if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.metrics/1', metrics: all })}\n`)
      else {
        const rows = all.map((one) => ({ id: one.id, label: one.label[lang] }))
        const columns = [
          { key: 'id', heading: 'metric' },
          { key: 'label', heading: '', cuttable: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
      return 0
    }
    const metric = chooseMetrics(definitions, [id])[0]!
    const policy = definitions.policies[settings.policy.value] ?? definitions.policies.default!
    const explanation = explainMetric(definitions, metric, policy)
    if (options.format === 'json') {
      context.out(`${JSON.stringify({ schema: 'cchc.metric/1', ...explanation })}\n`)
      return 0
    }
    const indented = (text: string): string => text.replaceAll('\n', `\n${' '.repeat(15)}`)
    const lines = [
      `${metric.id}   ${metric.label[lang]}`,
      `  definition   ${metric.definition[lang]}`,
      `  better       ${metric.direction === 'higher' ? 'higher (≥ target)' : 'lower (≤ target)'}`,
      `  counted by   ${explanation.date}`,
      `  needs        ${explanation.needs.map((group) => group.join(' or ')).join(', ') || 'nothing more'}`,
      `  source       ${metric.source}`,
      `  defined in   ${metric.file ?? 'shipped with cchc'}`,
      `  numerator    ${indented(explanation.sql.numerator)}`,
      `  denominator  ${indented(explanation.sql.denominator)}`,
    ]
    const reads =
      explanation.classed === null
        ? []
        : [
            `  classed      ${options.verbose ? indented(explanation.classed) : 'the dossiers with their class and closing time: --verbose shows it'}`,
          ]
    context.out(`${[...lines, ...reads].join('\n')}\n`)
    return 0
  },
}
