import { ASKED } from './asked.js'
import { CONDITION } from './condition.js'
import { DATES_MISREAD } from './dates.js'
import { DEFINITIONS } from './definitions.js'
import { DRAFT } from './draft.js'
import { FIGURES } from './figures.js'
import { HELP } from './help.js'
import { INGEST } from './ingest.js'
import { READING } from './reading.js'
import { STORE } from './store.js'
import { USAGE } from './usage.js'
import { WORKBOOK } from './workbook.js'

/** Every sentence the program says of problems and of itself, in both languages, by the room that says it. {x} are filled in. */
export const CATALOGUE = {
  asked: ASKED,
  condition: CONDITION,
  dates: DATES_MISREAD,
  definitions: DEFINITIONS,
  draft: DRAFT,
  figures: FIGURES,
  help: HELP,
  ingest: INGEST,
  reading: READING,
  store: STORE,
  usage: USAGE,
  workbook: WORKBOOK,
} as const
