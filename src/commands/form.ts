import type { FormRequest } from '../index.js'
import { say } from '../messages/message.js'
import { type Command, type Context, type GlobalOptions, prepare, seconds, WAIT, withStore } from './command.js'
import { deliver, DOCUMENT_FORMATS, formatOf, render } from './render.js'
import { toJson } from '../messages/visible.js'

type Options = GlobalOptions & Record<string, unknown>

export const form: Command = {
  name: 'form',
  summary: say('help.form'),
  arguments: '[id]',
  options: [
    ['--period <period>', say('help.period_form')],
    ['--ytd', say('help.ytd')],
    ['--calendar <calendar>', say('help.calendar')],
    ['--by <row>', say('help.by_row')],
    ['--level <level>', say('help.level_dossiers'), 'often'],
    ['--unit <unit>', say('help.unit_dossiers'), 'often'],
    ['--units <units>', say('help.units_mode')],
    ['--policy <id>', say('help.policy')],
    ['--differences', say('help.differences')],
    ['--reported-on <day>', say('help.reported_on')],
    ['--out <file>', say('help.out_form')],
    WAIT,
  ],
  formats: [...DOCUMENT_FORMATS, 'json'],
  examples: [
    'cchc form ii06 --period 2025-Q3',
    'cchc form ii06 --period 2025-Q3 --calendar report15 --unit "Sở Tư pháp" --format csv --out ii06.csv',
    'cchc form digitisation --period 2025-09 --by unit',
  ],
  run: async (context, [id], options) => {
    if (id === undefined) return list(context, options)
    const { figures, office, lang } = await fill(context, id, options)
    const { carryOverWarning, defaultPeriodWords, differencesDocument, formDocument, renderFormJson } = await import('../index.js')
    if (figures.isDefaultPeriod) context.say(`${defaultPeriodWords(figures, lang)}\n`)
    const out = options.out as string | undefined
    const format = await formatOf(options, form.formats!)
    const width = out === undefined ? context.width : 160
    if (options.differences === true && figures.carryOver === null) {
      const { ToolError } = await import('../index.js')
      throw new ToolError('usage', say('usage.no_carry_over', { form: id }))
    }
    const warning = carryOverWarning(figures, lang)
    if (warning.length > 0 && format !== 'json' && options.differences !== true) context.warn(`${warning.join('\n')}\n`)
    const make = options.differences === true ? differencesDocument : formDocument
    const content = format === 'json' ? renderFormJson(figures) : await render(make(figures, lang, office), format, width)
    await deliver(context, content, out)
    return 0
  },
}

async function fill(context: Context, id: string, options: Options) {
  const [{ chooseForm, makeForm }, { day, levelsOption, oneOf, policyOf }] = await Promise.all([
    import('../index.js'),
    import('./options.js'),
  ])
  const { settings, definitions } = await prepare(context, options)
  const by = oneOf(options.by, ['field', 'unit', 'level'] as const, '--by')
  const calendar = oneOf(options.calendar, ['month', 'report15'] as const, '--calendar')
  const units = oneOf(options.units, ['current', 'as-was'] as const, '--units')
  const request: FormRequest = {
    form: chooseForm(definitions, id),
    ...(by ? { by } : {}),
    ...(options.period ? { period: String(options.period) } : {}),
    ...(calendar ? { calendar } : {}),
    level: levelsOption(options.level, definitions),
    unit: (options.unit ?? []) as string[],
    ...(units ? { units } : {}),
    ...(options.reportedOn ? { reportedOn: day(String(options.reportedOn), '--reported-on') } : {}),
    province: settings.province.value,
    isYearToDate: options.ytd === true,
    policy: { id: settings.policy.value, policy: policyOf(settings.policy.value, definitions) },
    asOf: options.asOf ? day(options.asOf, '--as-of') : context.now().slice(0, 10),
  }
  const figures = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, (store) =>
    makeForm(store, definitions, request),
  )
  return { figures, office: settings.name.value, lang: settings.lang.value }
}

async function list(context: Context, options: Options): Promise<number> {
  const { label, renderList, toCsv } = await import('../index.js')
  const { settings, definitions } = await prepare(context, options)
  const lang = settings.lang.value
  const forms = [...definitions.forms.values()].map(({ id, number, title, by, source }) => ({
    id,
    number: number ?? null,
    title,
    by,
    source,
  }))
  const rows = forms.map(({ id, number, title, by }) => ({ id, number: number?.[lang] ?? null, title: title[lang], rows: by.join(', ') }))
  if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.forms/1', forms })}\n`)
  else if (options.format === 'csv') context.out(toCsv(rows))
  else {
    const columns = [
      { key: 'id', heading: label(lang, 'form') },
      { key: 'title', heading: label(lang, 'form_title'), wraps: true },
      { key: 'rows', heading: label(lang, 'form_rows') },
    ]
    context.out(renderList(rows, columns, context.width))
  }
  return 0
}
