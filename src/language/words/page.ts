/** What a page says besides the document: headings, how to read drawings, names for those who hear them, and what its script needs. */
export const PAGE = {
  page_skip: { vi: 'Đến nội dung chính', en: 'Skip to the report' },
  page_answer: { vi: 'So với kế hoạch', en: 'Against the plan' },
  page_contents: { vi: 'Mục lục', en: 'Contents' },
  page_reached: { vi: 'đạt hoặc vượt', en: 'met or exceeded' },
  page_missed: { vi: 'chưa đạt', en: 'missed' },
  page_no_data: { vi: 'chưa có số liệu', en: 'without data' },
  page_words: { vi: 'Bằng lời, cho báo cáo', en: 'In words, for a report' },
  page_bullet: {
    vi: 'Thanh ngang là kết quả, vạch đứng là kế hoạch, ▼ là chưa đạt.',
    en: 'Bars are results, upright marks are targets, ▼ is a missed target.',
  },
  page_line: {
    vi: 'Đường liền là kết quả, đường đứt là kế hoạch, ▼ là tháng chưa đạt. Mỗi chỉ tiêu có thang đo riêng.',
    en: 'Solid lines are results, dashed lines are targets, ▼ is a month that missed it. Each panel has a scale of its own.',
  },
  page_slope: {
    vi: 'Bên trái là hạng kỳ trước, bên phải là hạng kỳ này và số bậc tăng (+), giảm (−); khi có nhiều đơn vị, chỉ ghi tên những đơn vị đổi hạng nhiều nhất.',
    en: 'Ranks before on the left; now on the right, with places won (+) or lost (−). Of many units only those that moved most are named.',
  },
  page_against: { vi: '{value}, kế hoạch {target}', en: '{value}, target {target}' },
  page_trend: { vi: 'từ {from} ({first}) đến {to} ({last})', en: 'from {from} ({first}) to {to} ({last})' },
  page_trend_target: { vi: 'kế hoạch {target}, {missed} tháng chưa đạt', en: 'target {target}, missed in {missed} months' },
  page_ranks: { vi: 'Thứ hạng của {n} đơn vị, {from} và {to}', en: 'Ranks of {n} units, {from} and {to}' },
  page_search: { vi: 'Tìm trong bảng', en: 'Find in the table' },
  page_found: { vi: '{n} / {of} dòng', en: '{n} of {of} rows' },
  page_sort: { vi: 'Sắp xếp theo cột này', en: 'Sort by this column' },
  page_foot: { vi: 'Lập bằng cchc {tool} · số liệu đến {date}', en: 'Made with cchc {tool} · data to {date}' },
} as const
