import type { Level, Policy } from '../../src/definitions/schema.js'
import type { AnswerRow, DossierRow } from './support.js'

/** A dossier with the unit it turned out to be of. */
export interface Case extends DossierRow {
  unit: string | null
  level: Level | null
  isVerticalUnit: boolean
}

export interface Answer extends AnswerRow {
  unit: string | null
  level: Level | null
}

export interface Span {
  from: string
  until: string
}

/** What a metric says about some dossiers and answers. */
export interface Expectation {
  numerator: number | null
  denominator: number | null
  state: 'value' | 'no_cases' | 'not_computable'
  value: number | null
  coverage: number | null
}

type Test = (dossier: Case) => boolean
type Known = (keyof DossierRow)[]

const within = (time: string | null | undefined, { from, until }: Span): boolean => time != null && time >= from && time < until
const dayOf = (time: string): string => time.slice(0, 10)
const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/** The field's rules on dossiers under one policy, over one span. */
function rules(policy: Policy, span: Span) {
  const isLeftOut: Test = (one) =>
    one.status === 'not_received' || (policy.vertical_sector === 'excluded' && (one.is_vertical_sector === true || one.isVerticalUnit))
  const isGivenUp: Test = ({ status }) => status === 'withdrawn' || status === 'stopped'
  const countsAsOnTime: Test = ({ status }) => (status === 'withdrawn' || status === 'stopped') && policy[status] === 'on_time'
  const result = (one: Case): string | null => one.resolved_at ?? one.returned_at ?? null
  const closing = (one: Case): string | null => result(one) ?? (countsAsOnTime(one) ? (one.updated_at ?? null) : null)
  const takesPart: Test = (one) => !isLeftOut(one) && (!isGivenUp(one) || countsAsOnTime(one))

  const isReceived: Test = (one) => !isLeftOut(one) && within(one.received_at, span)
  const isResolved: Test = (one) => takesPart(one) && within(closing(one), span)
  const isPaid: Test = (one) => !isLeftOut(one) && within(one.paid_at, span)
  const isOpenAt = (one: Case, moment: string): boolean => {
    const closed = closing(one)
    if (!takesPart(one) || one.received_at == null || one.received_at >= moment) return false
    const isFinishedWithoutDate = one.status === 'resolved' || one.status === 'returned' || countsAsOnTime(one)
    return closed === null ? !isFinishedWithoutDate : closed >= moment
  }
  const timeliness = (one: Case): 'early' | 'on_time' | 'late' | 'no_due_date' => {
    if (countsAsOnTime(one)) return 'on_time'
    if (one.due_at == null) return policy.no_due_date === 'on_time' ? 'on_time' : 'no_due_date'
    const [closed, due] = [closing(one)!, one.due_at]
    if (dayOf(closed) !== dayOf(due)) return dayOf(closed) < dayOf(due) ? 'early' : 'late'
    return policy.compare === 'day' || due.endsWith('00:00:00') || closed <= due ? 'on_time' : 'late'
  }
  const isSuspended: Test = (one) =>
    closing(one) === null && (one.status === 'supplement_requested' || one.status === 'payment_requested') && policy.suspended === 'apart'
  const isPending: Test = (one) => isOpenAt(one, span.until)
  const dueByTheEnd = (one: Case): boolean | null =>
    !isPending(one) || isSuspended(one) || one.due_at == null ? null : dayOf(one.due_at) >= dayBefore(span.until)
  return {
    isReceived,
    isResolved,
    isPaid,
    isPending,
    isCarriedOver: (one: Case): boolean => isOpenAt(one, span.from),
    isInTime: (one: Case): boolean => isResolved(one) && ['early', 'on_time'].includes(timeliness(one)),
    isLate: (one: Case): boolean => isResolved(one) && timeliness(one) === 'late',
    isWithinDue: (one: Case): boolean => dueByTheEnd(one) === true,
    isOverdue: (one: Case): boolean => dueByTheEnd(one) === false,
  }
}

interface Rate {
  of: Test
  known?: Known
  among?: Test
  counts: Test
}

