/**
 * What people and vendors write for the same thing: each list has the proper spelling first and is weighted to it.
 */
const SPELLINGS = {
  online: ['Trực tuyến', 'Trực tuyến', 'Trực tuyến', 'Nộp trực tuyến', 'trực tuyến ', 'Trực\u00a0tuyến'],
  in_person: ['Trực tiếp', 'Trực tiếp', 'Nộp trực tiếp', 'trực tiếp '],
  postal: ['Bưu chính công ích', 'bưu chính công ích '],
  province: ['Cấp tỉnh', 'Cấp tỉnh', 'Cấp Tỉnh', 'cấp tỉnh '],
  district: ['Cấp huyện', 'Cấp huyện', 'Cấp Huyện', 'Cấp huyện '],
  commune: ['Cấp xã', 'Cấp xã', 'Cấp Xã', 'Xã'],
  full: ['Toàn trình', 'Toàn trình', 'toàn trình'],
  partial: ['Một phần', 'Một phần', 'Một phần '],
  information: ['Cung cấp thông tin'],
  yes: ['Có', 'Có', 'có', 'x', '1'],
  no: ['Không', 'Không', 'không', '0', ''],
  paid_online: ['Trực tuyến', 'Trực tuyến', 'Thanh toán trực tuyến'],
  cash: ['Tiền mặt', 'Tiền mặt', 'tiền mặt '],
  returned: ['Đã trả kết quả', 'Đã trả kết quả', 'Đã trả kết quả '],
  resolved: ['Đã xử lý xong', 'Đã có kết quả', 'Hoàn thành'],
  processing: ['Đang xử lý', 'Đang xử lý', 'Chờ xử lý', 'Chờ ký duyệt'],
  supplement_requested: ['Yêu cầu bổ sung giấy tờ', 'Chờ bổ sung hồ sơ'],
  withdrawn: ['Công dân yêu cầu rút hồ sơ', 'Đã rút hồ sơ'],
  not_received: ['Không được tiếp nhận', 'Từ chối tiếp nhận', 'Không tiếp nhận'],
  stopped: ['Dừng xử lý'],
}

export const spelled = (random, value) => random.pick(SPELLINGS[value])

/** A unit's name as it comes in exports. */
export function spelledUnit(random, name) {
  if (!name.startsWith('UBND') || random.chance(0.85)) return name
  return random.pick([
    name.replace('UBND', 'Uỷ ban nhân dân'),
    name.replace('UBND', 'Ủy ban nhân dân'),
    name.includes('Hòa') ? name.replace('Hòa', 'Hoà') : name.replace('Hoà', 'Hòa'),
    `${name} `,
  ])
}

/** An amount as it comes in exports: 120.000, 120000 or 120.000 đ. */
export const spelledMoney = (random, text) => (random.chance(0.9) ? text : random.pick([text.replaceAll('.', ''), `${text} đ`]))
