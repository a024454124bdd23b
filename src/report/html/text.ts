import { visible } from '../../messages/visible.js'
import { fit } from '../list.js'

/** A text as HTML may carry it: controls and marks that turn the direction of writing show as "·", what is no character as "�". */
export function clean(text: string): string {
  return visible(text.replace(/[\t\n\f\r\v\u2028\u2029]/g, ' ')).replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text between tags or in a quoted attribute. */
export function escape(text: string): string {
  return /^[\w ,.%+-]*$/.test(text) ? text : clean(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}

/** A name in at most so many letters, for what is read aloud of a drawing. */
export function cut(name: string, length: number): string {
  return fit(clean(name), length)
}
