/** Trap cases of letters, spaces, encodings and separators. */
import { HEADER, SHORT_HEADER, accepted, codeOf, dossier, dossierText } from './case-files.js'
import { tcvn3, utf16le, utf8WithMark, vni, windows1258 } from './encodings.js'

const NO_BREAK = '\u00a0'
const ZERO_WIDTH = '\u200b'

/** A registry for the cases whose unit names come in other spellings. */
export const TRAP_UNITS = {
  file: 'units.csv',
  content: [
    'Mã đơn vị,Tên đơn vị,Loại,Cấp,Mã đơn vị cha,Hiệu lực từ,Hiệu lực đến,Ngành dọc',
    '000.00.01.H99,Sở Tư pháp,Sở,Cấp tỉnh,,,,Không',
    '000.00.11.H99,UBND xã Đất Xanh,UBND xã,Cấp xã,,,,Không',
    '000.00.12.H99,UBND phường Hòa Bình,UBND phường,Cấp xã,,,,Không',
    '000.00.13.H99,UBND xã Hoà Bình,UBND xã,Cấp xã,,,,Không',
    '',
  ].join('\n'),
}

const PLAIN = [
  dossier(1, { 'Cơ quan thực hiện': 'UBND xã Đất Xanh' }),
  dossier(2, { 'Cơ quan thực hiện': 'Sở Tư pháp', 'Hình thức nộp': 'Trực tiếp' }),
  dossier(3, {
    'Cơ quan thực hiện': 'UBND phường Hòa Bình',
    'Hình thức nộp': 'Bưu chính công ích',
    'Ngày có kết quả': '',
    'Trạng thái': 'Yêu cầu bổ sung giấy tờ',
  }),
]
const PLAIN_FACTS = [
  {
    code: codeOf(1),
    unit_name: 'UBND xã Đất Xanh',
    channel: 'online',
    received_at: '2024-05-03 08:00:00',
    due_at: '2024-05-10 17:00:00',
    resolved_at: '2024-05-09 15:30:00',
    status: 'returned',
  },
  { code: codeOf(2), unit_name: 'Sở Tư pháp', channel: 'in_person', status: 'returned' },
  { code: codeOf(3), unit_name: 'UBND phường Hòa Bình', channel: 'postal', resolved_at: null, status: 'supplement_requested' },
]
const plainText = (dialect) => dossierText(HEADER, PLAIN, dialect)
const plainExpect = accepted(3, { facts: PLAIN_FACTS })

