/**
 * The catalogue of administrative procedures used by the samples: real-sounding names, made-up numbers.
 * Within a text, "Name = 120" is a procedure with a fee of 120.000 dong, "Name" one without.
 */
import { moneyText } from './dossier-columns.js'

const PROVINCE = [
  [
    'Văn phòng UBND tỉnh',
    'Hội nghị, hội thảo quốc tế',
    'Cho phép tổ chức hội nghị, hội thảo quốc tế; Cho chủ trương đăng cai hội nghị quốc tế',
  ],
  [
    'Sở Nội vụ',
    'Tổ chức phi chính phủ',
    'Công nhận ban vận động thành lập hội; Phê duyệt điều lệ hội; Đổi tên hội; Thông báo tổ chức đại hội của hội',
  ],
  ['Sở Nội vụ', 'Thi đua, khen thưởng', 'Tặng Cờ thi đua của Chủ tịch UBND tỉnh; Tặng Bằng khen của Chủ tịch UBND tỉnh theo công trạng'],
  [
    'Sở Tư pháp',
    'Lý lịch tư pháp',
    'Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam, người nước ngoài đang cư trú tại Việt Nam = 200; Cấp Phiếu lý lịch tư pháp cho cơ quan nhà nước',
  ],
  [
    'Sở Tư pháp',
    'Luật sư, công chứng',
    'Cấp lại thẻ công chứng viên = 100; Đăng ký hoạt động của tổ chức hành nghề luật sư = 50; Đăng ký hành nghề công chứng; Thay đổi nội dung đăng ký hoạt động của chi nhánh',
  ],
  [
    'Sở Tài chính',
    'Quản lý giá',
    'Kê khai giá hàng hoá, dịch vụ; Đăng ký mã số đơn vị có quan hệ với ngân sách nhà nước; Điều chỉnh mã số đơn vị có quan hệ với ngân sách nhà nước',
  ],
  [
    'Sở Kế hoạch và Đầu tư',
    'Thành lập và hoạt động doanh nghiệp',
    'Đăng ký thành lập công ty trách nhiệm hữu hạn một thành viên = 50; Đăng ký thay đổi địa chỉ trụ sở chính của doanh nghiệp = 50; Thông báo tạm ngừng kinh doanh; Giải thể doanh nghiệp; Đăng ký hoạt động chi nhánh, văn phòng đại diện = 50',
  ],
  [
    'Sở Công Thương',
    'Lưu thông hàng hoá',
    'Cấp Giấy chứng nhận đủ điều kiện làm đại lý bán lẻ xăng dầu = 1200; Cấp lại Giấy phép bán buôn rượu = 1200; Cấp Giấy phép bán lẻ thuốc lá = 1200; Cấp sửa đổi Giấy phép bán buôn thuốc lá',
  ],
  [
    'Sở Công Thương',
    'Xúc tiến thương mại',
    'Thông báo hoạt động khuyến mại; Đăng ký hoạt động khuyến mại mang tính may rủi; Đăng ký tổ chức hội chợ, triển lãm thương mại',
  ],
  [
    'Sở Nông nghiệp và Phát triển nông thôn',
    'Thuỷ sản',
    'Cấp, cấp lại Giấy phép khai thác thuỷ sản = 40; Cấp Giấy chứng nhận đăng ký tàu cá = 120; Xoá đăng ký tàu cá; Cấp Giấy chứng nhận nguồn gốc thuỷ sản khai thác = 150; Xác nhận đăng ký nuôi trồng thuỷ sản lồng bè',
  ],
  [
    'Sở Nông nghiệp và Phát triển nông thôn',
    'Bảo vệ thực vật',
    'Cấp Giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật = 500; Cấp Giấy xác nhận nội dung quảng cáo phân bón',
  ],
  [
    'Sở Giao thông vận tải',
    'Đường bộ',
    'Đổi Giấy phép lái xe do ngành Giao thông vận tải cấp = 135; Cấp phù hiệu xe tải, xe hợp đồng; Cấp lại Giấy phép lái xe = 135; Cấp Giấy phép kinh doanh vận tải bằng xe ô tô; Chấp thuận khai thác tuyến cố định',
  ],
  [
    'Sở Giao thông vận tải',
    'Đường thuỷ nội địa',
    'Đăng ký phương tiện thuỷ nội địa lần đầu = 70; Xoá đăng ký phương tiện thuỷ nội địa; Cấp lại chứng chỉ chuyên môn thuyền viên = 50',
  ],
  [
    'Sở Xây dựng',
    'Hoạt động xây dựng',
    'Cấp Giấy phép xây dựng mới đối với công trình cấp II = 150; Cấp chứng chỉ hành nghề hoạt động xây dựng hạng II = 300; Thẩm định thiết kế xây dựng triển khai sau thiết kế cơ sở; Kiểm tra công tác nghiệm thu hoàn thành công trình',
  ],
  [
    'Sở Tài nguyên và Môi trường',
    'Đất đai',
    'Đăng ký biến động quyền sử dụng đất do chuyển nhượng, tặng cho = 120; Cấp đổi Giấy chứng nhận quyền sử dụng đất = 100; Xoá đăng ký thế chấp quyền sử dụng đất; Đăng ký thế chấp quyền sử dụng đất; Đính chính Giấy chứng nhận đã cấp; Cung cấp dữ liệu đất đai',
  ],
  [
    'Sở Tài nguyên và Môi trường',
    'Môi trường',
    'Cấp giấy phép môi trường = 5000; Thẩm định báo cáo đánh giá tác động môi trường = 6000; Cấp đổi giấy phép môi trường',
  ],
  [
    'Sở Thông tin và Truyền thông',
    'Báo chí, xuất bản',
    'Cấp giấy phép xuất bản bản tin; Cấp giấy phép xuất bản tài liệu không kinh doanh = 15; Xác nhận đăng ký hoạt động phát hành xuất bản phẩm',
  ],
  [
    'Sở Lao động - Thương binh và Xã hội',
    'Việc làm',
    'Giải quyết hưởng trợ cấp thất nghiệp; Chuyển nơi hưởng trợ cấp thất nghiệp; Cấp giấy phép lao động cho người lao động nước ngoài = 600; Hỗ trợ học nghề',
  ],
  [
    'Sở Lao động - Thương binh và Xã hội',
    'Người có công',
    'Giải quyết chế độ thờ cúng liệt sĩ; Di chuyển hồ sơ người có công; Cấp lại Giấy chứng nhận người có công',
  ],
  [
    'Sở Văn hóa, Thể thao và Du lịch',
    'Văn hoá, du lịch',
    'Cấp thẻ hướng dẫn viên du lịch nội địa = 325; Thông báo tổ chức lễ hội; Tiếp nhận thông báo sản phẩm quảng cáo; Cấp Giấy phép đủ điều kiện kinh doanh karaoke = 1000',
  ],
  [
    'Sở Khoa học và Công nghệ',
    'Hoạt động khoa học và công nghệ',
    'Cấp Giấy chứng nhận đăng ký hoạt động khoa học và công nghệ = 3000; Đăng ký kết quả nhiệm vụ khoa học và công nghệ; Cấp giấy phép sử dụng thiết bị X-quang chẩn đoán = 1500',
  ],
  [
    'Sở Giáo dục và Đào tạo',
    'Giáo dục trung học',
    'Cấp bản sao văn bằng, chứng chỉ từ sổ gốc; Chuyển trường đối với học sinh trung học phổ thông; Chỉnh sửa nội dung văn bằng, chứng chỉ; Cho phép trung tâm ngoại ngữ hoạt động',
  ],
  [
    'Sở Y tế',
    'Khám bệnh, chữa bệnh',
    'Cấp mới giấy phép hành nghề khám bệnh, chữa bệnh = 360; Điều chỉnh giấy phép hoạt động khám bệnh, chữa bệnh = 1500; Công bố đủ điều kiện tiêm chủng',
  ],
  [
    'Sở Y tế',
    'Dược phẩm',
    'Cấp Giấy chứng nhận đủ điều kiện kinh doanh dược = 1000; Cấp Chứng chỉ hành nghề dược = 500; Thông báo hoạt động bán lẻ thuốc lưu động',
  ],
  ['Thanh tra tỉnh', 'Khiếu nại, tố cáo', 'Tiếp nhận, xử lý đơn tại cấp tỉnh; Giải quyết khiếu nại lần hai tại cấp tỉnh'],
  ['Ban Dân tộc', 'Công tác dân tộc', 'Công nhận người có uy tín trong đồng bào dân tộc thiểu số; Đưa ra khỏi danh sách người có uy tín'],
  [
    'Ban Quản lý Khu kinh tế tỉnh',
    'Đầu tư',
    'Cấp Giấy chứng nhận đăng ký đầu tư; Điều chỉnh dự án đầu tư; Chấm dứt hoạt động của dự án đầu tư',
  ],
]

