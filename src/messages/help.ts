/** What help says of the program, its commands and their options; `arg_…` are what stands in <…>. */
export const HELP = {
  ingest: {
    vi: 'nạp hồ sơ, khảo sát, kế hoạch và danh mục đơn vị vào kho dữ liệu; với thư mục thì nạp mọi tệp trong đó',
    en: 'load dossier exports, surveys, plans and unit registries into the store; of a folder all that is in it',
  },
  report: { vi: 'in bảng chỉ tiêu của kỳ báo cáo so với kế hoạch', en: 'print the KPI table of a period against plan targets' },
  check: {
    vi: 'kiểm tra theo kế hoạch: mã thoát 0 khi mọi chỉ tiêu đều đạt, 4 khi có chỉ tiêu chưa đạt, 6 khi thiếu số liệu hoặc số liệu cũ',
    en: 'the report as a gate: exit 0 when all targets are met, 4 when one is missed, 6 when data are missing or stale',
  },
  form: {
    vi: 'lập biểu mẫu báo cáo (ii06: biểu số II.06a); không nêu mã thì liệt kê các biểu',
    en: 'fill in an official form (ii06: form II.06a); without an id, list the forms',
  },
  inspect: {
    vi: 'cho biết nạp tệp thì được gì, không cần kho dữ liệu: đọc thế nào, dòng nào bị loại và vì sao, từ nào chưa rõ',
    en: 'say what loading files would come to, without a store: how they are read, what is rejected and why, what is not known',
  },
  metrics: {
    vi: 'liệt kê các chỉ tiêu, hoặc nêu rõ một chỉ tiêu: định nghĩa, nguồn, SQL, cột cần có',
    en: 'list the metrics, or spell one out: definition, source, SQL, what it needs',
  },
  targets: { vi: 'liệt kê chỉ tiêu kế hoạch', en: 'list the plan targets' },
  indicators: {
    vi: 'đối chiếu số liệu trong báo cáo tổng hợp với số liệu tính từ hồ sơ',
    en: 'compare the figures that summaries report with what the dossiers say',
  },
  units: {
    vi: 'liệt kê đơn vị hiện nay, việc sắp xếp đơn vị, tên chưa rõ, hoặc đơn vị không có hồ sơ trong kỳ',
    en: 'list the units of today, what became of units, the names not known, or who sent nothing for a period',
  },
  loads: {
    vi: 'liệt kê các lần nạp, hoặc các dòng bị loại; undo MÃ huỷ một lần nạp, verify kiểm tra tệp và số dòng',
    en: 'list what was loaded, or the rejected rows; undo ID takes a load back, verify checks files and sums',
  },
  config: { vi: 'in mọi thiết lập và nguồn của từng thiết lập', en: 'print every setting and where it comes from' },
  out_check: {
    vi: 'ghi ra tệp này, trọn vẹn hoặc không ghi; đuôi tệp quyết định định dạng',
    en: 'write to this file, whole or not at all; its ending chooses the format',
  },
  wait: {
    vi: 'số giây chờ khi tiến trình khác đang dùng kho dữ liệu (mặc định: 0)',
    en: 'wait while another process holds the store (default: 0)',
  },
  kind: {
    vi: 'loại tệp: dossiers (hồ sơ), survey (khảo sát), targets (kế hoạch), units (đơn vị), unit_changes (sắp xếp đơn vị), unit_aliases (tên gọi khác), indicators (báo cáo tổng hợp) (mặc định: tự nhận)',
    en: 'what the files are: dossiers, survey, targets, units, unit_changes, unit_aliases, indicators (default: recognised)',
  },
  layout: { vi: 'đọc theo bố cục này', en: 'read them by this layout' },
  sheet: {
    vi: 'trang tính cần đọc (mặc định: trang có dòng tiêu đề nhận ra được)',
    en: 'which sheet of a workbook (default: the one with a known header)',
  },
  encoding: {
    vi: 'bảng mã của văn bản: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni (mặc định: tự nhận)',
    en: 'what the text is written in: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni (default: recognised)',
  },
  fill_down: {
    vi: 'ô trống của các cột này lấy giá trị ở phía trên, như bảng chép từ ô gộp; hoặc: none',
    en: 'empty cells of these columns say what stands above them, as in copies of merged cells; or: none',
  },
  dates: {
    vi: 'ngày và tháng của các ngày: swapped (Excel đã đảo một phần), month-first (tháng trước), as-written (như đã ghi) (mặc định: xét theo các ngày)',
    en: 'day and month of the dates: swapped (by Excel, in a part of them), month-first, as-written (default: told by the dates)',
  },
  write_vocabulary: {
    vi: 'phác thảo các từ chưa rõ của tệp, để ghi nghĩa từng từ rồi cất vào definitions/',
    en: 'draft the words of a file that are not known, to say what each means and keep in definitions/',
  },
  arg_how: { vi: 'cách', en: 'how' },
  period_of_summaries: { vi: 'kỳ của các báo cáo tổng hợp không tự ghi kỳ', en: 'of summaries that do not say it themselves' },
  strict: {
    vi: 'có dòng không đọc được thì không nạp tệp (như --max-rejects 0)',
    en: 'any unreadable row refuses a file (same as --max-rejects 0)',
  },
  max_rejects: {
    vi: 'quá tỷ lệ dòng không đọc được này thì không nạp tệp (mặc định: 5%)',
    en: 'more unreadable rows than this refuse a file (default: 5%)',
  },
  careful: { vi: 'đọc mọi tệp theo từng dòng', en: 'read every file row by row' },
  period_form: {
    vi: '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09 (mặc định: tháng mới nhất đã hết có số liệu)',
    en: '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09 (default: the latest month with data that has ended)',
  },
  period: {
    vi: '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09, 2024-08-01..2024-10-08 (mặc định: tháng mới nhất đã hết có số liệu)',
    en: '2025, 2025-H1, 2025-Q3, 2025-09, 2025-01..2025-09, 2024-08-01..2024-10-08 (default: the latest month with data that has ended)',
  },
  ytd: {
    vi: 'lũy kế từ tháng 1 đến hết kỳ đã chọn, hoặc đến tháng mới nhất có số liệu',
    en: 'from January to the end of the period, or to the latest month with data',
  },
  calendar: { vi: 'month (tháng dương lịch), hoặc report15 (từ ngày 15 đến ngày 14)', en: 'month, or report15 (the 15th to the 14th)' },
  by_row: {
    vi: 'mỗi dòng một lĩnh vực (field), đơn vị (unit) hoặc cấp (level) (mặc định: theo biểu)',
    en: 'a row for each field, unit or level (default: the form’s own)',
  },
  level_dossiers: {
    vi: 'chỉ hồ sơ của cấp này (có thể nêu nhiều cấp): province (tỉnh), district (huyện), commune (xã)',
    en: 'only dossiers of this level, or these: province, district, commune',
  },
  unit_dossiers: {
    vi: 'chỉ hồ sơ của đơn vị này (có thể nêu nhiều đơn vị): mã hoặc đúng tên',
    en: 'only dossiers of this unit, or these: code or exact name',
  },
  units_mode: {
    vi: 'tính theo đơn vị hiện nay (current, mặc định) hoặc theo đơn vị tại thời điểm đó (as-was)',
    en: 'count under the units of today (current, the default) or of the time (as-was)',
  },
  policy: { vi: 'cách phân loại hồ sơ', en: 'class dossiers by this policy' },
  differences: {
    vi: 'thay cho biểu, liệt kê hồ sơ làm số kỳ trước chuyển sang khác số đã báo cáo',
    en: 'instead of the form, the dossiers by which the carry-over differs from what was reported',
  },
  reported_on: {
    vi: 'ngày báo cáo kỳ trước (mặc định: xét theo các lần nạp)',
    en: 'the day on which the period before was reported (default: judged by the loads)',
  },
  out_form: { vi: 'ghi ra tệp này, trọn vẹn hoặc không ghi', en: 'write to this file, whole or not at all' },
  period_of_indicators: { vi: 'chỉ các báo cáo tổng hợp của kỳ này', en: 'only summaries of this period' },
  units_of_indicators: {
    vi: 'tính theo đơn vị hiện nay (current) hoặc theo đơn vị tại thời điểm đó (as-was) (mặc định: hiện nay, trừ đơn vị không còn)',
    en: 'count under the units of today (current) or of the time (as-was) (default: of today, but of the time for units that are no more)',
  },
  different: { vi: 'chỉ các số liệu chênh lệch', en: 'only figures that differ' },
  keep_hash: {
    vi: 'lưu mã băm có khoá của cột cá nhân này, để nhận ra cùng một người nộp',
    en: 'keep a keyed hash of this personal column, to know the same submitter again',
  },
  dry_run: { vi: 'chỉ cho biết kết quả, không thay đổi gì', en: 'say what would happen and change nothing' },
  write_layout: {
    vi: 'phác thảo bố cục của tệp chưa nhận ra, để xem lại rồi cất giữ',
    en: 'draft a layout of a file that is not recognised, to look through and keep',
  },
  rejected: { vi: 'các dòng bị loại, của một lần nạp hoặc tất cả', en: 'the rejected rows, of one load or of all' },
  yes: { vi: 'không hỏi lại', en: 'do not ask' },
  mend: {
    vi: 'ghi các dòng bị loại của lần nạp đó ra tệp CSV, để sửa rồi nạp lại',
    en: 'write the rejected rows of that load as a CSV, to correct and load again',
  },
  by: {
    vi: 'thêm dòng theo level (cấp), unit (đơn vị), field (lĩnh vực), procedure (thủ tục), month (tháng), factor (yếu tố); unit+month là theo cả hai',
    en: 'add rows per level, unit, field, procedure, month, factor; unit+month for both at once',
  },
  level: {
    vi: 'chỉ cấp này (có thể nêu nhiều cấp): province (tỉnh), district (huyện), commune (xã)',
    en: 'only this level, or these: province, district, commune',
  },
  unit: { vi: 'chỉ đơn vị này (có thể nêu nhiều đơn vị): mã hoặc đúng tên', en: 'only this unit, or these: code or exact name' },
  metric: { vi: 'chỉ các chỉ tiêu này: mã hoặc tên', en: 'only these metrics: ids or names' },
  compare: {
    vi: 'thêm số liệu kỳ trước (previous), cùng kỳ năm trước (year-ago), hoặc cả hai: previous,year-ago',
    en: 'add the figures of the period before (previous), of a year before (year-ago), or both: previous,year-ago',
  },
  wide: { vi: 'giữ đủ mọi cột, dù màn hình hẹp', en: 'leave no column out, whatever the width' },
  out_report: {
    vi: 'ghi ra các tệp này, mỗi tệp trọn vẹn hoặc không ghi; đuôi tệp quyết định định dạng',
    en: 'write to these files, each whole or not at all; their endings choose the formats',
  },
  outline: {
    vi: 'trình bày theo monthly (tháng), quarterly (quý), unit (đơn vị), campaign (đợt), hoặc theo bố cục riêng của cơ quan (mặc định: theo kỳ)',
    en: 'lay it out as monthly, quarterly, unit, campaign, or as the office says (default: by the period)',
  },
  all: { vi: 'kể cả đơn vị đã hết hiệu lực và chưa có hiệu lực', en: 'also the units that are no more, and those to come' },
  changes: {
    vi: 'việc sắp xếp đơn vị: đơn vị cũ, đơn vị mới, từ ngày nào, tỷ lệ nào',
    en: 'what became of units: old unit, new unit, from when, what share',
  },
  unknown: {
    vi: 'tên có trong hồ sơ mà danh mục không có; xuất CSV: điền mã rồi nạp',
    en: 'names that dossiers say and the registry does not know; as CSV: fill in the codes and load it',
  },
  missing: {
    vi: 'đơn vị không tiếp nhận và không giải quyết hồ sơ nào trong kỳ',
    en: 'units of which no dossier was received or finished in the period',
  },
  period_of_missing: { vi: 'dùng với --missing: 2025, 2025-Q3, 2025-09, …', en: 'for --missing: 2025, 2025-Q3, 2025-09, …' },
  db: {
    vi: 'kho dữ liệu (mặc định: cchc.duckdb cạnh cchc.yaml, hoặc tại thư mục này)',
    en: 'the store (default: cchc.duckdb beside cchc.yaml, or here)',
  },
  config_file: {
    vi: 'tệp cấu hình (mặc định: cchc.yaml ở thư mục này hoặc thư mục trên)',
    en: 'the project file (default: cchc.yaml, found upwards)',
  },
  lang: { vi: 'vi hoặc en (mặc định: theo hệ thống, không có thì en)', en: 'vi or en (default: the system’s, else en)' },
  as_of: { vi: 'xét tính đến ngày này (mặc định: hôm nay)', en: 'judge as on this day (default: today)' },
  quiet: { vi: 'chỉ in kết quả và lỗi', en: 'print the result and errors only' },
  verbose: { vi: 'in chi tiết hơn', en: 'say more' },
  no_color: { vi: 'không dùng màu (hoặc đặt NO_COLOR)', en: 'no colours (also NO_COLOR)' },
  format: { vi: '{all} (mặc định: {first})', en: '{all} (default: {first})' },
  program: {
    vi: 'chỉ tiêu cải cách hành chính: từ hồ sơ và khảo sát ra số liệu so với kế hoạch',
    en: 'KPI of administrative reform: dossier exports and surveys in, figures against the plan out',
  },
  exit_statuses: {
    vi: 'Mã thoát: 0 xong · 1 lỗi của chương trình · 2 sai cú pháp lệnh · 3 tệp hoặc dữ liệu không nhận được · 4 chưa đạt kế hoạch · 5 kho dữ liệu đang bận · 6 thiếu số liệu hoặc số liệu cũ · 130 bị ngắt (Ctrl-C, SIGTERM, SIGHUP)',
    en: 'Exit statuses: 0 done · 1 our fault · 2 usage · 3 input not acceptable · 4 target missed · 5 store busy · 6 data missing or stale · 130 interrupted (Ctrl-C, SIGTERM, SIGHUP)',
  },
  version: { vi: 'in phiên bản', en: 'print the version' },
  help_option: { vi: 'hiển thị trợ giúp', en: 'display help for command' },
  help_command: { vi: 'hiển thị trợ giúp của một lệnh', en: 'display help for command' },
  title_usage: { vi: 'Cách dùng:', en: 'Usage:' },
  title_arguments: { vi: 'Đối số:', en: 'Arguments:' },
  title_options: { vi: 'Tuỳ chọn:', en: 'Options:' },
  title_commands: { vi: 'Các lệnh:', en: 'Commands:' },
  title_examples: { vi: 'Ví dụ:', en: 'Examples:' },
  arg_file: { vi: 'tệp', en: 'file' },
  arg_language: { vi: 'ngôn ngữ', en: 'language' },
  arg_day: { vi: 'ngày', en: 'day' },
  arg_format: { vi: 'định dạng', en: 'format' },
  arg_seconds: { vi: 'giây', en: 'seconds' },
  arg_kind: { vi: 'loại', en: 'kind' },
  arg_id: { vi: 'mã', en: 'id' },
  arg_name: { vi: 'tên', en: 'name' },
  arg_columns: { vi: 'các cột', en: 'columns' },
  arg_column: { vi: 'cột', en: 'column' },
  arg_period: { vi: 'kỳ', en: 'period' },
  arg_share: { vi: 'tỷ lệ', en: 'share' },
  arg_calendar: { vi: 'lịch', en: 'calendar' },
  arg_row: { vi: 'dòng', en: 'row' },
  arg_level: { vi: 'cấp', en: 'level' },
  arg_unit: { vi: 'đơn vị', en: 'unit' },
  arg_units: { vi: 'đơn vị', en: 'units' },
  arg_dimensions: { vi: 'chiều', en: 'dimensions' },
  arg_with: { vi: 'kỳ', en: 'with' },
  arg_what: { vi: 'việc', en: 'what' },
  arg_load: { vi: 'lần nạp', en: 'load' },
  arg_options: { vi: 'tuỳ chọn', en: 'options' },
  arg_command: { vi: 'lệnh', en: 'command' },
} as const
