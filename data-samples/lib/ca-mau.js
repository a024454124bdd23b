/**
 * The units of Cà Mau in 2024: departments, the nine districts and their hundred communes (names of the
 * public list of administrative units), and the vertical-sector agencies. Codes follow the pattern of the
 * national unit codes; their numbers are made up.
 */
const DEPARTMENTS = [
  'Văn phòng UBND tỉnh',
  'Sở Nội vụ',
  'Sở Tư pháp',
  'Sở Tài chính',
  'Sở Kế hoạch và Đầu tư',
  'Sở Công Thương',
  'Sở Nông nghiệp và Phát triển nông thôn',
  'Sở Giao thông vận tải',
  'Sở Xây dựng',
  'Sở Tài nguyên và Môi trường',
  'Sở Thông tin và Truyền thông',
  'Sở Lao động - Thương binh và Xã hội',
  'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Khoa học và Công nghệ',
  'Sở Giáo dục và Đào tạo',
  'Sở Y tế',
  'Thanh tra tỉnh',
  'Ban Dân tộc',
  'Ban Quản lý Khu kinh tế tỉnh',
]

const VERTICAL = ['Công an tỉnh', 'Cục Thuế tỉnh', 'Bảo hiểm xã hội tỉnh', 'Cục Hải quan tỉnh', 'Kho bạc Nhà nước tỉnh']

const DISTRICTS = [
  ['thành phố Cà Mau', 'phường', '1, 2, 5, 6, 7, 8, 9, Tân Xuyên, Tân Thành'],
  ['thành phố Cà Mau', 'xã', 'An Xuyên, Tân Thành, Tắc Vân, Lý Văn Lâm, Định Bình, Hòa Thành, Hòa Tân'],
  ['huyện U Minh', 'thị trấn', 'U Minh'],
  ['huyện U Minh', 'xã', 'Khánh Hòa, Khánh Thuận, Khánh Tiến, Nguyễn Phích, Khánh Lâm, Khánh An, Khánh Hội'],
  ['huyện Thới Bình', 'thị trấn', 'Thới Bình'],
  ['huyện Thới Bình', 'xã', 'Biển Bạch, Tân Bằng, Trí Phải, Trí Lực, Biển Bạch Đông, Thới Bình, Tân Phú, Tân Lộc Bắc, Tân Lộc'],
  ['huyện Thới Bình', 'xã', 'Tân Lộc Đông, Hồ Thị Kỷ'],
  ['huyện Trần Văn Thời', 'thị trấn', 'Trần Văn Thời, Sông Đốc'],
  ['huyện Trần Văn Thời', 'xã', 'Khánh Bình Tây Bắc, Khánh Bình Tây, Trần Hợi, Khánh Lộc, Khánh Bình, Khánh Hưng'],
  ['huyện Trần Văn Thời', 'xã', 'Khánh Bình Đông, Khánh Hải, Lợi An, Phong Điền, Phong Lạc'],
  ['huyện Cái Nước', 'thị trấn', 'Cái Nước'],
  ['huyện Cái Nước', 'xã', 'Thạnh Phú, Lương Thế Trân, Phú Hưng, Tân Hưng, Hưng Mỹ, Hoà Mỹ, Đông Hưng, Đông Thới'],
  ['huyện Cái Nước', 'xã', 'Tân Hưng Đông, Trần Thới'],
  ['huyện Đầm Dơi', 'thị trấn', 'Đầm Dơi'],
  ['huyện Đầm Dơi', 'xã', 'Tạ An Khương, Tạ An Khương Đông, Tạ An Khương Nam, Trần Phán, Tân Trung, Tân Đức, Tân Thuận'],
  ['huyện Đầm Dơi', 'xã', 'Tân Duyệt, Tân Dân, Tân Tiến, Quách Phẩm Bắc, Quách Phẩm, Thanh Tùng, Ngọc Chánh, Nguyễn Huân'],
  ['huyện Năm Căn', 'thị trấn', 'Năm Căn'],
  ['huyện Năm Căn', 'xã', 'Hàm Rồng, Hiệp Tùng, Đất Mới, Lâm Hải, Hàng Vịnh, Tam Giang, Tam Giang Đông'],
  ['huyện Phú Tân', 'thị trấn', 'Cái Đôi Vàm'],
  ['huyện Phú Tân', 'xã', 'Phú Thuận, Phú Mỹ, Phú Tân, Tân Hải, Việt Thắng, Tân Hưng Tây, Rạch Chèo, Nguyễn Việt Khái'],
  ['huyện Ngọc Hiển', 'thị trấn', 'Rạch Gốc'],
  ['huyện Ngọc Hiển', 'xã', 'Tam Giang Tây, Tân Ân Tây, Viên An Đông, Viên An, Tân Ân, Đất Mũi'],
]

const LAST_DAY_OF_DISTRICTS = '30/06/2025'
const two = (number) => String(number).padStart(2, '0')
const withoutPlace = (name) => /^(Sở|Ban|Thanh tra|Văn phòng|Công an|Cục|Bảo hiểm xã hội|Kho bạc)/.exec(name)[1]

/** Every unit: {code, name, type, level, parent, until, isVertical}, parents before children. */
export function caMauUnits() {
  const units = []
  const add = (code, name, type, level, parent = '', until = '', isVertical = false) =>
    units.push({ code, name, type, level, parent, until, isVertical })

  DEPARTMENTS.forEach((name, i) => add(`000.00.${two(i + 1)}.H12`, name, withoutPlace(name), 'province'))
  const districtCodes = new Map()
  const communeCount = new Map()
  for (const [district, type, names] of DISTRICTS) {
    if (!districtCodes.has(district)) {
      const code = `000.00.${31 + districtCodes.size}.H12`
      districtCodes.set(district, code)
      add(code, `UBND ${district}`, `UBND ${/^(thành phố|huyện)/.exec(district)[0]}`, 'district', '', LAST_DAY_OF_DISTRICTS)
    }
    const parent = districtCodes.get(district)
    for (const name of names.split(', ')) {
      const serial = (communeCount.get(district) ?? 0) + 1
      communeCount.set(district, serial)
      add(`000.${two(serial)}.${parent.slice(7, 9)}.H12`, `UBND ${type} ${name}`, `UBND ${type}`, 'commune', parent, LAST_DAY_OF_DISTRICTS)
    }
  }
  VERTICAL.forEach((name, i) => add(`000.00.${81 + i}.H12`, name, withoutPlace(name), 'province', '', '', true))
  return units
}
