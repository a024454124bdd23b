import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const units: Command = {
  name: 'units',
  summary: 'list the unit registry, or the units that sent nothing for a period',
  options: [
    ['--missing', 'units of which no dossier was received or finished in the period'],
    ['--period <period>', 'for --missing: 2025, 2025-Q3, 2025-09, …'],
    WAIT,
  ],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc units', 'cchc units --missing --period 2025-09'],
  run: async (context, _args, options) => {
    const { findMissingUnits, label, loadRegistry, parsePeriod, renderList, toCsv, ToolError } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const lang = settings.lang.value
    const isMissing = options.missing === true
    if (isMissing !== (options.period !== undefined))
      throw new ToolError('usage', '--missing and --period go together', { hint: 'cchc units --missing --period 2025-09' })
    const period = isMissing ? parsePeriod(String(options.period), 'month') : null
    const { registry, found } = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => {
      const all = await loadRegistry(store)
      return { registry: all, found: period === null ? all : await findMissingUnits(store, all, period) }
    })
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.units/1', units: found })}\n`)
    else if (options.format === 'csv') {
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['code', 'name', 'type', 'level', 'parent', 'valid_from', 'valid_to', 'is_vertical_sector'],
        ),
      )
    } else if (registry.length === 0) context.say(`${label(lang, 'no_registry')}\n`)
    else if (found.length === 0) context.say(`${label(lang, 'none_missing', { period: period!.label })}\n`)
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
