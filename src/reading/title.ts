import { ToolError } from '../errors.js'
import { clean, fold } from '../language/fold.js'
import { saidUnits } from '../language/units-said.js'
import { parsePeriod, shortestLabel } from '../language/period.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

/** What the rows above the header of a summary say of all its rows; null: nothing. */
export interface Title {
  period: string | null
  unit: string | null
  /** Whether all numbers are per cent: "ĐVT: %". */
  isPercent: boolean
  /** Under whose units its figures were counted, as forms of this tool say. */
  units: 'current' | 'as-was' | null
}

const DATE = '\\d{1,2}/\\d{1,2}/\\d{4}'
const DAYS = new RegExp(`(?:từ (?:ngày )?|^period: .*\\()(${DATE})\\s*(?:đến|-|–)\\s*(?:hết )?(?:ngày )?(${DATE})`)
const NAMED = [
  /quý (?:[1-4]|iv|i{1,3})(?:\/| năm )\d{4}/,
  /tháng \d{1,2}(?:\/| năm )\d{4}/,
  /(?:6 tháng (?:đầu|cuối)|9 tháng(?: đầu)?) năm \d{4}/,
  /năm \d{4}/,
]
const PERCENT = /^\(?(?:đvt|đơn vị tính|đơn vị)\s*:\s*(?:%|phần trăm)\)?$/i
const UNIT = /^(?:đơn vị báo cáo|cơ quan báo cáo|đơn vị|reporting unit)\s*:\s*(.+)$/i

/** Reads the period and the reporting unit from the title of a summary: "Từ ngày 15/6/2025 đến ngày 14/9/2025", "Quý III năm 2025". */
export function readTitle(sniffed: Sniffed, mapping: Mapping): Title {
  const cells = sniffed.head.slice(0, mapping.headerRecord).flatMap((record) => record.cells.map(clean).filter((cell) => cell !== ''))
  const said = cells.map(fold)
  const periods = [...said.filter((text) => DAYS.test(text)), ...said].flatMap((text) => periodIn(text) ?? [])
  const unit = cells.flatMap((cell) => (PERCENT.test(cell) ? [] : (UNIT.exec(cell)?.[1] ?? [])))[0] ?? null
  const units = cells.flatMap((cell) => saidUnits(cell) ?? [])[0] ?? null
  return { period: periods[0] ?? null, unit, isPercent: cells.some((cell) => PERCENT.test(cell)), units }
}

function periodIn(text: string): string | null {
  const days = DAYS.exec(text)
  const found = days ? `${isoDay(days[1]!)}..${isoDay(days[2]!)}` : NAMED.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])[0]
  if (found === undefined) return null
  try {
    return shortestLabel(parsePeriod(found))
  } catch (error) {
    if (error instanceof ToolError) return null
    throw error
  }
}

const isoDay = (text: string): string => {
  const [day, month, year] = text.split('/')
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
}
