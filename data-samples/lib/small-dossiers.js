/**
 * The dossiers of the small province: each is made with everything that will ever happen to it, and `stateAt` tells
 * what an export of a given moment says of it. So an export of a later year repeats open dossiers with their newer state.
 */
import { DAY, addWorkingDays, dayNumber, dayOf, dayParts, hour, workingDays, workingDaysBetween, workingIndex } from './calendar.js'
import { LEVEL_LABELS, codeSeries, dossierCells } from './dossier-columns.js'
import { fictionalName, fictionalPhone } from './people.js'
import { procedureCatalogue } from './procedures.js'
import { weightedSlots } from './random.js'
import { PROVINCE_CODE, REORGANISED, isWorking, proceduresInSongXanh } from './song-xanh.js'
import { spelled, spelledMoney, spelledUnit } from './spellings.js'

const FIRST_DAY = dayNumber(2024, 1, 1)
const LAST_DAY = dayNumber(2025, 12, 31)
const SLOWNESS = 2.5
const SERVICE_LEVELS = { 'Toàn trình': 'full', 'Một phần': 'partial', 'Cung cấp thông tin': 'information' }
const between = (low, value, high) => Math.min(Math.max(value, low), high)

/** `count` records, ordered by the moment of submission, with unique codes. */
export function smallRecords(random, units, count) {
  const catalogue = procedureCatalogue(PROVINCE_CODE)
  const staffed = units
    .filter((unit) => unit.share > 0)
    .map((unit) => ({
      ...unit,
      quality: random.next(),
      procedures: weightedSlots(proceduresInSongXanh(catalogue, unit), (procedure) => procedure.weight),
    }))
  const days = workingDaysBetween(FIRST_DAY, LAST_DAY)
  const slotsOn = (day) =>
    weightedSlots(
      staffed.filter((unit) => isWorking(unit, day)),
      (unit) => unit.share,
    )
  const [before, after] = [slotsOn(FIRST_DAY), slotsOn(LAST_DAY)]
  const records = Array.from({ length: count }, () => {
    const day = random.pick(days)
    return newRecord(random, random.pick(day < REORGANISED ? before : after), day)
  })
  records.sort((a, b) => a.submitted - b.submitted)
  const nextCode = codeSeries()
  for (const record of records) record.code = nextCode(record.unit.code, dayParts(dayOf(record.submitted)).code)
  return records
}

function newRecord(random, unit, day) {
  const procedure = random.pick(unit.procedures)
  const promisedDays = Math.round(SLOWNESS * procedure.days)
  const progress = (day - FIRST_DAY) / (LAST_DAY - FIRST_DAY)
  const tends = (start, end) => random.chance(between(0.05, start + (end - start) * progress + (unit.quality - 0.5) * 0.25, 0.98))
  const received = day * DAY + random.integer(hour(7, 30), hour(16, 30))
  const channel = procedure.hasService && tends(0.5, 0.9) ? 'online' : random.chance(0.07) ? 'postal' : 'in_person'
  const record = {
    unit,
    procedure,
    channel,
    person: fictionalName(random),
    phone: fictionalPhone(random),
    submitted: channel === 'in_person' ? received : received - random.integer(600, hour(18)),
    received,
    due: addWorkingDays(day, promisedDays) * DAY + hour(17),
    isIntakeDigitised: tends(0.65, 0.95),
    isResultDigitised: tends(0.6, 0.92),
    isDataReused: tends(0.2, 0.6),
    isAssisted: channel === 'online' && random.chance(0.15),
    isPaidOnline: procedure.fee > 0 && tends(0.35, 0.75),
    isSuspended: random.chance(0.12),
    hasDueDate: !random.chance(0.01),
    hasApology: random.chance(0.8),
    ending: random.chance(0.012) ? 'withdrawn' : random.chance(0.012) ? 'not_received' : random.chance(0.004) ? 'stopped' : 'resolved',
  }
  record.ended = endingOf(random, record, day)
  record.returned = record.ending === 'resolved' && random.chance(0.93) ? record.ended + random.integer(0, 6 * 3600) : null
  record.paid = paymentMoment(random, record)
  return record
}

