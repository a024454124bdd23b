import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readMoney } from '../../src/ingest/cells.js'
import { parseNumber, parseShare } from '../../src/language/number.js'
import { openEngine, type Engine } from '../support/engine.js'

describe('a number as offices write it', () => {
  test('has dots between groups of three digits and a decimal comma', () => {
    for (const [text, value] of [
      ['12.345', 12345],
      ['1.234,56', 1234.56],
      ['1234,56', 1234.56],
      ['1.234.567', 1234567],
      ['0', 0],
      ['-5', -5],
      ['−5', -5],
      ['0,5', 0.5],
      ['007', 7],
      ['\u00a012\u200b', 12],
    ] as const) {
      expect(parseNumber(text), text).toBe(value)
    }
  })
  test('is none when a group is not of three digits', () => {
    for (const text of [
      '12.34',
      '1.2.3',
      '1234.567',
      '1,234,567',
      '12,5,0',
      '1.234.56',
      '',
      ' ',
      'abc',
      '12 345',
      '1e5',
      '12,',
      ',5',
      '0x1F',
      'NaN',
      '--5',
    ]) {
      expect(parseNumber(text), text).toBeNull()
    }
  })
})

describe("a plan's percentage", () => {
  test('is one share however it is written', () => {
    for (const text of ['80', '80 %', '80%', '0,8', '0.8', '≥ 80%', '≤80', '>=80 %', '80,0', '0,80 ']) {
      expect(parseShare(text), text).toEqual({ share: 0.8 })
    }
    expect(parseShare('92,17 %')).toEqual({ share: 0.9217 })
    expect(parseShare('99,999')).toEqual({ share: 0.99999 })
    expect(parseShare('100')).toEqual({ share: 1 })
    expect(parseShare('0')).toEqual({ share: 0 })
    expect(parseShare('1%')).toEqual({ share: 0.01 })
    expect(parseShare('1,0 %')).toEqual({ share: 0.01 })
    expect(parseShare('1,5')).toEqual({ share: 0.015 })
  })
  test('is refused for what is wrong with it', () => {
    for (const text of ['1', '1,0', '1.00']) expect(parseShare(text), text).toEqual({ problem: 'ambiguous' })
    for (const text of ['150', '100,01 %', '-5', '-0,8']) expect(parseShare(text), text).toEqual({ problem: 'impossible' })
    for (const text of ['', 'abc', '80 điểm', '8 0', '80 % %', '1.2.3', '%'])
      expect(parseShare(text), text).toEqual({ problem: 'unreadable' })
  })
})

describe('an amount of đồng, as the engine reads it', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine()
  })
  afterAll(() => engine.close())

  test('is whole, with dots between groups of three digits', async () => {
    const amounts: [string, number][] = [
      ['120.000', 120_000],
      ['120000', 120_000],
      ['120.000 đ', 120_000],
      ['120.000đồng', 120_000],
      ['120.000 VNĐ', 120_000],
      ['1.234.567', 1_234_567],
      ['8.000,00', 8_000],
      ['8000,0', 8_000],
      ['0', 0],
      ['Miễn', 0],
      ['miễn phí', 0],
      ['\u00a0120.000\u00a0đ', 120_000],
    ]
    expect(
      await engine.read(
        readMoney,
        amounts.map(([text]) => text),
      ),
    ).toEqual(amounts.map(([, value]) => ({ value, problem: false })))
  })
  test('is a problem when it is anything else, and unknown when the cell is empty', async () => {
    const texts = ['12.34', '1.2.3', '12,5,0', '1.234,56', '-5', '1e5', 'mười nghìn', '120.000 USD', '99999999999999999999']
    expect(await engine.read(readMoney, texts)).toEqual(texts.map(() => ({ value: null, problem: true })))
    expect(await engine.read(readMoney, ['', ' ', '\u00a0', null])).toEqual(
      Array.from({ length: 4 }, () => ({ value: null, problem: false })),
    )
  })
})
