/** What can't be measured, or is not there to be measured; units asked for. */
export const FIGURES = {
  not_begun: { vi: '{period} chưa bắt đầu tính đến ngày {day}', en: '{period} has not begun on {day}' },
  earlier_period: { vi: 'chọn kỳ trước đó, hoặc --as-of muộn hơn', en: 'choose an earlier period, or a later --as-of' },
  not_a_period: { vi: '"{text}" không phải kỳ báo cáo', en: '{text} is not a period' },
  period_examples: { vi: 'ví dụ: {examples}', en: 'examples: {examples}' },
  no_metric: { vi: 'không có chỉ tiêu "{id}"', en: 'no metric "{id}"' },
  did_you_mean: { vi: 'có phải {like} không?', en: 'did you mean {like}?' },
  all_metrics: { vi: 'xem tất cả: cchc metrics', en: 'all: cchc metrics' },
  no_form: { vi: 'không có biểu "{id}"', en: 'no form "{id}"' },
  all_forms: { vi: 'xem tất cả: cchc form', en: 'all: cchc form' },
  form_without_rows: { vi: 'biểu {form} không có dòng theo {by}', en: 'form {form} has no rows by {by}' },
  one_of: { vi: 'chọn một trong: {all}', en: 'one of {all}' },
  nothing_loaded: {
    vi: 'kho dữ liệu chưa có hồ sơ và câu trả lời khảo sát nào',
    en: 'there are no dossiers and no survey answers in the store',
  },
  load_some: { vi: 'nạp số liệu: cchc ingest TỆP…', en: 'load some: cchc ingest FILE…' },
  too_many: {
    vi: 'chia theo {by} thì có hơn {most} số liệu của {n} chỉ tiêu',
    en: 'by {by} there are more than {most} figures of {n} {n|metric|metrics}',
  },
  ask_for_fewer: {
    vi: 'chọn ít chỉ tiêu hơn bằng --metric, một đơn vị hoặc một cấp bằng --unit hoặc --level, hoặc ít chiều hơn bằng --by',
    en: 'ask for fewer metrics with --metric, for one unit or level with --unit or --level, or for fewer dimensions with --by',
  },
  several_units: { vi: 'có nhiều đơn vị tên là "{name}"', en: 'several units are called "{name}"' },
  no_unit: { vi: 'danh mục không có đơn vị "{name}"', en: 'no unit "{name}" in the registry' },
  all_units: { vi: 'xem tất cả: cchc units', en: 'all: cchc units' },
  no_dossier_of_unit: { vi: 'không có hồ sơ nào của đơn vị "{name}"', en: 'no dossier is of a unit "{name}"' },
  all_units_by_report: { vi: 'xem tất cả: cchc report --by unit', en: 'all: cchc report --by unit' },
  no_province: { vi: 'danh mục không có tỉnh "{name}"', en: 'the registry has no province "{name}"' },
  province_is: {
    vi: 'province trong cchc.yaml là mã hoặc tên có trong danh mục',
    en: 'province in cchc.yaml is a code or a name of the registry',
  },
  province_is_one_of: {
    vi: 'province trong cchc.yaml là mã hoặc tên có trong danh mục: {all}',
    en: 'province in cchc.yaml is a code or a name of the registry: {all}',
  },
  form_fault: {
    vi: 'biểu {form} không khớp tổng, đây là lỗi của chương trình: {problem}',
    en: 'form {form} does not add up, and that is our fault: {problem}',
  },
  form_broken: { vi: 'biểu {form} không khớp tổng: {problem}', en: 'form {form} does not add up: {problem}' },
  identity_differs: { vi: '{identity} thành {sum} = {parts}', en: '{identity} is {sum} = {parts}' },
  rows_differ: { vi: 'các dòng của cột {column} cộng lại là {sum}', en: 'the rows of column {column} add up to {sum}' },
  compare_with_ii06: {
    vi: 'các cột của biểu đếm trùng hoặc bỏ sót hồ sơ: so sánh counts với biểu ii06',
    en: 'its columns count some dossiers twice, or not at all: compare their counts with those of form ii06',
  },
  more_than_all: {
    vi: 'chỉ tiêu {metric} đếm được {n} trên {d}, nhiều hơn tổng số: đây là lỗi của chương trình',
    en: 'metric {metric} counts {n} of {d}, and that is our fault: more than there are',
  },
  open_at_end: { vi: 'đang giải quyết vào cuối kỳ', en: 'open at the end of the period' },
  open_at_start: { vi: 'tiếp nhận trước kỳ, đầu kỳ chưa giải quyết xong', en: 'received before the period, open at its start' },
  in_caseload: {
    vi: 'tiếp nhận đến hết kỳ, chưa giải quyết xong trước đầu kỳ',
    en: 'received by the end of the period, not resolved before its start',
  },
  two_figures: { vi: '{metric} có hai số liệu cho cùng một nơi', en: '{metric} has two figures for one place' },
} as const
