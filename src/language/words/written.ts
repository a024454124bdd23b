/** The written report: what stands around the text. The block at its head is that of administrative documents (Nghị định 30/2020/NĐ-CP). */
export const WRITTEN = {
  appendix: { vi: 'Phụ lục', en: 'Appendix' },
  appendix_numbered: { vi: 'Phụ lục {n}', en: 'Appendix {n}' },
  see_appendix: { vi: 'Chi tiết tại {appendix}.', en: 'Details are in {appendix}.' },
  country: { vi: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', en: 'SOCIALIST REPUBLIC OF VIET NAM' },
  motto: { vi: 'Độc lập - Tự do - Hạnh phúc', en: 'Independence - Freedom - Happiness' },
  parent_office: { vi: '[TÊN CƠ QUAN CHỦ QUẢN]', en: '[SUPERIOR AGENCY]' },
  this_office: { vi: '[TÊN CƠ QUAN]', en: '[AGENCY]' },
  document_number: { vi: 'Số: …/BC-…', en: 'No. …/BC-…' },
  place_and_day: { vi: '…, ngày … tháng … năm …', en: '[Place], [date]' },
  attached_to: { vi: '(Kèm theo Báo cáo số …/BC-… ngày … tháng … năm …)', en: '(To report No. …/BC-… of …)' },
  report_title: { vi: 'BÁO CÁO', en: 'REPORT' },
  receivers: { vi: 'Nơi nhận:', en: 'Distribution:' },
  receiver: { vi: '- …;', en: '- …;' },
  kept_by: { vi: '- Lưu: VT, ….', en: '- Archive, ….' },
  signer: { vi: '[CHỨC VỤ CỦA NGƯỜI KÝ]', en: '[TITLE OF THE SIGNATORY]' },
  signature: { vi: '[Chữ ký, họ và tên]', en: '[Signature and name]' },
} as const
