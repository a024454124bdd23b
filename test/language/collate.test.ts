import { expect, it } from 'vitest'

import { inVietnameseOrder } from '../../src/language/collate.js'

it.each([
  [['An', 'Ăn', 'Ân', 'Ba', 'Dân', 'Đất', 'Em', 'Êm', 'Oan', 'Ôn', 'Ơn', 'Um', 'Ưng', 'Vũ', 'Y']],
  [['ma', 'mà', 'mả', 'mã', 'má', 'mạ', 'mác', 'măng']],
  [['Phường 1', 'Phường 2', 'Phường 10', 'Phường 010', 'Phường An']],
  [['An Bình', 'An Bính', 'An Bình Tây', 'Anh']],
  [['xã An', 'Xã Ăn', 'xã Ân']],
  [['Hoà', 'hòa', 'hoả', 'hoá', 'hoàn']],
  [['H2.1', 'H2.9', 'H10.1']],
])('names stand in Vietnamese order: %j', (names) => {
  const sorted = names.toReversed().sort(inVietnameseOrder)
  expect(sorted.map((name) => name.toLowerCase().replace('010', '10'))).toEqual(
    names.map((name) => name.toLowerCase().replace('010', '10')),
  )
})

it('the order does not depend on how letters are composed', () => {
  const names = ['Đầm Dơi', 'Ất', 'Hòa', 'Ăn', 'Dân']
  const composed = names.toSorted(inVietnameseOrder)
  expect(names.map((name) => name.normalize('NFD')).sort(inVietnameseOrder)).toEqual(composed.map((name) => name.normalize('NFD')))
})
