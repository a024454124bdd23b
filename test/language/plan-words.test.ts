import { describe, expect, test } from 'vitest'

import { parsePlanValue } from '../../src/language/plan-words.js'

describe('what a plan says of a value', () => {
  test.each([
    [
      '>=',
      0.95,
      [
        'từ 95% trở lên',
        '≥ 95%',
        '>= 95',
        'đạt 95%',
        'tối thiểu 95 %',
        'ít nhất 95%',
        'phấn đấu 95%',
        'Phấn đấu đạt 95 phần trăm',
        'đạt từ 95% trở lên',
        '95% trở lên',
        'không dưới 95%',
        'phấn đấu đạt tối thiểu 95%',
        'at least 95 %',
        '95 % or more',
        'TỪ 95%',
        'Đạt tỷ lệ 95%',
      ],
    ],
    [
      '>',
      0.6,
      ['trên 60%', 'hơn 60%', '> 60%', '>60', 'đạt trên 60 %', 'phấn đấu đạt trên 60%', 'cao hơn 0,6', 'more than 60 %', 'over 60%'],
    ],
    ['<=', 0.05, ['không quá 5%', 'tối đa 5 %', '≤ 5%', '<= 5', 'không vượt quá 5%', '5% trở xuống', 'từ 5% trở xuống', 'at most 5%']],
    ['<', 0.01, ['< 1%', 'dưới 1 %', '<1%', 'thấp hơn 1%', 'less than 1 %', 'phấn đấu dưới 1%', 'đạt dưới 1 phần trăm']],
    [null, 0.95, ['95', '95%', '95 phần trăm', '0,95', '95,0 %', '95.']],
    [null, 1, ['100%', '100']],
  ] as const)('is read with its operator: %s %d', (operator, share, texts) => {
    for (const text of texts) expect(parsePlanValue(text), text).toEqual({ share, operator })
  })

  test.each([
    ['range', ['90-95%', 'từ 90% đến 95%', '90 – 95 %', 'từ 90 tới 95%']],
    ['change', ['tăng 5 điểm phần trăm', 'giảm 2%', 'tăng 5% so với năm 2024', '80 điểm']],
    ['place', ['trong nhóm 10', 'xếp thứ 5', 'top 10', 'hạng 3']],
    ['ambiguous', ['1', 'trên 1', 'từ 1 trở lên']],
    ['impossible', ['trên 100%', '> 100', 'dưới 0%', '150%', '-5']],
    ['unreadable', ['', 'cao', 'không quá', 'trên dưới 60%', 'tối đa 5% trở lên', 'không dưới', '>< 5%']],
  ] as const)('is not read where it is none: %s', (problem, texts) => {
    for (const text of texts) expect(parsePlanValue(text), text).toEqual({ problem })
  })
})
