/**
 * Preloaded into the program: counts its steps, which are the calls into the engine that do something and the changes of files, and kills
 * it at one of them. KILL_AT: the number of the step; KILL_AFTER: milliseconds after it began (absent: before it begins). STEPS: a file for
 * the steps of a whole run, as [name, milliseconds] each.
 */
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const { KILL_AT, KILL_AFTER, STEPS } = process.env
const steps = []
const die = () => process.kill(process.pid, 'SIGKILL')

const step =
  (name, work) =>
  (...parameters) => {
    const entry = [typeof parameters[1] === 'string' ? `${name} ${parameters[1].replace(/\s+/g, ' ').trim().slice(0, 40)}` : name, 0]
    steps.push(entry)
    if (steps.length === Number(KILL_AT)) {
      if (KILL_AFTER === undefined) die()
      setTimeout(die, Number(KILL_AFTER))
    }
    const began = performance.now()
    const ended = () => (entry[1] = performance.now() - began)
    const result = work(...parameters)
    if (result instanceof Promise) result.then(ended, ended)
    else ended()
    return result
  }

if (isMainThread) {
  const ofEngine = createRequire(createRequire(import.meta.url).resolve('@duckdb/node-api'))
  const engine = ofEngine('@duckdb/node-bindings')
  const calls = ['open', 'connect', 'query', 'execute_prepared', 'appender_close_sync', 'disconnect_sync', 'close_sync']
  const counted = Object.fromEntries(calls.map((name) => [name, { value: step(name, engine[name]) }]))
  ofEngine.cache[ofEngine.resolve('@duckdb/node-bindings')].exports = Object.create(engine, counted)
  for (const name of ['renameSync', 'rmSync', 'writeFileSync']) fs[name] = step(name, fs[name])
  syncBuiltinESMExports()
  if (STEPS) process.on('exit', () => fs.writeFileSync(STEPS, JSON.stringify(steps)))
}
