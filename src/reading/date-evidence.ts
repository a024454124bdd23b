import { clean } from '../language/fold.js'

/** How the days of a file are to be read where its cells can't say: those that Excel made have day and month exchanged; texts are month first; as they are. */
export const DATES = ['swapped', 'month-first', 'as-written'] as const
export type Dates = (typeof DATES)[number]

/** A date cell or serial number, as patterns of both the engine and JavaScript. */
export const MADE_BY_EXCEL = '\\d{4}-\\d{1,2}-\\d{1,2}([T ].*)?|\\d{5}(\\.\\d+)?'
/** Day and month of a text that may be month first, with what stands around them. */
export const TWO_PARTS = '^(\\s*(?:\\d{1,2}:\\d{1,2}(?::\\d{1,2})? )?)(\\d{1,2})([/.-])(\\d{1,2})([/.-]\\d{4})'

const SERIAL_EPOCH = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

interface Cell {
  /** Who wrote it: Excel, or the system; null: can't be told. */
  by: 'excel' | 'text' | null
  /** As read: day first, ISO, or a serial. */
  day: number
  month: number
  isMonthFirst: boolean
}

function readCell(text: string, dateSystem: 1900 | 1904): Cell | null {
  const cell = clean(text)
  const iso = /^\d{4}-(\d{1,2})-(\d{1,2})(?:[T ]|$)/.exec(cell)
  if (iso) return { by: 'excel', day: Number(iso[2]), month: Number(iso[1]), isMonthFirst: false }
  if (/^\d{5}(\.\d+)?$/.test(cell)) {
    const date = new Date(SERIAL_EPOCH[dateSystem] + Math.floor(Number(cell)) * 86_400_000)
    return { by: 'excel', day: date.getUTCDate(), month: date.getUTCMonth() + 1, isMonthFirst: false }
  }
  const match = /^(?:\d{1,2}:\d{1,2}(?::\d{1,2})? )?(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?: (\d{1,2}):\d{1,2}(?::\d{1,2})?)?/.exec(cell)
  if (!match) return null
  const [, first = '', second = '', hour = '00'] = match
  const [day, month] = [Number(first), Number(second)]
  const isShort = first.length === 1 || second.length === 1 || hour.length === 1
  const isPadded = [first, second].some((part) => part.startsWith('0'))
  const by = isShort ? 'excel' : isPadded || day > 12 || month > 12 ? 'text' : null
  return { by, day, month, isMonthFirst: month > 12 && day <= 12 }
}

/** A row to show: where it is and what it says. */
export interface Example {
  line: number
  text: string
}

const CERTAIN = Math.log(100_000)
const LIKELY = Math.log(500)

/** What the cells of one column of dates show of how they came to be. */
export class DateEvidence {
  private readonly made = new Map<string, Example>()
  private readonly written = new Map<string, Example>()
  private readonly monthFirst = new Map<string, Example>()
  private readonly months = new Set<number>()
  /** Cells that no swapped file has: one that Excel made of a day after the 12th, a text before the 13th. */
  private isHonest = false
  private dayFirst = 0
  private slashed = 0

  constructor(private readonly dateSystem: 1900 | 1904) {}

  add(line: number, text: string): void {
    const cell = readCell(text, this.dateSystem)
    if (cell === null) return
    const { by, day, month, isMonthFirst } = cell
    const example = { line, text: clean(text) }
    const key = `${day}/${month}`
    const keep = (seen: Map<string, Example>): void => {
      if (!seen.has(key)) seen.set(key, example)
    }
    if (!/^\d{4}-|^\d{5}/.test(example.text)) {
      this.slashed++
      if (isMonthFirst) keep(this.monthFirst)
      if (day > 12) this.dayFirst++
    }
    if (by === null || month > 12) return
    if (by === 'excel') {
      if (day > 12) this.isHonest = true
      else keep(this.made)
    } else if (day > 12) {
      keep(this.written)
      this.months.add(month)
    } else this.isHonest = true
  }

  /** Whether the start of a file is worth reading all of it for. */
  get isDoubtful(): boolean {
    return (this.made.size > 0 && this.written.size > 0 && !this.isHonest) || (this.monthFirst.size > 0 && this.dayFirst === 0)
  }

  /**
   * swapped: all cells that Excel made are of the first twelve days, all texts of later ones, and the months of the texts are the days of the
   * others. month-first: texts that can only be read so, and none that can't. Else null. With two rows that show it.
   */
  verdict(): { dates: 'swapped' | 'month-first'; examples: Example[] } | null {
    const first = (seen: Map<string, Example>): Example[] => [...seen.values()].slice(0, 1)
    if (this.monthFirst.size >= 3 && this.dayFirst === 0 && this.monthFirst.size * 20 >= Math.min(this.slashed, 200))
      return { dates: 'month-first', examples: [...this.monthFirst.values()].slice(0, 2) }
    if (this.isHonest) return null
    const days = [...this.made.keys()].map((key) => key.split('/').map(Number) as [number, number])
    const fits = days.filter(([day]) => this.months.has(day)).length
    const reads = days.filter(([, month]) => this.months.has(month)).length
    const surprise = this.made.size * Math.log(30 / 12) + this.written.size * Math.log(30 / 18)
    const isClear = fits >= 0.9 * days.length && reads <= 0.6 * days.length
    if (fits < reads || fits < 0.8 * days.length || surprise < (isClear ? LIKELY : CERTAIN)) return null
    return { dates: 'swapped', examples: [...first(this.made), ...first(this.written)] }
  }
}
