import { z } from 'zod'

import { told } from './issue.js'
import { id, label, term, text } from './schema.js'

export const FORM_ROWS = ['field', 'unit', 'level'] as const
const headings = z.array(text).min(1)
const counted = {
  needs: z.array(id).default([]).describe('Columns of dossiers that some load must have brought; without one it is not computable.'),
  counts: z.array(term).min(1),
}

export const form = z.strictObject({
  id,
  number: label.optional().describe('What the form is called officially.'),
  title: label,
  source: text.describe('Where the form comes from: law, decision, practice.'),
  by: z.array(z.enum(FORM_ROWS)).min(1).describe('What a row may be; the first unless --by says otherwise.'),
  columns: z
    .array(
      z.strictObject({
        number: z.number().int().min(3).describe('As the form numbers it; 1 and 2 are the number and the name of the row.'),
        headings: z.strictObject({ vi: headings, en: headings }).describe('From the top; neighbours share those that are the same.'),
        indicator: id.optional().describe('The count of indicators.yaml that summaries report in this column.'),
        needs: counted.needs,
        counts: counted.counts.optional().describe('The sum of these; default: what the indicator counts.'),
      }),
    )
    .min(1),
  identities: z
    .array(z.string().regex(/^\d+ = \d+( \+ \d+)*$/, told('definitions.write_identity')))
    .default([])
    .describe('Sums that must hold in every row; a form where one does not is never printed.'),
  carry_over: z
    .strictObject({ column: z.number().int(), of: z.number().int() })
    .optional()
    .describe('That a column should say what another one said at the end of the period before.'),
  notes: z
    .array(
      z.strictObject({
        text: label.describe('With {n} for the number; printed where it is above 0.'),
        ...counted,
        less: counted.counts.optional().describe('What is taken away from counts.'),
      }),
    )
    .default([]),
})

export type Form = z.infer<typeof form>
export type FormRow = (typeof FORM_ROWS)[number]
