import { expect, test } from 'vitest'

import { countSyllables, isSyllable } from '../../src/language/syllable.js'

test.each('Nguyễn nghiêng giêng gì quốc quyển hoà hòa thuỷ Đường khuya toét yêu ươn uỷ khuỷu PHƯỜNG Ủy'.split(' '))(
  '%s is a syllable',
  (word) => {
    expect(isSyllable(word)).toBe(true)
    expect(isSyllable(word.normalize('NFD'))).toBe(true)
  },
)

test.each(['naïve', 'Ñandú', 'tØnh', 'hóà', 'ŕ', 'aùo', 'thñ', 'Ủủ', ''])('%s is none', (word) => {
  expect(isSyllable(word)).toBe(false)
})

test('only words that ASCII could not write are counted', () => {
  expect(countSyllables('UBND xã Đất Mũi, code A1 – naïve')).toEqual({ words: 4, syllables: 3 })
})
