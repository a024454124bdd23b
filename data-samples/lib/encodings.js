/** Vietnamese text as bytes in the encodings that offices still send: windows-1258, TCVN3 (ABC), VNI, UTF-16. */

const MARKS = { '\u0300': 'grave', '\u0301': 'acute', '\u0309': 'hook', '\u0303': 'tilde', '\u0323': 'dot' }
const hexBytes = (text) => text.split(' ').map((hex) => parseInt(hex, 16))

/** A letter without its tone, and the name of the tone (null: none). */
function splitTone(letter) {
  let tone = null
  const rest = [...letter.normalize('NFD')].filter((part) => {
    if (part in MARKS) tone = MARKS[part]
    return !(part in MARKS)
  })
  return [rest.join('').normalize('NFC'), tone]
}

function encode(text, bytesOfLetter) {
  const bytes = [...text.normalize('NFC')].flatMap((letter) => {
    if (letter.codePointAt(0) < 0x80) return [letter.codePointAt(0)]
    const found = bytesOfLetter(letter)
    if (!found || found.includes(undefined)) throw new Error(`cannot encode ${letter}`)
    return found
  })
  return Buffer.from(bytes)
}

const byLetter = (letters, hexes) => {
  const bytes = hexBytes(hexes)
  return new Map([...letters].map((letter, i) => [letter, bytes[i]]))
}

const SHAPES_1258 = byLetter('ăĂâÂêÊôÔơƠưƯđĐ', 'E3 C3 E2 C2 EA CA F4 D4 F5 D5 FD DD F0 D0')
const TONES_1258 = { grave: 0xcc, acute: 0xec, hook: 0xd2, tilde: 0xde, dot: 0xf2 }

/** windows-1258: the vowel with its shape, then the tone as a byte of its own. */
export const windows1258 = (text) =>
  encode(text, (letter) => {
    const [base, tone] = splitTone(letter)
    const first = base.charCodeAt(0) < 0x80 ? base.charCodeAt(0) : SHAPES_1258.get(base)
    return tone ? [first, TONES_1258[tone]] : [first]
  })

const TCVN3 = byLetter(
  'ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ',
  'A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AC AD AE B5 B6 B7 B8 B9 BB BC BD BE C6 C7 C8 C9 CA CB CC CE CF D0 D1 D2 D3 D4 D5 D6 ' +
    'D7 D8 DC DD DE DF E1 E2 E3 E4 E5 E6 E7 E8 E9 EA EB EC ED EE EF F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FD FE',
)

/** TCVN3 (ABC): one byte a letter; capitals with a tone are written as small letters. */
export const tcvn3 = (text) => encode(text, (letter) => [TCVN3.get(letter) ?? TCVN3.get(letter.toLowerCase())])

const VNI_PLAIN = { acute: 0xf9, grave: 0xf8, hook: 0xfb, tilde: 0xf5, dot: 0xef }
const VNI_CIRCUMFLEX = { none: 0xe2, acute: 0xe1, grave: 0xe0, hook: 0xe5, tilde: 0xe3, dot: 0xe4 }
const VNI_BREVE = { none: 0xea, acute: 0xe9, grave: 0xe8, hook: 0xfa, tilde: 0xfc, dot: 0xeb }
const VNI_SINGLE = byLetter('íìỉĩịỵđơư', 'ED EC E6 F3 F2 EE F1 F4 F6')

function vniLetter(letter) {
  if (VNI_SINGLE.has(letter)) return [VNI_SINGLE.get(letter)]
  const [base, tone] = splitTone(letter)
  if (VNI_SINGLE.has(base)) return [VNI_SINGLE.get(base), VNI_PLAIN[tone]]
  const [plain, shape] = base.normalize('NFD')
  if (shape === '\u0302') return [plain.charCodeAt(0), VNI_CIRCUMFLEX[tone ?? 'none']]
  if (shape === '\u0306') return [plain.charCodeAt(0), VNI_BREVE[tone ?? 'none']]
  return [plain.charCodeAt(0), VNI_PLAIN[tone]]
}

/** VNI: the plain letter, then one byte for shape and tone; capitals are the small letters' bytes less 0x20. */
export const vni = (text) =>
  encode(text, (letter) => {
    const small = letter.toLowerCase()
    return small === letter ? vniLetter(small) : vniLetter(small).map((byte) => byte - 0x20)
  })

/** UTF-16, little endian, with its byte order mark. */
export const utf16le = (text) => Buffer.from(`\ufeff${text}`, 'utf16le')

export const utf8WithMark = (text) => Buffer.from(`\ufeff${text}`, 'utf8')
