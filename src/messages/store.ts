/** The store, as it is opened, brought up to date and locked. */
export const STORE = {
  missing: { vi: 'chưa có kho dữ liệu tại {path}', en: 'there is no store at {path}' },
  empty: { vi: 'kho dữ liệu {path} còn trống', en: 'the store {path} is empty' },
  load_or_name: {
    vi: 'nạp số liệu trước: cchc ingest TỆP…, hoặc chỉ kho khác bằng --db TỆP',
    en: 'load something first: cchc ingest FILE…, or name another with --db FILE',
  },
  load_first: { vi: 'nạp số liệu trước: cchc ingest TỆP…', en: 'load something first: cchc ingest FILE…' },
  no_folder: { vi: 'không có thư mục {folder} để đặt kho dữ liệu', en: 'there is no folder {folder} for the store' },
  make_folder: { vi: 'tạo thư mục trước, hoặc chỉ kho khác bằng --db TỆP', en: 'make it first, or name another store with --db FILE' },
  is_directory: { vi: '{path} là thư mục, không phải kho dữ liệu', en: '{path} is a directory, not a store' },
  closed: { vi: 'kho dữ liệu đã đóng', en: 'the store is closed' },
  bad_name: { vi: 'không đặt tên kho dữ liệu là {name} được', en: "a store can't be called {name}" },
  name_another: { vi: 'chỉ kho khác bằng --db TỆP', en: 'name another with --db FILE' },
  name_it: { vi: 'chỉ kho dữ liệu bằng --db TỆP', en: 'name the store with --db FILE' },
  name_or_move: {
    vi: 'chỉ kho dữ liệu bằng --db TỆP, hoặc chuyển tệp này đi nơi khác',
    en: 'name the store with --db FILE, or move this file away',
  },
  not_ours: { vi: '{path} là tệp DuckDB, nhưng không phải kho dữ liệu của cchc', en: '{path} is a DuckDB file, but not a cchc store' },
  not_a_store: { vi: '{path} không phải kho dữ liệu của cchc', en: '{path} is not a cchc store' },
  busy: { vi: 'kho dữ liệu {path} đang được tiến trình khác sử dụng', en: 'the store {path} is held by another process' },
  busy_by: {
    vi: 'kho dữ liệu {path} đang được tiến trình khác sử dụng (PID {pid})',
    en: 'the store {path} is held by another process (PID {pid})',
  },
  interrupted: { vi: 'đã ngắt; việc đang làm không để lại gì trong kho', en: 'interrupted; nothing of what was under way is kept' },
  busy_here: { vi: 'kho dữ liệu {path} đang được mở trong chính chương trình này', en: 'the store {path} is open in this program already' },
  wait: { vi: 'chờ bằng --wait SỐ_GIÂY, hoặc thử lại sau', en: 'wait for it with --wait SECONDS, or try again later' },
  no_permission: {
    vi: 'không mở được kho dữ liệu {path}: không có quyền truy cập',
    en: "the store {path} can't be opened: permission denied",
  },
  newer: { vi: 'kho dữ liệu {path} do phiên bản chương trình mới hơn ghi', en: 'the store {path} was written by a newer program' },
  newer_version: {
    vi: 'kho dữ liệu {path} do phiên bản chương trình mới hơn ghi (kho phiên bản {version}; chương trình này đọc được đến {known})',
    en: 'the store {path} was written by a newer program (store version {version}; this program reads up to {known})',
  },
  update: { vi: 'cập nhật cchc: npm install -g cchc', en: 'update cchc: npm install -g cchc' },
  older: {
    vi: 'kho dữ liệu {path} thuộc phiên bản cũ và không nâng cấp được tại chỗ: không có quyền ghi',
    en: "the store {path} is of an older version, and can't be brought up to date where it is: permission denied",
  },
  copy_it: {
    vi: 'chép kho sang thư mục ghi được rồi chỉ bằng --db TỆP',
    en: 'copy it to a folder you may write in, and name it with --db FILE',
  },
  homeless: {
    vi: 'không nâng cấp được kho dữ liệu {path}: bảng "{table}" có "{column}"',
    en: 'the store {path} can\'t be brought up to date: it has "{column}" in "{table}"',
  },
  move_out: { vi: 'thứ đó không thuộc chương trình này: chuyển ra khỏi kho', en: 'that is not of this program: move it out of the store' },
  rows_lost: {
    vi: '{table}: trong {before} dòng chỉ có {after} dòng sang được kho mới; chưa thay đổi gì',
    en: '{table}: of {before} rows {after} came into the new store; nothing was changed',
  },
  disk_full: {
    vi: 'đĩa hết chỗ, không nâng cấp được kho dữ liệu {path}; kho vẫn như cũ',
    en: 'no space is left on the disk to bring the store {path} up to date; it is as it was',
  },
} as const
