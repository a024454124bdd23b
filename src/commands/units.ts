import type { Registry } from '../index.js'
import { both, onDay, say, written } from '../messages/message.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'
import { toJson } from '../messages/visible.js'

const COLUMNS = ['code', 'name', 'type', 'level', 'parent', 'valid_from', 'valid_to', 'is_vertical_sector'] as const

export const units: Command = {
  name: 'units',
  summary: say('help.units'),
  options: [
    ['--all', say('help.all')],
    ['--level <level>', say('help.level'), 'often'],
    ['--changes', say('help.changes')],
    ['--unknown', say('help.unknown')],
    ['--missing', say('help.missing')],
    ['--period <period>', say('help.period_of_missing')],
    WAIT,
  ],
  formats: ['table', 'json', 'csv'],
  examples: [
    'cchc units --level province',
    'cchc units --missing --period 2025-09',
    'cchc units --unknown --format csv --quiet > aliases.csv',
  ],
  run: async (context, _args, options) => {
    const { day, levelsOption } = await import('./options.js')
    const {
      findMissingUnits,
      findUnknownUnits,
      formatHundredths,
      isValidOn,
      label,
      loadRegistry,
      parsePeriod,
      renderList,
      toCsv,
      ToolError,
      UnitView,
    } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const asked = (['changes', 'unknown', 'missing'] as const).filter((one) => options[one] === true)
    if (asked.length > 1)
      throw new ToolError('usage', say('usage.different_lists', { flags: both(asked.map((one) => `--${one}`)) }), {
        hint: say('usage.ask_for_one'),
      })
    const isMissing = asked[0] === 'missing'
    if (isMissing !== (options.period !== undefined))
      throw new ToolError('usage', say('usage.missing_and_period'), {
        hint: say('usage.example', { command: 'cchc units --missing --period 2025-09' }),
      })
    const levels = levelsOption(options.level, definitions)
    const today = options.asOf ? day(options.asOf, '--as-of') : context.now().slice(0, 10)
    return withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => {
      const registry = await loadRegistry(store, definitions, settings.province.value)
      if (asked[0] === 'changes') printChanges(registry.changes)
      else if (asked[0] === 'unknown') {
        printUnknown(await findUnknownUnits(store, registry))
      } else {
        const view = new UnitView(registry, 'current', today)
        const found = isMissing
          ? await findMissingUnits(store, view, parsePeriod(String(options.period), 'month'))
          : options.all === true
            ? registry.units
            : registry.units.filter((unit) => isValidOn(unit, today))
        printUnits(
          found.filter(({ level }) => levels.length === 0 || levels.includes(level)),
          registry.units.length > 0,
        )
      }
      return 0
    })

    function shownDay(day: string): string {
      return written(onDay(day), lang)
    }

    function printUnits(found: Awaited<ReturnType<typeof findMissingUnits>>, hasRegistry: boolean): void {
      const counts = Object.fromEntries(
        ['province', 'district', 'commune'].map((one) => [one, found.filter((unit) => unit.level === one).length]),
      )
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.units/1', as_of: today, counts, units: found })}\n`)
      else if (options.format === 'csv')
        context.out(
          toCsv(
            found.map((one) => ({ ...one })),
            [...COLUMNS],
          ),
        )
      else if (!hasRegistry) context.say(`${label(lang, 'no_registry')}\n`)
      else if (found.length === 0)
        context.say(`${label(lang, isMissing ? 'none_missing' : 'no_units', { period: String(options.period) })}\n`)
      else {
        const rows = found.map(({ is_vertical_sector, from_changes: isDerived, ...one }) => ({
          ...one,
          source: isDerived === true ? label(lang, 'from_changes') : '',
          level: label(lang, one.level),
          valid_from: one.valid_from && shownDay(one.valid_from),
          valid_to: one.valid_to && shownDay(one.valid_to),
          is_vertical_sector: is_vertical_sector ? label(lang, 'vertical_sector') : '',
        }))
        const headings = {
          code: 'code',
          name: 'name',
          type: 'type',
          level: 'level',
          parent: 'parent',
          valid_from: 'valid_from',
          valid_to: 'valid_to',
        } as const
        const columns = [...COLUMNS, 'source' as const].map((key) => ({
          key,
          heading: key === 'is_vertical_sector' || key === 'source' ? '' : label(lang, headings[key]),
          wraps: key === 'name' || key === 'type',
        }))
        context.out(
          renderList(
            rows,
            columns.filter(({ key }) => rows.some((row) => row[key])),
            context.width,
          ),
        )
        context.say(`${label(lang, 'unit_counts', counts as Record<string, number>)}\n`)
      }
    }

    function printChanges(changes: Registry['changes']): void {
      const columns = [
        'old_code',
        'old_name',
        'old_level',
        'old_parent',
        'new_code',
        'new_name',
        'new_parent',
        'level',
        'effective_from',
        'share',
        'extent',
      ] as const
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.unit-changes/1', changes })}\n`)
      else if (options.format === 'csv')
        context.out(
          toCsv(
            changes.map((one) => ({ ...one })),
            [...columns],
          ),
        )
      else if (changes.length === 0) context.say(`${label(lang, 'no_changes')}\n`)
      else {
        const rows = changes.map(({ share, extent, ...one }) => ({
          ...one,
          effective_from: shownDay(one.effective_from),
          share: share === null ? (extent === null ? '' : label(lang, extent)) : formatHundredths(Math.round(share * 10_000), lang),
        }))
        const shown = ['old_code', 'old_name', 'new_code', 'new_name', 'effective_from', 'share'] as const
        context.out(
          renderList(
            rows,
            shown.map((key) => ({ key, heading: label(lang, key), wraps: key.endsWith('name') })),
            context.width,
          ),
        )
      }
    }

    function printUnknown(unknown: Awaited<ReturnType<typeof findUnknownUnits>>): void {
      const rows = unknown.map(({ alias, rows: n, suggestions }) => ({ alias, code: '', rows: n, suggestions: suggestions.join('; ') }))
      if (options.format === 'json') {
        const units = unknown.map(({ isAmbiguous, ...one }) => ({ ...one, is_ambiguous: isAmbiguous }))
        context.out(`${toJson({ schema: 'cchc.unknown-units/1', units })}\n`)
      } else if (options.format === 'csv') context.out(toCsv(rows, ['alias', 'code', 'rows', 'suggestions']))
      else if (rows.length === 0) context.say(`${label(lang, 'no_unknown')}\n`)
      else {
        const columns = [
          { key: 'alias', heading: label(lang, 'name'), wraps: true },
          { key: 'rows', heading: label(lang, 'dossiers') },
          { key: 'suggestions', heading: label(lang, 'suggestions'), wraps: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
    }
  },
}
