/** From the records of the published year to the rows of its export, as it stood at the end of 31/12/2024. */
import { DAY, dayNumber, dayOf, dayParts, addWorkingDays, hour } from './calendar.js'
import { LEVEL_LABELS, codeSeries, dossierCells } from './dossier-columns.js'
import { fictionalName, fictionalPhone } from './people.js'

const SNAPSHOT = dayNumber(2024, 12, 31) * DAY + DAY - 1
const yes = (random) => (random.chance(0.05) ? 'x' : 'Có')
const no = (random) => (random.chance(0.04) ? '' : 'Không')
const yesOrNo = (random, value) => (value ? yes(random) : no(random))

function submissionOf(random, record) {
  if (record.isOnline) return ['Trực tuyến', record.received - random.integer(600, hour(20))]
  if (random.chance(0.06)) return ['Bưu chính công ích', record.received - random.integer(DAY, 3 * DAY)]
  return ['Trực tiếp', record.received - random.integer(0, 900)]
}

function paymentOf(random, record, submitted) {
  if (record.procedure.fee === 0 || record.group === 'refused') return ['', null]
  if (record.isPaidOnline) return ['Trực tuyến', Math.min(submitted + random.integer(60, 540), record.received)]
  if (record.resolved === null || random.chance(0.02)) return ['', null]
  if (random.chance(0.12)) return ['Chuyển khoản', record.received]
  return ['Tiền mặt', random.chance(0.6) ? record.received : record.resolved]
}

function statusOf(random, record, returned) {
  if (record.group === 'withdrawn') return 'Công dân yêu cầu rút hồ sơ'
  if (record.group === 'refused') return 'Không được tiếp nhận'
  if (returned !== null) return 'Đã trả kết quả'
  if (record.resolved !== null) return 'Đã xử lý xong'
  return random.pick(['Đang xử lý', 'Đang xử lý', 'Đang xử lý', 'Được tiếp nhận', 'Yêu cầu bổ sung giấy tờ'])
}

/** Both digitised, or one of the two, or neither; only what has no result yet leaves a cell empty. */
function digitisationOf(random, record) {
  if (record.group === 'vertical') return ['Không', 'Không']
  if (record.resolved === null) return [random.chance(0.95) ? yes(random) : 'Không', '']
  if (record.isDigitised) return [yes(random), yes(random)]
  const draw = random.next()
  return [draw < 0.55 ? yes(random) : 'Không', draw >= 0.55 && draw < 0.75 ? yes(random) : 'Không']
}

function rowOf(random, record, nextCode) {
  const { unit, procedure, group } = record
  const { submitted } = record
  const [payment, paid] = paymentOf(random, record, submitted)
  const [intakeDigitised, resultDigitised] = digitisationOf(random, record)
  const isReceived = group !== 'refused' || random.chance(0.5)
  const isWithdrawn = group === 'withdrawn'
  const ended =
    isWithdrawn && random.chance(0.4) ? Math.min(record.received + random.integer(hour(20), 4 * DAY), SNAPSHOT) : record.resolved

  let returned = null
  if (record.resolved !== null && random.chance(0.96)) {
    const wait = random.integer(0, 3)
    const day = addWorkingDays(dayOf(record.resolved), wait)
    const moment = wait === 0 ? record.resolved + random.integer(0, 3600) : day * DAY + random.integer(hour(7, 30), hour(17))
    if (moment <= SNAPSHOT) returned = moment
  }
  return {
    code: nextCode(unit.code, dayParts(dayOf(submitted)).code),
    procedure,
    unitCode: unit.code,
    unitName: unit.name,
    level: LEVEL_LABELS[record.level],
    person: fictionalName(random),
    phone: fictionalPhone(random),
    channel: record.channel,
    serviceLevel: procedure.serviceLevel,
    submitted,
    received: isReceived ? record.received : null,
    due: group === 'refused' ? null : record.due,
    resolved: ended,
    returned,
    status: statusOf(random, record, returned),
    fee: procedure.feeText,
    payment,
    paid,
    intakeDigitised,
    resultDigitised,
    dataReused: yesOrNo(random, record.isDigitised && random.chance(0.58)),
    apology: record.isLate && group !== 'vertical' ? 'Có' : no(random),
    assisted: yesOrNo(random, record.isOnline && random.chance(0.12)),
    verticalSector: group === 'vertical' ? 'Có' : no(random),
    updated: Math.min(Math.max(record.received, ended ?? 0, returned ?? 0) + random.integer(30, 3600), SNAPSHOT),
  }
}

/** Yields the cells of each row, ordered by the moment of submission; codes are numbered in that order. */
export function* publishedRows(random, records) {
  for (const record of records) [record.channel, record.submitted] = submissionOf(random, record)
  records.sort((a, b) => a.submitted - b.submitted)
  const nextCode = codeSeries()
  for (const record of records) yield dossierCells(rowOf(random, record, nextCode))
}
