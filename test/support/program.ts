import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'vitest'

import type { Source } from '../../src/errors.js'
import { Store, type Value } from '../../src/store/store.js'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The program as users start it; it must be built. */
export const PROGRAM = join(ROOT, 'bin', 'cchc.js')
/** The folder of the sample files. */
export const SAMPLES = join(ROOT, 'data-samples')

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  input?: string
  /** Interrupts the program when it says so on its terminal. */
  stopAt?: string
}

export interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

/** All that is printed, on whichever stream, in its order. */
export interface Seen extends Outcome {
  seen: string
}

/** A folder of its own, removed when all tests have run. */
export function tempFolder(): string {
  return mkdtempSync(join(process.env.TEST_SCRATCH ?? tmpdir(), 'cchc-test-'))
}

/** This process's environment without what steers the program or slows its start: C locale, no colours, 80 columns, no CCHC_* but those given. */
export function cleanEnvironment(env: Record<string, string> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(CCHC_|LC_|LANG|NO_COLOR|FORCE_COLOR|COLUMNS|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)/.test(name),
  )
  return { ...Object.fromEntries(kept as [string, string][]), LANG: 'C', NO_COLOR: '1', COLUMNS: '80', ...env }
}

/** A file that is called by its path. */
export function fileAt(path: string): Source {
  return { file: path, path }
}

/** Starts the program and leaves it running. */
export function start(args: readonly string[], { cwd = tmpdir(), env = {} }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { cwd, env: cleanEnvironment(env) })
}

/** What only a process of its own can be given. */
const OF_A_PROCESS = /^(TZ|TMPDIR|NODE_.*|LC_.*)$/

/** Runs the program as it was built to its end, in this process: nothing of it can be killed, piped or given another time zone. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { status, stdout, stderr } = await watch(args, options)
  return { status, stdout, stderr }
}

/** As run, with all that is printed in its order. */
export async function watch(args: readonly string[], { cwd = tmpdir(), env = {}, stopAt }: RunOptions = {}): Promise<Seen> {
  const asked = Object.keys(env).filter((name) => OF_A_PROCESS.test(name))
  if (asked.length > 0) throw new Error(`${asked.join(', ')} must be given to a process: runProgram`)
  program ??= import(pathToFileURL(join(ROOT, 'dist', 'cli.js')).href) as Promise<typeof import('../../src/cli.js')>
  const { main } = await program
  const listeners: (() => void)[] = []
  const onInterrupt = (listener: () => void): void => void listeners.push(listener)
  const onPrint = stopAt === undefined ? undefined : (text: string) => text.includes(stopAt) && listeners.forEach((stop) => stop())
  const seen: Buffer[] = []
  const [stdout, stderr] = [new Printed(seen), new Printed(seen, onPrint)]
  const status = await main(args, { stdout, stderr, environment: cleanEnvironment(env), cwd, clock: Date.now, onInterrupt })
  return { status, stdout: String(stdout), stderr: String(stderr), seen: Buffer.concat(seen).toString() }
}

let program: Promise<typeof import('../../src/cli.js')> | undefined

/** A stream that keeps what is printed on it. */
class Printed {
  readonly isTTY: boolean
  private readonly pieces: Buffer[] = []

  constructor(
    private readonly all: Buffer[],
    private readonly onPrint?: (text: string) => unknown,
  ) {
    this.isTTY = onPrint !== undefined
  }

  write(content: string | Uint8Array): void {
    const piece = Buffer.from(content as string)
    this.pieces.push(piece)
    this.all.push(piece)
    this.onPrint?.(String(content))
  }

  toString(): string {
    return Buffer.concat(this.pieces).toString()
  }
}

/** Runs the program to its end as a process of its own. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return finish(start(args, options), options.input)
}

/** Waits for a started process and gathers what it printed. */
export async function finish(child: ChildProcess, input = ''): Promise<Outcome> {
  const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  child.stdout?.on('data', (chunk: Buffer) => printed.stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => printed.stderr.push(chunk))
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  const status = await new Promise<number | null>((done) => child.once('close', done))
  return { status, stdout: Buffer.concat(printed.stdout).toString(), stderr: Buffer.concat(printed.stderr).toString() }
}

/** Runs the program and insists that it succeeds; returns what it printed on stdout. */
export async function succeed(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const outcome = await run(args, options)
  expect(outcome.status, `cchc ${args.join(' ')}\n${outcome.stderr}`).toBe(0)
  return outcome.stdout
}

/** Runs a query on a store that no other process holds. */
export async function storeRows<Row = Record<string, Value>>(db: string, sql: string): Promise<Row[]> {
  const store = await Store.open(db, { readOnly: true })
  try {
    return await store.rows<Row>(sql)
  } finally {
    store.close()
  }
}

export interface Dialect {
  separator?: string
  newline?: string
  bom?: boolean
}

/** Delimited text; cells that need quotes have them, null is an empty cell. */
export function csv(
  rows: readonly (readonly (string | number | null)[])[],
  { separator = ',', newline = '\n', bom }: Dialect = {},
): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value)
    return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return (bom ? '\ufeff' : '') + rows.map((row) => row.map(cell).join(separator) + newline).join('')
}

/** Writes a file into a folder and returns its path. */
export function write(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
