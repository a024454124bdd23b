import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Kind } from '../../src/definitions/schema.js'
import { ToolError } from '../../src/errors.js'
import { headerKey } from '../../src/language/fold.js'
import { recognise } from '../../src/reading/header.js'
import type { Sniffed } from '../../src/reading/sniff.js'
import { definitions } from '../support/facts.js'
import { property } from '../support/property.js'

const shipped = await definitions()
const KINDS = Object.keys(shipped.kinds) as Kind[]
const keysOf = new Map(
  KINDS.map((kind) => [
    kind,
    new Set(Object.entries(shipped.kinds[kind].columns).flatMap(([id, { aliases }]) => [id, ...aliases].map(headerKey))),
  ]),
)
const isShared = (kind: Kind, alias: string): boolean => KINDS.some((other) => other !== kind && keysOf.get(other)!.has(headerKey(alias)))

function sniffed(header: string[], rows: string[][] = []): Sniffed {
  return {
    file: 'a.csv',
    path: '/a.csv',
    bytes: 1,
    encoding: 'utf-8',
    confidence: 1,
    isPacked: false,
    sheet: null,
    delimiter: ',',
    newline: '\n',
    hasLineFeeds: true,
    head: [header, ...rows].map((cells, i) => ({ line: i + 1, cells })),
    isWhole: true,
    endOfRecord: () => null,
  }
}

/** The kind a header is taken for, or the code of its refusal. */
function outcome(header: string, kind?: Kind): string {
  return outcomeOf(header.split(','), kind)
}

function outcomeOf(header: string[], kind?: Kind): string {
  try {
    return recognise(sniffed(header), shipped, kind ? { kind } : {}).kind
  } catch (error) {
    if (error instanceof ToolError && error.exitStatus === 3) return error.code
    throw error
  }
}

function refusal(header: string, kind?: Kind): ToolError {
  try {
    recognise(sniffed(header.split(',')), shipped, kind ? { kind } : {})
  } catch (error) {
    return error as ToolError
  }
  throw new Error(`${header} was not refused`)
}