function endingOf(random, { unit, due, received, ending }, day) {
  if (ending !== 'resolved') return received + random.integer(600, 2 * DAY)
  const dueDay = dayOf(due)
  if (random.chance(0.02 + 0.1 * (1 - unit.quality) ** 2)) {
    const lateBy = random.chance(0.65) ? random.integer(1, 8) : random.integer(9, 60)
    return addWorkingDays(dueDay, lateBy) * DAY + random.integer(hour(8), hour(16, 30))
  }
  if (dueDay > day && random.chance(0.6)) {
    const early = workingDays[random.integer(Math.floor((workingIndex(day) + workingIndex(dueDay)) / 2), workingIndex(dueDay) - 1)]
    if (early > day) return early * DAY + random.integer(hour(7, 45), hour(17))
  }
  const isAfterHours = random.chance(0.03)
  return dueDay * DAY + (isAfterHours ? random.integer(hour(17, 5), hour(17, 50)) : random.integer(hour(16, 35), hour(17)))
}

function paymentMoment(random, { procedure, isPaidOnline, submitted, ending, ended, received }) {
  if (procedure.fee === 0 || ending !== 'resolved') return null
  if (isPaidOnline) return submitted + random.integer(60, 500)
  return random.chance(0.05) ? null : random.pick([received, ended])
}

/** Whether the export of `snapshot` has the dossier among those not ended. */
export const isOpenAt = (record, snapshot) => record.received <= snapshot && record.ended > snapshot

/** The dossier as the export of `snapshot` knows it: a record for `dossierCells`, clean and in canonical values. */
export function stateAt(record, snapshot) {
  const known = (moment) => (moment !== null && moment <= snapshot ? moment : null)
  const [ended, returned, paid] = [known(record.ended), known(record.returned), known(record.paid)]
  const isResolved = ended !== null && record.ending === 'resolved'
  const openStatus = record.isSuspended ? 'supplement_requested' : 'processing'
  const endStatus = record.ending === 'resolved' ? (returned !== null ? 'returned' : 'resolved') : record.ending
  return {
    ...record,
    due: record.hasDueDate && record.ending !== 'not_received' ? record.due : null,
    resolved: isResolved ? ended : null,
    returned,
    paid,
    payment: paid === null ? null : record.isPaidOnline ? 'paid_online' : 'cash',
    status: ended === null ? openStatus : endStatus,
    isLate: isResolved && record.hasDueDate && dayOf(ended) > dayOf(record.due),
    updated: Math.min(Math.max(record.received, ended ?? 0, returned ?? 0, paid ?? 0) + (record.received % 1500), snapshot),
  }
}

/** The cells of a state, in the spellings of a real export; a few cells are empty. */
export function spelledCells(random, state) {
  const flag = (value) => spelled(random, value ? 'yes' : 'no')
  const hasCode = random.chance(0.96)
  return dossierCells({
    ...state,
    unitCode: hasCode ? state.unit.code : '',
    unitName: hasCode ? spelledUnit(random, state.unit.name) : state.unit.name,
    level: random.chance(0.98) ? spelled(random, state.unit.level) : '',
    channel: random.chance(0.99) ? spelled(random, state.channel) : '',
    serviceLevel: spelled(random, SERVICE_LEVELS[state.procedure.serviceLevel]),
    status: spelled(random, state.status),
    fee: spelledMoney(random, state.procedure.feeText),
    payment: state.payment === null ? '' : spelled(random, state.payment),
    intakeDigitised: flag(state.isIntakeDigitised),
    resultDigitised: state.resolved === null ? '' : flag(state.isResultDigitised),
    dataReused: flag(state.isDataReused),
    apology: flag(state.isLate && state.hasApology),
    assisted: flag(state.isAssisted),
    verticalSector: flag(state.unit.isVertical),
  })
}

export const levelLabel = (level) => (level === null ? '' : LEVEL_LABELS[level])
