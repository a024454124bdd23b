import { z } from 'zod'

import { id, label } from './schema.js'

/** Chapters of a report for people; report/sections/ makes them. */
export const SECTIONS = [
  'plan',
  'others',
  'unit',
  'behind',
  'units',
  'months',
  'ranks',
  'timeliness',
  'satisfaction',
  'history',
  'groups',
  'quality',
  'definitions',
] as const
export const PERIOD_KINDS = ['month', 'quarter', 'half', 'year', 'months', 'days'] as const

const section = z.strictObject({
  section: z.enum(SECTIONS),
  title: label.optional().describe('Instead of its usual title.'),
  metrics: z.array(id).min(1).optional().describe('Only these metrics, in this order.'),
  is_appendix: z.boolean().default(false).describe('Behind the body of a written report.'),
})

export const outline = z
  .strictObject({
    id,
    title: label.describe('{period} and {unit} are filled in.'),
    periods: z.array(z.enum(PERIOD_KINDS)).default([]).describe('Periods it is chosen for when none is named.'),
    of_unit: z.boolean().default(false).describe('Whether it is about one unit, named by --unit.'),
    as_asked: z.boolean().default(false).describe('Whether nothing is measured for it besides what --by asks for.'),
    compare: z.array(z.enum(['previous', 'year-ago'])).default([]),
    months: z.number().int().min(2).max(36).default(12).describe('How many months up to the end of the period are shown.'),
    sections: z.array(section).min(1),
  })
  .describe('What a report for people consists of, in order.')

export type Outline = z.infer<typeof outline>
export type SectionKind = (typeof SECTIONS)[number]
