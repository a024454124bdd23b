/** Trap cases of codes and layouts: code forms, portal field names, the two list exports, records over several lines. */
import { csvText } from './csv.js'
import { accepted, codeOf, dossier, dossierText, reject } from './case-files.js'

const PORTAL_HEADER =
  'MaHoSo,MaTTHC,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThaiHoSo,KenhThucHien,DonViXuLy,DuocThanhToanTrucTuyen,HoSoCoThanhPhanSoHoa,DuocTaiSuDung'.split(
    ',',
  )
const LIST_BY_DEPARTMENT =
  'Số hồ sơ,Tên thủ tục hành chính,Tên lĩnh vực,Phòng ban,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Cơ quan/đơn vị,Chủ hồ sơ,Số điện thoại,Cán bộ xử lý hiện tại,Trạng thái hồ sơ'.split(
    ',',
  )
const LIST_BY_RECEPTION =
  'STT,Đơn vị tiếp nhận,Lĩnh vực,Tên thủ tục hành chính,Mã hồ sơ,Trạng thái,Địa chỉ,Chủ hồ sơ,Ngày nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Đơn vị/cá nhân giải quyết'.split(
    ',',
  )
const PROCEDURE = 'Chứng thực hợp đồng, giao dịch liên quan đến tài sản'
const OPENED = ['03/05/2024 08:00:00', '10/05/2024 17:00:00']

