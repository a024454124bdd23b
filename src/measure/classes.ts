import type { Policy, Population, Stage, Timeliness } from '../definitions/schema.js'
import { choice } from '../store/choices.js'

/**
 * Where a dossier stands under a policy: disjoint classes that add up to all dossiers. The resolved ones carry their timeliness;
 * `undated` is done without any date to count it by.
 */
export const CLASSES = [
  'early',
  'on_time',
  'late',
  'no_due_date',
  'open',
  'suspended',
  'withdrawn',
  'stopped',
  'not_received',
  'registered',
  'undated',
  'vertical_sector',
] as const
export type DossierClass = (typeof CLASSES)[number]

/** Buckets of a date that never comes, and of a due date that no longer matters. */
export const NEVER = 65_535
export const SETTLED = 65_534

/* The first three in the order of the type dossier_timeliness. */
const RESOLVED: DossierClass[] = ['early', 'on_time', 'late', 'no_due_date']
/** Neither given up nor left out, and with a date where there is a result. */
const ALIVE = ['early', 'on_time', 'late', 'no_due_date', 'open', 'suspended'] as const
export type AliveClass = (typeof ALIVE)[number]
const number = (name: DossierClass): number => CLASSES.indexOf(name)
const numbers = (names: readonly DossierClass[]): string => names.map(number).join(', ')

/** SQL for the class number and the closing time of a row of `dossier`; whether that time is the one whose month is stored. */
export function classSql(policy: Policy, stages: Record<string, Stage>): { class: string; closedAt: string; isClosedAsStored: boolean } {
  const of = (stage: Stage): string => stageSql(stage, stages)
  const closed = 'coalesce(resolved_at, returned_at)'
  const isByTime = policy.compare === 'time'
  const isNotLate = `(${closed} <= due_at OR due_at = date_trunc('day', due_at) AND timeliness = ${choice('timeliness', 'on_time')})`
  const counted = (['withdrawn', 'stopped'] as const).filter((stage) => policy[stage] === 'on_time')
  const closedAt = counted.length === 0 ? closed : `coalesce(${closed}, CASE WHEN ${counted.map(of).join(' OR ')} THEN updated_at END)`
  const givenUp = (stage: 'withdrawn' | 'stopped'): string =>
    policy[stage] === 'on_time'
      ? `WHEN ${of(stage)} THEN CASE WHEN ${closedAt} IS NULL THEN ${number('undated')} ELSE ${number('on_time')} END`
      : `WHEN ${of(stage)} THEN ${number(stage)}`
  const sql = `CASE
      ${policy.vertical_sector === 'excluded' ? `WHEN is_vertical_sector THEN ${number('vertical_sector')}` : ''}
      WHEN ${of('not_received')} THEN ${number('not_received')}
      ${givenUp('withdrawn')}
      ${givenUp('stopped')}
      WHEN closed_month IS NULL THEN CASE
        WHEN ${of('done')} THEN ${number('undated')}
        WHEN ${of('suspended')} THEN ${number(policy.suspended === 'by_due_date' ? 'open' : 'suspended')}
        WHEN ${of('registered')} AND received_month IS NULL THEN ${number('registered')}
        ELSE ${number('open')} END
      WHEN timeliness IS NULL THEN ${number(policy.no_due_date === 'on_time' ? 'on_time' : 'no_due_date')}
      ${isByTime ? `WHEN timeliness = ${choice('timeliness', 'on_time')} AND NOT ${isNotLate} THEN ${number('late')}` : ''}
      ELSE enum_code(timeliness)
    END::UTINYINT`
  return { class: sql, closedAt, isClosedAsStored: counted.length === 0 }
}

/** SQL, true for the statuses of a stage. */
export function stageSql(stage: Stage, stages: Record<string, Stage>): string {
  const statuses = Object.entries(stages).filter(([, one]) => one === stage)
  return statuses.length === 0 ? 'false' : `status IN (${statuses.map(([status]) => choice('status', status)).join(', ')})`
}

/** Whether dossiers of a class are of the caseload when they are received and not yet resolved. */
export function isAlive(name: DossierClass): name is AliveClass {
  return (ALIVE as readonly DossierClass[]).includes(name)
}

/**
 * SQL over the cube, true for the cells of a population in the bucket range lo..hi. Buckets: 0 before the period, 1… in it, then
 * after; NEVER. rb received, cb closed, pb paid, ab answered, db the day after the due day.
 */
export function populationSql(population: Population, timeliness: readonly Timeliness[] | undefined, lo: string, hi: string): string {
  const alive = `class IN (${numbers(ALIVE)})`
  switch (population) {
    case 'received':
      return `rb BETWEEN ${lo} AND ${hi} AND class NOT IN (${numbers(['not_received', 'vertical_sector', 'registered'])})`
    case 'resolved':
      return `cb BETWEEN ${lo} AND ${hi} AND class IN (${numbers(timeliness ? (timeliness as DossierClass[]).filter((one) => RESOLVED.includes(one)) : RESOLVED)})`
    case 'resolved_of_intake':
      return `${populationSql('resolved', timeliness, lo, hi)} AND rb <= ${hi}`
    case 'paid':
      return `pb BETWEEN ${lo} AND ${hi} AND class NOT IN (${numbers(['not_received', 'vertical_sector'])})`
    case 'answered':
      return `ab BETWEEN ${lo} AND ${hi}`
    case 'carried_over':
      return `rb < ${lo} AND cb >= ${lo} AND ${alive}`
    case 'caseload':
      return `rb <= ${hi} AND cb >= ${lo} AND ${alive}`
    case 'caseload_received':
      return `rb BETWEEN ${lo} AND ${hi} AND cb >= ${lo} AND ${alive}`
    case 'pending': {
      const open = `rb <= ${hi} AND cb > ${hi} AND ${alive}`
      return timeliness ? `${open} AND (${timeliness.map((one) => pendingSql(one, hi)).join(' OR ')})` : open
    }
  }
}

function pendingSql(timeliness: Timeliness, hi: string): string {
  const suspended = `class = ${number('suspended')}`
  switch (timeliness) {
    case 'suspended':
      return `(${suspended})`
    case 'within_due':
      return `(NOT ${suspended} AND db > ${hi} AND db < ${SETTLED})`
    case 'overdue':
      return `(NOT ${suspended} AND db <= ${hi})`
    case 'no_due_date':
      return `(NOT ${suspended} AND db = ${NEVER})`
    default:
      return 'false'
  }
}

/** Which columns a population needs before anything of it can be counted; one of each group. */
export function populationNeeds(population: Population, timeliness: readonly Timeliness[] | undefined): string[][] {
  const due = timeliness ? [['due_at']] : []
  switch (population) {
    case 'received':
    case 'carried_over':
      return [['received_at']]
    case 'resolved':
      return [['resolved_at', 'returned_at'], ...due]
    case 'resolved_of_intake':
      return [['received_at'], ['resolved_at', 'returned_at'], ...due]
    case 'paid':
      return [['paid_at']]
    case 'caseload':
    case 'caseload_received':
    case 'pending':
      return [['received_at'], ['resolved_at', 'returned_at', 'status'], ...due]
    case 'answered':
      return []
  }
}
