import type { Definitions, MetricDefinition } from '../../definitions/load.js'
import type { PlaceOf, SentenceId } from '../../definitions/sentences.js'
import { formatDate } from '../../language/date.js'
import { formatCount, formatHundredths } from '../../language/format.js'
import { label, type Language } from '../../language/labels.js'
import { isStrict } from '../../language/plan-words.js'
import { periodName } from '../../language/period.js'
import { judgedOnce } from '../../measure/check.js'
import type { Comparison } from '../../measure/compare.js'
import type { Report } from '../../measure/report.js'
import { sharedNames, unitName } from '../figures.js'
import { oneLine } from '../list.js'

type Values<Id extends SentenceId> = Record<PlaceOf<Id>, string>
type Amount = 'dossier' | 'answer' | 'rating' | 'unit' | 'month'

const SPOKEN_WITHOUT_PLAN = 5

/** Words and figures of one report in one language, as its sentences have them: 92,17%, 80%, 12,17, 329.230. */
export class Writer {
  readonly report: Report
  private readonly twins: Set<string>

  /** `metrics`: what to speak of; absent: all that the report has. */
  constructor(
    report: Report,
    readonly definitions: Definitions,
    readonly language: Language,
    metrics?: readonly string[],
  ) {
    const isSpokenOf = ({ metric }: Comparison): boolean => metrics === undefined || metrics.includes(metric)
    this.report = { ...report, rows: report.rows.filter(isSpokenOf), trend: report.trend.filter(isSpokenOf) }
    this.twins = sharedNames(report.rows)
  }

  /** A turn of phrase with its places filled. */
  phrase<Id extends SentenceId>(id: Id, values: Values<Id>): string {
    const filled: Record<string, string> = values
    return this.definitions.sentences[id][this.language].replace(/\{(\w+)\}/g, (_, place: string) => filled[place]!)
  }

  /** The same as a sentence of its own: with a capital letter. */
  sentence<Id extends SentenceId>(id: Id, values: Values<Id>): string {
    const text = this.phrase(id, values).replaceAll(/\s+/g, ' ').trim()
    return text.slice(0, 1).toLocaleUpperCase(this.language) + text.slice(1)
  }

  metric(id: string): MetricDefinition {
    return this.definitions.metrics.get(id)!
  }

  /** A metric's whole name, as a sentence begins with it. */
  name(id: string): string {
    return oneLine(this.metric(id).label[this.language])
  }

  /** The same within a sentence: small, unless it is an abbreviation or a proper name. */
  nameWithin(id: string): string {
    const name = this.name(id)
    return /^\p{Lu}[^\p{Lu}\s]*( [^\p{Lu}]|$)/u.test(name) ? name.slice(0, 1).toLocaleLowerCase(this.language) + name.slice(1) : name
  }

  /** A unit, with its code where another bears its name; a level; or the total. */
  place({ unit, level }: Pick<Comparison, 'unit' | 'level'>): string {
    if (unit) {
      const code = unit.code !== null && this.twins.has(unit.name) ? ` (${unit.code})` : ''
      return oneLine(unitName(unit, this.language) + code)
    }
    return level ? label(this.language, level) : this.phrase('place_total', {})
  }

  /** What a figure is of, within a sentence: the metric, and its level where it is not the total. */
  subject(row: Comparison): string {
    const metric = this.nameWithin(row.metric)
    return row.unit === null && row.level ? this.phrase('metric_in', { metric, place: this.place(row) }) : metric
  }

  percent(hundredths: number): string {
    return formatHundredths(hundredths, this.language, { unit: '%' })
  }

  points(hundredths: number): string {
    return formatHundredths(Math.abs(hundredths), this.language, { unit: '' })
  }

  /** A target as a plan writes it: 80%, 99,5%. */
  target(share: number): string {
    return `${formatCount(Number((share * 100).toFixed(10)), this.language)}%`
  }

  plan(row: Comparison): string {
    const side = this.isHigherBetter(row) ? 'higher' : 'lower'
    return this.phrase(isStrict(row.targetOperator) ? `plan_${side}_strict` : `plan_${side}`, { target: this.target(row.target!) })
  }

  count(n: number): string {
    return formatCount(n, this.language)
  }

  score(mean: number): string {
    return mean.toFixed(2).replace('.', this.language === 'vi' ? ',' : '.')
  }

  amount(of: Amount, n: number): string {
    return this.phrase(n === 1 ? `amount_${of}` : `amount_${of}s`, { n: this.count(n) })
  }

  /** How many of what a metric counts. */
  cases({ metric }: Pick<Comparison, 'metric'>, n: number): string {
    return this.amount(this.countedBy(metric), n)
  }

  /** The two counts of a figure. */
  counted({ metric, numerator, denominator }: Comparison): string {
    return this.phrase(`counted_${this.countedBy(metric)}s`, { n: this.count(numerator!), d: this.count(denominator!) })
  }

  isHigherBetter({ metric }: Pick<Comparison, 'metric'>): boolean {
    return this.metric(metric).direction === 'higher'
  }

  month(month: string): string {
    return periodName(month, this.language)
  }

  /** "In the period", however it is called. */
  inPeriod(): string {
    const [first, last] = this.report.period.label.split('..')
    if (last === undefined) return this.phrase('in_period', { period: this.month(first!) })
    const name = (part: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(part) ? formatDate(part) : this.month(part))
    return this.phrase('in_span', { from: name(first!), to: name(last) })
  }

  /** Whether a figure is what the report is about: the total, or the one unit. */
  isMain({ unit, level }: Pick<Comparison, 'unit' | 'level'>): boolean {
    return this.report.unit === null ? unit === null && level === null : unit !== null
  }

  private countedBy(metric: string): 'dossier' | 'answer' | 'rating' {
    const { survey_kind: kind, population } = this.metric(metric)
    if (population !== 'answered') return 'dossier'
    return kind === 'kiosk' ? 'rating' : 'answer'
  }
}

/** Whether a row is of the total, a level or a unit over the whole period: not of a field, procedure, factor or month. */
export function isPlain({ field, procedure, factor, month }: Comparison): boolean {
  return field === null && procedure === null && factor === null && month === null
}

export function isUnit(row: Comparison): boolean {
  return row.unit?.code != null
}

/** Rows by something of theirs, in the order of the first of each. */
export function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): [Key, Row[]][] {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return [...groups]
}

/** Of figures by metric those to speak of: which have a target, or without any target the first ones; a complement (late) only without its partner, or where the two have targets that are two matters. */
export function spokenOf(groups: [string, Comparison[]][], writer: Writer): [string, Comparison[]][] {
  const targeted = groups.filter(([, rows]) => rows.some(({ target, shown }) => target !== null && shown !== null))
  const spoken = targeted.length > 0 ? targeted : groups.slice(0, SPOKEN_WITHOUT_PLAN)
  const ids = new Set(spoken.map(([metric]) => metric))
  const judged = new Set(judgedOnce(writer.report.rows, writer.definitions).map(({ metric }) => metric))
  return spoken.filter(([metric]) => !ids.has(writer.metric(metric).complement_of ?? '') || judged.has(metric))
}
