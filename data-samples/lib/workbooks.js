/** Workbooks made of hand-written parts: the ones a reader must understand, and the ones it must refuse. */
import { constants, crc32, deflateRawSync } from 'node:zlib'

import { randomSource } from './random.js'

/**
 * A ZIP archive of `parts`: name → text or bytes, or { data, stored, packed, declared, flags, crc } to say something else than the
 * truth. `streamed` leaves sizes and checksums to descriptors after the data, `zip64` writes sizes as 64-bit extras.
 */
export function zip(parts, { streamed = false, zip64 = false } = {}) {
  const pieces = []
  const directory = []
  let offset = 0
  for (const [name, value] of Object.entries(parts)) {
    const part = typeof value === 'string' || Buffer.isBuffer(value) ? { data: value } : value
    const data = Buffer.from(part.data ?? '')
    const packed = part.packed ?? (part.stored ? data : deflateRawSync(data))
    const size = part.declared ?? data.length
    const flags = (part.flags ?? 0) | (streamed ? 8 : 0) | 0x800
    const common = (local) => {
      const fields = Buffer.alloc(26)
      fields.writeUInt16LE(zip64 ? 45 : 20, 0)
      fields.writeUInt16LE(flags, 2)
      fields.writeUInt16LE(part.stored ? 0 : 8, 4)
      fields.writeUInt16LE(0x21, 8)
      if (!(local && streamed)) {
        fields.writeUInt32LE(part.crc ?? (part.packed ? 0 : crc32(data)), 10)
        fields.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 14)
        fields.writeUInt32LE(zip64 ? 0xffffffff : size, 18)
      }
      fields.writeUInt16LE(Buffer.byteLength(name), 22)
      fields.writeUInt16LE(zip64 ? 20 : 0, 24)
      return fields
    }
    const extra = Buffer.alloc(zip64 ? 20 : 0)
    if (zip64) {
      extra.writeUInt32LE(0x100001, 0)
      extra.writeBigUInt64LE(BigInt(size), 4)
      extra.writeBigUInt64LE(BigInt(packed.length), 12)
    }
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common(true), Buffer.from(name), extra])
    const descriptor = Buffer.alloc(streamed ? 16 : 0)
    if (streamed) {
      descriptor.write('PK\u0007\u0008')
      descriptor.writeUInt32LE(crc32(data), 4)
      descriptor.writeUInt32LE(packed.length, 8)
      descriptor.writeUInt32LE(size, 12)
    }
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common(false), tail, Buffer.from(name), extra)
    pieces.push(local, packed, descriptor)
    offset += local.length + packed.length + descriptor.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, central, end])
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function relations(targets) {
  const list = targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`)
  return `${HEAD}<Relationships xmlns="${PACKAGE}">${list.join('')}</Relationships>`
}

/** The style sheet whose style n has the n-th of `formats`: the number of a built-in format, or the code of a custom one. */
function styleSheet(formats) {
  const codes = formats.map((format, i) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + i}" formatCode="${attribute(format)}"/>` : '',
  )
  const styles = formats.map((format, i) => `<xf numFmtId="${typeof format === 'string' ? 164 + i : format}" applyNumberFormat="1"/>`)
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="dd/mm"/></dxf></dxfs></styleSheet>`
}

/** The parts of an XLSX: `rows` is the XML inside sheetData of the only sheet, what is `before` and `after` it; `sheets` the same for several. */
export function xlsxParts({ rows = '', before = '', after = '', sheets, strings, formats = [0], is1904 = false, parts = {} }) {
  const all = sheets ?? [{ name: 'Sheet1', rows, before, after }]
  const listed = all.map(
    ({ name, state }, i) => `<sheet name="${attribute(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  const sheetParts = all.map(({ rows, before = '', after = '' }, i) => [
    `xl/worksheets/sheet${i + 1}.xml`,
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
  ])
  const shared = strings && `${HEAD}<sst xmlns="${MAIN}">${strings.map((xml) => `<si>${xml}</si>`).join('')}</sst>`
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATION}">${is1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...all.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]),
      ['rIdStyles', 'styles', '/xl/styles.xml'],
      ...(strings ? [['rIdStrings', 'sharedStrings', './sharedStrings.xml']] : []),
    ]),
    'xl/styles.xml': styleSheet(formats),
    ...(strings ? { 'xl/sharedStrings.xml': shared } : {}),
    ...Object.fromEntries(sheetParts),
    ...parts,
  }
}

const xlsx = (content, options) => zip(xlsxParts(content), options)

const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'
const ODS_NAMES = ['office', 'table', 'text', 'style'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)

