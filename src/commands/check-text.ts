import {
  formatCount,
  label,
  partName,
  renderList,
  shownGap,
  shownValue,
  type CheckResult,
  type Definitions,
  type Document,
  type Report,
} from '../index.js'
import type { Context } from './command.js'

/** What a person sees of a check: how many are behind, and each of them, most behind first. */
export function renderCheck(
  result: CheckResult,
  report: Report,
  definitions: Definitions,
  { language, title }: Document,
  staleAfterDays: number,
  { width }: Pick<Context, 'width'>,
): string {
  const lines = [title, '']
  if (result.behind.length > 0) lines.push(` ${label(language, 'check_missed', { n: result.behind.length, total: result.targets })}`)
  else if (result.verdict === 'met') lines.push(` ${label(language, 'check_met', { total: result.targets })}`)
  const rows = result.behind.map((row) => ({
    where: ` ▼ ${partName(row, language) || label(language, 'all')}`,
    metric: definitions.metrics.get(row.metric)!.short[language],
    value: shownValue(row, language),
    target: `${label(language, 'of')} ${shownValue({ ...row, shown: Math.round(row.target! * 10_000) }, language)}`,
    gap: shownGap(row, language),
    needed: label(language, row.gap! < 0 ? 'check_needs' : 'check_exceeds', { n: formatCount(row.needed, language) }),
  }))
  const body =
    rows.length === 0
      ? ''
      : renderList(rows, { where: '', metric: '', value: '', target: '', gap: '', needed: '' }, width).split('\n').slice(1).join('\n')
  const notes: string[] = []
  if (result.withoutData.length > 0) {
    const names = result.withoutData.map((row) =>
      [definitions.metrics.get(row.metric)!.short[language], partName(row, language)].filter((part) => part !== '').join(' '),
    )
    notes.push(` ${label(language, 'check_no_data', { n: result.withoutData.length, metrics: names.join(', ') })}`)
  }
  if (result.isStale)
    notes.push(` ${label(language, 'check_stale', { newest: report.newest ?? '–', days: staleAfterDays, date: report.asOf })}`)
  return `${lines.join('\n')}\n${body}${notes.length > 0 ? `${notes.join('\n')}\n` : ''}`
}
