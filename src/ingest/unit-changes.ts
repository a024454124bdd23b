import type { Definitions } from '../definitions/load.js'
import { say } from '../messages/message.js'
import type { Level } from '../definitions/schema.js'
import { parseDate } from '../language/date.js'
import { clean, fold } from '../language/fold.js'
import { parseShare } from '../language/number.js'
import type { FactRecord, RecordReader } from './records.js'
import { lookup } from './survey.js'
import { levelOfType } from './unit-levels.js'

/** A place as official lists write it: "Huyện Đầm Dơi (970)". */
interface NamedPlace {
  code: string | null
  name: string | null
}

/** How many rows say that a district lies in a province, and where those rows went. */
interface ProvinceRows {
  old: NamedPlace
  new: NamedPlace
  from: string
  line: number
  n: number
}

/**
 * A list of what became of units: one row an old unit that went, whole or in part, into a new one. Rows that name provinces also say what
 * became of these: a province goes where its districts go, and a district lies in the province that most of its rows name.
 */
export function unitChangeReader(definitions: Definitions): RecordReader {
  const levels = lookup(definitions.vocabularies.unit_level!)
  const districts = new Map<string, Map<string, ProvinceRows>>()
  return {
    table: 'unit_change_version',
    columns: {
      old_code: 'VARCHAR',
      old_name: 'VARCHAR',
      old_level: 'VARCHAR',
      old_parent: 'VARCHAR',
      old_parent_name: 'VARCHAR',
      old_province: 'VARCHAR',
      new_code: 'VARCHAR',
      new_name: 'VARCHAR',
      new_parent: 'VARCHAR',
      level: 'VARCHAR',
      effective_from: 'DATE',
      share: 'DOUBLE',
      extent: 'VARCHAR',
    },
    read: (cell, _item, line) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const place = (id: string): NamedPlace => placeOf(said(id))
      const district = place('old_district')
      const old: NamedPlace = { code: said('old_code'), name: said('old_name') }
      const [new_name, old_province, new_province] = [said('new_name'), place('old_province'), place('new_province')]
      const new_code = said('new_code') ?? (new_name === null ? null : fold(new_name))
      if (new_code === null && old.code === null && old.name === null) return { skip: 'heading row' }
      if (new_code === null) return { column: 'new_code', text: null, reason: 'missing_code', hint: say('ingest.say_new_unit') }
      const isDistrict = old.code === null && old.name === null
      if (isDistrict) Object.assign(old, district)
      if (old.code === null && old.name === null)
        return { column: 'old_code', text: null, reason: 'missing_code', hint: say('ingest.say_old_unit') }
      const fromText = said('effective_from')
      const from = fromText === null ? null : parseDate(fromText)
      if (from === null) return { column: 'effective_from', text: fromText, reason: 'invalid_date', hint: say('ingest.say_from_day') }
      const levelText = said('level')
      const level = levelText === null ? levelOfType(new_name ?? '') : (levels.get(fold(levelText)) as Level | undefined)
      if (level === undefined) return { column: 'level', text: levelText, reason: 'unknown_value', hint: say('ingest.write_level') }
      const shareText = said('share')
      const share = shareText === null ? null : /^(1|100)$/.test(shareText) ? 1 : readShare(shareText)
      if (shareText !== null && share === null)
        return { column: 'share', text: shareText, reason: 'invalid_share', hint: say('ingest.write_part') }
      const extentText = said('extent')
      const extent = extentText === null ? null : extentOf(extentText)
      if (extent === undefined && share === null)
        return { column: 'extent', text: extentText, reason: 'unknown_value', hint: say('ingest.write_extent') }
      count(district, old_province, new_province, from, line)
      const parent = isDistrict ? { code: null, name: null } : district
      const values = {
        old_code: old.code,
        old_name: old.name,
        old_level: (old.name === null ? null : levelOfType(old.name)) ?? level ?? 'commune',
        old_parent: parent.code,
        old_parent_name: parent.name,
        old_province: old_province.code,
        new_code,
        new_name,
        new_parent: new_province.code,
        level: level ?? 'commune',
        effective_from: from,
        share: share === null ? null : String(share),
        extent: extent ?? null,
      }
      return [{ key: [old.code ?? fold(old.name!), new_code, from].join('|'), values }]
    },
    conclude: () => provinceChanges(districts),
  }

  function count(district: NamedPlace, old: NamedPlace, next: NamedPlace, from: string, line: number): void {
    if (!old.code || !old.name || !next.code || !next.name) return
    const key = district.code ?? `of ${old.code}`
    const rows = districts.get(key) ?? new Map<string, ProvinceRows>()
    districts.set(key, rows)
    const pair = [old.code, next.code, from].join('|')
    const known = rows.get(pair)
    if (known) known.n++
    else rows.set(pair, { old, new: next, from, line, n: 1 })
  }
}

function provinceChanges(districts: ReadonlyMap<string, ReadonlyMap<string, ProvinceRows>>): (FactRecord & { line: number })[] {
  const changes = new Map<string, FactRecord & { line: number }>()
  for (const rows of districts.values()) {
    const { old, new: next, from, line } = [...rows.values()].reduce((most, one) => (one.n > most.n ? one : most))
    const key = [old.code, next.code, from].join('|')
    if (changes.has(key)) continue
    const level = 'province'
    const values = { old_code: old.code, old_name: old.name, old_level: level, old_parent: null, old_parent_name: null, old_province: null }
    const after = { new_code: next.code, new_name: next.name, new_parent: null, level, effective_from: from, share: null, extent: null }
    changes.set(key, { key, line, values: { ...values, ...after } })
  }
  return [...changes.values()]
}

function placeOf(text: string | null): NamedPlace {
  const match = text === null ? null : /^(.+?)\s*\(([\w.-]+)\)$/.exec(text)
  return match ? { name: match[1]!, code: match[2]! } : { name: text, code: null }
}

function readShare(text: string): number | null {
  const read = parseShare(text)
  return 'share' in read && read.share > 0 ? read.share : null
}

/** Whether words say that all of a unit passed on, or part of it; undefined where they say neither. */
function extentOf(text: string): 'whole' | 'part' | undefined {
  const words = fold(text)
  if (/một phần|phần còn lại|in part|^part$/.test(words)) return 'part'
  return /toàn bộ|giữ nguyên|đổi tên|đổi loại hình|whole|unchanged|renamed/.test(words) ? 'whole' : undefined
}
