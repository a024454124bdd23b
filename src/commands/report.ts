import { type Command, type Context, type GlobalOptions, prepare, seconds, WAIT, withStore } from './command.js'

const CHOICE = [
  ['--period <period>', '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09, 2024-08-01..2024-10-08 (default: the latest month with data)'],
  ['--ytd', 'from January to the latest month with data'],
  ['--calendar <calendar>', 'month, or report15 (the 15th to the 14th)'],
  ['--by <dimensions>', 'add rows per level, unit, field, procedure, month, factor; unit+month for both at once'],
  ['--level <level>', 'only this level: province, district, commune'],
  ['--units <units>', 'count under the units of today (current, the default) or of the time (as-was)'],
  ['--unit <unit>', 'only this unit: code or exact name'],
  ['--metric <id...>', 'only these metrics'],
  ['--policy <id>', 'class dossiers by this policy'],
  ['--compare <with>', 'add the figures of the period before (previous), of a year before (year-ago), or both: previous,year-ago'],
  WAIT,
] as const

export const report: Command = {
  name: 'report',
  summary: 'print the KPI table of a period against plan targets',
  options: [...CHOICE, ['--out <file>', 'write to this file, whole or not at all']],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc report --period 2024 --by level', 'cchc report --period 2025-09 --by unit --format csv --out kpi.csv'],
  run: async (context, _args, options) => {
    const { made, settings, definitions } = await measureReport(context, options)
    const { label, makeKpiList, renderCsv, renderJson, renderTable, writeWhole } = await import('../index.js')
    const lang = settings.lang.value
    if (made.isDefaultPeriod) context.say(`${label(lang, 'default_period', { period: made.period.label })}\n`)
    const out = options.out as string | undefined
    const text =
      options.format === 'json'
        ? renderJson(made, definitions)
        : options.format === 'csv'
          ? renderCsv(made, definitions, lang)
          : renderTable(makeKpiList(made, definitions, lang, settings.name.value), {
              width: out ? 100 : context.width,
              color: context.color && !out,
            })
    if (out) {
      const { resolve } = await import('node:path')
      writeWhole(resolve(context.cwd, out), text)
      context.say(`${out}\n`)
    } else context.out(text)
    return 0
  },
}

export const check: Command = {
  name: 'check',
  summary: 'the report as a gate: exit 0 when all targets are met, 4 when one is missed, 6 when data are missing or stale',
  options: [...CHOICE],
  formats: ['table', 'json'],
  examples: ['cchc check --period 2024', 'cchc check --period 2025-09 --by unit --quiet'],
  run: async (context, _args, options) => {
    const by = options.by ?? 'level,unit'
    const { made, settings, definitions } = await measureReport(context, { ...options, by }, true)
    const { checkTargets, EXIT, makeKpiList, renderJson } = await import('../index.js')
    const { renderCheck } = await import('./check-text.js')
    const result = checkTargets(made, definitions, settings.staleAfterDays.value)
    if (options.format === 'json') {
      const behind = new Set(result.behind.map((row) => JSON.stringify([row.metric, row.level, row.unit])))
      const rows = made.rows.filter((row) => behind.has(JSON.stringify([row.metric, row.level, row.unit])) && row.month === null)
      const body = JSON.parse(renderJson({ ...made, rows }, definitions)) as Record<string, unknown>
      context.out(
        `${JSON.stringify({ ...body, schema: 'cchc.check/1', verdict: result.verdict, targets: result.targets, missed: result.behind.length, without_data: result.withoutData.length, is_stale: result.isStale })}\n`,
      )
    } else if (!options.quiet) {
      const document = makeKpiList(made, definitions, settings.lang.value, settings.name.value)
      context.out(renderCheck(result, made, definitions, document, settings.staleAfterDays.value, context))
    }
    return { met: EXIT.done, missed: EXIT.missed, no_data: EXIT.noData }[result.verdict]
  },
}

async function measureReport(context: Context, options: GlobalOptions & Record<string, unknown>, needsFreshness = false) {
  const [{ makeReport }, { day, groupings, levelOption, listOf, oneOf, policyOf }] = await Promise.all([
    import('../index.js'),
    import('./options.js'),
  ])
  const { settings, definitions } = await prepare(context, options)
  const policy = policyOf(settings.policy.value, definitions)
  const calendar = oneOf(options.calendar, ['month', 'report15'] as const, '--calendar')
  const level = levelOption(options.level)
  const compareWith = listOf(options.compare, ['previous', 'year-ago'] as const, '--compare')
  const units = oneOf(options.units, ['current', 'as-was'] as const, '--units')
  const request = {
    ...(options.period ? { period: String(options.period) } : {}),
    ...(calendar ? { calendar } : {}),
    ...(level ? { level } : {}),
    ...(options.unit ? { unit: String(options.unit) } : {}),
    ...(options.metric ? { metrics: options.metric as string[] } : {}),
    compareWith,
    ...(units ? { units } : {}),
    province: settings.province.value,
    isYearToDate: options.ytd === true,
    by: groupings(options.by),
    policy: { id: settings.policy.value, policy },
    needsFreshness,
    asOf: options.asOf ? day(options.asOf, '--as-of') : context.now().slice(0, 10),
  }
  const made = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, (store) =>
    makeReport(store, definitions, request),
  )
  return { made, settings, definitions }
}
