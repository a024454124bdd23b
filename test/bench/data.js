/**
 * A large dossier export as a one-stop system would list it, made by SQL: 24 columns, about 440 bytes a row, three levels, received
 * 2023–2025. Every value is a function of the row's number and the seed: the same arguments give the same bytes. 2 % of the rows repeat
 * the code of an earlier row with a newer "Cập nhật lần cuối".
 *
 *   node test/bench/data.js FILE ROWS [FIRST_ROW] [VERSION]     VERSION > 0: the same dossiers, exported that many months later
 */
import { DuckDBInstance } from '@duckdb/node-api'

const list = (texts) => `[${texts.map((text) => `'${text}'`).join(', ')}]`
const pick = (texts, number) => `${list(texts)}[1 + (${number} % ${texts.length})::INT]`
const clock = (time) => `strftime(${time}, '%d/%m/%Y %H:%M:%S')`

function exportSql(rows, first, version) {
  const verbs = ['Cấp mới', 'Cấp lại', 'Gia hạn', 'Điều chỉnh', 'Đăng ký', 'Xác nhận', 'Thẩm định', 'Chứng thực', 'Thu hồi']
  const things = [
    'giấy phép hoạt động',
    'giấy chứng nhận',
    'chứng chỉ hành nghề',
    'quyền sử dụng đất',
    'hồ sơ môi trường',
    'phương án',
    'lý lịch',
  ]
  const fields = ['Đất đai', 'Hộ tịch', 'Xây dựng', 'Đầu tư', 'Y tế', 'Giáo dục', 'Môi trường', 'Lao động', 'Giao thông', 'Chứng thực']
  const departments = ['Tư pháp', 'Xây dựng', 'Tài chính', 'Y tế', 'Nội vụ', 'Nông nghiệp và Môi trường', 'Công Thương']
  return `
WITH numbered AS (
  SELECT i, CASE WHEN i >= 5000 AND hash(i, 11) % 50 = 0 THEN i - 1 - (hash(i, 12) % 4000)::BIGINT ELSE i END AS d
  FROM range(${first}::BIGINT, ${first + rows}::BIGINT) t(i)
), drawn AS (
  SELECT i, d, hash(d, 21) AS a, hash(d, 22) AS b, hash(d, 23) AS c, hash(d, 24) AS e, i <> d AS is_repeat FROM numbered
), placed AS (
  SELECT *, (a % 100)::INT AS la, ((a >> 8) % 2000)::INT AS p, (b % 1000)::INT AS r1, ((b >> 12) % 1000)::INT AS r2,
    ((b >> 24) % 1000)::INT AS r3, ((c >> 40) % 1000)::INT AS r4,
    TIMESTAMP '2023-01-02 07:15:00' + to_days((c % 1090)::INT) + to_seconds(((c >> 12) % 33000)::BIGINT) AS received
  FROM drawn
), timed AS (
  SELECT *, CASE WHEN la < 32 THEN 'p' WHEN la < 46 THEN 'd' ELSE 'c' END AS level,
    date_trunc('day', received) + to_days((2 + r1 % 24)::INT) + INTERVAL 17 HOUR AS due,
    (date_diff('month', TIMESTAMP '2023-01-01', received))::INT AS month,
    r2 < CASE WHEN is_repeat OR ${version} > 0 THEN 985 ELSE 930 END AS is_done
  FROM placed
), finished AS (
  SELECT *, CASE level WHEN 'p' THEN (a >> 40) % 18 WHEN 'd' THEN 100 + (a >> 40) % 11 ELSE 200 + (a >> 40) % 140 END::INT AS unit,
    greatest(received + INTERVAL 20 MINUTE, due + CASE WHEN r3 < 55 THEN to_hours((20 + r4 % 240)::INT) ELSE to_minutes(-((r3 * 31 + r4) % 30000)::INT) END) AS done
  FROM timed
)
SELECT
  '000.' || lpad(unit::VARCHAR, 3, '0') || '.H77-' || strftime(received, '%y%m%d') || '-' || lpad(d::VARCHAR, 8, '0') AS "Mã hồ sơ",
  (1 + p % 2) || '.' || lpad((p * 5 + 1201)::VARCHAR, 6, '0') || '.000.00.00.H77' AS "Mã TTHC",
  ${pick(verbs, 'p')} || ' ' || ${pick(things, 'p')} || CASE WHEN p % 7 = 0 THEN ', cho tổ chức, cá nhân' ELSE ' cho cá nhân' END || ' (số ' || p || ')' AS "Tên TTHC",
  ${pick(fields, 'p')} || CASE WHEN p % 3 = 0 THEN ' và dịch vụ ' || p % 8 ELSE '' END AS "Lĩnh vực",
  CASE level WHEN 'p' THEN 'Sở ' || ${pick(departments, 'unit')} || ' ' || unit WHEN 'd' THEN 'UBND huyện Thử Nghiệm ' || unit - 99 ELSE 'UBND xã Thử Nghiệm ' || unit - 199 END AS "Cơ quan thực hiện",
  CASE level WHEN 'p' THEN ${pick(['Cấp Tỉnh', 'Cấp Tỉnh', 'Cấp Tỉnh', 'cấp tỉnh', 'Cấp tỉnh '], 'r4')} WHEN 'd' THEN ${pick(['Cấp Huyện', 'Cấp Huyện', 'cấp huyện'], 'r4')} ELSE ${pick(['Cấp Xã', 'Cấp Xã', 'Cấp Xã', 'Xã', ' Cấp xã'], 'r4')} END AS "Cấp",
  ${pick(['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Võ', 'Đặng'], 'e')} || ' ' || ${pick(['Thị', 'Văn', 'Minh', 'Ngọc'], '(e >> 4)')} || ' ' || ${pick(['Ví Dụ', 'Thử', 'Mẫu', 'Giả Định', 'Tưởng'], '(e >> 8)')} AS "Người nộp",
  '0000' || lpad(((e >> 12) % 1000000)::VARCHAR, 6, '0') AS "Số điện thoại",
  '000' || lpad(((e >> 20) % 1000000000)::VARCHAR, 9, '0') AS "Số CCCD",
  'Số ' || e % 400 || ', ấp ' || 1 + e % 9 || ', xã Thử Nghiệm ' || 1 + e % 140 AS "Địa chỉ",
  CASE WHEN r1 < 400 + month * 14 THEN ${pick(['Trực tuyến', 'Trực tuyến', 'Trực tuyến', 'Nộp trực tuyến', 'trực tuyến '], 'r4')} WHEN r1 < 940 THEN ${pick(['Trực tiếp', 'Trực tiếp', 'trực tiếp'], 'r4')} WHEN r1 < 985 THEN 'Bưu chính công ích' END AS "Hình thức nộp",
  ${pick(['Toàn trình', 'Một phần', 'Toàn trình', 'Cung cấp thông tin'], 'p')} AS "Mức độ DVC",
  ${clock('received')} AS "Ngày tiếp nhận",
  CASE WHEN r4 > 6 THEN ${clock('due')} END AS "Ngày hẹn trả",
  CASE WHEN is_done THEN ${clock('done')} END AS "Ngày có kết quả",
  CASE WHEN is_done AND r4 % 8 > 0 THEN ${clock('done + to_minutes((r4 * 2)::INT)')} END AS "Ngày trả kết quả",
  CASE WHEN NOT is_done THEN ${pick(['Đang xử lý', 'Đang xử lý', 'Chờ bổ sung', 'Từ chối tiếp nhận', 'Công dân rút hồ sơ'], 'r4')} WHEN r4 % 8 > 0 THEN 'Đã trả kết quả' ELSE ${pick(['Đã có kết quả', 'Hoàn thành'], 'r3')} END AS "Trạng thái",
  CASE p % 5 WHEN 0 THEN (15 + p % 300) || '.000' WHEN 1 THEN '1.' || lpad((p % 800)::VARCHAR, 3, '0') || '.000' ELSE '0' END AS "Lệ phí",
  CASE WHEN p % 5 > 1 THEN NULL WHEN r3 < 280 + month * 15 THEN ${pick(['Trực tuyến', 'Trực tuyến', 'Thanh toán trực tuyến'], 'r4')} WHEN r3 < 930 THEN 'Tiền mặt' ELSE 'Chuyển khoản' END AS "Hình thức thanh toán",
  CASE WHEN (r2 * 3 + unit) % 100 < 72 THEN ${pick(['Có', 'x', '1', 'có'], 'r4')} ELSE ${pick(['Không', '0', ''], 'r4')} END AS "Số hoá thành phần hồ sơ",
  CASE WHEN is_done AND (r1 * 7 + unit) % 100 < 66 THEN ${pick(['Có', 'x', '1', 'có'], 'r4')} ELSE ${pick(['Không', '0', ''], 'r4')} END AS "Số hoá kết quả",
  CASE WHEN e % 13 = 0 THEN 'Nộp kèm "bản chính", ' || ${pick(['đã đối chiếu', 'chờ đối chiếu'], '(e >> 3)')} END AS "Ghi chú",
  'Hệ thống một cửa số ' || 1 + unit % 3 AS "Nguồn",
  ${clock(`received + to_days((CASE WHEN is_repeat THEN 9 ELSE 1 END + ${version} * 30)::INT) + to_seconds((i % 80000)::BIGINT)`)} AS "Cập nhật lần cuối"
FROM finished ORDER BY i`
}

const [file, rows, first = '0', version = '0'] = process.argv.slice(2)
const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB' })
const connection = await instance.connect()
await connection.run(
  `COPY (${exportSql(Number(rows), Number(first), Number(version))}) TO '${file.replaceAll("'", "''")}' (FORMAT csv, HEADER)`,
)