const DISTRICT = [
  [
    'Thành lập và hoạt động hộ kinh doanh',
    'Đăng ký thành lập hộ kinh doanh = 100; Đăng ký thay đổi nội dung đăng ký hộ kinh doanh = 50; Chấm dứt hoạt động hộ kinh doanh; Tạm ngừng kinh doanh của hộ kinh doanh',
  ],
  [
    'Hộ tịch',
    'Đăng ký kết hôn có yếu tố nước ngoài = 1000; Thay đổi, cải chính hộ tịch cho người từ đủ 14 tuổi = 25; Cấp bản sao trích lục hộ tịch = 8; Ghi vào Sổ hộ tịch việc kết hôn ở nước ngoài',
  ],
  ['Đất đai', 'Chuyển mục đích sử dụng đất của hộ gia đình, cá nhân; Giao đất ở cho hộ gia đình, cá nhân; Thẩm định nhu cầu sử dụng đất'],
  [
    'Hoạt động xây dựng',
    'Cấp giấy phép xây dựng nhà ở riêng lẻ = 75; Gia hạn giấy phép xây dựng nhà ở riêng lẻ = 15; Cấp giấy phép di dời công trình = 75',
  ],
  ['Bảo trợ xã hội', 'Hưởng trợ cấp xã hội hằng tháng; Hỗ trợ chi phí mai táng; Tiếp nhận đối tượng vào cơ sở trợ giúp xã hội'],
  [
    'Giáo dục và đào tạo',
    'Chuyển trường đối với học sinh trung học cơ sở; Cho phép trường tiểu học hoạt động giáo dục; Cấp bản sao bằng tốt nghiệp trung học cơ sở',
  ],
  ['Thi đua, khen thưởng', 'Tặng danh hiệu Lao động tiên tiến; Tặng Giấy khen của Chủ tịch UBND cấp huyện'],
]

