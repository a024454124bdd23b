import type { Definitions } from '../definitions/load.js'
import { parseDate } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import type { RecordReader } from './records.js'
import { lookup } from './survey.js'

/** The level that a type of unit has, where the file does not say it. */
const LEVEL_OF_TYPE: [RegExp, string][] = [
  [/^(sở|ban quản lý|ban|cục|chi cục|thanh tra tỉnh|văn phòng ubnd tỉnh|ubnd tỉnh|công an tỉnh|bảo hiểm xã hội tỉnh)/, 'province'],
  [/^((ubnd|ủy ban nhân dân|uỷ ban nhân dân) )?(huyện|quận|thị xã|thành phố thuộc tỉnh)/, 'district'],
  [/^((ubnd|ủy ban nhân dân|uỷ ban nhân dân) )?(xã|phường|thị trấn|đặc khu)/, 'commune'],
]

/** The unit registry: one row a unit and validity. Parents, with the ones known before (`known`: code → parent), form no circle. */
export function unitReader(definitions: Definitions, known: ReadonlyMap<string, string | null> = new Map()): RecordReader {
  const levels = lookup(definitions.vocabularies.unit_level!)
  const flags = lookup(definitions.vocabularies.flag!)
  const rows: { line: number; code: string; key: string; parent: string | null }[] = []
  return {
    table: 'unit_version',
    columns: {
      code: 'VARCHAR',
      name: 'VARCHAR',
      type: 'VARCHAR',
      level: 'VARCHAR',
      parent: 'VARCHAR',
      valid_from: 'DATE',
      valid_to: 'DATE',
      reporting_level: 'VARCHAR',
      is_vertical_sector: 'BOOLEAN',
    },
    read: (cell, _item, line) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const name = said('name')
      if (name === null) return { column: 'name', text: null, reason: 'missing_name' }
      const type = said('type')
      const levelText = said('level')
      const level = levelText === null ? levelOfType(type ?? name) : levels.get(fold(levelText))
      if (!level) return { column: 'level', text: levelText ?? type, reason: 'unknown_value', hint: 'write Cấp tỉnh, Cấp huyện or Cấp xã' }
      const reportingText = said('reporting_level')
      const reporting_level = reportingText === null ? null : levels.get(fold(reportingText))
      if (reporting_level === undefined)
        return { column: 'reporting_level', text: reportingText, reason: 'unknown_value', hint: 'write Cấp tỉnh, Cấp huyện or Cấp xã' }
      const dates: Record<string, string | null> = {}
      for (const id of ['valid_from', 'valid_to']) {
        const text = said(id)
        dates[id] = text === null ? null : parseDate(text)
        if (text !== null && dates[id] === null) return { column: id, text, reason: 'invalid_date' }
      }
      if (dates.valid_from && dates.valid_to && dates.valid_from > dates.valid_to) {
        return { column: 'valid_to', text: said('valid_to'), reason: 'ends_before_it_starts' }
      }
      const flagText = said('is_vertical_sector')
      const isVertical = flagText === null ? 'false' : flags.get(fold(flagText))
      if (isVertical === undefined)
        return { column: 'is_vertical_sector', text: flagText, reason: 'unknown_value', hint: 'write Có or Không' }
      const code = said('code') ?? fold(name)
      const parent = said('parent')
      const key = `${code}|${dates.valid_from ?? ''}`
      rows.push({ line, code, key, parent })
      const values = {
        code,
        name,
        type,
        level,
        parent,
        valid_from: dates.valid_from!,
        valid_to: dates.valid_to!,
        reporting_level,
        is_vertical_sector: isVertical,
      }
      return [{ key, values }]
    },
    finish: () => {
      const parentOf = new Map([...known, ...rows.map(({ code, parent }) => [code, parent] as const)])
      const firstParent = new Map<string, string | null>()
      return rows.flatMap(({ line, code, key, parent }) => {
        const first = firstParent.has(key) ? firstParent.get(key)! : parent
        firstParent.set(key, first)
        if (isInCircle(code, parentOf))
          return [{ line, reject: { column: 'parent', text: parent, reason: 'unit_cycle', hint: 'a unit can not be above itself' } }]
        if (first !== parent)
          return [
            {
              line,
              reject: { column: 'parent', text: parent, reason: 'conflicting_parent', hint: `the file says ${first ?? 'none'} above` },
            },
          ]
        return []
      })
    },
  }
}

function levelOfType(type: string): string | null {
  return LEVEL_OF_TYPE.find(([pattern]) => pattern.test(fold(type)))?.[1] ?? null
}

function isInCircle(code: string, parentOf: Map<string, string | null>): boolean {
  const seen = new Set<string>()
  for (let at = parentOf.get(code); at && !seen.has(at); at = parentOf.get(at)) {
    if (at === code) return true
    seen.add(at)
  }
  return false
}
