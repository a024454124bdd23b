/**
 * The dossiers behind the published year (Cà Mau 2024), as records that `publishedRow` turns into cells.
 *
 * Per level, `carried` were received in December 2023 and resolved in January 2024, `settled` were received and
 * resolved in 2024, `open` and `withdrawn` were received in 2024 and not resolved in it. As many are carried in as
 * stay open or are withdrawn, so received = resolved; and the same number of each is online.
 */
import { DAY, addWorkingDays, dayNumber, dayOf, dayParts, hour, workingDays, workingDaysBetween, workingIndex } from './calendar.js'
import { proceduresOf } from './procedures.js'
import { sampleExactly, weightedSlots } from './random.js'

export const PUBLISHED = {
  province: { resolved: 205775, late: 2, digitisedPercent: 93.25, online: 194463, carried: 1300, carriedOnline: 1228, withdrawn: 130 },
  district: { resolved: 27353, late: 3, digitisedPercent: 95.68, online: 23797, carried: 300, carriedOnline: 261, withdrawn: 40 },
  commune: { resolved: 124070, late: 23, digitisedPercent: 96.68, online: 110970, carried: 800, carriedOnline: 716, withdrawn: 80 },
}
export const PAID_ONLINE_PERCENT = 77.62
export const REFUSED = 300
export const VERTICAL_SECTOR = 700

const YEAR_START = dayNumber(2024, 1, 1)
const YEAR_END = dayNumber(2024, 12, 31)
const FIRST_WORKED = workingDays[workingIndex(YEAR_START)]
const MONTH_WEIGHTS = [8.2, 5.1, 9.1, 8.9, 8.4, 8.3, 9.0, 8.8, 8.1, 8.9, 8.6, 8.6]
const BUSY = {
  'Sở Tài nguyên và Môi trường': 60,
  'Sở Lao động - Thương binh và Xã hội': 22,
  'Sở Giao thông vận tải': 26,
  'Sở Nông nghiệp và Phát triển nông thôn': 16,
  'Sở Tư pháp': 18,
  'Sở Kế hoạch và Đầu tư': 9,
  'Sở Công Thương': 7,
}

/** Units with what the draws need: their procedures, how busy they are, how often they leave things undone. */
export function prepareUnits(random, units, catalogue) {
  return units.map((unit) => {
    const procedures = proceduresOf(catalogue, unit)
    const slow = procedures.filter((procedure) => procedure.days >= 10)
    return {
      ...unit,
      procedures: weightedSlots(procedures, (procedure) => procedure.weight),
      slowProcedures: slow.length ? weightedSlots(slow, (procedure) => procedure.weight) : null,
      busy: unit.level === 'province' ? (BUSY[unit.name] ?? 1 + random.next()) : 0.5 + random.next(),
      laxity: 0.3 + 1.7 * random.next() ** 2,
    }
  })
}

const receivedDays = weightedSlots(
  workingDaysBetween(YEAR_START, YEAR_END),
  (day) => {
    const { month, year } = dayParts(day)
    return MONTH_WEIGHTS[month - 1] / workingDaysBetween(dayNumber(year, month, 1), dayNumber(year, month + 1, 0)).length
  },
  20000,
)

const deskTime = (random, from = hour(7, 30), until = hour(16, 30)) => random.integer(from, until)

function newRecord(random, group, unit, procedure, receivedDay) {
  return {
    group,
    level: unit.level,
    unit,
    procedure,
    month: dayParts(receivedDay).month,
    received: receivedDay * DAY + deskTime(random),
    due: addWorkingDays(receivedDay, procedure.days) * DAY + hour(17),
    resolved: null,
    isOnline: false,
    isDigitised: false,
    isPaidOnline: false,
    isLate: false,
  }
}

/** Resolves the record on a working day of [from, until], on its due day in about a third of the cases. */
function resolve(random, record, from, until) {
  const last = Math.min(dayOf(record.due), until)
  const isOnDueDay = last === dayOf(record.due) && random.chance(0.35)
  const day = isOnDueDay ? last : workingDays[random.integer(workingIndex(from), workingIndex(last))]
  const earliest = day === dayOf(record.received) ? record.received - day * DAY + 300 : hour(7, 30)
  record.resolved = day * DAY + random.integer(earliest, hour(17))
}

