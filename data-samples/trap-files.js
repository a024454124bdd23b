/**
 * Writes one small file for each trap of text, numbers, dates and layouts, for each form of header and list, and for each
 * kind of bad input, with a cases.json in each folder that says what reading them must give.
 *
 *   node data-samples/trap-files.js [OUT_DIR]      default data-samples; writes traps, headers and bad-input in OUT_DIR
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BAD_INPUTS, BAD_INPUT_UNITS } from './lib/bad-inputs.js'
import { writeCases } from './lib/case-files.js'
import { HEADER_DIALECTS } from './lib/header-dialects.js'
import { HEADER_NAMES } from './lib/header-names.js'
import { HEADER_TITLES } from './lib/header-titles.js'
import { LIST_ROWS } from './lib/list-rows.js'
import { LAYOUT_TRAPS } from './lib/trap-layouts.js'
import { TEXT_TRAPS, TRAP_UNITS } from './lib/trap-texts.js'
import { VALUE_TRAPS } from './lib/trap-values.js'

const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url))
writeCases(join(folder, 'traps'), [...TEXT_TRAPS, ...VALUE_TRAPS, ...LAYOUT_TRAPS], [TRAP_UNITS])
writeCases(join(folder, 'headers'), [...HEADER_TITLES, ...HEADER_NAMES, ...LIST_ROWS, ...HEADER_DIALECTS])
writeCases(join(folder, 'bad-input'), BAD_INPUTS, [BAD_INPUT_UNITS])
