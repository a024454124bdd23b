import type { ReportedComparison } from '../index.js'
import { say } from '../messages/message.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'
import { toJson } from '../messages/visible.js'

export const indicators: Command = {
  name: 'indicators',
  summary: say('help.indicators'),
  options: [
    ['--period <period>', say('help.period_of_indicators')],
    ['--units <units>', say('help.units_of_indicators')],
    ['--policy <id>', say('help.policy')],
    ['--different', say('help.different')],
    WAIT,
  ],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc indicators --period 2025-Q3', 'cchc indicators --different --format csv'],
  run: async (context, _args, options) => {
    const [{ compareReported, hasUnitChanges, label, periodName, renderList, reportedTexts, toCsv, unitsWords }, { day, oneOf, policyOf }] =
      await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const units = oneOf(options.units, ['current', 'as-was'] as const, '--units')
    const request = {
      ...(units ? { units } : {}),
      asOf: options.asOf ? day(options.asOf, '--as-of') : context.now().slice(0, 10),
      ...(options.period ? { period: String(options.period) } : {}),
      policy: policyOf(settings.policy.value, definitions),
      province: settings.province.value,
    }
    const { compared, hasChanges } = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => ({
      compared: await compareReported(store, definitions, request),
      hasChanges: await hasUnitChanges(store),
    }))
    const shown = options.different === true ? compared.filter(({ difference }) => difference !== null && difference !== 0) : compared
    if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.indicators/1', indicators: shown.map(asJson) })}\n`)
    else if (options.format === 'csv') {
      const flat = shown.map(({ label: name, computed, shown: reported, computedShown, isContradiction, ...one }) => ({
        ...one,
        label: name?.[lang] ?? null,
        shown: percent(reported),
        computed_shown: percent(computedShown),
        is_contradiction: isContradiction,
        computed_numerator: computed?.numerator ?? null,
        computed_denominator: computed?.denominator ?? null,
        computed_value: computed?.value ?? null,
      }))
      context.out(
        toCsv(flat, [
          'indicator',
          'period',
          'level',
          'unit',
          'field',
          'numerator',
          'denominator',
          'value',
          'measure',
          'digits',
          'bound',
          'shown',
          'is_contradiction',
          'computed_numerator',
          'computed_denominator',
          'computed_value',
          'computed_shown',
          'difference',
          'source',
          'units',
        ]),
      )
    } else if (shown.length === 0)
      context.say(`${label(lang, compared.length === 0 ? 'no_indicators' : 'no_differences', { n: compared.length })}\n`)
    else {
      const modes = new Set(hasChanges ? shown.map((one) => one.units) : [])
      context.out(
        renderList(
          lines(shown, modes.size > 1),
          [
            { key: 'indicator', heading: label(lang, 'metric'), wraps: true },
            { key: 'reported', heading: label(lang, 'reported'), isNumber: true },
            { key: 'computed', heading: label(lang, 'from_dossiers'), isNumber: true },
            { key: 'difference', heading: label(lang, 'gap'), isNumber: true },
          ],
          context.width,
        ),
      )
      if (modes.size === 1) context.out(`\n${unitsSaid([...modes][0]!)}\n`)
    }
    return 0

    function unitsSaid(mode: ReportedComparison['units']): string {
      const { heading, text } = unitsWords(mode, lang)
      return `${heading}: ${text}`
    }

    function lines(found: readonly ReportedComparison[], isMixed: boolean): Record<string, string>[] {
      let last = ''
      return found.flatMap((one) => {
        const { period, level, unit, field } = one
        const place = [unit, unit === null && level !== null ? label(lang, level) : null, field].filter((part) => part !== null)
        const parts = [
          periodName(period, lang),
          ...(place.length > 0 ? place : [label(lang, 'all')]),
          ...(isMixed ? [unitsSaid(one.units)] : []),
        ]
        const heading = parts.join(' · ')
        const isNew = heading !== last
        last = heading
        return [...(isNew ? [{ indicator: heading }] : []), line(one)]
      })
    }

    function line(one: ReportedComparison): Record<string, string> {
      return { indicator: `  ${one.label?.[lang] ?? one.indicator}`, ...reportedTexts(one, definitions, lang) }
    }
  },
}

const percent = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100)

function asJson({ shown, computedShown, isContradiction, ...one }: ReportedComparison): Record<string, unknown> {
  return { ...one, shown: percent(shown), computed_shown: percent(computedShown), is_contradiction: isContradiction }
}
