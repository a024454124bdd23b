import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { coverageHundredths, formatCount, formatHundredths } from '../language/format.js'
import { label, type LabelKey, type Language } from '../language/labels.js'
import type { Comparison } from '../measure/compare.js'
import type { Report } from '../measure/report.js'
import { partName } from './figures.js'
import { isTotal } from '../measure/result.js'

/** How many figures a note names. */
const NAMED = 5

/** What a reader must know besides the figures: what does not count, coverage, intervals, what can not be computed, the policy. */
export function noteTexts(report: Report, definitions: Definitions, language: Language): string[] {
  return [...countNotes(report, definitions, language), ...generalNotes(report, definitions, language)]
}

/** Notes that are figures: dossiers left out, coverage, intervals. */
function countNotes(report: Report, definitions: Definitions, language: Language): string[] {
  const { notes } = report
  const text = (key: LabelKey, values: Record<string, string | number> = {}): string => label(language, key, values)
  const counted = (key: LabelKey, n: number): string[] => (n > 0 ? [text(key, { n: formatCount(n, language) })] : [])
  const shortOf = (id: string): string => definitions.metrics.get(id)!.short[language]
  const totals = report.rows.filter(isTotal)
  const partial = totals.filter(({ coverage, state }) => state === 'value' && coverage !== null && coverage < 1)
  const surveys = totals.filter(({ survey }) => survey !== null)
  const units = report.unknownUnits.slice(0, 3).map(({ said, rows: n, isAmbiguous, suggestions }) => {
    const similar = isAmbiguous
      ? `, ${text('note_ambiguous')}: ${suggestions.slice(0, 3).join(', ')}${suggestions.length > 3 ? ', …' : ''}`
      : suggestions.length > 0
        ? `, ${text('note_similar', { names: suggestions.join(', ') })}`
        : ''
    return `"${said}" (${formatCount(n, language)}${similar})`
  })
  const more = report.unknownUnits.length > 3 ? [` … (${report.unknownUnits.length})`] : []
  return [
    ...counted('note_vertical', notes.vertical),
    ...counted('note_no_due', notes.noDueDate),
    ...counted('note_withdrawn', notes.withdrawn),
    ...counted('note_stopped', notes.stopped),
    ...counted('note_not_received', notes.notReceived),
    ...counted('note_undated', notes.undated),
    ...(report.hasRegistry && notes.unknownUnit > 0
      ? [text('note_unknown_unit', { n: formatCount(notes.unknownUnit, language), units: [...units, ...more].join('; ') })]
      : []),
    ...counted('note_no_unit', notes.noUnit),
    ...counted('note_split', notes.split),
    ...counted('note_no_level', notes.noLevel),
    ...partial.map((row) =>
      text('note_coverage', {
        metric: shortOf(row.metric),
        share: formatHundredths(coverageHundredths(row.coverage!), language),
      }),
    ),
    ...(surveys.length > 0 ? counted('note_no_answer', notes.noAnswer) : []),
    ...(surveys.length > 0 ? counted('note_no_level_answers', notes.noLevelAnswers) : []),
    ...surveys.map((row) =>
      text('note_interval', {
        metric: shortOf(row.metric),
        n: formatCount(row.survey!.n, language),
        mean: row.survey!.mean.toFixed(2).replace('.', language === 'vi' ? ',' : '.'),
        low: formatHundredths(Math.round(row.survey!.low * 10_000), language),
        high: formatHundredths(Math.round(row.survey!.high * 10_000), language),
      }),
    ),
  ]
}

/** What "needed" means, and which of the missed targets no further cases can reach; nothing where none is missed. */
export function shortfallNotes(rows: readonly Comparison[], definitions: Definitions, language: Language): string[] {
  const missed = rows.filter(({ shortfall }) => shortfall !== null)
  const lost = missed.filter(({ shortfall }) => shortfall!.further === null)
  const name = (row: Comparison): string =>
    [definitions.metrics.get(row.metric)!.short[language], partName(row, language)].filter((part) => part !== '').join(', ')
  return [
    ...(missed.length > 0 ? [label(language, 'legend_needed')] : []),
    ...(lost.length > 0
      ? [
          label(language, 'out_of_reach_list', {
            list: [...lost.slice(0, NAMED).map(name), ...(lost.length > NAMED ? [`… (${lost.length})`] : [])].join('; '),
          }),
        ]
      : []),
  ]
}

/** Notes about how the figures were made: targets not applied, metrics without a source, whose units, the policy. */
export function generalNotes(report: Report, definitions: Definitions, language: Language): string[] {
  const metricOf = (id: string): MetricDefinition => definitions.metrics.get(id)!
  const computable = new Set(report.rows.filter(({ state }) => state !== 'not_computable').map(({ metric }) => metric))
  const missing = [...new Set(report.rows.map(({ metric }) => metric))].filter((id) => !computable.has(id))
  const text = (key: LabelKey, values: Record<string, string | number> = {}): string => label(language, key, values)
  const setting = (value: string): string => text(`policy_${value}` as LabelKey)
  const { policy } = report.policy
  const { compare, withdrawn, stopped, no_due_date, suspended, vertical_sector } = policy
  return [
    ...planNotes(report, language),
    ...(missing.length > 0 ? [text('note_not_computable', { metrics: missing.map((id) => metricOf(id).short[language]).join(', ') })] : []),
    ...(report.hasChanges ? [text(report.units === 'current' ? 'note_units_current' : 'note_units_as_was')] : []),
    text('policy_note', {
      policy: policy.label[language],
      compare: setting(compare),
      withdrawn: setting(withdrawn),
      stopped: setting(stopped),
      no_due_date: setting(no_due_date),
      vertical_sector: setting(vertical_sector),
    }),
    ...(suspended === 'by_due_date' ? [text('note_suspended_by_due')] : []),
  ]
}

/** Of units that the plan names and that are none: their targets apply to nothing. */
export function planNotes({ unknownTargetUnits }: Pick<Report, 'unknownTargetUnits'>, language: Language): string[] {
  return unknownTargetUnits.map(({ said, rows, suggestions }) =>
    label(language, suggestions.length > 0 ? 'note_target_unit_like' : 'note_target_unit', {
      unit: said,
      n: formatCount(rows, language),
      like: suggestions.join(', '),
    }),
  )
}
