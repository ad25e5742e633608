CREATE TABLE @name@_item (
  id INTEGER PRIMARY KEY,
  region TEXT NOT NULL,
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  last_day TEXT,
  CHECK (name_fi <> '' OR name_sv <> '' OR name_en <> '')
);
CREATE INDEX @name@_item_region ON @name@_item (region);
