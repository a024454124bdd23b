#!/usr/bin/env node
import { existsSync, readFileSync, writeSync } from 'node:fs'

const program = new URL('../dist/cli.js', import.meta.url)
const languages = new URL('../dist/messages/chosen.js', import.meta.url)
const isHelp = process.argv.length === 3 && process.argv[2] === '--help'

/** The help as the build wrote it, without loading the program; false where it can't be printed like that. */
async function printHelp() {
  try {
    const { chosenLanguage } = await import(languages)
    const help = new URL(`../dist/help.${chosenLanguage([], process.env, process.cwd())}.txt`, import.meta.url)
    return writeSync(1, readFileSync(help)) > 0
  } catch {
    return false
  }
}

if (!existsSync(program)) {
  process.stderr.write('cchc is not built yet: run npm run build\n')
  process.exitCode = 1
} else if (!isHelp || !(await printHelp())) {
  const { start } = await import(program)
  await start()
}
