-- The store. Facts are kept as versions: load_id brought a row, ended_load_id ended it (null: current; its own load_id: it
-- never was current). The views show what is current; any earlier state is load_id <= N < ended_load_id.

CREATE TYPE dossier_level AS ENUM ('province', 'district', 'commune');
CREATE TYPE dossier_channel AS ENUM ('online', 'in_person', 'postal');
CREATE TYPE dossier_service_level AS ENUM ('full', 'partial', 'information');
CREATE TYPE dossier_payment AS ENUM ('online', 'cash', 'transfer', 'not_online', 'none', 'exempt');
CREATE TYPE dossier_status AS ENUM (
  'new', 'received', 'not_received', 'processing', 'supplement_requested', 'payment_requested', 'withdrawn', 'stopped', 'resolved', 'returned'
);
CREATE TYPE dossier_timeliness AS ENUM ('early', 'on_time', 'late');

CREATE TABLE meta (key VARCHAR, value VARCHAR);

-- One row per load that changed something. facts: the versions it brought; kept_results: rows of dossiers that would
-- have taken a result back, so that it was kept; folded_codes: rows of dossiers whose code was written otherwise than it is kept;
-- unchanged_facts: those in unchanged_fact (null: loaded before this was counted, or of another kind).
CREATE TABLE load (
  load_id INTEGER,
  kind VARCHAR,
  loaded_at TIMESTAMP,
  tool VARCHAR,
  definitions VARCHAR,
  columns VARCHAR[],
  read BIGINT,
  loaded BIGINT,
  unchanged BIGINT,
  superseded BIGINT,
  rejected BIGINT,
  skipped BIGINT,
  facts BIGINT,
  kept_results BIGINT,
  folded_codes BIGINT,
  unchanged_facts BIGINT
);

-- One row per file of a load. sheet: of a workbook. layout_text: the layout as it was then, as JSON (null: none, or loaded before it was kept).
CREATE TABLE load_source (
  load_id INTEGER,
  file VARCHAR,
  sha256 VARCHAR,
  bytes BIGINT,
  encoding VARCHAR,
  delimiter VARCHAR,
  layout VARCHAR,
  personal_columns VARCHAR[],
  ignored_columns VARCHAR[],
  skipped_reasons VARCHAR,
  sheet VARCHAR,
  layout_text VARCHAR
);

-- One row per fact that a load found unchanged, and the version that says the same. It keeps nothing of its own, but when
-- that version is taken back.
CREATE TABLE unchanged_fact (load_id INTEGER, key VARCHAR, said_by INTEGER, is_merged BOOLEAN);

-- One row per rejected input row: the first thing wrong with it.
CREATE TABLE rejected_row (load_id INTEGER, line BIGINT, column_id VARCHAR, header VARCHAR, text VARCHAR, reason VARCHAR);

-- One row per thing an export said about a dossier. is_merged: composed from several exports with different columns.
-- received_month to timeliness follow from the other columns (derived.ts).
CREATE TABLE dossier_version (
  code VARCHAR,
  procedure_code VARCHAR,
  procedure_name VARCHAR,
  field VARCHAR,
  unit_code VARCHAR,
  unit_name VARCHAR,
  level dossier_level,
  channel dossier_channel,
  service_level dossier_service_level,
  submitted_at TIMESTAMP,
  received_at TIMESTAMP,
  due_at TIMESTAMP,
  resolved_at TIMESTAMP,
  returned_at TIMESTAMP,
  supplement_requested_at TIMESTAMP,
  status dossier_status,
  fee BIGINT,
  payment dossier_payment,
  paid_at TIMESTAMP,
  is_intake_digitised BOOLEAN,
  is_result_digitised BOOLEAN,
  is_data_reused BOOLEAN,
  has_apology_letter BOOLEAN,
  is_assisted BOOLEAN,
  is_vertical_sector BOOLEAN,
  submitter VARCHAR,
  updated_at TIMESTAMP,
  received_month USMALLINT,
  closed_month USMALLINT,
  due_month USMALLINT,
  timeliness dossier_timeliness,
  is_merged BOOLEAN,
  load_id INTEGER,
  ended_load_id INTEGER
);

