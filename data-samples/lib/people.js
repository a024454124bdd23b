/** People who do not exist: given names that mean "example", telephone numbers that start with 0000. */
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ']
const GIVEN = ['Thí Dụ', 'Ví Dụ', 'Giả Định', 'Minh Hoạ', 'Hư Cấu', 'Tưởng Tượng', 'Làm Mẫu', 'Điền Thử']

const NAMES = FAMILY.flatMap((family) => GIVEN.map((given) => `${family} ${given}`))

export const fictionalName = (random) => random.pick(NAMES)
export const fictionalPhone = (random) => `0000${String(random.integer(0, 999999)).padStart(6, '0')}`
