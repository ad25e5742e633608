-- Roles that are of no use to anybody who has not set up a second factor.
CREATE TABLE core_role_second_factor (
  role TEXT PRIMARY KEY,
  since BIGINT NOT NULL
);