/** The parts of an ODS with the given tables. */
function odsParts(tables, { styles = '', type = ODS_TYPE, stored = true } = {}) {
  return {
    mimetype: { data: type, stored },
    'content.xml': `${HEAD}<office:document-content ${ODS_NAMES.join(' ')}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
  }
}

const row = (number, cells, more = '') => `<row r="${number}"${more}>${cells}</row>`
const value = (at, text, more = '') => `<c r="${at}"${more}><v>${text}</v></c>`
const inline = (at, xml) => `<c r="${at}" t="inlineStr"><is>${xml}</is></c>`
/** One row of values, the n-th with style n. */
const styled = (values) => row(1, values.map((text, i) => value(`${String.fromCharCode(65 + i)}1`, text, ` s="${i}"`)).join(''))
/** What a reader of formatted values must say: one row, from pairs of format, value, text. */
const formatted = (file, about, triples, more = {}, facts = {}) => ({
  file,
  about,
  content: () => xlsx({ rows: styled(triples.map(([, value]) => value)), formats: triples.map(([format]) => format), ...more }),
  rows: [[1, triples.map(([, , text]) => text)]],
  ...facts,
})

const odsCell = (type, attributes, text = '') =>
  `<table:table-cell office:value-type="${type}" ${attributes}><text:p>${text}</text:p></table:table-cell>`

/** `rows` is what must be read: line, cells and whether the row is hidden; of the sheet named, else the first. */
export const WORKBOOKS = [
  {
    file: 'shared-strings.xlsx',
    about: 'shared strings: plain, empty, in runs with a phonetic reading, with spaces, escapes and entities',
    content: () =>
      xlsx({
        strings: [
          '<t>Mã hồ sơ</t>',
          '<t/>',
          '<r><rPr><b/></rPr><t>Đất </t></r><r><t xml:space="preserve">Mũi </t></r><rPh sb="0" eb="1"><t>đọc</t></rPh>',
          '<t xml:space="preserve">  hai  khoảng </t>',
          '<t>một_x000D_&#10;hai_x005F_x000D_ &lt;&amp;&gt; &#x1EBF;</t>',
          '<t><![CDATA[a < b & c]]></t>',
          '<t>dòng\r\nsau</t>',
        ],
        rows: row(1, [0, 1, 2, 3, 4, 5, 6].map((index, i) => value(`${'ABCDEFG'[i]}1`, index, ' t="s"')).join('')),
      }),
    rows: [[1, ['Mã hồ sơ', '', 'Đất Mũi ', '  hai  khoảng ', 'một\r\nhai_x000D_ <&> ế', 'a < b & c', 'dòng\nsau']]],
  },
  {
    file: 'inline-strings.xlsx',
    about: 'inline strings: plain, in runs, escaped',
    content: () => xlsx({ rows: row(1, inline('A1', '<t> x </t>') + inline('B1', '<r><t>a</t></r><r><t>b_x0009_</t></r>')) }),
    rows: [[1, [' x ', 'ab\t']]],
  },
  {
    file: 'numbers.xlsx',
    about: 'numbers as their shortest text without an exponent',
    content: () =>
      xlsx({
        rows: row(
          1,
          ['1234567890123', '0.5', '0.10000000000000001', '1E+20', '1.5E-7', '-2.5e+22', '100', '-0', '7.0', '45', '12345678901234567890']
            .map((text) => `<c><v>${text}</v></c>`)
            .join(''),
        ),
      }),
    rows: [
      [
        1,
        [
          '1234567890123',
          '0.5',
          '0.1',
          '100000000000000000000',
          '0.00000015',
          '-25000000000000000000000',
          '100',
          '0',
          '7',
          '45',
          '12345678901234567890',
        ],
      ],
    ],
  },
  formatted('zeros.xlsx', 'leading zeros that come from the number format', [
    ['000000', '123', '000123'],
    ['00000000', '12345678901', '12345678901'],
    ['000;-000', '-7', '-007'],
    ['[$-42A]0000', '7', '0007'],
    ['000', '1.5', '1.5'],
    ['#,##0', '1234567', '1234567'],
    ['0%', '0.25', '25%'],
    ['0', '5', '5'],
    ['"0"00', '5', '005'],
    ['[Blue]#000_)', '7', '007'],
    ['000000000000', '79099012345', '079099012345'],
    ['@', '45415', '45415'],
  ]),
  formatted('code-formats.xlsx', 'digits among other text, and amounts with a unit, which are only numbers', [
    ['"H48-"000', '7', 'H48-007'],
    ['000"/QĐ"', '1234', '1234/QĐ'],
    ['"H48-"0', '7', 'H48-7'],
    ['000\\-000', '1234', '001-234'],
    ['000 000 000', '1234567', '001 234 567'],
    ['[<=9999999]000-0000;(000) 000-0000', '1234567', '123-4567'],
    ['[<=9999999]000-0000;(000) 000-0000', '2901234567', '(290) 123-4567'],
    ['00000;-00000;"không"', '0', 'không'],
    ['000"/QĐ"', '1.5', '1.5'],
    ['0" ngày"', '5', '5'],
    ['#,##0" ₫"', '70000', '70000'],
    ['#,##0 VND', '70000', '70000'],
    ['0\\.000', '70000', '70000'],
    ['000,000', '1234', '1234'],
    ['00E+00', '1234', '1234'],
    ['000%', '0.07', '7%'],
    ['_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-;_-* "-"\\ "₫"_-;_-@_-', '0', '0'],
  ]),
  formatted('builtin-dates.xlsx', 'dates and times of the built-in formats', [
    [14, '45415', '2024-05-03'],
    [15, '45415.5', '2024-05-03 12:00:00'],
    [18, '0.25', '06:00:00'],
    [20, '0.999988425925926', '23:59:59'],
    [22, '45415.333333333336', '2024-05-03 08:00:00'],
    [45, '0.0006944444444444445', '00:01:00'],
    [46, '1.1041666666666667', '26:30:00'],
    [47, '0.5', '12:00:00'],
    [13, '0.5', '0.5'],
    [23, '45415', '45415'],
    [49, '45415', '45415'],
  ]),
  formatted(
    'east-asian-dates.xlsx',
    'built-in formats whose look depends on the country: dates from 27 to 36 and 50 to 58, four of them times where there is no day',
    [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]
      .map((format) => [format, '45415', '2024-05-03'])
      .concat([32, 33, 34, 35, 55, 56].map((format) => [format, '0.3125', '07:30:00']))
      .concat([
        [34, '45415', '2024-05-03'],
        [55, '45415', '2024-05-03'],
        [26, '45415', '45415'],
        [37, '45415', '45415'],
        [49, '45415', '45415'],
      ]),
  ),
  formatted('custom-dates.xlsx', 'dates and times of custom formats, and formats that only look like dates', [
    ['dd/mm/yyyy', '45415', '2024-05-03'],
    ['[$-42A]d mmm yyyy', '45415.25', '2024-05-03 06:00:00'],
    ['hh:mm', '0.3125', '07:30:00'],
    ['hh:mm', '45415.3125', '2024-05-03 07:30:00'],
    ['[$-1010000]dd/mm/yyyy;@', '45415', '2024-05-03'],
    ['"ngày" dd "tháng" mm', '45415', '2024-05-03'],
    ['h:mm AM/PM', '0.75', '18:00:00'],
    ['[Red]#,##0', '5', '5'],
    ['0 "ngày"', '12', '12'],
    ['#,##0\\ \\d', '9', '9'],
    ['General', '9', '9'],
    ['_(* #,##0_);_(@_)', '8', '8'],
    ['yyyy\\-mm\\-dd hh:mm:ss.000', '45415.999999999', '2024-05-04'],
    ['yyyy"年"m"月"', '45415', '2024-05-03'],
    ['[$-404]e/m/d', '45415', '2024-05-03'],
    ['[Red][$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '45415', '2024-05-03'],
    ['[$-x-systime]h:mm:ss AM/PM', '0.75', '18:00:00'],
    ['mmm-yy', '45413', '2024-05-01'],
    ['yyyymmddhhmmss', '45415.354166666664', '2024-05-03 08:30:00'],
  ]),
  formatted('conditional-dates.xlsx', 'a section of a format for each size of number', [
    ['[=0]"";dd/mm/yyyy', '45415', '2024-05-03'],
    ['[=0]"";dd/mm/yyyy', '0', ''],
    ['dd/mm/yyyy;;"-"', '0', '-'],
    ['dd/mm/yyyy;;"-"', '45415', '2024-05-03'],
    ['dd/mm/yyyy;@', '45415', '2024-05-03'],
    ['[<1]hh:mm;dd/mm/yyyy', '0.5', '12:00:00'],
    ['[<1]hh:mm;dd/mm/yyyy', '45415', '2024-05-03'],
    ['[>45000]dd/mm/yyyy;0', '7', '7'],
  ]),
  formatted('elapsed.xlsx', 'hours, minutes and seconds that go on counting are no time of day', [
    ['[h]:mm', '1.5', '36:00:00'],
    ['[hh]:mm:ss', '0.25', '06:00:00'],
    ['[mm]:ss', '0.0625', '01:30:00'],
    ['[ss].00', '0.0006944444444444445', '00:01:00'],
    ['[h]"giờ" mm"phút"', '2', '48:00:00'],
    ['[h]:mm', '-0.5', '-0.5'],
  ]),
  formatted('near-midnight.xlsx', 'fractions of a second: rounded, but where only the day is shown it stays', [
    ['dd/mm/yyyy', '45415.999999', '2024-05-03 23:59:59'],
    ['dd/mm/yyyy', '45415.99999999999', '2024-05-04'],
    ['dd/mm/yyyy hh:mm', '45415.999999', '2024-05-04'],
    ['dd/mm/yyyy hh:mm', '45415.99998', '2024-05-03 23:59:58'],
    [22, '45415.00000001', '2024-05-03'],
    ['hh:mm:ss', '0.9999999', '23:59:59'],
    ['hh:mm', '45415.9999999', '2024-05-04'],
    ['dd/mm/yyyy hh:mm:ss.000', '45415.35417246', '2024-05-03 08:30:00.501'],
    ['dd/mm/yyyy hh:mm:ss', '45415.354166666664', '2024-05-03 08:30:00'],
  ]),
  formatted('early-dates.xlsx', 'the edges of the 1900 system: its 29 February, day 0, negative and too large numbers', [
    [14, '1', '1900-01-01'],
    [14, '59', '1900-02-28'],
    [14, '60', '1900-02-29'],
    [14, '61', '1900-03-01'],
    [14, '-1', '-1'],
    [14, '2958465', '9999-12-31'],
    [14, '2958466', '2958466'],
    [14, '0', '1900-01-00'],
    [22, '60.5', '1900-02-29 12:00:00'],
    [22, '0.5', '1900-01-00 12:00:00'],
  ]),
  formatted(
    'dates-1904.xlsx',
    'dates counted from 1904',
    [
      [14, '43953', '2024-05-03'],
      [14, '0', '1904-01-01'],
      [14, '59', '1904-02-29'],
      [14, '60', '1904-03-01'],
      [14, '2957003', '9999-12-31'],
      [14, '2957004', '2957004'],
      [21, '0.5', '12:00:00'],
      ['dd/mm/yyyy hh:mm', '43953.5', '2024-05-03 12:00:00'],
    ],
    { is1904: true },
    { is1904: true },
  ),
  {
    file: 'booleans-errors-formulas.xlsx',
    about: 'booleans, errors, formulas by their last value, ISO dates',
    content: () =>
      xlsx({
        formats: [0, 14],
        rows: row(
          1,
          [
            value('A1', '1', ' t="b"') + value('B1', '0', ' t="b"') + value('C1', '#N/A', ' t="e"'),
            '<c r="D1"><f>SUM(A1:B1)</f><v>3</v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>1x</v></c><c r="F1" s="1"><f>TODAY()</f><v>45415</v></c>',
            '<c r="G1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H1"><f>A9</f></c><c r="I1" t="str"><f>A9</f><v></v></c>',
            value('J1', '2024-05-03T08:29:59.9999999', ' t="d"') + value('K1', '2024-05-03', ' t="d"') + value('L1', 'T07:30:00', ' t="d"'),
            value('M1', '2024-05-03T08:30:00+07:00', ' t="d"') + value('N1', '1900-02-28T00:00Z', ' t="d" s="1"'),
          ].join(''),
        ),
      }),
    rows: [
      [
        1,
        'TRUE|FALSE|#N/A|3|1x|2024-05-03|#DIV/0!|#GETTING_DATA||2024-05-03 08:30:00|2024-05-03|07:30:00|2024-05-03T08:30:00+07:00|1900-02-28'.split(
          '|',
        ),
      ],
    ],
  },
  {
    file: 'positions.xlsx',
    about: 'missing rows and cells keep positions; rows without text are left out',
    content: () =>
      xlsx({ rows: row(2, value('B2', 1)) + row(3, '<c r="A3" s="0"/>') + '<row r="4"/>' + row(5, value('C5', 2) + value('AB5', 3)) }),
    rows: [
      [2, ['', '1']],
      [5, ['', '', '2', ...Array(24).fill(''), '3']],
    ],
  },
  {
    file: 'no-references.xlsx',
    about: 'rows and cells that do not say where they are',
    content: () =>
      xlsx({
        rows: `<row><c><v>1</v></c><c/><c><v>3</v></c></row>${row(4, '<c><v>4</v></c><c r="D4"><v>5</v></c><c><v>6</v></c>')}<row><c><v>7</v></c></row>`,
      }),
    rows: [
      [1, ['1', '', '3']],
      [4, ['4', '', '', '5', '6']],
      [5, ['7']],
    ],
  },
  {
    file: 'hidden-rows.xlsx',
    about: 'rows and columns hidden by hand, by a filter or by their size',
    content: () =>
      xlsx({
        before:
          '<cols><col min="1" max="1" width="9"/><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/></cols>',
        rows:
          row(1, value('A1', 1)) +
          row(2, value('A2', 2), ' hidden="1"') +
          row(3, value('A3', 3), ' hidden="true"') +
          row(4, value('A4', 4), ' hidden="0"') +
          row(5, value('A5', 5), ' ht="0" customHeight="1"'),
      }),
    hiddenColumns: [
      { left: 1, right: 2 },
      { left: 4, right: 4 },
    ],
    rows: [
      [1, ['1']],
      [2, ['2'], true],
      [3, ['3'], true],
      [4, ['4']],
      [5, ['5'], true],
    ],
  },
  {
    file: 'several-sheets.xlsx',
    about: 'several sheets, some hidden, their names with signs that need escaping',
    content: () =>
      xlsx({
        sheets: [
          { name: 'Bìa', rows: '' },
          { name: 'Hồ sơ > 1 r:id=" & <2', rows: row(1, value('A1', 42)) },
          { name: 'ẩn', state: 'hidden', rows: '' },
          { name: 'rất ẩn', state: 'veryHidden', rows: '' },
        ],
      }),
    sheets: [
      { name: 'Bìa', isHidden: false },
      { name: 'Hồ sơ > 1 r:id=" & <2', isHidden: false },
      { name: 'ẩn', isHidden: true },
      { name: 'rất ẩn', isHidden: true },
    ],
    sheet: 'Hồ sơ > 1 r:id=" & <2',
    rows: [[1, ['42']]],
  },
  {
    file: 'chart-sheet.xlsx',
    about: 'a sheet that is a chart is not a sheet of rows',
    content: () => {
      const parts = xlsxParts({
        sheets: [
          { name: 'Biểu đồ', rows: '' },
          { name: 'Dữ liệu', rows: row(1, value('A1', 1)) },
        ],
      })
      const links = 'xl/_rels/workbook.xml.rels'
      return zip({
        ...parts,
        [links]: parts[links].replace('/worksheet" Target="worksheets/sheet1', '/chartsheet" Target="chartsheets/sheet1'),
      })
    },
    sheets: [{ name: 'Dữ liệu', isHidden: false }],
    rows: [[1, ['1']]],
  },
  {
    file: 'merged.xlsx',
    about: 'a header merged over two rows and two columns',
    content: () =>
      xlsx({
        rows:
          row(1, inline('A1', '<t>Tên</t>') + inline('B1', '<t>Số</t>')) + row(2, inline('B2', '<t>Vào</t>') + inline('C2', '<t>Ra</t>')),
        after: '<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="A9:C9"/></mergeCells>',
      }),
    rows: [
      [1, ['Tên', 'Số']],
      [2, ['Tên', 'Vào', 'Ra']],
    ],
    merges: [
      { top: 0, left: 0, bottom: 1, right: 0 },
      { top: 0, left: 1, bottom: 0, right: 2 },
    ],
  },
  {
    file: 'prefixed.xlsx',
    about: 'element names with a namespace prefix, single quotes, comments and instructions',
    content: () =>
      zip(
        xlsxParts({
          parts: {
            'xl/worksheets/sheet1.xml': `${HEAD}<!-- <x:row> --><x:worksheet xmlns:x='${MAIN}'><x:sheetData><x:row r='1' ><x:c\n r = 'A1' t='str'><x:v>a<!-- > -->b</x:v></x:c><?pi ?><x:c r='B1'><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
          },
        }),
      ),
    rows: [[1, ['ab', '2']]],
  },
  {
    file: 'strict.xlsx',
    about: 'the strict form of the standard: other namespaces and relationships, dates as ISO texts',
    content: () => {
      const parts = xlsxParts({
        strings: ['<t>Đất Mũi</t>'],
        formats: [0, 14],
        rows: row(1, value('A1', 0, ' t="s"') + value('B1', '2024-05-03T08:30:00', ' s="1" t="d"') + value('C1', 45415, ' s="1"')),
      })
      const strict = (text) =>
        text
          .replaceAll(MAIN, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
          .replaceAll(RELATION, 'http://purl.oclc.org/ooxml/officeDocument/relationships')
          .replace('<workbook ', '<workbook conformance="strict" ')
      return zip(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strict(text)])))
    },
    rows: [[1, ['Đất Mũi', '2024-05-03 08:30:00', '2024-05-03']]],
  },
  {
    file: 'elsewhere.xlsx',
    about: 'a workbook in other folders, named by absolute paths, by paths with dots and with a namespace prefix',
    content: () => {
      const {
        'xl/workbook.xml': book,
        'xl/worksheets/sheet1.xml': sheet,
        'xl/sharedStrings.xml': strings,
        'xl/styles.xml': styles,
      } = xlsxParts({ strings: ['<t>a</t>'], formats: [0, 14], rows: row(1, value('A1', 0, ' t="s"') + value('B1', 45415, ' s="1"')) })
      return zip({
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels': relations([['r', 'officeDocument', '/book/main.xml']]),
        'book/main.xml': book.replaceAll('r:id', 'rel:id').replace('xmlns:r=', 'xmlns:rel='),
        'book/_rels/main.xml.rels': relations([
          ['rId1', 'worksheet', '../pages/./one.xml'],
          ['s', 'sharedStrings', '/texts/strings.xml'],
          ['t', 'styles', 'sub/../styles.xml'],
        ]),
        'pages/one.xml': sheet,
        'texts/strings.xml': strings,
        'book/styles.xml': styles,
      })
    },
    rows: [[1, ['a', '2024-05-03']]],
  },
  {
    file: 'utf-16.xlsx',
    about: 'a sheet in UTF-16',
    content: () => {
      const parts = xlsxParts({ rows: row(1, inline('A1', '<t>Đất Mũi</t>')) })
      return zip({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.from(`\ufeff${parts['xl/worksheets/sheet1.xml']}`, 'utf16le') })
    },
    rows: [[1, ['Đất Mũi']]],
  },
  {
    file: 'streamed.xlsx',
    about: 'sizes after the data, as writers on streams do',
    content: () => xlsx({ rows: row(1, value('A1', 1)) }, { streamed: true }),
    rows: [[1, ['1']]],
  },
  {
    file: 'zip64.xlsx',
    about: 'sizes of 64 bits',
    content: () => xlsx({ rows: row(1, value('A1', 1)) }, { zip64: true }),
    rows: [[1, ['1']]],
  },
  {
    file: 'stored.xlsx',
    about: 'parts that are not compressed, in another order, behind names in another case and with backslashes',
    content: () => {
      const {
        '[Content_Types].xml': types,
        'xl/sharedStrings.xml': strings,
        ...others
      } = xlsxParts({ strings: ['<t>a</t>'], rows: row(1, value('A1', 0, ' t="s"')) })
      const renamed = { ...others, 'xl\\SharedStrings.xml': strings, '[Content_Types].xml': types }
      return zip(Object.fromEntries(Object.entries(renamed).map(([name, data]) => [name, { data, stored: true }])))
    },
    rows: [[1, ['a']]],
  },
  {
    file: 'traversal.xlsx',
    about: 'a part whose name climbs out of the folder: never looked at',
    content: () => xlsx({ rows: row(1, value('A1', 1)), parts: { '../../../tmp/evil.xml': 'x', '/etc/passwd': 'y' } }),
    rows: [[1, ['1']]],
  },
  {
    file: 'no-styles.xlsx',
    about: 'no style sheet at all, though a cell names a style',
    content: () => {
      const { 'xl/styles.xml': _, ...parts } = xlsxParts({ rows: row(1, value('A1', 45415, ' s="3"')) })
      return zip(parts)
    },
    rows: [[1, ['45415']]],
  },
  {
    file: 'formatted-to-the-edge.xlsx',
    about: 'empty cells formatted as far as the last column',
    content: () => xlsx({ rows: row(1, value('A1', 1) + '<c r="XFD1" s="0"/>') }),
    rows: [[1, ['1']]],
  },
  {
    file: 'six-thousand-rows.xlsx',
    about: 'thousands of rows, cut anywhere by the blocks of the reader',
    content: () => {
      const random = randomSource(30)
      return xlsx({
        rows: longRows(random)
          .map(([line, cells]) => row(line, cells.map((text) => `<c t="str"><v>${text}</v></c>`).join('')))
          .join(''),
      })
    },
    rows: longRows(randomSource(30)),
  },
  {
    file: 'typed.ods',
    about: 'ODS: texts, numbers, dates, times, booleans, repeated cells and rows, notes',
    content: () =>
      zip(
        odsParts(
          `<table:table table:name="Hồ sơ"><table:table-column/><table:table-header-rows><table:table-row>${[
            odsCell(
              'string',
              '',
              'Mã<text:s text:c="2"/>hồ<text:tab/>sơ</text:p><text:p>dòng <text:span>hai</text:span><text:line-break/>ba',
            ),
            odsCell('float', 'office:value="123"', '000123'),
            odsCell('float', 'office:value="7"', 'H48-007'),
            odsCell('float', 'office:value="1234"', '001-234'),
            odsCell('float', 'office:value="1007"', '1.007'),
            odsCell('float', 'office:value="0.05"', '0,05'),
            odsCell('float', 'office:value="1234567.5"', '1.234.567,50'),
            odsCell('date', 'office:date-value="2024-05-03T08:30:00.000000000"', '03/05/24'),
            odsCell('date', 'office:date-value="2024-05-03"', '03/05/24'),
            odsCell('time', 'office:time-value="PT07H30M00S"', '07:30'),
            odsCell('boolean', 'office:boolean-value="true"', 'ĐÚNG'),
            '<table:table-cell table:number-columns-repeated="2"/>',
            `<table:table-cell office:value-type="string" office:string-value="x" table:number-columns-repeated="2"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>x</text:p></table:table-cell>`,
            '<table:table-cell table:number-columns-repeated="16000"/>',
          ].join('')}</table:table-row></table:table-header-rows>
          <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
          <table:table-row table:number-rows-repeated="2">${odsCell('percentage', 'office:value="0.25"', '25%')}</table:table-row>
          <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`,
        ),
      ),
    sheets: [{ name: 'Hồ sơ', isHidden: false }],
    rows: [
      [
        1,
        'Mã  hồ\tsơ\ndòng hai\nba|000123|H48-007|001-234|1007|0.05|1234567.5|2024-05-03 08:30:00|2024-05-03|07:30:00|TRUE|||x|x'.split('|'),
      ],
      [5, ['25%']],
      [6, ['25%']],
    ],
  },
  {
    file: 'compressed.ods',
    about: 'ODS: whose very type is compressed',
    content: () => {
      const cells = `<table:table-row>${odsCell('float', 'office:value="1"', '1')}</table:table-row>`
      return zip(odsParts(`<table:table table:name="A">${cells}</table:table>`, { stored: false }))
    },
    sheets: [{ name: 'A', isHidden: false }],
    rows: [[1, ['1']]],
  },
  {
    file: 'hidden.ods',
    about: 'ODS: hidden sheets, rows and columns, merged cells, errors',
    content: () =>
      zip(
        odsParts(
          `<table:table table:name="ẩn" table:style-name="ta2"><table:table-row/></table:table><table:table table:name="B" table:style-name="ta1"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="1021" table:visibility="filter"/><table:table-row>${[
            '<table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>Số</text:p></table:table-cell><table:covered-table-cell/>',
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=1+" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>Err:510</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value="" calcext:value-type="string"/>',
            '<table:table-cell table:formula="of:=[.A1]"/>',
          ].join(
            '',
          )}</table:table-row><table:table-row table:visibility="collapse">${odsCell('float', 'office:value="2"', '2')}</table:table-row><table:table-row table:visibility="filter">${odsCell('float', 'office:value="3"', '3')}</table:table-row></table:table>`,
          {
            styles:
              '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>',
          },
        ),
      ),
    sheets: [
      { name: 'ẩn', isHidden: true },
      { name: 'B', isHidden: false },
    ],
    sheet: 'B',
    rows: [
      [1, ['Số', '', '#N/A', '#VALUE!', '', '#GETTING_DATA']],
      [2, ['2'], true],
      [3, ['3'], true],
    ],
    hiddenColumns: [
      { left: 2, right: 2 },
      { left: 3, right: 1023 },
    ],
    merges: [{ top: 0, left: 0, bottom: 0, right: 1 }],
  },
]

