/** The surveys of the small province: wide forms of 2024, long answers of 2025, kiosk ratings of 2025. */
import { DAY, dayNumber, dayParts, hour, momentText, workingDaysBetween } from './calendar.js'
import { isWorking } from './song-xanh.js'

const LABELS = ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng']
const FACTORS = ['Tiếp cận dịch vụ', 'Thủ tục hành chính', 'Công chức', 'Kết quả', 'Phản ánh kiến nghị']

export const LONG_SURVEY_HEADER = ['Mã phiếu', 'Ngày khảo sát', 'Mã đơn vị', 'Yếu tố', 'Mức độ hài lòng']
export const KIOSK_HEADER = ['Thời gian', 'Đơn vị', 'Đánh giá']

/** A step of 0–4; the wards please more than the rest. */
const step = (random, unit) => (random.chance(unit.type === 'UBND phường' ? 0.93 : 0.87) ? random.integer(3, 4) : random.integer(0, 2))

/** `form(unit, day, i)` for `count` forms spread over the year, each of a unit that works on its day. */
function spread(units, year, count, form) {
  const days = workingDaysBetween(dayNumber(year, 1, 1), dayNumber(year, 12, 31))
  return Array.from({ length: count }, (_, i) => {
    const day = days[Math.floor((i * days.length) / count)]
    const working = units.filter((unit) => !unit.isVertical && isWorking(unit, day))
    return form(working[i % working.length], day, i)
  })
}

const formNumber = (year, i) => `SX${year}-${String(i + 1).padStart(4, '0')}`

export function wideSurvey2024(random, units) {
  return spread(units, 2024, 160, (unit, day, i) => {
    const answers = FACTORS.map(() => {
      const answer = step(random, unit)
      return random.chance(0.03) ? '' : random.chance(0.7) ? String(answer + 1) : LABELS[answer]
    })
    return [formNumber(2024, i), dayParts(day).text, unit.code, unit.name, ...answers]
  })
}

export function longSurvey2025(random, units) {
  return spread(units, 2025, 140, (unit, day, i) =>
    FACTORS.map((factor) => [formNumber(2025, i), dayParts(day).text, unit.code, factor, LABELS[step(random, unit)]]),
  ).flat()
}

export function kioskRatings2025(random, units) {
  return spread(units, 2025, 240, (unit, day) => [
    momentText(day * DAY + random.integer(hour(7, 30), hour(17))),
    unit.name,
    LABELS[step(random, unit)],
  ])
}
