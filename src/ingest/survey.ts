import type { Definitions } from '../definitions/load.js'
import { addDays, parseTime } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import type { Mapping } from '../reading/header.js'
import type { FactRecord, RecordReader, RecordReject } from './records.js'
import { scoreReader } from './score.js'

/** Answers are told apart by the second. */
const SECONDS = 'yyyy-MM-dd HH:mm:ss'.length

/** What a form says of an item that it leaves out. */
const EMPTY = 'empty'

/** label (folded) → canonical value of a vocabulary. */
export function lookup(vocabulary: Record<string, string[]>): Map<string, string> {
  const found = new Map<string, string>()
  for (const [value, labels] of Object.entries(vocabulary)) {
    for (const label of [value, ...labels]) if (!found.has(fold(label))) found.set(fold(label), value)
  }
  return found
}

/**
 * Survey answers from the wide form (a column an item), the long one (a row an answer) and kiosk ratings. An answer with form and
 * item is identified by them (and kind, unit, time); of a form without items, by factor and its turn in the file; one
 * without a form by what it says and how often the file says it.
 */
export function surveyReader(definitions: Definitions, mapping: Mapping, now: string): RecordReader {
  const tomorrow = addDays(now.slice(0, 10), 1)
  const answerOf = scoreReader(definitions)
  const factors = lookup(definitions.vocabularies.factor!)
  const kinds = lookup(definitions.vocabularies.survey_kind!)
  const levels = lookup(definitions.vocabularies.level!)
  const occurrences = new Map<string, number>()

  return {
    table: 'survey_answer_version',
    columns: {
      form: 'VARCHAR',
      answered_at: 'TIMESTAMP',
      unit_code: 'VARCHAR',
      unit_name: 'VARCHAR',
      level: 'dossier_level',
      survey_kind: 'VARCHAR',
      factor: 'VARCHAR',
      item: 'VARCHAR',
      score: 'UTINYINT',
      no_answer: 'VARCHAR',
    },
    read: (cell, item) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const when = said('answered_at')
      const answered_at = when === null ? null : (parseTime(when)?.slice(0, SECONDS) ?? null)
      if (answered_at === null) return { column: 'answered_at', text: when, reason: when === null ? 'missing_date' : 'invalid_date' }
      if (answered_at.slice(0, 10) > tomorrow) return { column: 'answered_at', text: when, reason: 'future_date' }
      const kindText = said('survey_kind')
      const survey_kind = kindText === null ? 'survey' : kinds.get(fold(kindText))
      if (!survey_kind) return { column: 'survey_kind', text: kindText, reason: 'unknown_value' }
      const levelText = said('level')
      const level = levelText === null ? null : levels.get(fold(levelText))
      if (level === undefined) return { column: 'level', text: levelText, reason: 'unknown_value' }
      const common = { form: said('form'), answered_at, unit_code: said('unit_code'), unit_name: said('unit_name'), level, survey_kind }
      if (mapping.items.length === 0) {
        const factorText = said('factor')
        const factor = factorText === null ? null : (factors.get(fold(factorText)) ?? factorText)
        const answer = read('score', said('score'), common, factor, said('item'))
        return answer === null ? [] : 'reason' in answer ? answer : [answer]
      }
      const answers: FactRecord[] = []
      for (const [position, { factor, header }] of mapping.items.entries()) {
        const answer = read(header, clean(item(position) ?? '') || null, common, factor, header)
        if (answer && 'reason' in answer) return answer
        if (answer) answers.push(answer)
      }
      return answers.every(({ values }) => values.no_answer === EMPTY) ? [] : answers
    },
  }

  function read(
    column: string,
    text: string | null,
    common: Record<string, string | null>,
    factor: string | null,
    item: string | null,
  ): FactRecord | RecordReject | null {
    if (text === null && mapping.items.length === 0) return null
    const answer = text === null ? { noAnswer: EMPTY } : answerOf(text)
    if (answer === undefined) return { column, text, reason: 'unknown_value' }
    const said = 'score' in answer ? answer.score : answer.noAnswer
    const values = { ...common, factor, item, score: 'score' in answer ? said : null, no_answer: 'score' in answer ? null : said }
    const unit = common.unit_code ?? fold(common.unit_name ?? '')
    const identity = [common.survey_kind, common.form, unit, common.answered_at, item ?? factor]
    if (common.form !== null && item !== null) return { key: identity.join('|'), values }
    const content = [...identity, factor, ...(common.form === null ? [said] : [])].join('|')
    const occurrence = (occurrences.get(content) ?? 0) + 1
    occurrences.set(content, occurrence)
    return { key: `${content}#${occurrence}`, values }
  }
}
