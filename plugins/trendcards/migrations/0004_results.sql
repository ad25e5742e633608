-- What is done with the result of a card session, and the batches of the needs map.

CREATE TABLE trendcards_result (
  session_id BIGINT PRIMARY KEY REFERENCES trendcards_session (id),
  -- In the address by which participants see the result; unset: it is not shared.
  share_key TEXT UNIQUE,
  -- An event of another plugin that has the result among its materials, and the draft in the archive.
  event_key BIGINT,
  deposit_path TEXT,
  -- When its answers went to the needs map, and when they were taken out of it for good.
  counted_at BIGINT,
  withdrawn_at BIGINT
);
CREATE INDEX trendcards_result_counted ON trendcards_result (counted_at);

-- Counted together for good: at least five people (domain/needs.h).
CREATE TABLE trendcards_need_batch (
  id ${ID},
  deck_id BIGINT NOT NULL REFERENCES trendcards_deck (id),
  trend BIGINT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  sector TEXT,
  people BIGINT NOT NULL CHECK (people >= 5),
  points BIGINT NOT NULL,
  counted_at BIGINT NOT NULL
);
CREATE INDEX trendcards_need_batch_deck ON trendcards_need_batch (deck_id, trend, region);

-- What one session says of a trend. Without a batch it waits for others, unless it was dropped.
CREATE TABLE trendcards_need_part (
  id ${ID},
  session_id BIGINT NOT NULL REFERENCES trendcards_session (id),
  deck_id BIGINT NOT NULL REFERENCES trendcards_deck (id),
  trend BIGINT NOT NULL,
  region TEXT NOT NULL REFERENCES core_region (code),
  sector TEXT,
  people BIGINT NOT NULL CHECK (people >= 1),
  points BIGINT NOT NULL,
  batch_id BIGINT REFERENCES trendcards_need_batch (id),
  is_dropped INTEGER NOT NULL CHECK (is_dropped IN (0, 1))
);
CREATE INDEX trendcards_need_part_waiting ON trendcards_need_part (deck_id, region, trend, batch_id);
CREATE INDEX trendcards_need_part_session ON trendcards_need_part (session_id);
CREATE INDEX trendcards_need_part_batch ON trendcards_need_part (batch_id);

-- One row: whoever counts, or takes out what was counted, waits here for the other.
CREATE TABLE trendcards_need_turn (
  id BIGINT PRIMARY KEY,
  turn BIGINT NOT NULL
);
INSERT INTO trendcards_need_turn (id, turn) VALUES (1, 0);
