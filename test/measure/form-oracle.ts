import type { Policy } from '../../src/definitions/schema.js'
import type { Case, Span } from './oracle.js'

const day = (time: string): string => time.slice(0, 10)
const lastDay = ({ until }: Span): string => new Date(Date.parse(until) - 86_400_000).toISOString().slice(0, 10)

/** Columns 3 to 13 of form II.06a, dossier by dossier: each is put in one place of the left half and in one of the right, or in none. */
export function ii06(dossiers: readonly Case[], policy: Policy, span: Span): number[] {
  const columns = new Map(Array.from({ length: 11 }, (_, i) => [i + 3, 0]))
  const add = (...numbers: number[]): void => numbers.forEach((number) => columns.set(number, columns.get(number)! + 1))
  for (const one of dossiers) {
    const { status } = one
    const isGivenUp = status === 'withdrawn' || status === 'stopped'
    const countsGivenUp = isGivenUp && policy[status] === 'on_time'
    const isOut = status === 'not_received' || (policy.vertical_sector === 'excluded' && (one.is_vertical_sector || one.isVerticalUnit))
    if (isOut || (isGivenUp && !countsGivenUp) || one.received_at == null || one.received_at >= span.until) continue
    const closed = one.resolved_at ?? one.returned_at ?? (countsGivenUp ? one.updated_at : null) ?? null
    const isDone = status === 'resolved' || status === 'returned' || countsGivenUp
    if (closed === null ? isDone : closed < span.from) continue

    if (one.received_at < span.from) add(3, 6)
    else add(3, one.channel === 'online' ? 4 : 5)

    if (closed !== null && closed < span.until) add(7, resolvedColumn(one, closed, countsGivenUp, policy))
    else add(11, isOverdue(one, closed, policy, span) ? 13 : 12)
  }
  return [...columns.values()]
}

function resolvedColumn({ due_at: due }: Case, closed: string, countsGivenUp: boolean, policy: Policy): number {
  if (countsGivenUp || due == null) return 9
  if (day(closed) !== day(due)) return day(closed) < day(due) ? 8 : 10
  return policy.compare === 'day' || due.endsWith('00:00:00') || closed <= due ? 9 : 10
}

function isOverdue({ due_at: due, status }: Case, closed: string | null, policy: Policy, span: Span): boolean {
  const isWaiting = closed === null && (status === 'supplement_requested' || status === 'payment_requested')
  return due != null && !(isWaiting && policy.suspended === 'apart') && day(due) < lastDay(span)
}
