import type { LayoutColumn } from '../definitions/layout.js'
import type { Definitions } from '../definitions/load.js'
import { addDays } from '../language/date.js'
import { fold } from '../language/fold.js'
import { DERIVED } from '../store/derived.js'
import { identifier, literal } from '../store/store.js'
import { extractSql, isNoMatch, readMoneyIn, readTimeIn } from './cell-options.js'
import { readChoice, readCode, readMoney, readText, readTime, type ColumnReading, type ColumnToRead } from './cells.js'
import { SCIENTIFIC_CODE } from './broken-codes.js'
import { isPlainCode } from './codes.js'
import { dayFirstSql, isWrittenAsText, unswapped } from './date-order.js'
import { cleanSql } from '../reading/clean-sql.js'
import type { MappedColumn, Mapping } from '../reading/header.js'
import { LOOSE, LOOSE_HEADING, LOOSE_NOTE, OTHER_HEADER, WHOLE_CODE } from '../reading/list-rows.js'
import type { Sniffed } from '../reading/sniff.js'
import { submitterSql } from './submitter.js'
import { problemsOf, quickName, readTogether, type ReadColumn } from './together.js'

/** Separates column, reason and text in the staged problem of a row. */
const SEPARATOR = 'chr(31)'

/** Days that may be yet to come: the last day of the calendar says that they are. */
const ENDS = ['due_at', 'resolved_at', 'returned_at', 'paid_at', 'supplement_requested_at']

/** Columns of a dossier, in the order of the store's table. */
export function dossierColumns(definitions: Definitions): string[] {
  return Object.keys(definitions.kinds.dossiers.columns)
}

/** The dossier columns this file says something about: mapped or constant. */
export function providedColumns(mapping: Mapping): string[] {
  return [...mapping.columns.map(({ id }) => id), ...Object.keys(mapping.layout?.constants ?? {})]
}

export interface CsvForm {
  path: string
  delimiter: string
  /** The file's columns, by the numbers they have in the relation: c0, c1, … */
  columns: readonly number[]
  headerLines: number
  /** Whether all records end in a lone LF, whatever line breaks are inside cells. */
  endsInLineFeed?: boolean
  /** Bytes of the longest record; absent: the engine's limit. */
  longest?: number
}

/** The engine's own reading of a UTF-8 CSV, with everything pinned by what is known of it: no detection, no header handling. */
export function csvRelation({ path, delimiter, columns, headerLines, endsInLineFeed, longest }: CsvForm): string {
  const types = columns.map((index) => `c${index}: 'VARCHAR'`).join(', ')
  const more = `${endsInLineFeed ? `, new_line = '\\n'` : ''}${longest === undefined ? '' : `, max_line_size = ${longest}`}`
  return `read_csv(${literal(path)}, auto_detect = false, header = false, skip = ${headerLines}, delim = ${literal(delimiter)},
    quote = '"', escape = '"', strict_mode = true${more}, columns = {${types}})`
}

/**
 * The statement that types and normalises every row of `relation` (text columns c0, c1, …) into the staged dossiers. A row with
 * something wrong gets its first problem, as column, reason and text; its values do not matter then. `sort` is the SQL of why a row is
 * skipped, see sortSql; `key` that of the hash of submitters, null where they are hashes already. What happened after the day of `now` and the next is a problem.
 */