const COMMUNE = [
  [
    'Hộ tịch',
    'Đăng ký khai sinh; Đăng ký khai tử; Đăng ký kết hôn; Cấp bản sao trích lục hộ tịch = 8; Cấp Giấy xác nhận tình trạng hôn nhân = 15; Đăng ký lại khai sinh = 8; Thay đổi, bổ sung thông tin hộ tịch = 15; Đăng ký giám hộ',
  ],
  [
    'Chứng thực',
    'Chứng thực bản sao từ bản chính giấy tờ, văn bản = 10; Chứng thực chữ ký trong các giấy tờ, văn bản = 10; Chứng thực hợp đồng, giao dịch liên quan đến tài sản = 50; Cấp bản sao từ sổ gốc',
  ],
  [
    'Bảo trợ xã hội',
    'Xác định mức độ khuyết tật; Công nhận hộ nghèo, hộ cận nghèo; Trợ giúp xã hội đột xuất; Đăng ký thẻ bảo hiểm y tế cho người thuộc hộ nghèo; Cấp đổi giấy xác nhận khuyết tật',
  ],
  ['Người có công', 'Xác nhận vào đơn đề nghị di chuyển hài cốt liệt sĩ; Uỷ quyền hưởng trợ cấp, phụ cấp ưu đãi'],
  ['Đất đai', 'Hoà giải tranh chấp đất đai; Xác nhận hiện trạng sử dụng đất; Đăng ký quyền sử dụng đất lần đầu'],
  ['Nuôi con nuôi', 'Đăng ký việc nuôi con nuôi trong nước = 400; Đăng ký lại việc nuôi con nuôi trong nước'],
  ['Khiếu nại, tố cáo', 'Tiếp công dân tại cấp xã; Xử lý đơn tại cấp xã'],
]

