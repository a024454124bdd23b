/**
 * Writes the published year, Cà Mau 2024, as an office would export it: dossiers.csv, survey.csv, plan.csv, units.csv.
 * Every total agrees with the published figures; every dossier is made up.
 *
 *   node data-samples/published-year.js [OUT_DIR]      default data-samples/published-2024
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { caMauUnits } from './lib/ca-mau.js'
import { dayParts, dayNumber, workingDaysBetween } from './lib/calendar.js'
import { announce, writeCsv } from './lib/csv.js'
import { DOSSIER_HEADER, LEVEL_LABELS, PLAN_HEADER, SURVEY_HEADER, UNIT_HEADER } from './lib/dossier-columns.js'
import { procedureCatalogue } from './lib/procedures.js'
import { checkPublished, publishedTally } from './lib/published-check.js'
import { REFUSED, VERTICAL_SECTOR, prepareUnits, publishedRecords } from './lib/published-dossiers.js'
import { publishedRows } from './lib/published-rows.js'
import { randomSource, sampleExactly } from './lib/random.js'

const SEED = 2024
const FORMS = 2500
const ANSWERS_A_FORM = 5
const SATISFIED = 12215

const PLAN_2024 = 'Kế hoạch CCHC năm 2024'
const PLAN_2019 = 'Kế hoạch CCHC năm 2019 (mức cuối cùng được biết)'
const PLAN = [
  ['online_submission_rate', '', '', '2024', '80', '01/01/2024', PLAN_2024],
  ['online_payment_rate', '', '', '2024', '60 %', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp tỉnh', '', '2024', '0,9', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp huyện', '', '2024', '75%', '01/01/2024', PLAN_2024],
  ['digitisation_rate', 'Cấp xã', '', '2024', '70', '01/01/2024', PLAN_2024],
  ['satisfaction_rate', '', '', '', '95 %', '01/01/2019', PLAN_2019],
  ['on_time_rate', '', '', '', '100 %', '01/01/2019', PLAN_2019],
]

function unitRows(units) {
  return units.map((unit) => [
    unit.code,
    unit.name,
    unit.type,
    LEVEL_LABELS[unit.level],
    unit.parent,
    '',
    unit.until,
    unit.isVertical ? 'Có' : 'Không',
  ])
}

function surveyRows(random, units) {
  const days = workingDaysBetween(dayNumber(2024, 1, 1), dayNumber(2024, 12, 31))
  const surveyed = units.filter((unit) => !unit.isVertical)
  const answers = Array.from({ length: FORMS * ANSWERS_A_FORM }, (_, i) => i)
  const satisfied = sampleExactly(random, answers, SATISFIED)
  const rows = []
  for (let form = 0; form < FORMS; form++) {
    const unit = surveyed[form % surveyed.length]
    const day = days[Math.floor((form * days.length) / FORMS)]
    const cells = [`P2024-${String(form + 1).padStart(5, '0')}`, dayParts(day).text, unit.code, unit.name]
    for (let factor = 0; factor < ANSWERS_A_FORM; factor++) {
      const isSatisfied = satisfied.has(form * ANSWERS_A_FORM + factor)
      cells.push(
        random.pick(
          isSatisfied
            ? ['4', '5', '5', 'Hài lòng', 'Rất hài lòng']
            : ['3', '3', '2', '1', 'Bình thường', 'Không hài lòng', 'Rất không hài lòng'],
        ),
      )
    }
    rows.push(cells)
  }
  const counted = rows.flatMap((cells) => cells.slice(4)).filter((cell) => /^([45]|Hài lòng|Rất hài lòng)$/.test(cell))
  if (counted.length !== SATISFIED) throw new Error(`satisfied answers: ${counted.length} instead of ${SATISFIED}`)
  return rows
}

function* observed(rows, tally) {
  for (const cells of rows) {
    tally.add(cells)
    yield cells
  }
}

const folder = process.argv[2] ?? fileURLToPath(new URL('./published-2024', import.meta.url))
const random = randomSource(SEED)
const units = prepareUnits(random, caMauUnits(), procedureCatalogue('H12'))
const tally = publishedTally()
const write = (name, header, rows) => {
  const count = writeCsv(join(folder, name), header, rows)
  announce(join(folder, name), count)
  return count
}

write('units.csv', UNIT_HEADER, unitRows(units))
write('plan.csv', PLAN_HEADER, PLAN)
write('survey.csv', SURVEY_HEADER, surveyRows(random, units))
const rows = write('dossiers.csv', DOSSIER_HEADER, observed(publishedRows(random, publishedRecords(random, units)), tally))
checkPublished(tally, { rows, units: units.length, refused: REFUSED, vertical: VERTICAL_SECTOR })
