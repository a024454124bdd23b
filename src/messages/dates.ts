/** Files whose days are not as they stand. */
export const DATES_MISREAD = {
  month_first: {
    vi: 'ngày ở cột "{header}" ghi tháng trước, ngày sau; chưa nạp gì',
    en: 'the dates in "{header}" are written month first; nothing was loaded',
  },
  swapped: {
    vi: 'Excel đã đổi chỗ ngày và tháng ở một phần cột "{header}"; chưa nạp gì',
    en: 'Excel exchanged day and month in a part of "{header}"; nothing was loaded',
  },
  contradicted_by_codes: {
    vi: 'ngày và tháng ở cột "{header}" bị đổi chỗ: ngày trong mã của {n} trên {all} hồ sơ được xét cho thấy điều đó; chưa nạp gì',
    en: 'day and month are exchanged in "{header}": of {all} dossiers looked at the dates in the codes show it for {n}; nothing was loaded',
  },
  contradicted_by_order: {
    vi: 'ngày và tháng ở cột "{header}" bị đổi chỗ: thứ tự tiếp nhận, hẹn trả, có kết quả của {n} trên {all} hồ sơ được xét cho thấy điều đó; chưa nạp gì',
    en: 'day and month are exchanged in "{header}": of {all} dossiers looked at the order of receipt, due day and result shows it for {n}; nothing was loaded',
  },
  row_says: { vi: 'dòng {line}: {header} ghi "{text}"', en: 'line {line}: {header} says "{text}"' },
  row_is_read: {
    vi: 'dòng thứ {row} dưới tiêu đề: đọc là tiếp nhận ngày {day}',
    en: 'row {row} below the header is read as received on {day}',
  },
  how_it_shows: {
    vi: 'ô nào Excel đổi thành ngày đều là ngày 1 đến 12, ô nào còn là chữ đều là ngày sau đó: Excel đã đọc ngày thành tháng',
    en: 'all that Excel made dates of are of days 1 to 12, all that stayed texts of later ones: it read days as months',
  },
  load_swapped: {
    vi: 'nạp bằng cchc ingest --dates swapped {file}; hoặc xuất lại và đừng mở bằng Excel; nếu ngày đều đúng: --dates as-written',
    en: "load it with cchc ingest --dates swapped {file}; or export it again and don't open it in Excel; if all days are right: --dates as-written",
  },
  load_month_first: {
    vi: 'nạp bằng cchc ingest --dates month-first {file}; hoặc ghi date_format (MM/dd/yyyy …) của cột trong bố cục',
    en: 'load it with cchc ingest --dates month-first {file}; or say the date_format of the column (MM/dd/yyyy …) in a layout',
  },
  load_without: { vi: 'nạp lại, bỏ --dates {dates}', en: 'load it without --dates {dates}' },
} as const