function levelRecords(random, level, units) {
  const wanted = PUBLISHED[level]
  const ofLevel = units.filter((unit) => unit.level === level && !unit.isVertical)
  const busyUnits = weightedSlots(ofLevel, (unit) => unit.busy, 4000)
  const slowUnits = busyUnits.filter((unit) => unit.slowProcedures)
  const december2023 = workingDaysBetween(dayNumber(2023, 12, 18), dayNumber(2023, 12, 29))
  const december2024 = workingDaysBetween(dayNumber(2024, 12, 18), YEAR_END)
  const make = (group, unit, procedures, days) => newRecord(random, group, unit, random.pick(procedures), random.pick(days))

  const carried = Array.from({ length: wanted.carried }, () => {
    const unit = random.pick(slowUnits)
    const record = make('carried', unit, unit.slowProcedures, december2023)
    resolve(random, record, FIRST_WORKED, dayNumber(2024, 1, 31))
    return record
  })
  const settled = Array.from({ length: wanted.resolved - wanted.carried }, (_, i) => {
    const unit = i < ofLevel.length ? ofLevel[i] : random.pick(busyUnits)
    const record = make('settled', unit, unit.procedures, receivedDays)
    resolve(random, record, dayOf(record.received), YEAR_END)
    return record
  })
  const open = Array.from({ length: wanted.carried }, (_, i) => {
    const unit = random.pick(slowUnits)
    return i < wanted.withdrawn
      ? make('withdrawn', unit, unit.slowProcedures, receivedDays)
      : make('open', unit, unit.slowProcedures, december2024)
  })

  const canBeLate = (record) => (record.procedure.days > 0 && record.month <= 9 ? 1 : 0)
  for (const record of sampleExactly(random, settled, wanted.late, canBeLate)) {
    record.isLate = true
    record.resolved = addWorkingDays(dayOf(record.due), random.integer(1, 6)) * DAY + deskTime(random)
  }
  markOnline(random, carried, wanted.carriedOnline)
  markOnline(random, open, wanted.carriedOnline)
  markOnline(random, settled, wanted.online - wanted.carriedOnline)
  markDigitised(random, [...carried, ...settled], Math.round((wanted.resolved * wanted.digitisedPercent) / 100))
  return [...carried, ...settled, ...open]
}

const untilYearEnd = (record) => 1.6 - record.month / 12

function markOnline(random, records, count) {
  const offline = sampleExactly(random, records, records.length - count, (record) =>
    record.procedure.hasService ? record.unit.laxity * untilYearEnd(record) : Infinity,
  )
  for (const record of records) record.isOnline = !offline.has(record)
}

function markDigitised(random, records, count) {
  const missing = sampleExactly(random, records, records.length - count, (record) => record.unit.laxity * untilYearEnd(record))
  for (const record of records) record.isDigitised = !missing.has(record)
}

function markPaidOnline(random, records) {
  const withFee = records.filter((record) => record.procedure.fee > 0 && record.group !== 'carried')
  const count = Math.round((withFee.length * PAID_ONLINE_PERCENT) / 100)
  const weight = (record) => (record.isOnline ? 8 : 1) / (record.unit.laxity + untilYearEnd(record))
  for (const record of sampleExactly(random, withFee, count, weight)) record.isPaidOnline = true
  for (const record of records) if (record.group === 'carried') record.isPaidOnline = record.procedure.fee > 0 && random.chance(0.7)
}

function refusedRecords(random, units) {
  return Array.from({ length: REFUSED }, () => {
    const unit = random.pick(units.filter((candidate) => !candidate.isVertical))
    const record = newRecord(random, 'refused', unit, random.pick(unit.procedures), random.pick(receivedDays))
    record.isOnline = record.procedure.hasService
    return record
  })
}

function verticalRecords(random, units) {
  const agencies = units.filter((unit) => unit.isVertical)
  return Array.from({ length: VERTICAL_SECTOR }, (_, i) => {
    const unit = agencies[i % agencies.length]
    const record = newRecord(random, 'vertical', unit, random.pick(unit.procedures), random.pick(receivedDays))
    const isOpen = record.month === 12 || random.chance(0.03)
    if (!isOpen) resolve(random, record, dayOf(record.received), YEAR_END)
    if (!isOpen && record.month < 11 && random.chance(0.09)) {
      record.isLate = true
      record.resolved = addWorkingDays(dayOf(record.due), random.integer(1, 12)) * DAY + deskTime(random)
    }
    record.isOnline = record.procedure.hasService && random.chance(0.3)
    return record
  })
}

/** Every record of the year. */
export function publishedRecords(random, units) {
  const counted = ['province', 'district', 'commune'].flatMap((level) => levelRecords(random, level, units))
  markPaidOnline(random, counted)
  return [...counted, ...refusedRecords(random, units), ...verticalRecords(random, units)]
}
