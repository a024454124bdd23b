import type { Language } from '../../src/language/labels.js'
import { makeKpiList, type KpiList } from '../../src/report/figures.js'
import type { Report } from '../../src/measure/report.js'
import { definitions, reportOn, type DossierRow, type Facts, type UnitRow } from '../measure/support.js'

const dossiers = (unit_code: string, month: string, online: number, all: number, late = 0): DossierRow[] =>
  Array.from({ length: all }, (_, i) => ({
    received_at: `${month}-03 08:00:00`,
    due_at: `${month}-10 17:00:00`,
    resolved_at: `${month}-${i < late ? '12' : '09'} 10:00:00`,
    status: 'returned',
    channel: i < online ? ('online' as const) : ('in_person' as const),
    unit_code,
    field: i % 2 === 0 ? 'Đất đai' : 'Hộ tịch',
    procedure_code: '1.001612',
    procedure_name: 'Đăng ký khai sinh',
  }))

export const UNITS: UnitRow[] = [
  { code: 'S1', name: 'Sở Nông nghiệp và Phát triển nông thôn', level: 'province' },
  { code: 'S2', name: 'Sở Y tế', level: 'province' },
  { code: 'H1', name: 'Huyện Đầm Dơi', level: 'district' },
  { code: 'X1', name: 'Phường Hòa Bình', level: 'commune' },
  { code: 'X2', name: 'Xã Không Có Hồ Sơ', level: 'commune' },
]

/** A small province over two months: units ahead and behind, one without cases, one that the registry does not know. */
export const PROVINCE: Facts = {
  units: UNITS,
  dossiers: [
    ...dossiers('S1', '2024-06', 1180, 1234, 3),
    ...dossiers('S1', '2024-05', 20, 40),
    ...dossiers('S2', '2024-06', 3, 10, 1),
    ...dossiers('H1', '2024-06', 7, 8),
    ...dossiers('X1', '2024-06', 2, 9, 2),
    ...dossiers('LẠ', '2024-06', 0, 2),
  ],
  answers: [5, 4, 4, 2].map((score) => ({ answered_at: '2024-06-12', score, unit_code: 'S1' })),
  targets: [
    { metric: 'online_submission_rate', share: 0.8 },
    { metric: 'late_rate', share: 0.01 },
    { metric: 'satisfaction_rate', share: 0.9 },
    { metric: 'online_submission_rate', share: 0.5, unit: 'Xã Nơi Khác' },
  ],
  without: ['fee', 'payment', 'paid_at', 'is_intake_digitised', 'is_result_digitised', 'is_data_reused', 'is_assisted', 'service_level'],
}

export const provinceReport = (request: Parameters<typeof reportOn>[1] = {}, facts: Facts = PROVINCE): Promise<Report> =>
  reportOn(facts, {
    period: '2024-06',
    by: [['level'], ['unit']],
    compareWith: ['previous'],
    ...request,
  })

export const documentOf = (report: Report, language: Language, office: string | null = 'Tỉnh Cà Mau'): KpiList =>
  makeKpiList(report, definitions, language, office)

/** Columns that a text takes in a terminal: marks take none, East Asian letters and most pictures take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const letter of text) {
    if (/\p{M}|\u200b|\u200d|\ufe0f/u.test(letter)) continue
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(letter) ? 2 : 1
  }
  return width
}

/** A text without colours. */
export const plain = (text: string): string => text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
