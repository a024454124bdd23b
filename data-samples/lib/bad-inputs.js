/** Files that must be refused, or rows of them rejected, each for a reason that has a name. */
import { csvText } from './csv.js'
import { HEADER, accepted, codeOf, dossier, dossierText, refused, reject } from './case-files.js'
import { PLAN_HEADER, UNIT_HEADER } from './dossier-columns.js'
import { randomSource } from './random.js'

const line = (serial, changes) => dossierText(HEADER, [dossier(serial, changes)]).split('\n')[1]
const withHeader = (...lines) => [HEADER.join(','), ...lines, ''].join('\n')
const good = (serial) => ({ code: codeOf(serial), status: 'returned', channel: 'online', received_at: '2024-05-03 08:00:00' })

/** A good dossier, then one a cell of `column`, each rejected for `reason`; `name` is the header of the column. */
function badCells(name, column, reason, texts) {
  const header = HEADER.includes(name) ? HEADER : [...HEADER, name]
  return {
    content: dossierText(header, [dossier(1), ...texts.map((text, i) => dossier(i + 2, { [name]: text }))]),
    expect: accepted(texts.length + 1, { facts: [good(1)], rejects: texts.map((text, i) => reject(i + 3, column, text, reason)) }),
  }
}

function binary() {
  const random = randomSource(256)
  const magic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  return Buffer.from([...magic, ...Array.from({ length: 256 - magic.length }, () => random.integer(0, 255))])
}

/** The registry beside unknown-unit.csv. */
export const BAD_INPUT_UNITS = {
  file: 'units.csv',
  content: csvText([UNIT_HEADER, ['000.00.01.H99', 'Sở Tư pháp', 'Sở', 'Cấp tỉnh', '', '', '', 'Không']]),
}

const target = (metric, value) => [metric, '', '', '2024', value, '01/01/2024', 'Kế hoạch thử']
const unit = (code, name, parent) => [code, name, 'UBND xã', 'Cấp xã', parent, '', '', 'Không']
const UPDATED = 'Cập nhật lần cuối'

