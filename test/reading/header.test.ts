import { describe, expect, test } from 'vitest'

import { ToolError } from '../../src/errors.js'
import { inspectFile, type IngestOptions } from '../../src/ingest/ingest.js'
import { definitions } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

const folder = tempFolder()
let files = 0

async function mapping(rows: string[][], wanted: Pick<IngestOptions, 'kind' | 'layout'> = {}) {
  const { mapping: found } = await inspectFile(write(folder, `${++files}.csv`, csv(rows)), await definitions(), wanted)
  return { ...found, ids: Object.fromEntries(found.columns.map(({ id, index }) => [found.header[index], id])) }
}

async function refusal(rows: string[][], wanted: Pick<IngestOptions, 'kind' | 'layout'> = {}): Promise<ToolError> {
  const outcome = await mapping(rows, wanted).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(ToolError)
  return outcome as ToolError
}

describe('the header of an export is recognised', () => {
  test('by department, with the unit in "Cơ quan/đơn vị" and the people dropped', async () => {
    const header =
      'Số hồ sơ,Tên thủ tục hành chính,Tên lĩnh vực,Phòng ban,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Cơ quan/đơn vị,Chủ hồ sơ,Số điện thoại,Cán bộ xử lý hiện tại,Trạng thái hồ sơ'
    const found = await mapping([header.split(','), Array<string>(12).fill('')])
    expect(found).toMatchObject({ kind: 'dossiers', layout: { id: 'dossier-list-department' }, ignored: ['Phòng ban'] })
    expect(found.personal).toEqual(['Chủ hồ sơ', 'Số điện thoại', 'Cán bộ xử lý hiện tại'])
    expect(found.ids).toEqual({
      'Số hồ sơ': 'code',
      'Tên thủ tục hành chính': 'procedure_name',
      'Tên lĩnh vực': 'field',
      'Ngày tiếp nhận': 'received_at',
      'Ngày hẹn trả': 'due_at',
      'Ngày kết thúc xử lý': 'resolved_at',
      'Cơ quan/đơn vị': 'unit_name',
      'Trạng thái hồ sơ': 'status',
    })
  })

  test('by reception, with the unit in "Đơn vị tiếp nhận" and the official never read', async () => {
    const header =
      'STT,Đơn vị tiếp nhận,Lĩnh vực,Tên thủ tục hành chính,Mã hồ sơ,Trạng thái,Địa chỉ,Chủ hồ sơ,Ngày nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Đơn vị/cá nhân giải quyết'
    const found = await mapping([header.split(',')])
    expect(found).toMatchObject({ kind: 'dossiers', layout: { id: 'dossier-list-reception' }, ignored: ['STT'] })
    expect(found.personal).toEqual(['Địa chỉ', 'Chủ hồ sơ', 'Đơn vị/cá nhân giải quyết'])
    expect(found.ids).toMatchObject({ 'Đơn vị tiếp nhận': 'unit_name', 'Mã hồ sơ': 'code', 'Ngày nhận': 'received_at' })
  })

  test("by the national portal's field names", async () => {
    const header =
      'MaHoSo,MaTTHC,NgayNopHoSo,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,NgayTra,NgayYeuCauBoSung,TrangThaiHoSo,KenhThucHien,DonViXuLy,DuocThanhToanTrucTuyen,HoSoCoThanhPhanSoHoa,DuocTaiSuDung'
    expect(Object.values((await mapping([header.split(',')])).ids)).toEqual([
      'code',
      'procedure_code',
      'submitted_at',
      'received_at',
      'due_at',
      'resolved_at',
      'returned_at',
      'supplement_requested_at',
      'status',
      'channel',
      'unit_name',
      'payment',
      'is_intake_digitised',
      'is_data_reused',
    ])
  })

  test('without case, accents, punctuation and spaces', async () => {
    for (const code of ['Mã hồ sơ', 'MA HO SO', 'mã_hồ_sơ', ' Mã\u00a0hồ sơ (*) ', 'Mã hồ sơ'.normalize('NFD'), 'Mã\nhồ sơ']) {
      expect((await mapping([[code, 'TRẠNG THÁI']])).ids, JSON.stringify(code)).toEqual({ [code]: 'code', 'TRẠNG THÁI': 'status' })
    }
  })

  test('below up to 39 title rows, whatever separates the cells', async () => {
    const rows = [
      ['Mã hồ sơ', 'Trạng thái', 'Ngày tiếp nhận'],
      ['A1', '4', ''],
    ]
    for (const [above, separator] of Array.from({ length: 40 }, (_, i) => [i, [',', ';', '\t', '|'][i % 4]!] as const)) {
      const text = csv(Array.from({ length: above }, () => ['Danh sách, từ ngày 01/05/2024'])) + csv(rows, { separator })
      const { sniffed, mapping: found } = await inspectFile(write(folder, `${++files}.csv`, text), await definitions())
      expect([sniffed.delimiter, sniffed.head[found.headerRecord]!.line, found.kind]).toEqual([separator, above + 1, 'dossiers'])
    }
  })

  test('of plans, registries and surveys', async () => {
    expect((await mapping([['Chỉ tiêu', 'Cấp', 'Đơn vị', 'Kỳ', 'Kế hoạch']])).kind).toBe('targets')
    expect((await mapping([['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Cấp', 'Mã đơn vị cha']])).kind).toBe('units')
    expect((await mapping([['Mã phiếu', 'Ngày khảo sát', 'Đơn vị', 'Yếu tố', 'Mức độ hài lòng']])).kind).toBe('survey')
    expect(await mapping([['Thời gian', 'Đơn vị', 'Đánh giá']])).toMatchObject({ kind: 'survey', layout: { id: 'kiosk-rating' } })
    const wide = await mapping([['Mã phiếu', 'Ngày khảo sát', 'Đơn vị', '1. Tiếp cận dịch vụ', 'Thủ tục hành chính', 'Câu 3', 'Ghi chú']])
    expect(wide.kind).toBe('survey')
    expect(wide.items.map(({ header, factor }) => [header, factor])).toEqual([
      ['1. Tiếp cận dịch vụ', 'access'],
      ['Thủ tục hành chính', 'procedures'],
      ['Câu 3', null],
    ])
  })
})

