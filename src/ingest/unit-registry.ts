import type { Definitions } from '../definitions/load.js'
import { say } from '../messages/message.js'
import { parseDate } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import type { FactRecord, RecordReader } from './records.js'
import { lookup } from './survey.js'
import { levelOfType } from './unit-levels.js'

/** What the store knows of units before a file is read: code → parent, the keys (code and validity) of all, and the codes of each folded name and level. */
export interface KnownUnits {
  parents: ReadonlyMap<string, string | null>
  keys: ReadonlySet<string>
  codes: ReadonlyMap<string, readonly string[]>
}

/** The key of KnownUnits.codes. */
export const nameAtLevel = (name: string, level: string): string => `${fold(name)}|${level}`

/** A unit that a row names: itself, or one above it. */
interface NamedUnit {
  code: string
  name: string
  type: string | null
  level: string
  parent: string | null
}

/**
 * The unit registry: one row a unit and validity. A row may also name its district and province: these become units where neither the file
 * nor the store has them. A row without a code that names a unit known by its code is skipped: it is not another one. Parents, with the ones known before, form no circle.
 */
export function unitReader(
  definitions: Definitions,
  known: KnownUnits = { parents: new Map(), keys: new Set(), codes: new Map() },
): RecordReader {
  const levels = lookup(definitions.vocabularies.unit_level!)
  const flags = lookup(definitions.vocabularies.flag!)
  const rows: { line: number; code: string; key: string; parent: string | null }[] = []
  const areas = new Map<string, FactRecord & { line: number }>()
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
      const above = areasOf(said)
      const own = said('name')
      const unit = own === null ? above.pop() : { code: said('code') ?? fold(own), name: own, type: said('type'), level: '', parent: null }
      if (!unit) return { column: 'name', text: null, reason: 'missing_name' }
      const levelText = said('level')
      const level = unit.level || (levelText === null ? levelOfType(unit.type ?? unit.name) : levels.get(fold(levelText)))
      if (!level) return { column: 'level', text: levelText ?? unit.type, reason: 'unknown_value', hint: say('ingest.write_level') }
      if (own !== null && said('code') === null && known.codes.get(nameAtLevel(own, level))?.some((code) => code !== fold(own)))
        return { skip: 'known by its code' }
      const reportingText = said('reporting_level')
      const reporting_level = reportingText === null ? null : levels.get(fold(reportingText))
      if (reporting_level === undefined)
        return { column: 'reporting_level', text: reportingText, reason: 'unknown_value', hint: say('ingest.write_level') }
      const dates = { valid_from: null as string | null, valid_to: null as string | null }
      for (const id of ['valid_from', 'valid_to'] as const) {
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
        return { column: 'is_vertical_sector', text: flagText, reason: 'unknown_value', hint: say('ingest.write_yes_or_no') }
      const keyOf = (code: string): string => `${code}|${dates.valid_from ?? ''}`
      const parent = said('parent') ?? above.at(-1)?.code ?? null
      rows.push({ line, code: unit.code, key: keyOf(unit.code), parent })
      for (const area of above) {
        const values = { ...area, ...dates, reporting_level: null, is_vertical_sector: 'false' }
        if (!areas.has(keyOf(area.code))) areas.set(keyOf(area.code), { key: keyOf(area.code), line, values })
      }
      return [{ key: keyOf(unit.code), values: { ...unit, level, parent, ...dates, reporting_level, is_vertical_sector: isVertical } }]
    },
    conclude: () => {
      const own = new Set(rows.map(({ key }) => key))
      return [...areas.values()].filter(({ key }) => !own.has(key) && !known.keys.has(key))
    },
    finish: () => {
      const parentOf = new Map([...known.parents, ...rows.map(({ code, parent }) => [code, parent] as const)])
      const firstParent = new Map<string, string | null>()
      return rows.flatMap(({ line, code, key, parent }) => {
        const first = firstParent.has(key) ? firstParent.get(key)! : parent
        firstParent.set(key, first)
        if (isInCircle(code, parentOf))
          return [{ line, reject: { column: 'parent', text: parent, reason: 'unit_cycle', hint: say('ingest.unit_above_itself') } }]
        if (first !== parent)
          return [
            {
              line,
              reject: {
                column: 'parent',
                text: parent,
                reason: 'conflicting_parent',
                hint: first === null ? say('ingest.no_parent_said') : say('ingest.parent_said', { parent: first }),
              },
            },
          ]
        return []
      })
    },
  }
}

function isInCircle(code: string, parentOf: Map<string, string | null>): boolean {
  const seen = new Set<string>()
  for (let at = parentOf.get(code); at && !seen.has(at); at = parentOf.get(at)) {
    if (at === code) return true
    seen.add(at)
  }
  return false
}

/** The province and the district that a row names beside its unit, in this order, each under the one before. */
function areasOf(said: (id: string) => string | null): NamedUnit[] {
  const areas: NamedUnit[] = []
  for (const level of ['province', 'district'] as const) {
    const name = said(level)
    if (name === null) continue
    areas.push({ code: said(`${level}_code`) ?? fold(name), name, type: null, level, parent: areas.at(-1)?.code ?? null })
  }
  return areas
}