export const BAD_INPUTS = [
  { file: 'empty.csv', about: 'no bytes at all', content: '', expect: refused('empty_file') },
  { file: 'header-only.csv', about: 'a header and nothing below it', content: withHeader(), expect: refused('no_rows') },
  {
    file: 'unknown-header.csv',
    about: 'no column that any kind of file has',
    content: 'Cột một,Cột hai,Ghi chú\na,b,c\nd,e,f\n',
    expect: refused('unknown_kind'),
  },
  {
    file: 'two-columns-one-field.csv',
    about: 'two columns that both say the dossier code',
    content: dossierText(['Mã hồ sơ', 'Số hồ sơ', ...HEADER.slice(1)], [dossier(1, { 'Số hồ sơ': codeOf(9) })]),
    expect: refused('ambiguous_column'),
  },
  {
    file: 'long-row.csv',
    about: 'a row with more cells than the header',
    content: withHeader(line(1), `${line(2)},thừa`, line(3)),
    expect: accepted(3, { facts: [good(1), good(3)], rejects: [reject(3, null, null, 'row_too_long')] }),
  },
  {
    file: 'short-row.csv',
    about: 'a row with fewer cells than the header',
    content: withHeader(line(1), line(2).split(',').slice(0, 4).join(','), line(3)),
    expect: accepted(3, { facts: [good(1), good(3)], rejects: [reject(3, null, null, 'row_too_short')] }),
  },
  {
    file: 'unclosed-quote.csv',
    about: 'a quote that is never closed would swallow the rows after it',
    content: withHeader(line(1), line(2, {}).replace('Sở Tư pháp', '"Sở Tư pháp'), line(3)),
    expect: refused('unclosed_quote'),
  },
  {
    file: 'nul-bytes.csv',
    about: 'a NUL byte inside a cell',
    content: withHeader(line(1), line(2, { 'Cơ quan thực hiện': 'Sở\u0000 Tư pháp' }), line(3)),
    expect: accepted(3, { facts: [good(1), good(3)], rejects: [reject(3, 'unit_name', null, 'nul_byte')] }),
  },
  { file: 'binary.csv', about: 'a picture under the name of a CSV', encoding: 'binary', content: binary(), expect: refused('binary_file') },
  {
    file: 'missing-code.csv',
    about: 'a row without a dossier code',
    content: withHeader(line(1), line(2, { 'Mã hồ sơ': '' }), line(3)),
    expect: accepted(3, { facts: [good(1), good(3)], rejects: [reject(3, 'code', null, 'missing_code')] }),
  },
  {
    file: 'duplicate-codes.csv',
    about: 'one dossier twice: the later update wins, wherever it stands',
    content: dossierText(
      [...HEADER, UPDATED],
      [
        dossier(1, { [UPDATED]: '10/05/2024 09:00:00' }),
        dossier(1, { 'Ngày có kết quả': '', 'Trạng thái': 'Đang xử lý', [UPDATED]: '04/05/2024 09:00:00' }),
        dossier(2, { 'Ngày có kết quả': '', 'Trạng thái': 'Đang xử lý', [UPDATED]: '04/05/2024 09:00:00' }),
        dossier(2, { [UPDATED]: '10/05/2024 09:00:00' }),
        dossier(3, { [UPDATED]: '10/05/2024 09:00:00' }),
      ],
    ),
    expect: accepted(5, { superseded: 2, facts: [good(1), good(2), good(3)] }),
  },
  {
    file: 'result-before-receipt.csv',
    about: 'a result dated before the day of receipt',
    ...badCells('Ngày có kết quả', 'resolved_at', 'result_before_receipt', ['02/05/2024 15:00:00', '30/04/2023']),
  },
  {
    file: 'impossible-date.csv',
    about: 'dates that no calendar has',
    ...badCells('Ngày hẹn trả', 'due_at', 'invalid_date', ['31/02/2025', '32/01/2025', '12/25/2025', 'hôm qua']),
  },
  {
    file: 'impossible-number.csv',
    about: 'amounts that no reading makes a number',
    ...badCells('Lệ phí', 'fee', 'invalid_number', ['12.34', '1.2.3', '12,5,0', 'mười nghìn']),
  },
  { file: 'unknown-status.csv', about: 'a status no vocabulary has', ...badCells('Trạng thái', 'status', 'unknown_value', ['Đã bay mất']) },
  {
    file: 'unknown-channel.csv',
    about: 'a channel no vocabulary has',
    ...badCells('Hình thức nộp', 'channel', 'unknown_value', ['Bồ câu đưa thư']),
  },
  { file: 'unknown-level.csv', about: 'a level no vocabulary has', ...badCells('Cấp', 'level', 'unknown_value', ['Cấp vũ trụ']) },
  {
    file: 'unknown-unit.csv',
    about: 'a unit that the registry does not have: the dossier is loaded, the report says "unknown unit"',
    units: BAD_INPUT_UNITS.file,
    content: dossierText(HEADER, [dossier(1), dossier(2, { 'Cơ quan thực hiện': 'UBND xã Không Có Thật' })]),
    expect: accepted(2, {
      facts: [good(1), { code: codeOf(2), unit_name: 'UBND xã Không Có Thật' }],
      resolved_units: [
        { code: codeOf(1), unit_code: '000.00.01.H99' },
        { code: codeOf(2), unit_code: null },
      ],
    }),
  },
  {
    file: 'target-unknown-metric.csv',
    about: 'a plan with a metric that does not exist',
    kind: 'targets',
    content: csvText([PLAN_HEADER, target('online_submission_rate', '80 %'), target('no_such_rate', '80 %')]),
    expect: accepted(2, { rejects: [reject(3, 'metric', 'no_such_rate', 'unknown_metric')] }),
  },
  {
    file: 'target-impossible.csv',
    about: 'targets that are no share: 1 may be 1 % or 100 %; above 100 %; below zero; not a number',
    kind: 'targets',
    content: csvText([PLAN_HEADER, ...['80 %', '1', '150 %', '-5', 'abc'].map((value) => target('online_submission_rate', value))]),
    expect: accepted(5, {
      rejects: [
        reject(3, 'target', '1', 'ambiguous_target'),
        reject(4, 'target', '150 %', 'invalid_target'),
        reject(5, 'target', '-5', 'invalid_target'),
        reject(6, 'target', 'abc', 'invalid_target'),
      ],
    }),
  },
  {
    file: 'unit-cycle.csv',
    about: 'three units, each the parent of the next; one outside the circle',
    kind: 'units',
    content: csvText([
      UNIT_HEADER,
      unit('000.00.11.H99', 'UBND xã Một', '000.00.13.H99'),
      unit('000.00.12.H99', 'UBND xã Hai', '000.00.11.H99'),
      unit('000.00.13.H99', 'UBND xã Ba', '000.00.12.H99'),
      unit('000.00.14.H99', 'UBND xã Bốn', ''),
    ]),
    expect: accepted(4, {
      rejects: [
        reject(2, 'parent', '000.00.13.H99', 'unit_cycle'),
        reject(3, 'parent', '000.00.11.H99', 'unit_cycle'),
        reject(4, 'parent', '000.00.12.H99', 'unit_cycle'),
      ],
    }),
  },
  {
    file: 'unit-conflicting-parent.csv',
    about: 'one unit twice with two parents: the row that contradicts the first is rejected',
    kind: 'units',
    content: csvText([
      UNIT_HEADER,
      unit('000.00.11.H99', 'UBND xã Một', ''),
      unit('000.00.12.H99', 'UBND xã Hai', ''),
      unit('000.00.13.H99', 'UBND xã Ba', '000.00.11.H99'),
      unit('000.00.13.H99', 'UBND xã Ba', '000.00.12.H99'),
    ]),
    expect: accepted(4, { rejects: [reject(5, 'parent', '000.00.12.H99', 'conflicting_parent')] }),
  },
]