export const TEXT_TRAPS = [
  {
    file: 'd-lookalikes.csv',
    about: 'Ð (U+00D0), Ɖ (U+0189), ð (U+00F0) and ɖ (U+0256) typed for Đ and đ, in unit names and values',
    units: TRAP_UNITS.file,
    content: dossierText(HEADER, [
      dossier(1, { 'Cơ quan thực hiện': 'UBND xã \u00d0ất Xanh', 'Trạng thái': '\u00d0ã trả kết quả' }),
      dossier(2, { 'Cơ quan thực hiện': 'UBND xã \u0189ất Xanh', 'Trạng thái': '\u0189ã trả kết quả' }),
      dossier(3, { 'Cơ quan thực hiện': 'UBND XÃ \u00d0ẤT XANH', 'Ngày có kết quả': '', 'Trạng thái': '\u00d0ang xử lý' }),
      dossier(4, { 'Cơ quan thực hiện': 'ubnd xã \u00f0ất xanh', 'Trạng thái': '\u0256ã trả kết quả' }),
    ]),
    expect: accepted(4, {
      facts: [
        { code: codeOf(1), status: 'returned' },
        { code: codeOf(2), status: 'returned' },
        { code: codeOf(3), status: 'processing' },
        { code: codeOf(4), status: 'returned' },
      ],
      resolved_units: [1, 2, 3, 4].map((serial) => ({ code: codeOf(serial), unit_code: '000.00.11.H99' })),
    }),
  },
  {
    file: 'invisible-spaces.csv',
    about: 'non-breaking (U+00A0) and zero-width (U+200B, U+FEFF) spaces around and inside codes, values and dates',
    units: TRAP_UNITS.file,
    content: dossierText(HEADER, [
      dossier(1, { 'Mã hồ sơ': `${NO_BREAK}${codeOf(1)}${NO_BREAK}`, 'Trạng thái': `Đã trả kết quả${ZERO_WIDTH}` }),
      dossier(2, { 'Mã hồ sơ': `${ZERO_WIDTH}${codeOf(2)}`, 'Hình thức nộp': `Trực${NO_BREAK}tuyến ` }),
      dossier(3, { 'Mã hồ sơ': ` ${codeOf(3)}\u2009`, 'Cơ quan thực hiện': `Sở${NO_BREAK}Tư  pháp${ZERO_WIDTH}` }),
      dossier(4, { 'Ngày tiếp nhận': `${NO_BREAK}03/05/2024${NO_BREAK}08:00:00`, 'Hình thức nộp': `\ufeffTrực tiếp` }),
    ]),
    expect: accepted(4, {
      facts: [
        { code: codeOf(1), status: 'returned' },
        { code: codeOf(2), channel: 'online' },
        { code: codeOf(3), channel: 'online' },
        { code: codeOf(4), channel: 'in_person', received_at: '2024-05-03 08:00:00' },
      ],
      resolved_units: [1, 2, 3, 4].map((serial) => ({ code: codeOf(serial), unit_code: '000.00.01.H99' })),
    }),
  },
  {
    file: 'nfd.csv',
    about: 'all text decomposed (NFD), the header too',
    units: TRAP_UNITS.file,
    content: plainText().normalize('NFD'),
    expect: accepted(3, {
      facts: PLAIN_FACTS.map((fact) => ({ ...fact, unit_name: undefined })),
      resolved_units: [
        { code: codeOf(1), unit_code: '000.00.11.H99' },
        { code: codeOf(2), unit_code: '000.00.01.H99' },
        { code: codeOf(3), unit_code: '000.00.12.H99' },
      ],
    }),
  },
  {
    file: 'tone-placement.csv',
    about: 'both places of the tone mark (hoá/hóa, uỷ/ủy, thuỷ/thủy), in headers, unit names and values; a ward and a commune of one name',
    units: TRAP_UNITS.file,
    content: dossierText(
      [...SHORT_HEADER, 'Số hóa thành phần hồ sơ', 'Số hoá kết quả', 'Lĩnh vực'],
      [
        dossier(1, {
          'Cơ quan thực hiện': 'Uỷ ban nhân dân phường Hoà Bình',
          'Số hóa thành phần hồ sơ': 'Có',
          'Số hoá kết quả': 'Có',
          'Lĩnh vực': 'Thuỷ sản',
        }),
        dossier(2, {
          'Cơ quan thực hiện': 'Ủy ban nhân dân phường Hòa Bình',
          'Số hóa thành phần hồ sơ': 'Có',
          'Số hoá kết quả': 'Không',
          'Lĩnh vực': 'Thủy sản',
        }),
        dossier(3, {
          'Cơ quan thực hiện': 'UBND xã Hòa Bình',
          'Số hóa thành phần hồ sơ': 'Không',
          'Số hoá kết quả': 'Có',
          'Lĩnh vực': 'Thủy sản',
        }),
        dossier(4, {
          'Cơ quan thực hiện': 'UBND xã Hoà Bình',
          'Số hóa thành phần hồ sơ': 'Không',
          'Số hoá kết quả': 'Không',
          'Lĩnh vực': 'Thuỷ sản',
        }),
      ],
    ),
    expect: accepted(4, {
      facts: [
        { code: codeOf(1), is_intake_digitised: true, is_result_digitised: true },
        { code: codeOf(2), is_intake_digitised: true, is_result_digitised: false },
        { code: codeOf(3), is_intake_digitised: false, is_result_digitised: true },
        { code: codeOf(4), is_intake_digitised: false, is_result_digitised: false },
      ],
      resolved_units: [
        { code: codeOf(1), unit_code: '000.00.12.H99' },
        { code: codeOf(2), unit_code: '000.00.12.H99' },
        { code: codeOf(3), unit_code: '000.00.13.H99' },
        { code: codeOf(4), unit_code: '000.00.13.H99' },
      ],
    }),
  },
  {
    file: 'utf-8-bom.csv',
    about: 'UTF-8 with a byte order mark, lines ended by CR LF',
    content: utf8WithMark(plainText({ newline: '\r\n' })),
    expect: plainExpect,
  },
  {
    file: 'utf-16le.csv',
    about: 'Excel\'s "Unicode text": UTF-16 little endian with a byte order mark, tabs, CR LF',
    encoding: 'utf-16le',
    separator: '\t',
    content: utf16le(plainText({ separator: '\t', newline: '\r\n' })),
    expect: plainExpect,
  },
  {
    file: 'windows-1258.csv',
    about: 'windows-1258: tones are bytes after the vowel, so the text needs NFC after decoding',
    encoding: 'windows-1258',
    content: windows1258(plainText()),
    expect: plainExpect,
  },
  {
    file: 'tcvn3.csv',
    about: 'TCVN3 (ABC): one byte a letter, recognised by the words it gives',
    encoding: 'tcvn3',
    content: tcvn3(plainText()),
    expect: plainExpect,
  },
  {
    file: 'vni.csv',
    about: 'VNI: a letter and its marks as two letters, recognised by the words it gives',
    encoding: 'vni',
    content: vni(plainText()),
    expect: plainExpect,
  },
  {
    file: 'semicolon.csv',
    about: 'semicolons between cells, unquoted decimal commas inside them',
    separator: ';',
    content: dossierText(
      [...HEADER, 'Lệ phí'],
      [dossier(1, { 'Lệ phí': '120.000,00' }), dossier(2, { 'Lệ phí': '8.000' }), dossier(3, { 'Lệ phí': '0' })],
      {
        separator: ';',
      },
    ),
    expect: accepted(3, {
      facts: [
        { code: codeOf(1), fee: 120000, channel: 'online' },
        { code: codeOf(2), fee: 8000 },
        { code: codeOf(3), fee: 0 },
      ],
    }),
  },
]
