/**
 * Plain JavaScript over csv-parse, for comparison: reads every record of the file, and with "kpi" computes five rates by level of 2024.
 *
 *   node test/bench/plain.js FILE.csv [kpi]
 */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

const [file, job] = process.argv.slice(2)
const latest = new Map()
let records = 0
const day = (text) => text.slice(6, 10) + text.slice(3, 5) + text.slice(0, 2)
const stamp = (text) => day(text) + text.slice(11)
const isYes = (text) => ['có', 'x', '1'].includes(text.trim().toLowerCase())
const isOnline = (text) => /trực tuyến/i.test(text)

for await (const row of createReadStream(file).pipe(parse({ from_line: 2 }))) {
  records++
  if (job !== 'kpi') continue
  const known = latest.get(row[0])
  const updated = stamp(row[23])
  if (known && known.updated > updated) continue
  latest.set(row[0], {
    updated,
    level: row[5].trim().toLowerCase().replace('cấp ', ''),
    received: row[12].slice(6, 10),
    resolved: row[14].slice(6, 10),
    isRefused: row[16] === 'Từ chối tiếp nhận',
    isWithdrawn: row[16] === 'Công dân rút hồ sơ',
    isOnline: row[10] === '' ? null : isOnline(row[10]),
    isPaidOnline: row[17] === '0' ? null : isOnline(row[18]),
    isDigitised: isYes(row[19]) && isYes(row[20]),
    isOnTime: row[13] === '' ? null : day(row[14]) <= day(row[13]),
  })
}

const rates = {}
const count = (name, level, value) => {
  if (value === null) return
  for (const place of ['all', level]) {
    const rate = ((rates[name] ??= {})[place] ??= [0, 0])
    rate[0] += value
    rate[1]++
  }
}
for (const one of latest.values()) {
  if (one.isRefused) continue
  if (one.received === '2024') {
    count('online_submission_rate', one.level, one.isOnline)
    count('online_payment_rate', one.level, one.isPaidOnline)
  }
  if (one.resolved === '2024' && !one.isWithdrawn) {
    count('digitisation_rate', one.level, one.isDigitised)
    count('on_time_rate', one.level, one.isOnTime)
  }
}
console.log(JSON.stringify({ records, rates }))