describe('a table is of a kind only by what that kind alone has', () => {
  test.each([
    ['Đơn vị,Cấp,Số hồ sơ tiếp nhận'],
    ['Đơn vị,Cấp,Số hồ sơ'],
    ['Mã đơn vị,Tên đơn vị,Loại đơn vị,Cấp,Số hồ sơ tiếp nhận'],
    ['STT,Mã HS,Đơn vị,Cấp,Ngày nhận,Ngày hẹn trả,Trạng thái'],
    ['Họ tên,Chức vụ,Đơn vị,Cấp'],
    ['STT,Mã đơn vị,Tên đơn vị,Cấp,Họ và tên,Chức danh,Số điện thoại'],
    ['Tỉnh,Đơn vị,Cấp,Xếp hạng'],
    ['Mã,Tên gọi,Mức độ'],
    ['Chỉ tiêu,Kỳ,Kế hoạch,Kết quả'],
    ['metric,period,value'],
    ['metric,label,level,unit_code,unit_name,numerator,denominator,shown,state,target,target_source,gap,status'],
    ['Mã đơn vị,Tên đơn vị,Loại đơn vị,Cấp,Tên gọi khác'],
    ['Đơn vị,Cấp,Chỉ tiêu,Kỳ'],
    ['Mã hồ sơ,Thời gian,Đơn vị,Đánh giá,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái'],
  ])('and is refused where it could be another: %s', (header) => {
    expect(outcome(header)).toMatch(/^(uncertain|unknown)_kind$/)
  })

  test.each([
    ['survey', 'Ngày khảo sát,Mã đơn vị,Đơn vị,Cấp,Câu hỏi 1'],
    ['survey', 'Mã hồ sơ,Ngày đánh giá,Đơn vị,Mức độ hài lòng'],
    ['survey', 'Thời gian,Đơn vị,Đánh giá'],
    ['dossiers', 'STT,Mã hồ sơ,Đơn vị,Cấp,Ngày nhận'],
    ['dossiers', 'Mã hồ sơ,Đơn vị,Xếp loại'],
    ['dossiers', 'Mã hồ sơ,Trạng thái,Kết quả,Ghi chú'],
    ['dossiers', 'Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Trạng thái,Hình thức nộp,Lệ phí,Ngày đánh giá,Mức độ hài lòng'],
    ['targets', 'Chỉ tiêu,Cấp,Đơn vị,Kỳ,Kế hoạch'],
    ['units', 'Đơn vị,Cấp'],
    ['units', 'STT,Mã đơn vị,Tên đơn vị,Cấp,Địa chỉ,Điện thoại,Email'],
    ['units', 'Mã đơn vị,Tên đơn vị,Loại,Cấp,Mã đơn vị cha,Quyết định thành lập'],
    ['unit_aliases', 'Tên gọi khác,Mã đơn vị'],
    ['unit_changes', 'Mã đơn vị cũ,Tên đơn vị cũ,Mã đơn vị mới,Tên đơn vị mới,Từ ngày'],
    ['indicators', 'STT,Đơn vị,Cấp,Tổng số tiếp nhận,Tổng số đã giải quyết'],
    ['indicators', 'Đơn vị,tiếp nhận > tổng số,tiếp nhận > trực tuyến,đã giải quyết > tổng số,đã giải quyết > quá hạn'],
    ['indicators', 'Chỉ tiêu,Kỳ,Tử số,Mẫu số,Kết quả,Số liệu nguồn'],
  ])('%s: %s', (kind, header) => {
    expect(outcome(header)).toBe(kind)
  })

  test('whatever else it has: columns of one kind with some of another are never taken for the other', () => {
    const numbered = ['Câu 1', 'Câu 2. Thái độ', '3. Kết quả giải quyết']
    const aliasesOf = (kind: Kind, id: string): string[] =>
      id === 'item*' ? numbered : shipped.kinds[kind].columns[id]!.aliases.filter((alias) => !alias.includes(' > '))
    const usual = (kind: Kind): string[][] =>
      shipped.kinds[kind].requires.filter(
        (needed) => needed.some((id) => shipped.evidence.kinds[kind].own.includes(id)) || kind === 'dossiers',
      )
    const table = fc.constantFrom(...KINDS.flatMap((a) => KINDS.filter((b) => b !== a).map((b) => [a, b] as const))).chain(([a, b]) =>
      fc.record({
        a: fc.constant(a),
        b: fc.constant(b),
        needed: fc.constantFrom(...usual(a)),
        more: fc.subarray(Object.keys(shipped.kinds[a].columns)),
        own: fc.constantFrom(...shipped.evidence.kinds[a].own.filter((id) => id !== 'item*')),
        others: fc.shuffledSubarray(Object.keys(shipped.kinds[b].columns)).map((list) => list.slice(0, 5)),
        choices: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      }),
    )
    const taken: Record<string, number> = {}
    fc.assert(
      fc.property(table, ({ a, b, needed, more, own, others, choices }) => {
        const rest = [...choices]
        const pick = <T>(list: readonly T[]): T => list[rest.pop()! % list.length]!
        const doubtful = new Set(shipped.evidence.kinds[a].doubtful.map(headerKey))
        const ofA = [...new Set([...needed, own, ...more])].flatMap((id) => {
          const names = aliasesOf(a, id).filter(
            (alias) => !shipped.evidence.kinds[a].own.includes(id) || !(doubtful.has(headerKey(alias)) || isShared(a, alias)),
          )
          return names.length > 0 ? [pick(names)] : []
        })
        const ofB = others.flatMap((id) => (aliasesOf(b, id).length > 0 ? [pick(aliasesOf(b, id))] : []))
        const header = [...new Map([...ofB, ...ofA].map((name) => [headerKey(name), name])).values()]
          .map((name) => ({ name, at: rest.pop()! }))
          .sort((x, y) => x.at - y.at)
          .map(({ name }) => name)
        const kind = outcomeOf(header)
        taken[kind === a ? 'right' : 'refused'] = (taken[kind === a ? 'right' : 'refused'] ?? 0) + 1
        expect([a, 'uncertain_kind', 'ambiguous_column', 'unknown_kind'], `${a} + ${b}: ${header.join(',')}`).toContain(kind)
      }),
      property(1000),
    )
    expect(taken.right).toBeGreaterThan(300)
  })
})