export const LAYOUT_TRAPS = [
  {
    file: 'code-forms.csv',
    about:
      'dossier codes: reversed form, serials of three and nine digits, a date that is not the received date; procedure codes long and short',
    content: dossierText(
      ['Mã hồ sơ', 'Mã TTHC', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Trạng thái'],
      [
        dossier(0, { 'Mã hồ sơ': 'H99.53-240503-0099', 'Mã TTHC': '1.001612.000.00.00.H99' }),
        dossier(0, { 'Mã hồ sơ': '000.00.54.H99-240503-001', 'Mã TTHC': '1.012766' }),
        dossier(0, { 'Mã hồ sơ': '000.00.54.H99-240503-000000017', 'Mã TTHC': '2.000815' }),
        dossier(0, { 'Mã hồ sơ': '000.00.55.H99-231229-0004', 'Mã TTHC': '1.001612' }),
      ],
    ),
    expect: accepted(4, {
      facts: [
        { code: 'H99.53-240503-0099', procedure_code: '1.001612.000.00.00.H99' },
        { code: '000.00.54.H99-240503-001', procedure_code: '1.012766' },
        { code: '000.00.54.H99-240503-000000017', procedure_code: '2.000815' },
        { code: '000.00.55.H99-231229-0004', received_at: '2024-05-03 08:00:00' },
      ],
    }),
  },
  {
    file: 'portal-fields.csv',
    about: "the national portal's field names, numeric codes and yyyyMMddHHmmss",
    content: csvText([
      PORTAL_HEADER,
      [codeOf(1), '1.001612.000.00.00.H99', '20240503080000', '20240510170000', '20240509153000', '10', '2', 'Sở Tư pháp', '1', '1', '1'],
      [codeOf(2), '1.001612', '20240503090000', '20240510170000', '20240509160000', '9', '1', 'Sở Tư pháp', '3', '0', '0'],
      [codeOf(3), '1.012766', '20240503100000', '20240510170000', '', '4', '3', 'Sở Tư pháp', '2', '1', '0'],
      [codeOf(4), '1.012766', '20240503110000', '20240510170000', '', '5', '2', 'Sở Tư pháp', '1', '0', '0'],
      [codeOf(5), '1.012766', '20240503130000', '20240510170000', '', '7', '2', 'Sở Tư pháp', '3', '0', '0'],
      [codeOf(6), '1.012766', '20240503140000', '', '', '3', '2', 'Sở Tư pháp', '3', '0', '0'],
    ]),
    expect: accepted(6, {
      facts: [
        {
          code: codeOf(1),
          procedure_code: '1.001612.000.00.00.H99',
          unit_name: 'Sở Tư pháp',
          channel: 'online',
          status: 'returned',
          payment: 'online',
          received_at: '2024-05-03 08:00:00',
          due_at: '2024-05-10 17:00:00',
          resolved_at: '2024-05-09 15:30:00',
          is_intake_digitised: true,
          is_data_reused: true,
        },
        {
          code: codeOf(2),
          channel: 'in_person',
          status: 'resolved',
          payment: 'not_online',
          is_intake_digitised: false,
          is_data_reused: false,
        },
        { code: codeOf(3), channel: 'postal', status: 'processing', payment: 'online', resolved_at: null },
        { code: codeOf(4), channel: 'online', status: 'supplement_requested' },
        { code: codeOf(5), channel: 'online', status: 'withdrawn' },
        { code: codeOf(6), status: 'not_received', due_at: null },
      ],
    }),
  },
  {
    file: 'list-by-department.csv',
    about: 'the list export with "Phòng ban": the unit is "Cơ quan/đơn vị"; no channel, payment or digitisation',
    content: csvText([
      LIST_BY_DEPARTMENT,
      [
        codeOf(1),
        PROCEDURE,
        'Chứng thực',
        'Bộ phận một cửa',
        ...OPENED,
        '09/05/2024 15:30:00',
        'Sở Tư pháp',
        'Nguyễn Thí Dụ',
        '0000000001',
        'Cán bộ Giả Định',
        'Đã trả kết quả',
      ],
      [
        codeOf(2),
        PROCEDURE,
        'Chứng thực',
        'Phòng Hành chính',
        ...OPENED,
        '',
        'UBND xã Đất Xanh',
        'Trần Ví Dụ',
        '0000000002',
        'Cán bộ Giả Định',
        'Chờ ký duyệt',
      ],
      [
        codeOf(3),
        PROCEDURE,
        'Chứng thực',
        'Bộ phận một cửa',
        ...OPENED,
        '',
        'Sở Tư pháp',
        'Lê Hư Cấu',
        '0000000003',
        'Cán bộ Ví Dụ',
        'Chờ bổ sung hồ sơ',
      ],
    ]),
    expect: accepted(3, {
      facts: [
        {
          code: codeOf(1),
          procedure_name: PROCEDURE,
          field: 'Chứng thực',
          unit_name: 'Sở Tư pháp',
          resolved_at: '2024-05-09 15:30:00',
          status: 'returned',
          channel: null,
          payment: null,
          is_intake_digitised: null,
        },
        { code: codeOf(2), unit_name: 'UBND xã Đất Xanh', resolved_at: null, status: 'processing' },
        { code: codeOf(3), status: 'supplement_requested' },
      ],
    }),
  },
  {
    file: 'list-by-reception.csv',
    about: 'the list export with "Đơn vị tiếp nhận"; "Đơn vị/cá nhân giải quyết" may hold a name and is not the unit',
    content: csvText([
      LIST_BY_RECEPTION,
      [
        '1',
        'Sở Tư pháp',
        'Chứng thực',
        PROCEDURE,
        codeOf(1),
        'Đã có kết quả',
        'Số 1, đường Ví Dụ',
        'Nguyễn Thí Dụ',
        ...OPENED,
        '09/05/2024 15:30:00',
        'Cán bộ Giả Định',
      ],
      [
        '2',
        'UBND xã Đất Xanh',
        'Chứng thực',
        PROCEDURE,
        codeOf(2),
        'Chờ xử lý',
        'Số 2, đường Ví Dụ',
        'Trần Ví Dụ',
        ...OPENED,
        '',
        'Phòng Hành chính',
      ],
      ['3', 'Sở Tư pháp', 'Chứng thực', PROCEDURE, codeOf(3), 'Từ chối tiếp nhận', 'Số 3, đường Ví Dụ', 'Lê Hư Cấu', ...OPENED, '', ''],
    ]),
    expect: accepted(3, {
      facts: [
        {
          code: codeOf(1),
          procedure_name: PROCEDURE,
          field: 'Chứng thực',
          unit_name: 'Sở Tư pháp',
          received_at: '2024-05-03 08:00:00',
          resolved_at: '2024-05-09 15:30:00',
          status: 'resolved',
        },
        { code: codeOf(2), unit_name: 'UBND xã Đất Xanh', resolved_at: null, status: 'processing' },
        { code: codeOf(3), status: 'not_received' },
      ],
    }),
  },
  {
    file: 'quoted-newlines.csv',
    about: 'line breaks and quotes inside cells: a record is named by the line it starts on',
    content: dossierText(
      ['Mã hồ sơ', 'Tên TTHC', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Trạng thái'],
      [
        dossier(1, { 'Tên TTHC': 'Chứng thực\nbản sao\ntừ bản chính' }),
        dossier(2, { 'Tên TTHC': 'Cấp "bản sao", trích lục' }),
        dossier(3, { 'Tên TTHC': 'Đăng ký\nkhai sinh', 'Ngày tiếp nhận': '31/02/2024' }),
        dossier(4, { 'Tên TTHC': 'Đăng ký khai tử', 'Ngày tiếp nhận': '32/01/2024' }),
      ],
    ),
    expect: accepted(4, {
      facts: [{ code: codeOf(2), procedure_name: 'Cấp "bản sao", trích lục' }],
      rejects: [reject(6, 'received_at', '31/02/2024', 'invalid_date'), reject(8, 'received_at', '32/01/2024', 'invalid_date')],
    }),
  },
]
