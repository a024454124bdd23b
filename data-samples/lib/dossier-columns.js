/** The full dossier export: its header, and a row from a record of values by column. */
import { momentText } from './calendar.js'

export const DOSSIER_HEADER = (
  'Mã hồ sơ,Mã TTHC,Tên TTHC,Lĩnh vực,Mã đơn vị,Cơ quan thực hiện,Cấp,Người nộp,Số điện thoại,Hình thức nộp,' +
  'Mức độ DVC,Ngày nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Ngày trả kết quả,Trạng thái,Lệ phí,' +
  'Hình thức thanh toán,Ngày thanh toán,Số hoá thành phần hồ sơ,Số hoá kết quả,Tái sử dụng,Văn bản xin lỗi,' +
  'Nộp hộ,Ngành dọc,Cập nhật lần cuối'
).split(',')

export const UNIT_HEADER = 'Mã đơn vị,Tên đơn vị,Loại,Cấp,Mã đơn vị cha,Hiệu lực từ,Hiệu lực đến,Ngành dọc'.split(',')

export const PLAN_HEADER = 'Chỉ tiêu,Cấp,Đơn vị,Kỳ,Kế hoạch,Hiệu lực từ,Nguồn'.split(',')

export const SURVEY_HEADER = (
  'Mã phiếu,Ngày khảo sát,Mã đơn vị,Đơn vị,1. Tiếp cận dịch vụ,2. Thủ tục hành chính,3. Công chức,4. Kết quả,' + '5. Phản ánh kiến nghị'
).split(',')

export const LEVEL_LABELS = { province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' }

/** 120000 → "120.000". */
export const moneyText = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, '.')

/** The cells of one row, in the order of DOSSIER_HEADER; moments are numbers or null, the rest is text. */
export const dossierCells = (row) => [
  row.code,
  row.procedure.code,
  row.procedure.name,
  row.procedure.field,
  row.unitCode,
  row.unitName,
  row.level,
  row.person,
  row.phone,
  row.channel,
  row.serviceLevel,
  momentText(row.submitted),
  momentText(row.received),
  momentText(row.due),
  momentText(row.resolved),
  momentText(row.returned),
  row.status,
  row.fee,
  row.payment,
  momentText(row.paid),
  row.intakeDigitised,
  row.resultDigitised,
  row.dataReused,
  row.apology,
  row.assisted,
  row.verticalSector,
  momentText(row.updated),
]

/** Gives each dossier the next serial of its unit and day: 000.00.01.H12-240105-0001. */
export function codeSeries() {
  const serialsOfDay = new Map()
  return (unitCode, dayCode) => {
    if (!serialsOfDay.has(dayCode)) serialsOfDay.set(dayCode, new Map())
    const serials = serialsOfDay.get(dayCode)
    const serial = (serials.get(unitCode) ?? 0) + 1
    serials.set(unitCode, serial)
    return `${unitCode}-${dayCode}-${String(serial).padStart(4, '0')}`
  }
}
