import type { SentenceId } from '../../definitions/sentences.js'
import type { Level } from '../../definitions/schema.js'
import { isPlain, type Writer } from './writer.js'

/** Indicators whose counts are parts of another, with the phrase for each. */
const PARTS = {
  received: { carried_over: 'received_carried_over', received_online: 'received_online', received_offline: 'received_offline' },
  resolved: {
    resolved_early: 'resolved_early',
    resolved_on_time: 'resolved_on_time',
    resolved_late: 'resolved_late',
    resolved_no_due_date: 'resolved_no_due_date',
  },
  pending: {
    pending_within_due: 'pending_within_due',
    pending_overdue: 'pending_overdue',
    pending_suspended: 'pending_suspended',
    pending_no_due_date: 'pending_no_due_date',
  },
} as const

/** Received, resolved and pending as counted; which levels were late; letters of apology. Counts that nothing carries are not spoken of. */
export function timelinessText(writer: Writer): string[] {
  const counts = new Map<string, number>()
  for (const count of writer.report.counts) {
    const { metric, level, unit, field, procedure, factor, month, state, numerator } = count
    const isMain = writer.isMain(count)
    if ([field, procedure, factor, month].some((one) => one !== null) || (unit !== null && !isMain)) continue
    if (state !== 'not_computable' && numerator !== null) counts.set(`${metric} ${isMain ? '' : level}`, numerator)
  }
  const countOf = (id: string, level: Level | '' = ''): number | undefined => counts.get(`${id} ${level}`)
  const partsOf = (ids: Readonly<Record<string, SentenceId>>): string =>
    Object.entries(ids)
      .filter(([id]) => (countOf(id) ?? 0) > 0)
      .map(([id, phrase]) => writer.phrase(phrase as 'resolved_late', { n: writer.count(countOf(id)!) }))
      .join(', ')

  const said: string[][] = []
  const received = countOf('received_total')
  if (received !== undefined) {
    const values = { in_period: writer.inPeriod(), total: writer.amount('dossier', received), parts: partsOf(PARTS.received) }
    said.push([writer.sentence(values.parts === '' ? 'received' : 'received_parts', values)])
  }
  const resolved = countOf('resolved_total')
  if (resolved !== undefined) {
    const values = { total: writer.amount('dossier', resolved), parts: partsOf(PARTS.resolved) }
    const sentences = [writer.sentence(values.parts === '' ? 'resolved' : 'resolved_parts', values)]
    const late = countOf('resolved_late')
    if (late === 0 && resolved > 0) sentences.push(writer.sentence('none_late', {}))
    const levels = (Object.keys(writer.definitions.levels) as Level[]).filter(
      (level) => (countOf('resolved_total', level) ?? 0) > 0 && countOf('resolved_late', level) !== undefined,
    )
    if (late !== undefined && late > 0 && levels.length > 1 && writer.report.unit === null) {
      const parts = levels.map((level) => {
        const [n, d] = [countOf('resolved_late', level)!, countOf('resolved_total', level)!]
        return writer.phrase('late_level', { place: writer.place({ unit: null, level }), n: writer.count(n), d: writer.count(d) })
      })
      sentences.push(writer.sentence('late_levels', { parts: parts.join(', ') }))
    }
    said.push([...sentences, ...apologies(writer)])
  }
  const pending = countOf('pending_total')
  if (pending !== undefined) {
    const values = { total: writer.amount('dossier', pending), parts: partsOf(PARTS.pending) }
    said.push([writer.sentence(pending === 0 ? 'pending_none' : values.parts === '' ? 'pending' : 'pending_parts', values)])
  }
  return said.map((sentences) => sentences.join(' '))
}

/** Only where it is known of every late dossier. */
function apologies(writer: Writer): string[] {
  const row = writer.report.rows.find((one) => one.metric === 'apology_rate' && isPlain(one) && writer.isMain(one))
  if (!row?.denominator || row.numerator === null || row.coverage !== 1) return []
  if (row.numerator === row.denominator) return [writer.sentence('apologies_all', { n: writer.amount('dossier', row.denominator) })]
  return [writer.sentence('apologies_some', { n: writer.count(row.numerator), d: writer.count(row.denominator) })]
}
