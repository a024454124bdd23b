import type * as Docx from 'docx'

/** Where `Bodies.into` puts rows; no text of a document can be one, since its "<" are escaped. */
const PLACE = 'cchc:rows'
const PLACES = new RegExp(`<${PLACE}>(\\d+)</${PLACE}>`, 'g')
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** How the cells of a column look: their width in twips, and the style of their texts. */
export interface CellLook {
  width: number
  style: string
}

/**
 * The bodies of the tables, written as text: the library takes two seconds for the objects of a province's units and months. Everything
 * around them is the library's.
 */
export class Bodies {
  private readonly bodies: string[] = []
  private readonly used = new Map<string, { halfPoints: number; isRight: boolean }>()

  constructor(private readonly docx: typeof Docx) {}

  /** The style of texts of this size in tables; those asked for are what `styles` makes. */
  style(halfPoints: number, isRight: boolean): string {
    const id = `${isRight ? 'Number' : 'Text'}${halfPoints}`
    this.used.set(id, { halfPoints, isRight })
    return id
  }

  styles(): Docx.IParagraphStyleOptions[] {
    const { AlignmentType } = this.docx
    return [...this.used].map(([id, { halfPoints, isRight }]) => ({
      id,
      name: `${isRight ? 'Number' : 'Text'} of a table, ${halfPoints / 2}`,
      basedOn: 'Cell',
      run: { size: halfPoints },
      paragraph: isRight ? { alignment: AlignmentType.RIGHT } : {},
    }))
  }

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
export function rowXml(texts: readonly string[], looks: readonly CellLook[], isBold: boolean, indent: number): string {
  const cells = texts.map((text, i) => {
    const { width, style } = looks[i]!
    const left = i === 0 && indent > 0 ? `<w:ind w:left="${indent}"/>` : ''
    const bold = i === 0 && isBold ? '<w:rPr><w:b/><w:bCs/></w:rPr>' : ''
    const run = text === '' ? '' : `<w:r>${bold}<w:t>${escape(text)}</w:t></w:r>`
    return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${width}"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="${style}"/>${left}</w:pPr>${run}</w:p></w:tc>`
  })
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`
}

const escape = (text: string): string => (/[&<>]/.test(text) ? text.replaceAll(/[&<>]/g, (sign) => ESCAPES[sign]!) : text)
