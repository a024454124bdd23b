/** Building blocks of the trap and bad-input cases, and writing them with their cases.json. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvText } from './csv.js'

const BASE = {
  'Cơ quan thực hiện': 'Sở Tư pháp',
  'Hình thức nộp': 'Trực tuyến',
  'Ngày tiếp nhận': '03/05/2024 08:00:00',
  'Ngày hẹn trả': '10/05/2024 17:00:00',
  'Ngày có kết quả': '09/05/2024 15:30:00',
  'Trạng thái': 'Đã trả kết quả',
}

export const HEADER = ['Mã hồ sơ', ...Object.keys(BASE)]
export const SHORT_HEADER = ['Mã hồ sơ', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Trạng thái']

/** The code of the samples' dossier number `serial`. */
export const codeOf = (serial) => `000.00.01.H99-240503-${String(serial).padStart(4, '0')}`

/** A dossier as an object from header to cell; `changes` replace or add cells. */
export const dossier = (serial, changes = {}) => ({ 'Mã hồ sơ': codeOf(serial), ...BASE, ...changes })

/** Delimited text of dossiers under a header. */
export const dossierText = (header, dossiers, dialect) =>
  csvText([header, ...dossiers.map((cells) => header.map((name) => cells[name] ?? ''))], dialect)

/** What is expected of a file that is read; `skipped` counts rows by reason. A null column or text of a reject is not asserted. */
export function accepted(read, { facts = [], rejects = [], superseded = 0, skipped = {}, ...more } = {}) {
  const passed = Object.values(skipped).reduce((sum, n) => sum + n, 0)
  return {
    exit: 0,
    error: null,
    read,
    loaded: read - superseded - rejects.length - passed,
    superseded,
    rejected: rejects.length,
    ...(passed > 0 ? { skipped } : {}),
    rejects,
    facts,
    ...more,
  }
}

/** What is expected of a file that is refused whole. */
export const refused = (error) => ({ ...accepted(0), exit: 3, error })

export const reject = (row, column, text, reason) => ({ row, column, text, reason })

/** Writes each case's content (text is UTF-8) and cases.json; prints one line a file. */
export function writeCases(folder, cases, companions = []) {
  mkdirSync(folder, { recursive: true })
  for (const { file, content } of [...companions, ...cases]) {
    writeFileSync(join(folder, file), content)
    process.stdout.write(`${join(folder, file)}: ${Buffer.byteLength(content)} bytes\n`)
  }
  const described = cases.map(({ file, about, kind = 'dossiers', encoding = 'utf-8', separator = ',', units, expect }) => ({
    file,
    about,
    kind,
    encoding,
    separator,
    ...(units ? { units } : {}),
    expect,
  }))
  writeFileSync(join(folder, 'cases.json'), `${JSON.stringify(described, null, 2)}\n`)
  process.stdout.write(`${join(folder, 'cases.json')}: ${cases.length} cases\n`)
}
