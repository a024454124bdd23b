/**
 * How many rows there are of which something has to be told though they count. `contradiction`: their counts and their value disagree.
 * `shared_codes`: codes of dossiers with rows of different days of receipt, of which one row counts; `shared_code_lines`: their first two lines, of the first codes.
 */
export interface Told {
  contradiction?: number
  shared_codes?: number
  shared_code_lines?: number[][]
}
