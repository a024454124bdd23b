import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const units: Command = {
  name: 'units',
  summary: 'list the unit registry',
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const { loadRegistry, renderList, toCsv } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const found = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, loadRegistry)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.units/1', units: found })}\n`)
    else if (options.format === 'csv') {
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['code', 'name', 'type', 'level', 'parent', 'valid_from', 'valid_to', 'is_vertical_sector'],
        ),
      )
    } else if (found.length === 0) context.say('no unit registry is loaded: units come from the exports. Load one: cchc ingest units.csv\n')
    else {
      const rows = found.map(({ is_vertical_sector, ...one }) => ({ ...one, vertical: is_vertical_sector ? 'vertical sector' : '' }))
      const columns = [
        { key: 'code', heading: 'code' },
        { key: 'name', heading: 'name', cuttable: true },
        { key: 'type', heading: 'type', cuttable: true },
        { key: 'level', heading: 'level' },
        { key: 'parent', heading: 'parent' },
        { key: 'valid_from', heading: 'from' },
        { key: 'valid_to', heading: 'to' },
        { key: 'vertical', heading: '' },
      ]
      context.out(
        renderList(
          rows,
          columns.filter(({ key }) => rows.some((row) => row[key as keyof typeof row])),
          context.width,
        ),
      )
    }
    return 0
  },
}