-- One row per answer; key identifies it across files. score is null where it is none: no_answer says why (no_opinion, not_known, not_used, other, empty).
CREATE TABLE survey_answer_version (
  key VARCHAR,
  form VARCHAR,
  answered_at TIMESTAMP,
  unit_code VARCHAR,
  unit_name VARCHAR,
  level dossier_level,
  survey_kind VARCHAR,
  factor VARCHAR,
  item VARCHAR,
  score UTINYINT,
  no_answer VARCHAR,
  load_id INTEGER,
  ended_load_id INTEGER
);

-- One row per unit and validity.
CREATE TABLE unit_version (
  key VARCHAR,
  code VARCHAR,
  name VARCHAR,
  type VARCHAR,
  level VARCHAR,
  parent VARCHAR,
  valid_from DATE,
  valid_to DATE,
  reporting_level VARCHAR,
  is_vertical_sector BOOLEAN,
  load_id INTEGER,
  ended_load_id INTEGER
);

-- One row per unit that went, whole or in part, into another on a day. share: in (0, 1], null where not said; extent: whole, part.
CREATE TABLE unit_change_version (
  key VARCHAR,
  old_code VARCHAR,
  old_name VARCHAR,
  old_level VARCHAR,
  old_parent VARCHAR,
  old_parent_name VARCHAR,
  old_province VARCHAR,
  new_code VARCHAR,
  new_name VARCHAR,
  new_parent VARCHAR,
  level VARCHAR,
  effective_from DATE,
  share DOUBLE,
  extent VARCHAR,
  load_id INTEGER,
  ended_load_id INTEGER
);

-- One row per other name of a unit, as files write it.
CREATE TABLE unit_alias_version (key VARCHAR, name VARCHAR, code VARCHAR, load_id INTEGER, ended_load_id INTEGER);

-- One row per indicator, level, unit, field and period of a summary: counts, a value, or both. measure: percent (value is a fraction), rank
-- (numerator of denominator), places (up or down), null a number; digits: decimals as published; bound: > ≥ < ≤ ≈ before the value; units: under
-- whose units it was counted (current, as-was), null where the summary does not say.
CREATE TABLE reported_indicator_version (
  key VARCHAR,
  indicator VARCHAR,
  level VARCHAR,
  unit VARCHAR,
  field VARCHAR,
  period VARCHAR,
  numerator BIGINT,
  denominator BIGINT,
  value DOUBLE,
  measure VARCHAR,
  digits UTINYINT,
  bound VARCHAR,
  source VARCHAR,
  units VARCHAR,
  load_id INTEGER,
  ended_load_id INTEGER
);

-- One row per metric, level, unit, period and effective date; share is a fraction in [0, 1], operator >=, >, <= or <, null where not said.
CREATE TABLE target_version (
  key VARCHAR,
  metric VARCHAR,
  level VARCHAR,
  unit VARCHAR,
  period VARCHAR,
  share DOUBLE,
  operator VARCHAR,
  effective_from DATE,
  source VARCHAR,
  load_id INTEGER,
  ended_load_id INTEGER
);

CREATE VIEW dossier AS SELECT * EXCLUDE (ended_load_id) FROM dossier_version WHERE ended_load_id IS NULL;
CREATE VIEW survey_answer AS SELECT * EXCLUDE (ended_load_id, no_answer) FROM survey_answer_version WHERE ended_load_id IS NULL AND score IS NOT NULL;
CREATE VIEW survey_no_answer AS SELECT * EXCLUDE (ended_load_id, score) FROM survey_answer_version WHERE ended_load_id IS NULL AND score IS NULL;
CREATE VIEW unit AS SELECT * EXCLUDE (ended_load_id) FROM unit_version WHERE ended_load_id IS NULL;
CREATE VIEW target AS SELECT * EXCLUDE (ended_load_id) FROM target_version WHERE ended_load_id IS NULL;
CREATE VIEW unit_change AS SELECT * EXCLUDE (ended_load_id) FROM unit_change_version WHERE ended_load_id IS NULL;
CREATE VIEW unit_alias AS SELECT * EXCLUDE (ended_load_id) FROM unit_alias_version WHERE ended_load_id IS NULL;
CREATE VIEW reported_indicator AS SELECT * EXCLUDE (ended_load_id) FROM reported_indicator_version WHERE ended_load_id IS NULL;