export function stageDossiers(
  relation: string,
  sniffed: Sniffed,
  mapping: Mapping,
  definitions: Definitions,
  loadId: number,
  { sort = 'NULL::VARCHAR', key = null, now }: { sort?: string; key?: string | null; now: string },
): string {
  const extracts = mapping.columns.flatMap(({ id, index, options }) =>
    options?.extract === undefined ? [] : [{ id, index, name: extracted(id), value: extractSql(`c${index}`, options.extract) }],
  )
  const columns: ReadColumn[] = mapping.columns.map(read)
  const constants = mapping.layout?.constants ?? {}
  const others = dossierColumns(definitions)
    .filter((id) => !columns.some((one) => one.id === id))
    .map((id) => `CAST(${id in constants ? literal(constants[id]!) : 'NULL'} AS ${sqlType(id, definitions)}) AS ${identifier(id)}`)
  const code = mapping.columns.find(({ id }) => id === 'code')!
  const saying = (id: string, reason: string, index: number): string =>
    `'${id}' || ${SEPARATOR} || '${reason}' || ${SEPARATOR} || left(c${index}, 200)`
  const unmatched = extracts.map(({ id, index, name }) => `WHEN ${isNoMatch(`c${index}`, name)} THEN ${saying(id, 'no_match', index)}`)
  const problems = problemsOf(columns).map((condition, i) => {
    const { id, index } = mapping.columns[i]!
    return { condition, said: saying(id, columns[i]!.reading.reason, index) }
  })
  problems.push({
    condition: `contains(code, 'E+') AND regexp_full_match(code, '${SCIENTIFIC_CODE}')`,
    said: saying('code', 'broken_code', code.index),
  })
  const times = mapping.columns.filter(({ id }) => definitions.kinds.dossiers.columns[id]!.type === 'time')
  const tomorrow = literal(`${addDays(now.slice(0, 10), 1)} 23:59:59.999999`)
  for (const { id, index } of times) {
    if (id !== 'due_at') problems.push({ condition: `${id} > TIMESTAMP ${tomorrow}`, said: saying(id, 'future_date', index) })
  }
  const resolved = mapping.columns.find(({ id }) => id === 'resolved_at')
  if (resolved && columns.some(({ id }) => id === 'received_at')) {
    problems.push({
      condition: `resolved_at < received_at AND resolved_at::DATE < received_at::DATE`,
      said: saying('resolved_at', 'result_before_receipt', resolved.index),
    })
  }
  const checks = problems.filter(({ condition }) => condition !== 'NULL').map(({ condition, said }) => `WHEN ${condition} THEN ${said}`)
  return `INSERT INTO stage.dossier_version
    SELECT ${[...dossierColumns(definitions).map(identifier), ...Object.values(DERIVED)].join(', ')}, false, ${loadId}, NULL,
      CASE WHEN sort = '${LOOSE}' THEN concat('${LOOSE}', found)
        WHEN sort = '${LOOSE_HEADING}' THEN concat('${LOOSE}', ${skipped(`'group heading'`)})
        WHEN sort = '${LOOSE_NOTE}' THEN concat('${LOOSE}', ${skipped(`'footnote'`)}) WHEN sort IS NOT NULL THEN ${skipped('sort')} ELSE found END, folded
    FROM (SELECT *, ${sort} AS sort, CASE ${unmatched.join('\n        ')}
        WHEN code IS NULL THEN 'code' || ${SEPARATOR} || 'missing_code' || ${SEPARATOR} || coalesce(left(c${code.index}, 200), '')
        ${checks.join('\n        ')} END AS found
      FROM (SELECT *, ${[...others, ...spellings()].join(',\n        ')} FROM ${readTogether(withExtracts(), columns)}))`

  function withExtracts(): string {
    const list = extracts.map(({ name, value }) => `${value} AS ${name}`)
    return list.length === 0 ? relation : `(SELECT *, ${list.join(', ')} FROM ${relation})`
  }

  /** The code's cell as it says, and whether the code is kept in another spelling than it is written. */
  function spellings(): string[] {
    const cell = `c${code.index}`
    const written = code.options?.extract === undefined ? cell : extracted('code')
    const plain = written === cell ? quickName('code') : `CASE WHEN ${isPlainCode(cell)} THEN ${cell} END`
    return [
      `CASE WHEN ${plain} IS NOT NULL THEN ${plain} ELSE nullif(${cleanSql(cell)}, '') END AS ${WHOLE_CODE}`,
      `CASE WHEN code = ${written} THEN false ELSE coalesce(trim(${written}) <> code, false) END AS folded`,
    ]
  }

  function read({ id, index, options = { headers: [] } }: MappedColumn): ReadColumn {
    const raw = options.extract === undefined ? `c${index}` : extracted(id)
    const sample = options.extract === undefined ? sniffed.head.slice(mapping.headerRecord + 1).map(({ cells }) => cells[index] ?? '') : []
    return { id, raw, reading: readingOf({ id, raw, sample, options }) }
  }

  function readingOf({ id, raw, sample, options }: ColumnToRead & { id: string; options: LayoutColumn }): ColumnReading {
    const { date_format, unit } = options
    const column = definitions.kinds.dossiers.columns[id]!
    const isSheet = sniffed.sheet !== null
    const { dates } = mapping
    const empty = mapping.layout?.empty_is_unknown?.includes(id) ? null : (column.empty ?? null)
    switch (column.type) {
      case 'code':
        return readCode({ raw, sample })
      case 'hash':
        return { quick: key === null ? `nullif(${raw}, '')` : submitterSql(raw, key), reason: 'unknown_value' }
      case 'time':
        return date_format === undefined
          ? unswapped(
              readTime(
                { raw: dayFirstSql(raw, dates), sample },
                mapping.layout?.date_system ?? sniffed.sheet?.dateSystem,
                ENDS.includes(id),
              ),
              raw,
              dates,
              isWrittenAsText(sample),
            )
          : unswapped(readTimeIn(raw, date_format, isSheet, ENDS.includes(id)), raw, dates, false)
      case 'money':
        return unit === undefined ? readMoney({ raw, sample }) : readMoneyIn(raw, unit, isSheet)
      case 'flag':
      case 'choice':
        return readChoice({ raw, sample }, vocabularyOf(id), sqlType(id, definitions), empty)
      default:
        return readText({ raw, sample })
    }
  }

  function vocabularyOf(id: string): Record<string, string[]> {
    const type = definitions.kinds.dossiers.columns[id]!.type
    const shared = definitions.vocabularies[type === 'flag' ? 'flag' : id]!
    const own = mapping.layout?.values[id]
    if (!own) return shared
    const merged: Record<string, string[]> = {}
    const named = new Set(Object.keys(own).map(fold))
    for (const [text, value] of Object.entries(own)) (merged[value] ??= []).push(text)
    for (const [value, labels] of Object.entries(shared)) (merged[value] ??= []).push(...labels.filter((label) => !named.has(fold(label))))
    return merged
  }
}

