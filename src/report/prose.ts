import type { Definitions } from '../definitions/load.js'
import type { Language } from '../language/labels.js'
import type { Report } from '../measure/report.js'
import { behindText } from './prose/behind.js'
import { timelinessText } from './prose/dossiers.js'
import { monthsText } from './prose/months.js'
import { othersText, planText, unitText } from './prose/plan.js'
import { qualityText } from './prose/quality.js'
import { satisfactionText } from './prose/satisfaction.js'
import { summaryText } from './prose/summary.js'
import { unitsText } from './prose/units.js'
import { Writer } from './prose/writer.js'

const SECTIONS = new Map<string, (writer: Writer) => string[]>(
  Object.entries({
    plan: planText,
    others: othersText,
    unit: unitText,
    units: unitsText,
    behind: behindText,
    months: monthsText,
    timeliness: timelinessText,
    satisfaction: satisfactionText,
    quality: qualityText,
  }),
)

/**
 * The paragraphs of a section, from the report's figures alone: what has no figure has no sentence. Kinds that need no words, and
 * unknown ones, have none. The sentences are those of sentences.yaml; `metrics` are those to speak of, where it is not all.
 */
export function writeSection(
  kind: string,
  report: Report,
  definitions: Definitions,
  language: Language,
  metrics?: readonly string[],
): string[] {
  return SECTIONS.get(kind)?.(new Writer(report, definitions, language, metrics)) ?? []
}

/** The answer in one to three paragraphs: the targets met, those missed, the units behind. */
export function writeSummary(report: Report, definitions: Definitions, language: Language): string[] {
  return summaryText(new Writer(report, definitions, language))
}
