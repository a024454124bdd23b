import { beforeAll, test } from 'vitest'

import { chanceOf, kill, momentOf, watch, type Trial } from '../support/kills.js'
import { tempFolder } from '../support/program.js'
import { makeTrials } from '../support/trials.js'

const KILLS: [trial: string, kills: number][] = [
  ['first load, large', 3],
  ['later load', 3],
  ['taking a load back', 2],
  ['migration, with a log', 2],
]

let trials: Trial[]
beforeAll(async () => {
  trials = await makeTrials(
    tempFolder(),
    KILLS.map(([name]) => name),
  )
})

test.concurrent.each(KILLS)('%s, killed at any moment, is done or not begun, and can be done again', async (wanted, kills) => {
  const course = await watch(trials.find(({ name }) => name === wanted)!)
  const chance = chanceOf(Number(process.env.PROPERTY_SEED ?? 1))
  for (let killed = 0; killed < kills;) killed += Number((await kill(course, momentOf(course, chance, 0))).left !== null)
})
