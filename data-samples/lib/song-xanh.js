/**
 * The units of Tỉnh Sông Xanh, which does not exist: three levels until 30/06/2025, two from 01/07/2025. It has what
 * registries have: a ward and a commune of one name, a new unit with an old unit's name, an agency of a vertical
 * sector, a land-office branch counted at another level than its own, and a unit without dossiers (Ban Dân tộc).
 */
import { dayNumber } from './calendar.js'

export const PROVINCE_CODE = 'H99'
export const REORGANISED = dayNumber(2025, 7, 1)
const [LAST_OLD, FIRST_NEW] = ['30/06/2025', '01/07/2025']

const DEPARTMENTS = ['Sở Tư pháp', 'Sở Xây dựng', 'Sở Y tế', 'Sở Tài nguyên và Môi trường', 'Ban Dân tộc']
const DISTRICTS = [
  ['thành phố Sông Xanh', ['phường Hòa Bình', 'phường Cầu Tre', 'phường Bến Đò', 'xã Hoà Bình']],
  ['huyện Bến Lúa', ['thị trấn Bến Lúa', 'xã Vàm Trên', 'xã Vàm Dưới', 'xã Mỹ Sậy']],
  ['huyện Đồng Sậy', ['thị trấn Đồng Sậy', 'xã Gò Tre', 'xã Rạch Lúa', 'xã Đầm Xanh']],
]
const NEW_COMMUNES = ['phường Sông Xanh', 'phường Hòa Bình', 'xã Bến Lúa', 'xã Vàm Trên', 'xã Đồng Sậy']

const typeOf = (place) => /^(thành phố|huyện|phường|thị trấn|xã)/.exec(place)[1]
const two = (number) => String(number).padStart(2, '0')

/** Every unit: {code, name, type, level, parent, from, until, countedLevel, isVertical, share}; share is of the dossiers. */
export function songXanhUnits() {
  const units = []
  const add = (code, name, type, level, more = {}) =>
    units.push({
      code: `${code}.${PROVINCE_CODE}`,
      name,
      type,
      level,
      parent: '',
      from: '',
      until: '',
      countedLevel: null,
      isVertical: false,
      share: 1,
      ...more,
    })

  DEPARTMENTS.forEach((name, i) =>
    add(`000.00.${two(i + 1)}`, name, name.split(' ')[0], 'province', { share: name === 'Ban Dân tộc' ? 0 : 1 + (i === 3) }),
  )
  add('000.00.81', 'Công an tỉnh', 'Công an', 'province', { isVertical: true, share: 0.5 })
  add('000.01.04', 'Chi nhánh Văn phòng Đăng ký đất đai khu vực Sông Xanh', 'Chi nhánh', 'province', {
    parent: `000.00.04.${PROVINCE_CODE}`,
    until: LAST_OLD,
    countedLevel: 'district',
    share: 1.2,
  })
  DISTRICTS.forEach(([district, communes], i) => {
    const parent = `000.00.${21 + i}`
    add(parent, `UBND ${district}`, `UBND ${typeOf(district)}`, 'district', { until: LAST_OLD, share: 1.4 })
    communes.forEach((commune, j) =>
      add(`000.${two(j + 1)}.${21 + i}`, `UBND ${commune}`, `UBND ${typeOf(commune)}`, 'commune', {
        parent: `${parent}.${PROVINCE_CODE}`,
        until: LAST_OLD,
        share: 0.8,
      }),
    )
  })
  NEW_COMMUNES.forEach((commune, i) =>
    add(`000.00.${41 + i}`, `UBND ${commune}`, `UBND ${typeOf(commune)}`, 'commune', { from: FIRST_NEW, share: 2.4 }),
  )
  return units
}

export const CHANGE_HEADER = 'Mã đơn vị cũ,Tên đơn vị cũ,Mã đơn vị mới,Tên đơn vị mới,Từ ngày,Mức độ nhập,Tỷ lệ'.split(',')