describe('a refusal names the kinds it could be, what speaks for each, and how to say which', () => {
  test('where two kinds have columns of their own', () => {
    const { code, hint, details } = refusal('Chỉ tiêu,Kỳ,Kế hoạch,Kết quả')
    expect(code).toBe('uncertain_kind')
    expect(hint).toMatch(/"Kế hoạch"[\s\S]*"Kết quả"[\s\S]*--kind targets or --kind indicators/)
    expect(details).toMatchObject({
      candidates: [
        { kind: 'targets', columns: ['Kế hoạch'] },
        { kind: 'indicators', columns: ['Kết quả'] },
      ],
    })
    expect(outcome('Chỉ tiêu,Kỳ,Kế hoạch,Kết quả', 'targets')).toBe('targets')
    expect(outcome('Chỉ tiêu,Kỳ,Kế hoạch,Kết quả', 'indicators')).toBe('indicators')
  })
  test('where a summary has the columns of a registry', () => {
    const { hint, details } = refusal('Đơn vị,Cấp,Số hồ sơ tiếp nhận')
    expect(hint).toMatch(/it is not units: it has "Số hồ sơ tiếp nhận"/)
    expect(hint).not.toContain('--kind units ')
    expect(details).toMatchObject({ candidates: [], refuted: [{ kind: 'units', against: ['Số hồ sơ tiếp nhận'] }] })
  })
  test('and what is needed for the likeliest kind alone', () => {
    const { hint } = refusal('STT,Mã HS,Ngày nhận,Ngày hẹn trả,Tình hình xử lý')
    expect(hint).toMatch(/needed for dossiers: Mã hồ sơ/)
    expect(hint).toContain('"Mã HS" looks like "Mã hồ sơ"')
    expect(hint).not.toMatch(/Kế hoạch|khảo sát/)
    expect(refusal('start,_uuid,Điểm hài lòng chung').hint).not.toMatch(/"_uuid" looks like/)
  })
})

describe('a kind that the user names is checked', () => {
  test.each([
    ['units', 'Đơn vị,Cấp,Số hồ sơ tiếp nhận'],
    ['units', 'Mã hồ sơ,Đơn vị,Cấp,Ngày nhận'],
    ['units', 'Họ tên,Chức vụ,Đơn vị,Cấp'],
    ['units', 'Ngày khảo sát,Mã đơn vị,Đơn vị,Cấp,Câu hỏi 1'],
  ] as const)('%s: %s is refused', (kind, header) => {
    const { code, hint } = refusal(header, kind)
    expect(code).toBe('contradicted_kind')
    expect(hint).toContain('--write-layout')
  })
  test('and taken where nothing contradicts it', () => {
    expect(outcome('Đơn vị,Cấp,Khối', 'units')).toBe('units')
    expect(outcome('Số hồ sơ,Đơn vị,Khối', 'dossiers')).toBe('dossiers')
    expect(outcome('metric,period,value', 'indicators')).toBe('indicators')
  })
})

describe("an office's layout is known by its whole header", () => {
  const own = {
    ...shipped.layouts[0]!,
    id: 'land-office',
    kind: 'dossiers' as const,
    header: ['Mã HS', 'Ngày nhận'],
    columns: { code: 'Mã HS', received_at: 'Ngày nhận' },
    constants: {},
    file: 'land-office.yaml',
  }
  const office = { ...shipped, layouts: [own, ...shipped.layouts] }
  const further = Array.from({ length: 12 }, (_, i) => `Cột riêng ${i + 1}`)

  test('however many further columns a file has, known ones too', () => {
    for (const header of [
      ['Mã HS', 'Ngày nhận', ...further],
      ['Mã hồ sơ', 'Trạng thái', ...further, 'Ngày nhận', 'Mã HS'],
    ]) {
      expect(recognise(sniffed(header), office)).toMatchObject({ kind: 'dossiers', layout: { id: 'land-office' } })
    }
  })
  test('and is named where a part of it is missing, or it is for another line', () => {
    const refused = (definitionsOf: typeof office, header: string[]): ToolError => {
      try {
        recognise(sniffed(header), definitionsOf)
      } catch (error) {
        return error as ToolError
      }
      throw new Error('not refused')
    }
    expect(refused(office, ['Mã HS', 'Ngày', ...further]).hint).toContain('layout land-office would read it, but for: Ngày nhận')
    const low = { ...office, layouts: [{ ...own, header_row: 4 }] }
    expect(refused(low, ['Mã HS', 'Ngày nhận']).hint).toContain('layout land-office has its header on line 4; here it is on line 1')
  })
})
