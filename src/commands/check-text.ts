import {
  formatCount,
  formatDate,
  label,
  partName,
  renderList,
  sharedNames,
  shownGap,
  shownTarget,
  shownValue,
  type CheckResult,
  type Definitions,
  type KpiList,
  type Report,
  type Shortfall,
} from '../index.js'

/** What a person sees of a check: how many are behind, and each of them, most behind first. */
export function renderCheck(
  result: CheckResult,
  report: Report,
  definitions: Definitions,
  { language, title }: KpiList,
  { staleAfterDays, width }: { staleAfterDays: number; width: number },
): string {
  const lines = [title, '']
  if (result.behind.length > 0) lines.push(` ${label(language, 'check_missed', { n: result.behind.length, total: result.targets })}`)
  else if (result.verdict === 'met') lines.push(` ${label(language, 'check_met', { total: result.targets })}`)
  const twins = sharedNames(result.behind)
  const rows = result.behind.map((row) => ({
    where: ` ▼ ${partName(row, language, twins) || label(language, 'all')}`,
    metric: definitions.metrics.get(row.metric)!.short[language],
    value: shownValue(row, language),
    target: `/ ${shownTarget(row, language)}`,
    gap: shownGap(row, language),
    needed: label(language, row.gap! < 0 ? 'check_needs' : 'check_exceeds', { n: formatCount(row.shortfall!.needed, language) }),
    further: furtherText(row.shortfall!),
  }))
  const isOutOfReach = result.behind.some(({ shortfall }) => shortfall!.further === null)
  const columns = [
    'where',
    'metric',
    'value',
    ...(width < 100 ? [] : ['target']),
    'gap',
    'needed',
    ...(width < 140 && !isOutOfReach ? [] : ['further']),
  ].map((key) => ({
    key,
    heading: '',
    wraps: key === 'where' || key === 'metric',
  }))
  const aligned = alignRight(rows, ['value', 'target', 'gap'])
  const body = rows.length === 0 ? '' : renderList(aligned, columns, width, false)
  const notes: string[] = []
  if (result.withoutData.length > 0) {
    const names = result.withoutData.map((row) =>
      [definitions.metrics.get(row.metric)!.short[language], partName(row, language)].filter((part) => part !== '').join(' '),
    )
    notes.push(` ${label(language, 'check_no_data', { n: result.withoutData.length, metrics: names.join(', ') })}`)
  }
  if (result.isStale) {
    const [newest, date] = [report.newest === null ? '–' : formatDate(report.newest), formatDate(report.freshOn)]
    notes.push(` ${label(language, 'check_stale', { newest, days: staleAfterDays, date })}`)
  }
  return `${lines.join('\n')}\n${body}${notes.length > 0 ? `${notes.join('\n')}\n` : ''}`

  function furtherText({ further }: Shortfall): string {
    return further === null
      ? label(language, 'check_out_of_reach')
      : label(language, 'check_further', { n: formatCount(further, language) })
  }
}

function alignRight<Row extends Record<string, string>>(rows: readonly Row[], keys: readonly (keyof Row)[]): Row[] {
  const widths = new Map(keys.map((key) => [key, rows.reduce((most, row) => Math.max(most, row[key]!.length), 0)]))
  return rows.map((row) => ({ ...row, ...Object.fromEntries(keys.map((key) => [key, row[key]!.padStart(widths.get(key)!)])) }))
}
