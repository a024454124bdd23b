/**
 * Kills the program at random moments of all that writes a store, and looks at what is left: npm run torture. TORTURE_KILLS: how many
 * (100); TORTURE_SEED: other moments; TORTURE_ONLY: one kill by its number, as it was in a run of the same seed.
 */
import { beforeAll, expect, test } from 'vitest'

import { chanceOf, kill, momentOf, watch, type Course } from '../support/kills.js'
import { tempFolder } from '../support/program.js'
import { makeTrials } from '../support/trials.js'

const { TORTURE_KILLS = '100', TORTURE_SEED = '1', TORTURE_ONLY } = process.env
const say = (text: string): boolean => process.stderr.write(`${text}\n`)

const courses: Course[] = []
beforeAll(async () => {
  say('making the stores')
  for (const trial of await makeTrials(tempFolder())) courses.push(await watch(trial))
})

test('whatever moment the program is killed at, nothing is lost and nothing is half there', async () => {
  const phases = { 'before commit': 0, 'between two': 0, 'after commit': 0, 'not killed': 0 }
  let killed = 0
  const first = Number(TORTURE_ONLY ?? 1)
  for (let number = first; TORTURE_ONLY === undefined ? killed < Number(TORTURE_KILLS) : number === first; number++) {
    const course = courses[(number - 1) % courses.length]!
    const chance = chanceOf(Number(TORTURE_SEED) * 1_000_003 + number)
    const moments = number % 5 === 0 ? [momentOf(course, chance), momentOf(course, chance)] : [momentOf(course, chance)]
    const { left, words } = await kill(course, ...moments).catch((error: Error) => {
      throw new Error(
        `kill ${number}, ${course.name}: ${error.message}\nagain: TORTURE_SEED=${TORTURE_SEED} TORTURE_ONLY=${number} npm run torture`,
      )
    })
    const isLast = left === course.states.length - 1
    const phase = left === null ? 'not killed' : isLast ? 'after commit' : left === 0 ? 'before commit' : 'between two'
    phases[phase]++
    if (left !== null) killed++
    say(`${String(number).padStart(4)}  ${course.name.padEnd(38)}  ${phase.padEnd(13)}  ${words}`)
  }
  say(
    `${killed} kills, seed ${TORTURE_SEED}: ${Object.entries(phases)
      .map(([phase, n]) => `${n} ${phase}`)
      .join(', ')}`,
  )
  expect(killed).toBeGreaterThan(0)
})
