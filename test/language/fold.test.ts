import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { clean, fold, headerKey, toneSpellings } from '../../src/language/fold.js'
import { property } from '../support/property.js'

const letters = [
  ...'aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂDĐEÊIOÔƠUƯYáàảãạóòỏõọúùủũụýỳỷỹỵếệờợ .-',
  '\u00d0',
  '\u0189',
  '\u0301',
  '\u0300',
  '\u0323',
  '\u00a0',
  '\u200b',
]
const vietnamese = fc.string({ unit: fc.constantFrom(...letters), maxLength: 20 })

describe('folded texts', () => {
  for (const [name, ...spellings] of [
    [
      'Đ and its look-alikes',
      'Đã trả kết quả',
      'Ðã trả kết quả',
      'Ɖã trả kết quả',
      'đã trả kết quả',
      'ðã trả kết quả',
      'ɖã trả kết quả',
      'ĐÃ TRẢ KẾT QUẢ',
    ],
    ['composed and decomposed letters', 'Sở Tư pháp'.normalize('NFC'), 'Sở Tư pháp'.normalize('NFD')],
    ['both places of the tone mark', 'Hòa Bình', 'Hoà Bình', 'HOÀ BÌNH', 'hòa bình'],
    ['both places of the tone mark in uy', 'thủy sản', 'thuỷ sản'],
    ['both places of the tone mark in oe', 'sức khỏe', 'sức khoẻ'],
    ['every tone of a syllable', 'hóa hòa hỏa hõa họa', 'hoá hoà hoả hoã hoạ'],
    [
      'spaces of every kind, and invisible characters',
      ' Sở\u00a0Tư \u2003 pháp\u200b\ufeff',
      'Sở Tư pháp',
      'Sở\tTư\r\npháp',
      'S\u00adở Tư pháp',
    ],
  ] as const) {
    test(`are one for ${name}`, () => {
      expect(new Set(spellings.map(fold)).size).toBe(1)
    })
  }

  test('stay apart where the accent is another word', () => {
    const words = ['Hoa', 'Hoà', 'Hoá', 'Hỏa', 'đa', 'da', 'hoàn', 'hòan', 'toán', 'tóan']
    expect(new Set(words.map(fold)).size).toBe(words.length)
  })

  test('of a folded text are the text itself', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(clean(clean(text))).toBe(clean(text))
        expect(fold(clean(text))).toBe(fold(text))
      }),
      property(300),
    )
  })

  test('come out of both spellings of the tone mark', () => {
    for (const text of ['số hoá hồ sơ', 'uỷ ban', 'huỷ hồ sơ', 'thuỷ sản và sức khoẻ', 'trực tuyến']) {
      for (const spelling of toneSpellings(fold(text))) expect(fold(spelling)).toBe(fold(text))
    }
    expect(toneSpellings('số hoá')).toEqual(['số hoá', 'số hóa'])
    expect(toneSpellings('trực tuyến')).toEqual(['trực tuyến'])
  })
})

describe('cleaned texts', () => {
  test('keep their case, accents and tone place', () => {
    expect(clean(' UBND\u00a0xã  Ðất\u200b Mũi ')).toBe('UBND xã Đất Mũi')
    expect(clean('Hóa')).toBe('Hóa')
  })
})

describe('header keys', () => {
  test('ignore accents, case, punctuation and spaces', () => {
    const spellings = ['Mã hồ sơ', 'MaHoSo', 'ma_ho_so', 'MÃ HỒ SƠ', 'Mã  hồ\nsơ:', '(Mã hồ sơ)', 'Mã hồ sơ'.normalize('NFD')]
    expect(new Set(spellings.map(headerKey))).toEqual(new Set(['mahoso']))
    expect(headerKey('Địa chỉ')).toBe('diachi')
    expect(headerKey('Ðơn vị')).toBe('donvi')
    expect(headerKey('Số hóa')).toBe(headerKey('Số hoá'))
    expect(headerKey('—')).toBe('')
  })

  test('are the letters and digits of what is folded, without accents', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...letters)).map((some) => some.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const bare = fold(text).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
        expect(headerKey(text)).toBe(bare.replace(/[^\p{L}\p{N}]/gu, ''))
      }),
      property(1_000),
    )
  })
})