function rates(policy: Policy, span: Span): Record<string, Rate> {
  const { isReceived, isResolved, isPaid, isPending, isInTime, isLate, isOverdue } = rules(policy, span)
  const isOnline: Test = ({ channel }) => channel === 'online'
  const isPaidOnline: Test = ({ payment }) => payment === 'online'
  const isDated: Test = (one) => isInTime(one) || isLate(one)
  return {
    online_submission_rate: { of: isReceived, known: ['channel'], counts: isOnline },
    online_submission_rate_eligible: {
      of: isReceived,
      known: ['channel', 'service_level'],
      among: ({ service_level: level }) => level === 'full' || level === 'partial',
      counts: isOnline,
    },
    online_resolution_rate: { of: isResolved, known: ['channel'], counts: isOnline },
    online_payment_rate: {
      of: isReceived,
      known: ['fee', 'payment'],
      among: ({ fee, payment }) => fee! > 0 && payment !== 'exempt',
      counts: isPaidOnline,
    },
    online_payment_rate_paid: {
      of: isPaid,
      known: ['payment'],
      among: ({ payment }) => payment !== 'exempt' && payment !== 'none',
      counts: isPaidOnline,
    },
    digitisation_rate: {
      of: isResolved,
      known: ['is_intake_digitised', 'is_result_digitised'],
      counts: (one) => one.is_intake_digitised === true && one.is_result_digitised === true,
    },
    intake_digitisation_rate: { of: isReceived, known: ['is_intake_digitised'], counts: (one) => one.is_intake_digitised === true },
    result_digitisation_rate: { of: isResolved, known: ['is_result_digitised'], counts: (one) => one.is_result_digitised === true },
    data_reuse_rate: { of: isReceived, known: ['is_data_reused'], counts: (one) => one.is_data_reused === true },
    on_time_rate: { of: isDated, counts: isInTime },
    late_rate: { of: isDated, counts: isLate },
    pending_overdue_rate: { of: isPending, counts: isOverdue },
    apology_rate: { of: isLate, known: ['has_apology_letter'], counts: (one) => one.has_apology_letter === true },
    self_service_rate: { of: isReceived, known: ['channel', 'is_assisted'], among: isOnline, counts: (one) => one.is_assisted === false },
  }
}

/** What a metric must be over these facts, straight from the definitions of the field. */
export function expectation(
  metric: string,
  dossiers: readonly Case[],
  answers: readonly Answer[],
  policy: Policy,
  span: Span,
): Expectation {
  if (metric === 'satisfaction_rate' || metric === 'kiosk_satisfaction_rate') {
    const kind = metric === 'satisfaction_rate' ? 'survey' : 'kiosk'
    const asked = answers.filter((answer) => (answer.survey_kind ?? 'survey') === kind && within(answer.answered_at, span))
    return outcome(asked.filter(({ score }) => score >= 4).length, asked.length, asked.length, asked.length)
  }
  const count = (test: Test): number => dossiers.filter(test).length
  if (metric === 'on_time_rate_766') {
    const { isInTime, isWithinDue, isReceived, isCarriedOver } = rules(policy, span)
    const all = count(isReceived) + count(isCarriedOver)
    return outcome(count(isInTime) + count(isWithinDue), all, all, all)
  }
  const { of, known = [], among = () => true, counts } = rates(policy, span)[metric]!
  const population = dossiers.filter(of)
  const told = population.filter((one) => known.every((column) => one[column] != null))
  const asked = told.filter(among)
  return outcome(asked.filter(counts).length, asked.length, population.length, told.length)
}

function outcome(numerator: number, denominator: number, population: number, known: number): Expectation {
  const state = denominator > 0 ? 'value' : population > 0 && known === 0 ? 'not_computable' : 'no_cases'
  const isUnknown = state === 'not_computable'
  return {
    numerator: isUnknown ? null : numerator,
    denominator: isUnknown ? null : denominator,
    state,
    value: state === 'value' ? Math.round((numerator / denominator) * 1e8) / 1e8 : null,
    coverage: population > 0 ? Math.round((known / population) * 1e8) / 1e8 : null,
  }
}
