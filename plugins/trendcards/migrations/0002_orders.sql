-- Printed decks: who holds how many, and who has ordered them. Moments are milliseconds since 1970 in UTC.

CREATE TABLE trendcards_stock (
  id ${ID},
  edition_id BIGINT NOT NULL REFERENCES trendcards_edition (id),
  -- Who holds them and sends them; nothing: the nation.
  region TEXT REFERENCES core_region (code),
  -- What is left. Orders take from it; the database itself keeps it from being sold twice.
  left_count BIGINT NOT NULL CHECK (left_count >= 0),
  ceiling BIGINT NOT NULL CHECK (ceiling > 0),
  note TEXT NOT NULL,
  -- Who is told of orders.
  contact_id BIGINT REFERENCES core_person (id),
  revision BIGINT NOT NULL
);
CREATE INDEX trendcards_stock_edition ON trendcards_stock (edition_id);

CREATE TABLE trendcards_order (
  id ${ID},
  stock_id BIGINT NOT NULL REFERENCES trendcards_stock (id),
  -- A form that is sent twice orders once.
  form_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN
    ('unconfirmed', 'received', 'accepted', 'sent', 'declined', 'cancelled', 'lapsed')),
  count BIGINT NOT NULL CHECK (count > 0),
  organisation_id BIGINT REFERENCES core_organisation (id),
  organisation_name TEXT NOT NULL,
  sector TEXT NOT NULL,
  -- Where the decks went.
  region TEXT NOT NULL REFERENCES core_region (code),
  person_id BIGINT REFERENCES core_person (id),
  -- Empty once the address is forgotten.
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  wish TEXT NOT NULL,
  locale TEXT NOT NULL,
  -- In the private link; a new one makes an old link dead.
  access_nonce TEXT NOT NULL,
  reason TEXT NOT NULL,
  confirm_by BIGINT,
  created_at BIGINT NOT NULL,
  -- When it was sent, declined, cancelled or lapsed.
  ended_at BIGINT,
  forgotten_at BIGINT,
  revision BIGINT NOT NULL
);
CREATE INDEX trendcards_order_stock ON trendcards_order (stock_id, id);
CREATE INDEX trendcards_order_person ON trendcards_order (person_id, id);
CREATE INDEX trendcards_order_organisation ON trendcards_order (organisation_id, id);
CREATE INDEX trendcards_order_confirm ON trendcards_order (confirm_by) WHERE confirm_by IS NOT NULL;
CREATE INDEX trendcards_order_ended ON trendcards_order (ended_at) WHERE forgotten_at IS NULL;
