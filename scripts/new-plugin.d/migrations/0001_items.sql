-- The last day is an ISO date in Finland's calendar; without one an item does not end.

CREATE TABLE @name@_item (
  id ${ID},
  region TEXT NOT NULL REFERENCES core_region (code),
  name_fi TEXT NOT NULL,
  name_sv TEXT NOT NULL,
  name_en TEXT NOT NULL,
  last_day TEXT,
  CHECK (name_fi <> '' OR name_sv <> '' OR name_en <> '')
);
CREATE INDEX @name@_item_region ON @name@_item (region, id);