/** Rows long enough to be cut at every place by blocks of any size. */
function longRows(random) {
  const words = ['Sở', 'Tư', 'pháp', 'Ủy', 'ban', 'nhân', 'dân', 'xã', 'Đất', 'Mũi', '𠮷', 'x']
  const text = () => Array.from({ length: random.integer(1, 12) }, () => random.pick(words)).join(' ')
  return Array.from({ length: 6000 }, (_, i) => [i + 1, Array.from({ length: 12 }, text)])
}

const compound = (name) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000), Buffer.from(name, 'utf16le'), Buffer.alloc(2000)])

/** Compressed data of `blocks` megabytes of `text`, made without inflating it: a megabyte takes a thousandth of that. */
function inflating(before, text, blocks) {
  const flush = { finishFlush: constants.Z_FULL_FLUSH }
  const block = deflateRawSync(Buffer.from(text.repeat(Math.ceil((1 << 20) / text.length))), flush)
  return Buffer.concat([deflateRawSync(Buffer.from(before), flush), ...Array(blocks).fill(block), Buffer.from([3, 0])])
}

const sheetStart = `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`
const withSheet = (part) => xlsx({ parts: { 'xl/worksheets/sheet1.xml': part } })
const good = () => xlsx({ rows: row(1, value('A1', 1)) })