describe('a header that is not understood is refused with what was found, what is needed and what looks like it', () => {
  test('when it is unknown', async () => {
    const { code, message, hint, place } = await refusal([['STT', 'Mã hồ sư', 'Ngày nhận đơn', 'Ghi chú']], { kind: 'dossiers' })
    expect(code).toBe('unknown_kind')
    expect(message).toMatch(/found STT, Mã hồ sư, Ngày nhận đơn, Ghi chú/)
    expect(hint).toMatch(/needed .*Mã hồ sơ/)
    expect(hint).toContain('"Mã hồ sư" looks like "Mã hồ sơ"')
    expect(hint).toContain('--layout')
    expect(place).toMatchObject({ line: 1 })
  })
  test('when a kind was asked for that it is not', async () => {
    const { code, hint } = await refusal([['Mã hồ sơ', 'Trạng thái']], { kind: 'targets' })
    expect(code).toBe('unknown_kind')
    expect(hint).toMatch(/needed .*Chỉ tiêu.*Kế hoạch/)
  })
  test('when more title rows are above it, with the line where it seems to be', async () => {
    const { code, message, place } = await refusal([...Array.from({ length: 45 }, () => ['Tiêu đề']), ['Mã hồ sơ', 'Trạng thái']])
    expect([code, message, place]).toEqual(['header_too_low', expect.stringContaining('line 46'), expect.objectContaining({ line: 46 })])
  })
  test('when two columns say the same', async () => {
    const { code, message, place } = await refusal([['Tiêu đề'], ['Mã hồ sơ', 'Trạng thái', 'Số hồ sơ']])
    expect(code).toBe('ambiguous_column')
    expect(message).toMatch(/"Mã hồ sơ" \(column 1\).*"Số hồ sơ" \(column 3\)/)
    expect(place).toMatchObject({ line: 2 })
  })
  test('when a layout was asked for that does not fit, or that nobody has', async () => {
    expect(await refusal([['Mã hồ sơ', 'Trạng thái']], { layout: 'kiosk-rating' })).toMatchObject({
      code: 'unknown_kind',
      hint: expect.stringContaining('Đánh giá'),
    })
    expect(await refusal([['Mã hồ sơ', 'Trạng thái']], { layout: 'kiosk' })).toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('kiosk-rating'),
    })
  })
})
