/**
 * The leanest loading one could write by hand for the benchmark's file: the engine's reader with everything pinned, the same columns
 * typed and normalised, nothing checked, nothing counted, no duplicates removed.
 *
 *   node test/bench/lean.js FILE.csv STORE.duckdb
 */
import { DuckDBInstance } from '@duckdb/node-api'

const [file, store] = process.argv.slice(2)
const instance = await DuckDBInstance.create(store, {
  memory_limit: process.env.CCHC_MEMORY ?? '1200MB',
  storage_compatibility_version: 'latest',
})
const connection = await instance.connect()
const columns = Array.from({ length: 24 }, (_, i) => `c${i}: 'VARCHAR'`).join(', ')
const time = (cell) => `try_strptime(${cell}, '%d/%m/%Y %H:%M:%S')`
const flag = (cell) => `lower(trim(${cell})) IN ('có', 'x', '1')`
const choice = (cell, values) =>
  `CASE lower(trim(${cell})) ${Object.entries(values)
    .flatMap(([value, labels]) => labels.map((label) => `WHEN '${label}' THEN '${value}'`))
    .join(' ')} END`
await connection.run(`
  CREATE TABLE dossier AS
  SELECT c0 AS code, c1 AS procedure_code, c2 AS procedure_name, c3 AS field, c4 AS unit_name,
    ${choice('c5', { province: ['cấp tỉnh'], district: ['cấp huyện'], commune: ['cấp xã', 'xã'] })} AS level,
    ${choice('c10', { online: ['trực tuyến', 'nộp trực tuyến'], in_person: ['trực tiếp'], postal: ['bưu chính công ích'] })} AS channel,
    ${choice('c11', { full: ['toàn trình'], partial: ['một phần'], information: ['cung cấp thông tin'] })} AS service_level,
    ${time('c12')} AS received_at, ${time('c13')} AS due_at, ${time('c14')} AS resolved_at, ${time('c15')} AS returned_at,
    ${choice('c16', {
      processing: ['đang xử lý'],
      supplement_requested: ['chờ bổ sung'],
      not_received: ['từ chối tiếp nhận'],
      withdrawn: ['công dân rút hồ sơ'],
      resolved: ['đã có kết quả', 'hoàn thành'],
      returned: ['đã trả kết quả'],
    })} AS status,
    TRY_CAST(replace(c17, '.', '') AS BIGINT) AS fee,
    ${choice('c18', { online: ['trực tuyến', 'thanh toán trực tuyến'], cash: ['tiền mặt'], transfer: ['chuyển khoản'] })} AS payment,
    ${flag('c19')} AS is_intake_digitised, ${flag('c20')} AS is_result_digitised, ${time('c23')} AS updated_at
  FROM read_csv('${file.replaceAll("'", "''")}', auto_detect = false, header = false, skip = 1, delim = ',', quote = '"', escape = '"', columns = {${columns}})`)
await connection.run('CHECKPOINT')
connection.closeSync()
instance.closeSync()
