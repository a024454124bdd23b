import type { Level } from '../definitions/schema.js'
import { fold } from '../language/fold.js'

/** The level that a type of unit has, where a file does not say it. */
const LEVEL_OF_TYPE: [RegExp, Level][] = [
  [
    /^(sở|ban quản lý|ban|cục|chi cục|thanh tra tỉnh|văn phòng ubnd tỉnh|ubnd tỉnh|công an tỉnh|bảo hiểm xã hội tỉnh|tỉnh)( |$)/,
    'province',
  ],
  [/^((ubnd|ủy ban nhân dân|uỷ ban nhân dân) )?(huyện|quận|thị xã|thành phố thuộc tỉnh)( |$)/, 'district'],
  [/^((ubnd|ủy ban nhân dân|uỷ ban nhân dân) )?(xã|phường|thị trấn|đặc khu)( |$)/, 'commune'],
]

/** The level of a unit by its type, or by the first words of its name; null where they do not tell. */
export function levelOfType(type: string): Level | null {
  return LEVEL_OF_TYPE.find(([pattern]) => pattern.test(fold(type)))?.[1] ?? null
}
