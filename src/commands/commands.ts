import type { Command } from './command.js'
import { config } from './config.js'
import { form } from './form.js'
import { indicators } from './indicators.js'
import { ingest } from './ingest.js'
import { inspect } from './inspect.js'
import { loads } from './loads.js'
import { metrics } from './metrics.js'
import { check } from './check.js'
import { report } from './report.js'
import { targets } from './targets.js'
import { units } from './units.js'

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [ingest, report, check, form, inspect, metrics, targets, indicators, units, loads, config]
