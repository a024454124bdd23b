import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const units: Command = {
  name: 'units',
  summary: 'list the unit registry',
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const { label, loadRegistry, renderList, toCsv } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const lang = settings.lang.value
    const found = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, loadRegistry)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.units/1', units: found })}\n`)
    else if (options.format === 'csv') {
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['code', 'name', 'type', 'level', 'parent', 'valid_from', 'valid_to', 'is_vertical_sector'],
        ),
      )
    } else if (found.length === 0) context.say(`${label(lang, 'no_registry')}\n`)
    else {
      const rows = found.map(({ is_vertical_sector, ...one }) => ({
        ...one,
        level: label(lang, one.level),
        vertical: is_vertical_sector ? label(lang, 'vertical_sector') : '',
      }))
      const columns = [
        { key: 'code', heading: label(lang, 'code') },
        { key: 'name', heading: label(lang, 'name'), cuttable: true },
        { key: 'type', heading: label(lang, 'type'), cuttable: true },
        { key: 'level', heading: label(lang, 'level') },
        { key: 'parent', heading: label(lang, 'parent') },
        { key: 'valid_from', heading: label(lang, 'valid_from') },
        { key: 'valid_to', heading: label(lang, 'valid_to') },
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
