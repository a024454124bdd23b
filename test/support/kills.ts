import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'

import { EXIT } from '../../src/errors.js'
import { readRaw } from './old-store.js'
import { finish, ROOT, run, runProgram, start, tempFolder } from './program.js'

/** A command on a store, to be killed: `before` is the store it meets (null: none); `stations` are commands that lead there by whole steps. */
export interface Trial {
  name: string
  before: string | null
  command: string[]
  /** Commands whose states a killed `command` may leave, in their order; without: only before and after it. */
  stations?: string[][]
}

/** What an undisturbed run of a trial gave. */
export interface Course extends Trial {
  states: Contents[]
  /** Of the last run that did the whole work: the machine has other things to do as well. */
  duration: number
  steps: [name: string, milliseconds: number][]
}

/** When to kill: a share of the duration of an undisturbed run, or a step of it, with a share of the time that took. */
export type Moment = { share: number } | { step: number; share: number | null }

export interface Killed {
  words: string
  /** Which of the states was left: 0 is before. Null: the command was faster. */
  left: number | null
}

/** Rows and an order-independent sum of hashes of every table, without the time of a load. */
export type Contents = Record<string, string>

const HOOK = pathToFileURL(join(ROOT, 'test', 'support', 'kill-at.js')).href

async function contents(db: string): Promise<Contents> {
  if (!existsSync(db)) return {}
  const tables = (await readRaw(db, 'SELECT table_name FROM duckdb_tables() ORDER BY 1')).map(([name]) => String(name))
  const sums = tables.map(
    (table) => `SELECT '${table}', count(*) || ' rows ' || coalesce(sum(hash(t)::HUGEINT), 0)
      FROM (SELECT COLUMNS(name -> name <> 'loaded_at') FROM ${table}) t`,
  )
  return tables.length === 0 ? {} : (Object.fromEntries(await readRaw(db, sums.join(' UNION ALL '))) as Contents)
}

function putStore(from: string | null, db: string): string {
  for (const suffix of ['', '.wal']) if (from !== null && existsSync(from + suffix)) copyFileSync(from + suffix, db + suffix)
  return db
}

const on = (db: string, [command, ...rest]: readonly string[]): string[] => [command!, '--db', db, ...rest]

/** Runs a trial undisturbed. */
export async function watch(trial: Trial): Promise<Course> {
  const folder = tempFolder()
  const db = putStore(trial.before, join(folder, 's.duckdb'))
  const states = [await contents(db)]
  for (const station of trial.stations ?? []) {
    await demand(on(db, station))
    states.push(await contents(db))
  }
  const whole = putStore(trial.before, join(folder, 'whole.duckdb'))
  const steps = join(folder, 'steps.json')
  const began = performance.now()
  await demand(on(whole, trial.command), { NODE_OPTIONS: `--import=${HOOK}`, STEPS: steps })
  const duration = performance.now() - began
  const after = await contents(whole)
  if (!isDeepStrictEqual(states.at(-1), after)) states.push(after)
  return { ...trial, states, duration, steps: JSON.parse(readFileSync(steps, 'utf8')) as Course['steps'] }
}

/**
 * Kills the trial's command, once for each moment; then the store must hold one of the states, whole, with sums that are right, and the
 * command again must give what it gave undisturbed, and leave nothing beside the store. Throws what is not so.
 */
export async function kill(course: Course, ...moments: readonly Moment[]): Promise<Killed> {
  const folder = tempFolder()
  const db = putStore(course.before, join(folder, 's.duckdb'))
  const words = moments.map((moment) => plan(course, moment).words).join(', then ')
  let kills = 0
  for (const [i, moment] of moments.entries()) {
    const { env, after } = plan(course, moment)
    const child = start(on(db, course.command), { env })
    const ending = finish(child)
    if (after !== null) {
      await Promise.race([sleep(after), ending])
      child.kill('SIGKILL')
    }
    const { status, stderr } = await ending
    const isNotToDo = status === EXIT.usage && i > 0
    if (status !== null && status !== 0 && !isNotToDo) throw new Error(`killed ${words}: the command ended with ${status}: ${stderr}`)
    if (status === null) kills++
  }
  const check = (isRight: boolean, what: string): void => {
    if (!isRight) throw new Error(`killed ${words}: ${what}; beside the store: ${readdirSync(folder).join(' ')}`)
  }
  const found = await contents(db)
  const left = course.states.findIndex((state) => isDeepStrictEqual(state, found))
  const isNothing = course.before === null && Object.entries(found).every(([table, sum]) => table === 'meta' || sum.startsWith('0 '))
  check(left >= 0 || isNothing, `half a state: ${difference(course.states.at(-1)!, found)}`)
  const verified = await run(on(db, ['loads', 'verify']))
  check(
    verified.status === 0 || (isNothing && verified.status === EXIT.noData),
    `verify ends with ${verified.status}: ${verified.stderr}${verified.stdout}`,
  )
  const isDone = left === course.states.length - 1
  const began = performance.now()
  const again = await runProgram(on(db, course.command))
  if (left === 0) course.duration = performance.now() - began
  check(again.status === 0 || (isDone && again.status === EXIT.usage), `the command again ends with ${again.status}: ${again.stderr}`)
  const ended = await contents(db)
  check(
    isDeepStrictEqual(course.states.at(-1), ended),
    `the command again gives another state: ${difference(course.states.at(-1)!, ended)}`,
  )
  check(isDeepStrictEqual(readdirSync(folder), [basename(db)]), 'the command again leaves files')
  return { words, left: kills > 0 ? Math.max(left, 0) : null }
}

function plan({ duration, steps }: Course, moment: Moment): { env: Record<string, string>; after: number | null; words: string } {
  if (!('step' in moment)) {
    const after = duration * moment.share
    return { env: {}, after, words: `after ${after.toFixed(0)} of ${duration.toFixed(0)} ms` }
  }
  const [name, took] = steps[moment.step - 1]!
  const after = moment.share === null ? null : took * moment.share
  return {
    env: { NODE_OPTIONS: `--import=${HOOK}`, KILL_AT: String(moment.step), ...(after === null ? {} : { KILL_AFTER: String(after) }) },
    after: null,
    words: `${after === null ? 'before' : `${after.toFixed(1)} of ${took.toFixed(1)} ms into`} step ${moment.step} of ${steps.length}, ${name}`,
  }
}

function difference(expected: Contents, found: Contents): string {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter((name) => expected[name] !== found[name])
  return names.map((name) => `${name} has ${found[name] ?? 'nothing'}, not ${expected[name] ?? 'nothing'}`).join('; ')
}

async function demand(args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { status, stderr } = await runProgram(args, { env })
  if (status !== 0) throw new Error(`cchc ${args.join(' ')} ends with ${status}: ${stderr}`)
}

/** A moment of a course by chance: a share of them by the clock, the others at steps, every second of those at one of the last. */
export function momentOf({ steps }: Course, chance: () => number, byClock = 0.5): Moment {
  if (chance() < byClock) return { share: 0.15 + 0.9 * chance() }
  const last = chance() < 0.5 ? Math.min(25, steps.length) : steps.length
  const step = steps.length - Math.floor(chance() * last)
  return { step, share: chance() < 0.5 ? null : chance() }
}

/** Numbers in [0, 1) that a seed decides. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
}
