-- What goes with an event: a picture, materials, others who organise it too, a series of events, and
-- who of a network was invited.

-- Copies of an event share the file of its picture.
CREATE TABLE events_picture (
  event_id BIGINT PRIMARY KEY REFERENCES events_event (id),
  file_id BIGINT NOT NULL REFERENCES core_file (id),
  alternative_fi TEXT NOT NULL,
  alternative_sv TEXT NOT NULL,
  alternative_en TEXT NOT NULL
);
CREATE INDEX events_picture_file ON events_picture (file_id);

-- A link or a file, of the whole event or of one session.
CREATE TABLE events_material (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  session_id BIGINT REFERENCES events_session (id),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL,
  link TEXT,
  file_id BIGINT REFERENCES core_file (id),
  audience TEXT NOT NULL CHECK (audience IN ('everyone', 'participants')),
  added_at BIGINT NOT NULL,
  CHECK ((link IS NULL AND file_id IS NOT NULL) OR (link IS NOT NULL AND file_id IS NULL))
);
CREATE INDEX events_material_event ON events_material (event_id, id);
CREATE INDEX events_material_session ON events_material (session_id);
CREATE INDEX events_material_file ON events_material (file_id);

-- Up to which material a participant has been written to.
CREATE TABLE events_material_told (
  participant_id BIGINT PRIMARY KEY REFERENCES events_participant (id),
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  material_id BIGINT NOT NULL
);
CREATE INDEX events_material_told_event ON events_material_told (event_id);

-- Events that belong together: a tour through the regions, four meetings a year.
CREATE TABLE events_series (
  id ${ID},
  region TEXT REFERENCES core_region (code),
  title_fi TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  title_en TEXT NOT NULL
);
CREATE TABLE events_series_event (
  event_id BIGINT PRIMARY KEY REFERENCES events_event (id),
  series_id BIGINT NOT NULL REFERENCES events_series (id)
);
CREATE INDEX events_series_event_series ON events_series_event (series_id, event_id);

-- Who organises an event beside the one it belongs to.
CREATE TABLE events_co_region (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  region TEXT NOT NULL REFERENCES core_region (code),
  PRIMARY KEY (event_id, region)
);
CREATE INDEX events_co_region_region ON events_co_region (region, event_id);
CREATE TABLE events_co_organisation (
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  organisation_id BIGINT NOT NULL REFERENCES core_organisation (id),
  PRIMARY KEY (event_id, organisation_id)
);
CREATE INDEX events_co_organisation_organisation ON events_co_organisation (organisation_id, event_id);

-- Members of an event's network who were invited, each once.
CREATE TABLE events_invitation (
  id ${ID},
  event_id BIGINT NOT NULL REFERENCES events_event (id),
  person_id BIGINT NOT NULL REFERENCES core_person (id),
  invited_at BIGINT NOT NULL,
  UNIQUE (event_id, person_id)
);
CREATE INDEX events_invitation_person ON events_invitation (person_id);
