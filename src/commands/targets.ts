import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const targets: Command = {
  name: 'targets',
  summary: 'list the plan targets',
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const { loadTargets, renderList, toCsv } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const found = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, loadTargets)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.targets/1', targets: found })}\n`)
    else if (options.format === 'csv') {
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['metric', 'level', 'unit', 'period', 'share', 'effective_from', 'source'],
        ),
      )
    } else if (found.length === 0) context.say('no plan is loaded. Load one: cchc ingest plan.csv\n')
    else {
      const sign = (id: string): string => (definitions.metrics.get(id)?.direction === 'lower' ? '≤' : '≥')
      const rows = found.map((one) => ({ ...one, share: `${sign(one.metric)} ${Math.round(one.share * 1e6) / 1e4} %` }))
      const columns = [
        { key: 'metric', heading: 'metric' },
        { key: 'level', heading: 'level' },
        { key: 'unit', heading: 'unit', cuttable: true },
        { key: 'period', heading: 'period' },
        { key: 'share', heading: 'target' },
        { key: 'effective_from', heading: 'in force from' },
        { key: 'source', heading: 'source', cuttable: true },
      ]
      context.out(renderList(rows, columns, context.width))
    }
    return 0
  },
}
