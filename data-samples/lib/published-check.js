/**
 * Counts the published figures again, from the cells of the rows as written and by the definitions of the
 * metrics, and refuses what does not give them.
 */
import { DOSSIER_HEADER } from './dossier-columns.js'

const at = Object.fromEntries(DOSSIER_HEADER.map((name, i) => [name, i]))
const isYes = (cell) => cell === 'Có' || cell === 'x'
const isIn2024 = (cell) => cell.slice(6, 10) === '2024'
const dayKey = (cell) => cell.slice(6, 10) + cell.slice(3, 5) + cell.slice(0, 2)

export const percentText = (numerator, denominator) => {
  const hundredths = Math.floor((20000 * numerator + denominator) / (2 * denominator))
  return (hundredths / 100).toFixed(2)
}

const emptyTally = () => ({
  received: 0,
  receivedOnline: 0,
  withFee: 0,
  paidOnline: 0,
  intakeDigitised: 0,
  resolved: 0,
  resolvedOnline: 0,
  onTime: 0,
  late: 0,
  apologies: 0,
  digitised: 0,
  resultDigitised: 0,
  carried: 0,
  pending: 0,
  withdrawn: 0,
})

/** {add(cells), levels: tally by level label, total(), refused, vertical, codes, units}. */
export function publishedTally() {
  const levels = { 'Cấp tỉnh': emptyTally(), 'Cấp huyện': emptyTally(), 'Cấp xã': emptyTally() }
  const tally = { levels, refused: 0, vertical: 0, codes: new Set(), units: new Set() }
  tally.add = (cells) => {
    tally.codes.add(cells[at['Mã hồ sơ']])
    tally.units.add(cells[at['Mã đơn vị']])
    if (isYes(cells[at['Ngành dọc']])) return void tally.vertical++
    const status = cells[at['Trạng thái']]
    if (status === 'Không được tiếp nhận') return void tally.refused++
    addCounted(levels[cells[at['Cấp']]], cells, status === 'Công dân yêu cầu rút hồ sơ')
  }
  tally.total = () => {
    const total = emptyTally()
    for (const level of Object.values(levels)) for (const key of Object.keys(total)) total[key] += level[key]
    return total
  }
  return tally
}

function addCounted(counts, cells, isWithdrawn) {
  const isOnline = cells[at['Hình thức nộp']] === 'Trực tuyến'
  const [received, resolved] = [cells[at['Ngày tiếp nhận']], cells[at['Ngày có kết quả']]]
  const [intake, result] = [isYes(cells[at['Số hoá thành phần hồ sơ']]), isYes(cells[at['Số hoá kết quả']])]
  counts.withdrawn += isWithdrawn
  if (isIn2024(received)) {
    counts.received++
    counts.receivedOnline += isOnline
    counts.intakeDigitised += intake
    if (cells[at['Lệ phí']] !== '0') {
      counts.withFee++
      counts.paidOnline += cells[at['Hình thức thanh toán']] === 'Trực tuyến'
    }
  } else counts.carried++
  if (isWithdrawn) return
  if (resolved === '') return void counts.pending++
  if (!isIn2024(resolved)) throw new Error(`resolved outside 2024: ${cells}`)
  const isLate = dayKey(resolved) > dayKey(cells[at['Ngày hẹn trả']])
  counts.resolved++
  counts.resolvedOnline += isOnline
  counts.late += isLate
  counts.onTime += !isLate
  counts.apologies += isLate && cells[at['Văn bản xin lỗi']] === 'Có'
  counts.digitised += intake && result
  counts.resultDigitised += result
}

/** Throws unless the tally gives every published figure. */
export function checkPublished(tally, { rows, units, refused, vertical }) {
  const expect = (what, actual, wanted) => {
    if (actual !== wanted) throw new Error(`${what}: ${actual} instead of ${wanted}`)
  }
  const total = tally.total()
  const published = { 'Cấp tỉnh': [205775, 2, '93.25'], 'Cấp huyện': [27353, 3, '95.68'], 'Cấp xã': [124070, 23, '96.68'] }
  for (const [level, [resolved, late, digitised]] of Object.entries(published)) {
    const counts = tally.levels[level]
    expect(`${level} resolved`, counts.resolved, resolved)
    expect(`${level} late`, counts.late, late)
    expect(`${level} on time`, counts.onTime, resolved - late)
    expect(`${level} digitised`, percentText(counts.digitised, counts.resolved), digitised)
  }
  expect('resolved', total.resolved, 357198)
  expect('resolved online', total.resolvedOnline, 329230)
  expect('received', total.received, 357198)
  expect('received online', total.receivedOnline, 329230)
  expect('online rate', percentText(total.receivedOnline, total.received), '92.17')
  expect('online payment rate', percentText(total.paidOnline, total.withFee), '77.62')
  expect('late with an apology letter', total.apologies, 28)
  expect('carried in', total.carried, total.pending + total.withdrawn)
  expect('not received', tally.refused, refused)
  expect('vertical sector', tally.vertical, vertical)
  expect('codes', tally.codes.size, rows)
  expect('units with dossiers', tally.units.size, units)
}