/** The name of what an expression keeps of a column's cells. */
const extracted = (id: string): string => identifier(`extracted ${id}`)

/** Marks the reason of a row that is no dossier: skipped, not rejected. */
export const SKIP = 'skip:'
const skipped = (reason: string): string => `'code' || ${SEPARATOR} || '${SKIP}' || ${reason} || ${SEPARATOR}`

/** Finds a staged row that is another header: what is below it was read under the wrong one. */
export const FIND_OTHER_HEADER = `SELECT 1 FROM stage.dossier_version WHERE problem = ${skipped(`'${OTHER_HEADER}'`)} LIMIT 1`

/** Tells the staged rows that are names below a signature from the others that may be, which get the problem they have. */
export const SETTLE_NAMES = `
  UPDATE stage.dossier_version SET problem = CASE WHEN rowid IN (
      SELECT row_id FROM (
        SELECT row_id, min(row_id) FILTER (problem = ${skipped(`'signature row'`)}) OVER (PARTITION BY run) AS signed_at
        FROM (
          SELECT rowid AS row_id, problem, rowid - row_number() OVER (ORDER BY rowid) AS run
          FROM stage.dossier_version WHERE starts_with(problem, '${LOOSE}') OR split_part(problem, ${SEPARATOR}, 2) LIKE '${SKIP}%'))
      WHERE row_id > signed_at)
    THEN ${skipped(`'signature row'`)} ELSE nullif(substr(problem, ${LOOSE.length + 1}), '') END
  WHERE starts_with(problem, '${LOOSE}')`

function sqlType(id: string, definitions: Definitions): string {
  switch (definitions.kinds.dossiers.columns[id]!.type) {
    case 'time':
      return 'TIMESTAMP'
    case 'money':
      return 'BIGINT'
    case 'flag':
      return 'BOOLEAN'
    case 'choice':
      return `stage.main.dossier_${id}`
    default:
      return 'VARCHAR'
  }
}
