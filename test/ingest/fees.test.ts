import { expect, it } from 'vitest'

import { readMoney } from '../../src/ingest/cells.js'
import { openEngine } from '../support/engine.js'

it('fees are whole đồng, whichever mark groups their thousands', async () => {
  const engine = await openEngine()
  const read = async (texts: string[]) =>
    (await engine.read(readMoney, texts)).map(({ value, problem }) => (problem === true ? 'problem' : value))
  expect(await read(['120000', '120.000', '120,000', '1,250,000', '120,000.00', '120.000,00', '120,000 đ', '0', 'Miễn'])).toEqual([
    120_000, 120_000, 120_000, 1_250_000, 120_000, 120_000, 120_000, 0, 0,
  ])
  expect(await read(['12,50', '1,2345', '0,500', '1.234,567', '12,34,567'])).toEqual(Array(5).fill('problem'))
  engine.close()
})