/** `code` is what the refusal must be called. */
export const HOSTILE_WORKBOOKS = [
  {
    file: 'bomb-sheet.xlsx',
    about: 'ten gigabytes of rows in ten megabytes',
    content: () => withSheet({ packed: inflating(sheetStart, '<row><c><v>1</v></c></row>', 10_000), declared: 1000 }),
    code: 'malformed_workbook',
  },
  {
    file: 'bomb-honest.xlsx',
    about: 'the same, saying so',
    content: () => withSheet({ packed: inflating(sheetStart, '<!-- -->', 10_000), declared: 0xffffffff - 1 }),
    code: 'workbook_too_large',
  },
  {
    file: 'bomb-strings.xlsx',
    about: 'ten gigabytes of shared strings',
    content: () =>
      xlsx({
        strings: [],
        parts: { 'xl/sharedStrings.xml': { packed: inflating(`${HEAD}<sst>`, '<si><t>bom</t></si>', 10_000), declared: 0xfffffffe } },
      }),
    code: 'workbook_too_large',
  },
  {
    file: 'bomb-strings-empty.xlsx',
    about: 'tens of millions of empty shared strings',
    content: () =>
      xlsx({ strings: [], parts: { 'xl/sharedStrings.xml': { packed: inflating(`${HEAD}<sst>`, '<si/>', 250), declared: 0xfffffffe } } }),
    code: 'workbook_too_large',
  },
  {
    file: 'bomb-workbook.xlsx',
    about: 'a list of sheets that never ends',
    content: () =>
      xlsx({
        parts: {
          'xl/workbook.xml': {
            packed: inflating(`${HEAD}<workbook><sheets>`, '<sheet name="a" r:id="rId1"/>', 10_000),
            declared: 0xfffffffe,
          },
        },
      }),
    code: 'workbook_too_large',
  },
  {
    file: 'bomb.ods',
    about: 'ODS of ten gigabytes',
    content: () =>
      zip({
        ...odsParts(''),
        'content.xml': { packed: inflating('<office:document-content>', '<table:table-row/>', 10_000), declared: 0xfffffffe },
      }),
    code: 'workbook_too_large',
  },
  {
    file: 'lying-small.xlsx',
    about: 'a part larger than it says',
    content: () => withSheet({ data: `${sheetStart}${row(1, value('A1', 1))}</sheetData></worksheet>`, declared: 20 }),
    code: 'malformed_workbook',
  },
  {
    file: 'lying-large.xlsx',
    about: 'a part smaller than it says',
    content: () => withSheet({ data: `${sheetStart}</sheetData></worksheet>`, declared: 2_000_000_000 }),
    code: 'malformed_workbook',
  },
  {
    file: 'checksum.xlsx',
    about: 'a part that is not what was packed',
    content: () => withSheet({ data: `${sheetStart}</sheetData></worksheet>`, crc: 12345 }),
    code: 'malformed_workbook',
  },
  {
    file: 'not-deflate.xlsx',
    about: 'bytes that do not inflate',
    content: () => withSheet({ packed: Buffer.alloc(3000, 0xff), declared: 5000 }),
    code: 'malformed_workbook',
  },
  {
    file: 'wide.xlsx',
    about: 'a row of a million cells',
    content: () => xlsx({ rows: row(1, '<c><v>1</v></c>'.repeat(1_000_000)) }),
    code: 'malformed_workbook',
  },
  {
    file: 'wide-empty.xlsx',
    about: 'a row of a million empty cells',
    content: () => xlsx({ rows: row(1, '<c/>'.repeat(1_000_000)) }),
    code: 'malformed_workbook',
  },
  {
    file: 'wide-name.xlsx',
    about: 'a cell far beyond the last column',
    content: () => xlsx({ rows: row(1, value('ZZZZZZZ1', 1)) }),
    code: 'malformed_workbook',
  },
  {
    file: 'wide.ods',
    about: 'ODS: a cell repeated a thousand million times',
    content: () =>
      zip(
        odsParts(
          '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1000000000"/></table:table-row></table:table>',
        ),
      ),
    code: 'malformed_workbook',
  },
  {
    file: 'long.ods',
    about: 'ODS: a row with text repeated a thousand million times',
    content: () =>
      zip(
        odsParts(
          `<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000000">${odsCell('float', 'office:value="1"', '1')}</table:table-row></table:table>`,
        ),
      ),
    code: 'workbook_too_large',
  },
  {
    file: 'long.xlsx',
    about: 'a row below the last one a sheet can have',
    content: () => xlsx({ rows: row(1, value('A1', 1)) + row(1_048_577, '<c><v>1</v></c>') }),
    code: 'workbook_too_large',
  },
  {
    file: 'long-rows.xlsx',
    about: 'more rows than a sheet can have',
    content: () => xlsx({ rows: '<row/>'.repeat(1_048_577) }),
    code: 'workbook_too_large',
  },
  {
    file: 'unordered.xlsx',
    about: 'rows that go backwards',
    content: () => xlsx({ rows: row(5, value('A5', 1)) + row(3, value('A3', 1)) }),
    code: 'malformed_workbook',
  },
  {
    file: 'long-cell.xlsx',
    about: 'a cell of fifty megabytes',
    content: () => xlsx({ rows: row(1, inline('A1', `<t>${'a'.repeat(50_000_000)}</t>`)) }),
    code: 'malformed_workbook',
  },
  {
    file: 'endless-tag.xlsx',
    about: 'a tag that is never closed',
    content: () => withSheet(`${sheetStart}<row ${'a'.repeat(20_000_000)}`),
    code: 'malformed_workbook',
  },
  {
    file: 'entities.xlsx',
    about: 'entities that multiply',
    content: () =>
      withSheet(
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheetStart}<row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`,
      ),
    code: 'malformed_workbook',
  },
  {
    file: 'external-entity.xlsx',
    about: 'an entity that names a file, in the list of sheets',
    content: () => xlsx({ parts: { 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>' } }),
    code: 'malformed_workbook',
  },
  {
    file: 'cut-xml.xlsx',
    about: 'a sheet that stops in the middle',
    content: () => withSheet(`${sheetStart}<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r`),
    code: 'malformed_workbook',
  },
  {
    file: 'lost-string.xlsx',
    about: 'a shared string that is not there',
    content: () => xlsx({ strings: ['<t>a</t>'], rows: row(1, value('A1', 7, ' t="s"')) }),
    code: 'malformed_workbook',
  },
  {
    file: 'lost-sheet.xlsx',
    about: 'a sheet whose part is not there',
    content: () => {
      const { 'xl/worksheets/sheet1.xml': _, ...parts } = xlsxParts({})
      return zip(parts)
    },
    code: 'malformed_workbook',
  },
  {
    file: 'password.xlsx',
    about: 'a workbook with a password',
    content: () => compound('EncryptedPackage'),
    code: 'unsupported_workbook',
    hint: /password/,
    isNone: true,
  },
  {
    file: 'zip-password.xlsx',
    about: 'an archive with a password',
    content: () => withSheet({ data: 'secret', flags: 1 }),
    code: 'unsupported_workbook',
    hint: /password/,
  },
  {
    file: 'old.xls',
    about: 'an XLS of Excel 97',
    content: () => compound('Workbook'),
    code: 'unsupported_workbook',
    hint: /\.xlsx/,
    isNone: true,
  },
  {
    file: 'binary.xlsb',
    about: 'a binary workbook',
    content: () =>
      zip({
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.bin']]),
        'xl/workbook.bin': 'x',
      }),
    code: 'unsupported_workbook',
    hint: /\.xlsx/,
  },
  { file: 'truncated.xlsx', about: 'the first half of a workbook', content: () => good().subarray(0, 900), code: 'malformed_workbook' },
  {
    file: 'photos.zip',
    about: 'an archive without a workbook',
    content: () => zip({ 'a.jpg': 'x', 'b.txt': 'y' }),
    code: 'unsupported_workbook',
    isNone: true,
  },
  {
    file: 'letter.docx',
    about: 'a letter',
    content: () =>
      zip({
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels': relations([['rId1', 'officeDocument', 'word/document.xml']]),
        'word/document.xml': '<x/>',
      }),
    code: 'unsupported_workbook',
  },
  {
    file: 'letter.odt',
    about: 'an ODF letter',
    content: () => zip(odsParts('', { type: 'application/vnd.oasis.opendocument.text' })),
    code: 'unsupported_workbook',
    isNone: true,
  },
  {
    file: 'compressed.odt',
    about: 'an ODF letter whose type is compressed',
    content: () => zip(odsParts('', { type: 'application/vnd.oasis.opendocument.text', stored: false })),
    code: 'unsupported_workbook',
  },
  {
    file: 'program.xlsx',
    about: 'a program',
    content: () => Buffer.concat([Buffer.from('MZ\u0090\u0000'), Buffer.alloc(5000)]),
    code: 'unsupported_workbook',
    isNone: true,
  },
  { file: 'empty.xlsx', about: 'no bytes at all', content: () => Buffer.alloc(0), code: 'unsupported_workbook', isNone: true },
  {
    file: 'sheet-name.ods',
    about: 'ODS: a sheet that is not there',
    content: () => zip(odsParts('<table:table table:name="Hồ sơ"/><table:table table:name="Phụ lục"/>')),
    sheet: 'Ho so',
    code: 'unknown_sheet',
    hint: /Hồ sơ.*Phụ lục/,
  },
  {
    file: 'password.ods',
    about: 'ODS: with a password',
    content: () =>
      zip({
        ...odsParts(''),
        'META-INF/manifest.xml':
          '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
      }),
    code: 'unsupported_workbook',
    hint: /password/,
  },
  {
    file: 'sheet-name.xlsx',
    about: 'a sheet that is not there',
    content: () =>
      xlsx({
        sheets: [
          { name: 'Hồ sơ', rows: '' },
          { name: 'Phụ lục', rows: '' },
        ],
      }),
    sheet: 'Ho so',
    code: 'unknown_sheet',
    hint: /Hồ sơ.*Phụ lục/,
  },
]