/** What became of the old communes: one was split in known shares, one in parts that nobody stated. */
export function songXanhChanges(units) {
  const went = (oldCode, newCode, extent = 'Nhập toàn bộ', share = '') => {
    const named = (code) => {
      const unit = units.find((one) => one.code === `${code}.${PROVINCE_CODE}`)
      return [unit.code, unit.name]
    }
    return [...named(oldCode), ...named(newCode), FIRST_NEW, extent, share]
  }
  return [
    went('000.01.21', '000.00.42', 'Nhập một phần', '60%'),
    went('000.01.21', '000.00.41', 'Nhập một phần', '40%'),
    went('000.02.21', '000.00.41'),
    went('000.03.21', '000.00.41'),
    went('000.04.21', '000.00.42'),
    went('000.01.22', '000.00.43'),
    went('000.02.22', '000.00.44'),
    went('000.03.22', '000.00.44'),
    went('000.04.22', '000.00.43', 'Nhập một phần'),
    went('000.04.22', '000.00.45', 'Nhập một phần'),
    ...['000.01.23', '000.02.23', '000.03.23', '000.04.23'].map((code) => went(code, '000.00.45')),
  ]
}

/** Whether the unit works on a day. */
export const isWorking = (unit, day) => (unit.until === '' || day < REORGANISED) && (unit.from === '' || day >= REORGANISED)

/** What the unit handles; from 01/07/2025 communes also handle what districts did. */
export function proceduresInSongXanh(catalogue, unit) {
  if (unit.isVertical) return catalogue.filter((procedure) => procedure.department === unit.name)
  if (unit.type === 'Chi nhánh') return catalogue.filter(({ level, field }) => level === 'province' && field === 'Đất đai')
  if (unit.level === 'province') return catalogue.filter((procedure) => procedure.department === unit.name)
  const levels = unit.from === FIRST_NEW ? ['commune', 'district'] : [unit.level]
  return catalogue.filter((procedure) => levels.includes(procedure.level))
}

const PLAN_2024 = 'Kế hoạch CCHC năm 2024 của tỉnh Sông Xanh'
const PLAN_2025 = 'Kế hoạch CCHC năm 2025 của tỉnh Sông Xanh'
const ADJUSTED_2025 = 'Kế hoạch CCHC năm 2025 của tỉnh Sông Xanh (điều chỉnh sau sắp xếp)'

/** The plan of both years, in the columns of a plan file. */
export const SONG_XANH_PLAN = [
  ['online_submission_rate', '', '', '2024', '60 %', '01/01/2024', PLAN_2024],
  ['online_payment_rate', '', '', '2024', '45', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp tỉnh', '', '2024', '0,75', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp huyện', '', '2024', '70%', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp xã', '', '2024', '60', '01/01/2024', PLAN_2024],
  ['on_time_rate', '', '', '2024', '95 %', '01/01/2024', PLAN_2024],
  ['late_rate', '', '', '2024', '≤ 5 %', '01/01/2024', PLAN_2024],
  ['satisfaction_rate', '', '', '2024', '85 %', '01/01/2024', PLAN_2024],
  ['online_submission_rate', 'Cấp tỉnh', '', '2025', '80 %', '01/01/2025', PLAN_2025],
  ['online_submission_rate', 'Cấp huyện', '', '2025', '75 %', '01/01/2025', PLAN_2025],
  ['online_submission_rate', 'Cấp xã', '', '2025', '70 %', '01/01/2025', PLAN_2025],
  ['online_submission_rate', 'Cấp xã', '', '2025', '75 %', '01/07/2025', ADJUSTED_2025],
  ['online_submission_rate', '', 'Sở Tư pháp', '2025', '90 %', '01/01/2025', PLAN_2025],
  ['online_payment_rate', '', '', '2025', '60 %', '01/01/2025', PLAN_2025],
  ['digitisation_rate', 'Cấp tỉnh', '', '2025', '85 %', '01/01/2025', PLAN_2025],
  ['digitisation_rate', 'Cấp huyện', '', '2025', '80 %', '01/01/2025', PLAN_2025],
  ['digitisation_rate', 'Cấp xã', '', '2025', '75,5 %', '01/01/2025', PLAN_2025],
  ['on_time_rate', '', '', '2025', '97 %', '01/01/2025', PLAN_2025],
  ['late_rate', '', '', '2025', '≤ 3 %', '01/01/2025', PLAN_2025],
  ['pending_overdue_rate', '', '', '2025', '10 %', '01/01/2025', PLAN_2025],
  ['satisfaction_rate', '', '', '2025', '90 %', '01/01/2025', PLAN_2025],
]
