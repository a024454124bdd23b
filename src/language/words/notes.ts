/** What a reader of figures must know: what does not count, and under which policy. */
export const NOTES = {
  note_no_unit: {
    vi: '{n} hồ sơ không ghi đơn vị: tính ở dòng toàn bộ, không tính cho đơn vị nào.',
    en: '{n} dossiers name no unit: they count in the total, under no unit.',
  },
  note_split: {
    vi: '{n} hồ sơ của đơn vị cũ đã chia cho nhiều đơn vị mà không có tỷ lệ: tính ở cấp và toàn bộ, không tính cho đơn vị nào.',
    en: '{n} {n|dossier is|dossiers are} of old units split in parts that nobody states: they count in their level and the total, under no unit.',
  },
  note_units_current: {
    vi: 'Tính theo đơn vị hiện nay, đơn vị cũ nhập vào đơn vị mới; theo đơn vị lúc tiếp nhận: --units as-was.',
    en: 'Counted under the units of today, old units under the new ones; under those of the time: --units as-was.',
  },
  note_units_as_was: { vi: 'Tính theo đơn vị tại thời điểm tiếp nhận hồ sơ.', en: 'Counted under the units of the time of receipt.' },
  policy_note: {
    vi: 'Cách phân loại "{policy}": so sánh theo {compare}; rút hồ sơ {withdrawn}; dừng xử lý {stopped}; không hẹn trả {no_due_date}; ngành dọc {vertical_sector}.',
    en: 'Policy "{policy}": compared by {compare}; withdrawn {withdrawn}; stopped {stopped}; no due date {no_due_date}; vertical sectors {vertical_sector}.',
  },
  note_suspended_by_due: {
    vi: 'Hồ sơ đang chờ công dân bổ sung tính trong hạn, quá hạn theo ngày hẹn trả.',
    en: 'Dossiers waiting for the citizen are within due or overdue by their due date.',
  },
  policy_day: { vi: 'ngày', en: 'day' },
  policy_time: { vi: 'giờ', en: 'time' },
  policy_excluded: { vi: 'không tính', en: 'excluded' },
  policy_on_time: { vi: 'tính đúng hạn', en: 'counted on time' },
  policy_apart: { vi: 'để riêng', en: 'apart' },
  policy_included: { vi: 'có tính', en: 'included' },
  note_vertical: { vi: 'Không tính {n} hồ sơ ngành dọc.', en: '{n} vertical-sector {n|dossier does|dossiers do} not count.' },
  note_no_due: {
    vi: '{n} hồ sơ đã giải quyết không có ngày hẹn trả, không tính vào đúng hạn.',
    en: '{n} resolved {n|dossier has|dossiers have} no due date and {n|is|are} left out of the on-time figures.',
  },
  note_withdrawn: {
    vi: '{n} hồ sơ công dân rút, không tính là đã giải quyết.',
    en: '{n} withdrawn {n|dossier does|dossiers do} not count as resolved.',
  },
  note_stopped: {
    vi: '{n} hồ sơ dừng xử lý, không tính là đã giải quyết.',
    en: '{n} stopped {n|dossier does|dossiers do} not count as resolved.',
  },
  note_not_received: {
    vi: '{n} hồ sơ không được tiếp nhận, không tính.',
    en: '{n} {n|dossier was|dossiers were} not received and {n|does|do} not count.',
  },
  note_undated: {
    vi: '{n} hồ sơ đã xong nhưng không có ngày nào để tính vào kỳ.',
    en: '{n} {n|dossier is|dossiers are} done but {n|has|have} no date to be counted by.',
  },
  note_no_level: {
    vi: '{n} hồ sơ chưa rõ cấp: chỉ tính ở dòng toàn bộ.',
    en: '{n} {n|dossier is|dossiers are} of no known level: counted in the total only.',
  },
  note_unknown_unit: {
    vi: '{n} hồ sơ của đơn vị không có trong danh mục: {units}.',
    en: '{n} {n|dossier is|dossiers are} of units not in the registry: {units}.',
  },
  note_similar: { vi: 'gần giống {names}', en: 'looks like {names}' },
  note_ambiguous: { vi: 'trùng tên', en: 'several units bear this name' },
  note_coverage: {
    vi: '{metric}: tính trên {share} hồ sơ có đủ thông tin.',
    en: '{metric}: over the {share} of dossiers about which it is known.',
  },
  note_interval: {
    vi: '{metric}: {n} câu trả lời, trung bình {mean}; khoảng tin cậy 95 %: {low}–{high}.',
    en: '{metric}: {n} answers, mean {mean}; 95 % interval {low}–{high}.',
  },
  note_no_answer: {
    vi: '{n} câu hỏi khảo sát không có ý kiến, không biết, khác hoặc bỏ trống: không tính.',
    en: '{n} survey items say no opinion, not known, other, or are empty: they do not count.',
  },
  note_no_level_answers: {
    vi: '{n} câu trả lời khảo sát chưa rõ cấp: chỉ tính ở dòng toàn bộ.',
    en: '{n} survey answers are of no known level: they count in the total only.',
  },
  note_not_computable: {
    vi: 'Không tính được (chưa có nguồn số liệu): {metrics}.',
    en: 'Not computable (no source carries it): {metrics}.',
  },
  note_hidden: { vi: 'Cột không hiển thị vì màn hình hẹp: {columns}.', en: 'Columns left out on this narrow terminal: {columns}.' },
  note_target_unit: {
    vi: 'Kế hoạch giao cho "{unit}" ({n} chỉ tiêu) không áp dụng cho đơn vị nào: không có đơn vị này.',
    en: 'The plan for "{unit}" (targets: {n}) applies to nothing: there is no such unit.',
  },
  note_target_unit_like: {
    vi: 'Kế hoạch giao cho "{unit}" ({n} chỉ tiêu) không áp dụng cho đơn vị nào: không có đơn vị này; gần giống {like}.',
    en: 'The plan for "{unit}" (targets: {n}) applies to nothing: there is no such unit; looks like {like}.',
  },
} as const
