import type { Definitions, Outline } from '../index.js'
import { listed, say } from '../messages/message.js'
import { type Command, type Context, type GlobalOptions, prepare, seconds, WAIT, withStore } from './command.js'
import { deliver, formatOf, render } from './render.js'

/** Formats of the figures alone; the others lay them out. */
const PLAIN = ['table', 'json', 'csv']

/* Columns of a terminal from which months are drawn: it costs a second look at the dossiers. */
const SPARKLINE_FROM = 100

/** What a report, or a check, can be about. */
export const CHOICE = [
  ['--period <period>', say('help.period')],
  ['--ytd', say('help.ytd')],
  ['--calendar <calendar>', say('help.calendar')],
  ['--by <dimensions>', say('help.by'), 'often'],
  ['--level <level>', say('help.level'), 'often'],
  ['--units <units>', say('help.units_mode')],
  ['--unit <unit>', say('help.unit'), 'often'],
  ['--metric <id...>', say('help.metric')],
  ['--policy <id>', say('help.policy')],
  ['--compare <with>', say('help.compare'), 'often'],
  WAIT,
] as const

const OUTLINE = ['--outline <id>', say('help.outline')] as const

export const report: Command = {
  name: 'report',
  summary: say('help.report'),
  options: [...CHOICE, OUTLINE, ['--wide', say('help.wide')], ['--out <file...>', say('help.out_report')]],
  formats: ['table', 'json', 'csv', 'md', 'html', 'xlsx', 'docx'],
  examples: ['cchc report --period 2024 --by level', 'cchc report --period 2025-09 --out thang-9.html thang-9.xlsx thang-9.docx'],
  run: async (context, _args, options) => {
    const files = (options.out as string[] | undefined) ?? [undefined]
    const formats = await Promise.all(files.map((out) => formatOf({ ...options, out }, report.formats!)))
    const format = formats.find((one) => !PLAIN.includes(one)) ?? formats[0]!
    const { made, settings, definitions, outline } = await measureReport(context, options, { format })
    const { defaultPeriodWords, makeDocument, makeKpiList, renderCsv, renderJson, renderTable } = await import('../index.js')
    const [language, office] = [settings.lang.value, settings.name.value]
    if (made.isDefaultPeriod) context.say(`${defaultPeriodWords(made, language)}\n`)
    const document = outline && makeDocument(made, definitions, outline, { language, office })
    const [width, color] = options.out ? [100, false] : [context.width, context.color]
    for (const [i, out] of files.entries()) {
      const one = formats[i]!
      const content =
        one === 'json'
          ? renderJson(made, definitions)
          : one === 'csv'
            ? renderCsv(made, definitions, language)
            : one === 'table'
              ? renderTable(makeKpiList(made, definitions, language, office), { width, color, isWide: options.wide === true })
              : await render(document!, one, width)
      await deliver(context, content, out, one === 'table' && color)
    }
    return 0
  },
}

/** Measures what the options ask for. */
export async function measureReport(
  context: Context,
  options: GlobalOptions & Record<string, unknown>,
  { format, needsFreshness = false }: { format: string; needsFreshness?: boolean },
) {
  const [{ makeReport, measuredFor }, { day, groupings, levelsOption, listOf, oneOf, policyOf }] = await Promise.all([
    import('../index.js'),
    import('./options.js'),
  ])
  const { settings, definitions } = await prepare(context, options)
  const policy = policyOf(settings.policy.value, definitions)
  const calendar = oneOf(options.calendar, ['month', 'report15'] as const, '--calendar')
  const levels = levelsOption(options.level, definitions)
  const units = (options.unit ?? []) as string[]
  const compareWith = listOf(options.compare, ['previous', 'year-ago'] as const, '--compare')
  const unitsMode = oneOf(options.units, ['current', 'as-was'] as const, '--units')
  const by = groupings(options.by)
  const outline = await outlineOf(options, format, definitions)
  const hasRoom = options.wide === true || (context.width >= SPARKLINE_FROM && context.width !== Infinity && !options.out)
  const isDrawn = format === 'table' && hasRoom && !outline && !by.flat().includes('month')
  const drawn = [...by, ...(levels.length > 0 ? [['level' as const]] : []), ...(units.length > 0 ? [['unit' as const]] : [])].filter(
    (grouping) => grouping.every((one) => one === 'level' || one === 'unit'),
  )
  const request = {
    ...(options.period ? { period: String(options.period) } : {}),
    ...(calendar ? { calendar } : {}),
    level: levels,
    unit: units,
    ...(options.metric ? { metrics: options.metric as string[] } : {}),
    ...(unitsMode ? { units: unitsMode } : {}),
    province: settings.province.value,
    isYearToDate: options.ytd === true,
    by,
    policy: { id: settings.policy.value, policy },
    needsFreshness,
    asOf: options.asOf ? day(options.asOf, '--as-of') : context.now().slice(0, 10),
    ...(isDrawn ? { trend: { months: 12, by: drawn } } : {}),
    ...(outline ? measuredFor(outline, by) : {}),
    ...(compareWith.length > 0 || !outline ? { compareWith } : {}),
  }
  const made = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, (store) =>
    makeReport(store, definitions, request),
  )
  return { made, settings, definitions, outline }
}

/** The outline asked for; for the formats that people read one that fits, or, where --by says what is wanted, just that. Null: rows alone. */
async function outlineOf(options: Record<string, unknown>, format: string, definitions: Definitions): Promise<Outline | null> {
  const { outlineFor, parsePeriod, ToolError, yearToDate } = await import('../index.js')
  const units = (options.unit ?? []) as string[]
  const find = (id: string): Outline => {
    const found = definitions.outlines.find((one) => one.id === id)
    if (!found) {
      throw new ToolError('usage', say('usage.no_outline', { id }), {
        hint: say('usage.outlines_are', { all: listed(definitions.outlines.map((one) => one.id)) }),
      })
    }
    if (found.of_unit && units.length !== 1)
      throw new ToolError('usage', say('usage.outline_of_unit', { id }), { hint: say('usage.name_unit') })
    return found
  }
  if (options.outline !== undefined) return find(String(options.outline))
  if (PLAIN.includes(format)) return null
  const asAsked = definitions.outlines.find(({ as_asked }) => as_asked) ?? find('table')
  if (options.by !== undefined) return asAsked
  const calendar = options.calendar === 'report15' ? 'report15' : 'month'
  const named = options.period ? parsePeriod(String(options.period), calendar) : null
  const label = options.ytd === true ? (named ? yearToDate(named).label : '2025-01..2025-02') : (named?.label ?? '2025-01')
  if (units.length > 1) return asAsked
  return outlineFor({ label }, units.length === 1, definitions) ?? asAsked
}
