import type { Command } from './command.js'
import { ingest } from './ingest.js'
import { inspect } from './inspect.js'
import { config, loads, metrics, targets, units } from './lists.js'
import { check, report } from './report.js'

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [ingest, report, check, inspect, metrics, targets, units, loads, config]
