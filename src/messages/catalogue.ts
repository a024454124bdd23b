import { DATES_MISREAD } from './dates.js'
import { FIGURES } from './figures.js'
import { READING } from './reading.js'
import { STORE } from './store.js'
import { WORKBOOK } from './workbook.js'

/** Every sentence the program says of problems and of itself, in both languages, by the room that says it. {x} are filled in. */
export const CATALOGUE = { dates: DATES_MISREAD, figures: FIGURES, reading: READING, store: STORE, workbook: WORKBOOK } as const
