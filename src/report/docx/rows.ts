import type * as Docx from 'docx'

/** Where `Bodies.into` puts rows; no text of a document can be one, since its "<" are escaped. */
const PLACE = 'cchc:rows'
const PLACES = new RegExp(`<${PLACE}>(\\d+)</${PLACE}>`, 'g')
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** How the cells of a column look. */
export interface CellLook {
  /** Twips. */
  width: number
  isRight: boolean
}

/**
 * The bodies of the tables, written as text: the library takes two seconds for the objects of a province's units and months. Everything
 * around them is the library's.
 */
export class Bodies {
  private readonly bodies: string[] = []

  constructor(private readonly docx: typeof Docx) {}

  /** What stands in a table for rows written elsewhere. */
  placeFor(rows: string): Docx.XmlComponent {
    return new this.docx.StringContainer(PLACE, String(this.bodies.push(rows) - 1))
  }

  /** The part of the package with all rows in their places. */
  into(xml: string): string {
    return xml.replaceAll(PLACES, (_, i: string) => this.bodies[Number(i)]!)
  }
}

/** A row that is never parted: its texts, whether the first is bold and by how many twips it is indented. */
export function rowXml(texts: readonly string[], looks: readonly CellLook[], halfPoints: number, isBold: boolean, indent: number): string {
  const cells = texts.map((text, i) => {
    const { width, isRight } = looks[i]!
    const left = i === 0 && indent > 0 ? `<w:ind w:left="${indent}"/>` : ''
    const bold = i === 0 && isBold ? '<w:b/><w:bCs/>' : ''
    const run =
      text === ''
        ? ''
        : `<w:r><w:rPr>${bold}<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/></w:rPr><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`
    return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${width}"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>${left}${isRight ? '<w:jc w:val="right"/>' : ''}</w:pPr>${run}</w:p></w:tc>`
  })
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`
}

const escape = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => ESCAPES[sign]!)
