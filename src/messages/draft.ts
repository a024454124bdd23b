/** What stands beside the lines of a drafted layout, as comments in YAML. */
export const DRAFT = {
  said_before: { vi: 'cột phía trước đã ghi {column}', en: '{column} is said by a column before it' },
  by_content: { vi: 'đoán theo nội dung', en: 'by what it holds' },
  by_header: { vi: 'tiêu đề gần giống tiêu đề đã biết', en: 'its header looks like one that is known' },
  look_through: {
    vi: '# Phác thảo từ {file}. Xem từng dòng có "?", rồi cất vào definitions/layouts/.',
    en: '# Drafted from {file}. Look at every line with "?", then keep it in definitions/layouts/.',
  },
  known_by: {
    vi: '# Các tiêu đề để nhận ra loại tệp này.',
    en: '# The headers by which a file is known to be one of these.',
  },
  not_read: {
    vi: '  # Không đọc; cột nào cần đọc thì đặt một tên trong danh sách bên dưới thay cho "?":',
    en: '  # Not read; give one a name from the list below where it should be:',
  },
  names_free: { vi: '  # Các tên còn dùng được: {all}', en: '  # Names still free: {all}' },
  personal: { vi: '# Cột cá nhân, không bao giờ đọc: {headers}', en: '# Personal, never read: {headers}' },
  unknown_texts: {
    vi: '# Các từ chưa rõ. Ghi nghĩa của từng từ (bỏ dấu #), nếu không các dòng có từ đó sẽ bị loại.',
    en: '# Texts that are not known. Say what each means (without the #), or its rows will be rejected.',
  },
  each_one_of: { vi: '#   {column}: # mỗi từ là một trong {all}', en: '#   {column}: # each one of {all}' },
  words_of: {
    vi: '# Các từ chưa rõ của {file}, kèm số lần xuất hiện.',
    en: '# Words of {file} that are not known, with how often they stand there.',
  },
  put_words: {
    vi: '# Chuyển từng từ dưới "?" xuống dưới giá trị tương ứng, và xem lại các từ khác; từ nào không thuộc giá trị nào thì bỏ.',
    en: '# Put each word that stands under "?" under the value it means, and look at the others; remove what means none of them.',
  },
  keep_words: {
    vi: '# Sau đó cất thành columns.yaml trong thư mục definitions của cơ quan, hoặc thêm vào tệp sẵn có, rồi nạp lại tệp số liệu.',
    en: '# Then keep this as columns.yaml in the definitions folder of the office, or add it to the one there, and load the file again.',
  },
  no_answer: {
    vi: '  # Từ không phải câu trả lời ("không có ý kiến") nằm trong bảng từ riêng:',
    en: '  # What is no answer ("không có ý kiến") stands in a vocabulary of its own:',
  },
  one_of: { vi: '  # {headers}: một trong {values}', en: '  # {headers}: one of {values}' },
  by_word: { vi: 'đoán theo từ', en: 'by what it says' },
  what_else: {
    vi: '# Những điều khác có thể ghi, ví dụ; đầy đủ: dist/schemas/layout.schema.json',
    en: '# What else can be said, as examples; all of it: dist/schemas/layout.schema.json',
  },
  one_of_headers: { vi: '# tệp có một trong các tiêu đề này', en: '# the header it has: one of these' },
  no_other_format: { vi: '# khi đó không đọc dạng nào khác', en: '# no other format is read then' },
  seventh_column: {
    vi: '# cột thứ bảy, tính bằng nghìn đồng; tệp có thể không có',
    en: '# the seventh column, in thousands of đồng; it may be absent',
  },
  in_parentheses: { vi: '# của "Sở Y tế (012)" lấy phần trong ngoặc', en: '# of "Sở Y tế (012)" what is in parentheses' },
  every_row: { vi: '# điều mà mọi dòng đều có', en: '# what every row says' },
  no_records: { vi: '# các dòng không phải bản ghi, kèm tên để đếm', en: '# rows that are no records, with what they are counted as' },
  not_a_no: { vi: '# ô trống không có nghĩa là không', en: '# an empty cell is not a no' },
} as const