const VERTICAL = [
  ['Công an tỉnh', 'Quản lý xuất nhập cảnh', 'Cấp hộ chiếu phổ thông = 200; Cấp lại hộ chiếu phổ thông = 400'],
  ['Cục Thuế tỉnh', 'Thuế', 'Đăng ký thuế lần đầu; Khai lệ phí trước bạ nhà, đất'],
  ['Bảo hiểm xã hội tỉnh', 'Bảo hiểm xã hội', 'Giải quyết hưởng chế độ thai sản; Cấp lại sổ bảo hiểm xã hội'],
  ['Cục Hải quan tỉnh', 'Hải quan', 'Khai bổ sung hồ sơ hải quan'],
  ['Kho bạc Nhà nước tỉnh', 'Kho bạc', 'Đăng ký sử dụng tài khoản tại Kho bạc Nhà nước'],
]

const DAYS = {
  province: [3, 5, 5, 7, 10, 15, 20, 30],
  district: [3, 3, 5, 10, 15, 20],
  commune: [0, 0, 1, 1, 2, 3, 5, 20],
  vertical: [5, 8, 10],
}

/**
 * Every procedure: {code, name, field, level, department, fee, feeText, days, serviceLevel, hasService, weight}. `department`
 * is null in districts and communes, whose units all handle the same; `days` are working days; a procedure without online service is rare (weight 0.15).
 */
export function procedureCatalogue(provinceCode) {
  const lines = [
    ...PROVINCE.map((line) => ['province', ...line]),
    ...DISTRICT.map((line) => ['district', null, ...line]),
    ...COMMUNE.map((line) => ['commune', null, ...line]),
    ...VERTICAL.map((line) => ['vertical', ...line]),
  ]
  const procedures = []
  for (const [level, department, field, names] of lines) {
    for (const entry of names.split('; ')) {
      const [name, fee = '0'] = entry.split(' = ')
      const i = procedures.length
      const hasService = i % 12 !== 11
      procedures.push({
        code: `${1 + (i % 3 === 2)}.${String(1612 + i * 67).padStart(6, '0')}.000.00.00.${provinceCode}`,
        name,
        field,
        level,
        department,
        fee: Number(fee) * 1000,
        feeText: moneyText(Number(fee) * 1000),
        days: DAYS[level][i % DAYS[level].length],
        serviceLevel: !hasService ? 'Cung cấp thông tin' : i % 3 === 1 ? 'Một phần' : 'Toàn trình',
        hasService,
        weight: hasService ? 1 : 0.15,
      })
    }
  }
  return procedures
}

/** The procedures a unit handles: its own department's at the province, the level's elsewhere. */
export const proceduresOf = (catalogue, unit) =>
  catalogue.filter(
    ({ level, department }) => level === (unit.isVertical ? 'vertical' : unit.level) && (department === null || department === unit.name),
  )
