/** What is asked of reports: options, periods, and whether there is anything to report. */
export const ASKED = {
  given_twice: { vi: '{flag} được nêu hai lần: {first}, rồi {second}', en: '{flag} is given twice: {first}, then {second}' },
  give_once: { vi: 'chỉ nêu một lần', en: 'give it once' },
  ytd_of_one_year: {
    vi: 'kỳ {period} nằm trong hai năm, nên không có lũy kế từ đầu năm',
    en: '{period} lies in two years: there is no year to date of it',
  },
  ytd_example: { vi: 'ví dụ: --period 2025-09 --ytd', en: 'for example: --period 2025-09 --ytd' },
  not_a_level: { vi: '--level {text}: không có cấp này', en: '--level {text}: no such level' },
  levels_are: {
    vi: 'chọn: province (tỉnh), district (huyện), commune (xã)',
    en: 'one of province (tỉnh), district (huyện), commune (xã)',
  },
  nothing_in_period: { vi: 'không có số liệu nào trong {period}', en: 'there is nothing in {period}' },
  dossiers_span: { vi: 'hồ sơ có từ {from} đến {until}', en: 'there are dossiers from {from} to {until}' },
  answers_span: { vi: 'câu trả lời khảo sát có từ {from} đến {until}', en: 'there are survey answers from {from} to {until}' },
  undated_dossiers: {
    vi: 'kho dữ liệu có {n} hồ sơ, nhưng không hồ sơ nào có ngày tiếp nhận hoặc ngày có kết quả',
    en: 'there {n|is|are} {n} {n|dossier|dossiers}, and none has a day of receipt or of the result',
  },
  load_dates: {
    vi: 'nạp tệp có cột ngày tiếp nhận, ngày có kết quả của các hồ sơ này; xem tệp đọc thế nào: cchc inspect TỆP',
    en: 'load a file with their days of receipt and result; how a file is read: cchc inspect FILE',
  },
  only_summaries: {
    vi: 'kho dữ liệu chỉ có số liệu tổng hợp, chưa có hồ sơ và câu trả lời khảo sát để tính',
    en: 'there are only summaries in the store, no dossiers and no survey answers to count',
  },
  see_indicators: { vi: 'xem số liệu tổng hợp: cchc indicators', en: 'what the summaries say: cchc indicators' },
  parts_differ: {
    vi: '{metric}: các phần theo {by} cộng lại là {parts}, toàn bộ là {total}; đây là lỗi của chương trình',
    en: '{metric}: the parts by {by} add up to {parts}, the total is {total}, and that is our fault',
  },
} as const
