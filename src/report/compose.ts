import type { Definitions } from '../definitions/load.js'
import type { Outline, SectionKind } from '../definitions/outline.js'
import { formatDate } from '../language/date.js'
import { label, type Language } from '../language/labels.js'
import { lastDay, periodKind, periodName, type Period } from '../language/period.js'
import { judgedOnce } from '../measure/check.js'
import type { Comparison, Status } from '../measure/compare.js'
import type { Report, ReportRequest } from '../measure/report.js'
import type { Dimension } from '../measure/result.js'
import { VERSION } from '../version.js'
import type { Document, Section } from './document.js'
import { dataWords } from './figures.js'
import { writeSection, writeSummary } from './prose.js'
import { behind } from './sections/behind.js'
import { definitions as definitionsSection } from './sections/definitions.js'
import { groups } from './sections/groups.js'
import { history } from './sections/history.js'
import { months } from './sections/months.js'
import { others } from './sections/others.js'
import { plan } from './sections/plan.js'
import { quality } from './sections/quality.js'
import { ranks } from './sections/ranks.js'
import { satisfaction } from './sections/satisfaction.js'
import { partByPlan, type SectionMaker } from './sections/section.js'
import { timeliness } from './sections/timeliness.js'
import { unit } from './sections/unit.js'
import { units } from './sections/units.js'

const MAKERS: Record<SectionKind, SectionMaker> = {
  plan,
  others,
  unit,
  behind,
  units,
  months,
  ranks,
  timeliness,
  satisfaction,
  history,
  groups,
  quality,
  definitions: definitionsSection,
}

/** The outline for a period when none is named: an office's own first. */
export function outlineFor(period: Pick<Period, 'label'>, isOfUnit: boolean, { outlines }: Definitions): Outline | null {
  const kind = periodKind(period.label)
  return outlines.find((one) => (isOfUnit ? one.of_unit : !one.of_unit && one.periods.includes(kind))) ?? null
}

/** What has to be measured for an outline, besides what was asked for. */
export function measuredFor(outline: Outline, by: readonly (readonly Dimension[])[]): Partial<Omit<ReportRequest, 'policy'>> {
  const makers = outline.as_asked ? [] : outline.sections.map(({ section }) => MAKERS[section])
  const trend = makers.flatMap((maker) => (maker.trend ? [maker.trend] : []))
  return {
    by: distinct([...by, ...makers.flatMap((maker) => maker.by ?? [])]),
    compareWith: outline.compare,
    counts: [...new Set(makers.flatMap((maker) => maker.counts ?? []))],
    ranks: makers.some((maker) => maker.ranks),
    keepsLevels: outline.of_unit,
    needsFreshness: true,
    ...(trend.length > 0 ? { trend: { months: outline.months, by: distinct(trend.flat()) } } : {}),
  }
}

/** Lays a report out for people. Metrics that nothing carries are named in a note instead of filling lines. */
export function makeDocument(
  report: Report,
  definitions: Definitions,
  outline: Outline,
  options: { language: Language; office: string | null },
): Document {
  const { language, office } = options
  const computable = new Set(report.rows.filter(({ state }) => state !== 'not_computable').map(({ metric }) => metric))
  const covered = outline.sections.flatMap(({ section }) => MAKERS[section].covers ?? [])
  const rest = report.rows.filter((row) => computable.has(row.metric) && !covered.some((covers) => covers(row)))
  const asked = outline.sections.some(({ section }) => section === 'groups') || rest.length === 0
  const chapters = asked ? outline.sections : [...outline.sections, { section: 'groups' as const, is_appendix: true }]
  const sections = chapters.flatMap((chapter): Section[] => {
    const wanted = chapter.metrics ?? [...definitions.metrics.keys()]
    const metrics = wanted.filter((id) => computable.has(id)).map((id) => definitions.metrics.get(id)!)
    const made = MAKERS[chapter.section].make({ report, definitions, language, metrics, rest })
    if (made === null) return []
    const [planned] = partByPlan(metrics, report.rows)
    const spoken = (chapter.section === 'months' ? planned : metrics).map(({ id }) => id)
    const text = writeSection(chapter.section, report, definitions, language, spoken)
    const title = chapter.title?.[language] ?? label(language, MAKERS[chapter.section].title)
    return [{ id: chapter.section, title, text, ...made, isAppendix: chapter.is_appendix }]
  })
  const name = periodName(report.period.label, language)
  const [from, to] = [report.period.from, lastDay(report.period)]
  const fill = (text: string): string => text.replaceAll('{period}', name).replaceAll('{unit}', report.unit?.name ?? '')
  return {
    id: outline.id,
    language,
    office,
    title: fill(outline.title[language]),
    subtitle: [`${formatDate(from)}–${formatDate(to)}`, ...dataWords(report, language)].join(' · '),
    period: { label: report.period.label, name, from, to },
    asOf: report.asOf,
    tool: VERSION,
    summary: writeSummary(report, definitions, language),
    verdict: verdictOf(report, definitions),
    sections: unique(sections),
  }
}

/** Targets of the total and the levels, and of the one unit where the report is about one; each matter once. */
function verdictOf(report: Report, definitions: Definitions): Document['verdict'] {
  const isMain = ({ unit: one }: Comparison): boolean => (report.unit === null ? one === null : one !== null)
  const judged = judgedOnce(report.rows.filter(isMain), definitions)
  const count = (...wanted: Status[]): number => judged.filter(({ status }) => wanted.includes(status)).length
  return judged.length === 0 ? null : { met: count('exceeded', 'met'), missed: count('missed'), noData: count('no_data') }
}

function distinct(groupings: readonly (readonly Dimension[])[]): (readonly Dimension[])[] {
  return [...new Map(groupings.map((grouping) => [[...grouping].sort().join(), grouping])).values()]
}

/** Sections of the same kind twice get ids of their own, and so do their tables. */
function unique(sections: readonly Section[]): Section[] {
  const taken = new Map<string, number>()
  const own = (id: string): string => {
    const times = (taken.get(id) ?? 0) + 1
    taken.set(id, times)
    return times === 1 ? id : `${id}-${times}`
  }
  const named = sections.map((section) => ({ ...section, id: own(section.id) }))
  taken.clear()
  return named.map((section) => ({ ...section, tables: section.tables.map((table) => ({ ...table, id: own(table.id) })) }))
}
