/**
 * Writes a fictional province, Tỉnh Sông Xanh, over 2024 and 2025 and the reorganisation of 01/07/2025: units, plan,
 * dossiers of both years, two partial exports of the same dossiers, surveys and kiosk ratings.
 *
 *   node data-samples/small-province.js [OUT_DIR]      default data-samples/small-province
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DAY, dayNumber, hour, momentText } from './lib/calendar.js'
import { announce, writeCsv } from './lib/csv.js'
import { DOSSIER_HEADER, PLAN_HEADER, SURVEY_HEADER, UNIT_HEADER } from './lib/dossier-columns.js'
import { isOpenAt, levelLabel, smallRecords, spelledCells, stateAt } from './lib/small-dossiers.js'
import { KIOSK_HEADER, LONG_SURVEY_HEADER, kioskRatings2025, longSurvey2025, wideSurvey2024 } from './lib/small-surveys.js'
import { randomSource, sampleExactly } from './lib/random.js'
import { CHANGE_HEADER, SONG_XANH_PLAN, songXanhChanges, songXanhUnits } from './lib/song-xanh.js'
import { spelled } from './lib/spellings.js'

const SEED = 3006
const DOSSIERS = 5000
const END_2024 = dayNumber(2024, 12, 31) * DAY + hour(17, 30)
const END_2025 = dayNumber(2025, 12, 31) * DAY + hour(17, 30)
const ODD_FROM = dayNumber(2025, 3, 10) * DAY
const PAYMENTS_EXPORTED = dayNumber(2025, 12, 31) * DAY + hour(18)

const LIST_HEADER = (
  'Số hồ sơ,Tên thủ tục hành chính,Tên lĩnh vực,Phòng ban,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,' +
  'Cơ quan/đơn vị,Chủ hồ sơ,Số điện thoại,Cán bộ xử lý hiện tại,Trạng thái hồ sơ'
).split(',')
const PAYMENT_HEADER = 'Mã hồ sơ,Lệ phí,Hình thức thanh toán,Ngày thanh toán,Cập nhật lần cuối'.split(',')
const HEADER_2025 = DOSSIER_HEADER.map((name) => name.replace('Số hoá', 'Số hóa'))
const column = (name) => DOSSIER_HEADER.indexOf(name)

/** A copy of a row with another code and some cells replaced. */
function altered(cells, code, changes) {
  const copy = cells.slice()
  copy[column('Mã hồ sơ')] = code
  for (const [name, text] of Object.entries(changes)) copy[column(name)] = text
  return copy
}

/** Six rows that cannot be accepted, and three of a unit that no registry knows. */
function oddRows(template) {
  const odd = (serial, changes) => altered(template, `${template[0].slice(0, 13)}-250310-9${serial}`, changes)
  const unknownUnit = { 'Mã đơn vị': '', 'Cơ quan thực hiện': 'UBND xã Không Có Thật', Cấp: 'Cấp xã' }
  return [
    odd('001', { 'Hình thức nộp': 'Bồ câu đưa thư' }),
    odd('002', { 'Hình thức nộp': 'Gửi qua người quen' }),
    odd('003', { 'Ngày hẹn trả': '31/02/2025' }),
    odd('004', { 'Ngày tiếp nhận': '31/02/2025 08:00:00' }),
    odd('005', { 'Ngày tiếp nhận': '10/03/2025 08:00:00', 'Ngày có kết quả': '07/03/2025 09:00:00' }),
    odd('006', { 'Ngày tiếp nhận': '11/03/2025 08:00:00', 'Ngày có kết quả': '28/02/2025 15:00:00' }),
    ...['0001', '0002', '0003'].map((serial) => altered(template, `000.99.99.H99-250310-${serial}`, unknownUnit)),
  ]
}

const listCells = (random, state) => [
  state.code,
  state.procedure.name,
  state.procedure.field,
  'Bộ phận một cửa',
  momentText(state.received),
  momentText(state.due),
  momentText(state.resolved),
  state.unit.name,
  state.person,
  state.phone,
  'Cán bộ Giả Định',
  spelled(random, state.status),
]

const paymentCells = (random, state) => [
  state.code,
  state.procedure.feeText,
  spelled(random, state.payment),
  momentText(state.paid),
  momentText(PAYMENTS_EXPORTED),
]

const folder = process.argv[2] ?? fileURLToPath(new URL('./small-province', import.meta.url))
const random = randomSource(SEED)
const units = songXanhUnits()
const records = smallRecords(random, units, DOSSIERS)

const in2024 = records.filter((record) => record.received <= END_2024).map((record) => stateAt(record, END_2024))
const in2025 = records
  .filter((record) => record.received > END_2024 || isOpenAt(record, END_2024))
  .filter((record) => record.received <= END_2025)
  .map((record) => stateAt(record, END_2025))
const complete = in2025.filter((state) => state.resolved !== null && state.returned !== null && !state.unit.isVertical)
const listed = sampleExactly(random, complete, 60)
const payments = sampleExactly(
  random,
  complete.filter((state) => state.payment !== null),
  200,
)
const onlyInPayments = sampleExactly(random, [...payments], 100)

const rows2024 = in2024.map((state) => spelledCells(random, state))
const rows2025 = in2025.map((state) => spelledCells(random, onlyInPayments.has(state) ? { ...state, payment: null, paid: null } : state))
const template = rows2025[in2025.findIndex((state) => state.status === 'returned' && state.received > ODD_FROM)].slice()
template[column('Hình thức nộp')] = 'Trực tuyến'

const write = (name, header, rows) => announce(join(folder, name), writeCsv(join(folder, name), header, rows))
write(
  'units.csv',
  [...UNIT_HEADER, 'Cấp tính'],
  units.map((unit) => [
    unit.code,
    unit.name,
    unit.type,
    levelLabel(unit.level),
    unit.parent,
    unit.from,
    unit.until,
    unit.isVertical ? 'Có' : 'Không',
    levelLabel(unit.countedLevel),
  ]),
)
write('unit-changes.csv', CHANGE_HEADER, songXanhChanges(units))
write('plan.csv', PLAN_HEADER, SONG_XANH_PLAN)
write('dossiers-2024.csv', DOSSIER_HEADER, rows2024)
write('dossiers-2025.csv', HEADER_2025, [...rows2025, ...oddRows(template)])
write(
  'list-export.csv',
  LIST_HEADER,
  [...listed].map((state) => listCells(random, state)),
)
write(
  'payment-export.csv',
  PAYMENT_HEADER,
  [...payments].map((state) => paymentCells(random, state)),
)
write('survey-2024.csv', SURVEY_HEADER, wideSurvey2024(random, units))
write('survey-2025.csv', LONG_SURVEY_HEADER, longSurvey2025(random, units))
write('kiosk-2025.csv', KIOSK_HEADER, kioskRatings2025(random, units))
