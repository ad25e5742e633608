// A card session with everything that addresses name, for tests that are generated from the route table.
#pragma once

#include <map>
#include <string>

#include "demo_site.h"

namespace toimela::program_tests {

/// A published edition of eight cards of Pirkanmaa; its number.
inline std::int64_t exampleEdition(Backstage& backstage) {
  const auto deck = backstage.insert(
      "INSERT INTO trendcards_deck (region, key, licence, created_at, revision) "
      "VALUES ('06', 'testi', 'CC0-1.0', 0, 1) RETURNING id");
  const auto edition = backstage.insert(
      "INSERT INTO trendcards_edition (deck_id, language, is_plain, version, state, title, introduction, "
      "created_at, published_at, revision) VALUES (" + std::to_string(deck) +
      ", 'fi', 0, 1, 'published', 'Testi', '', 0, 0, 1) RETURNING id");
  for (int card = 1; card <= 8; ++card) {
    const std::string number = std::to_string(card);
    backstage.run("INSERT INTO trendcards_card (edition_id, number, trend, theme, title, front, back, sources, "
                  "tags, alternative) VALUES (" + std::to_string(edition) + ", " + number + ", " + number +
                  ", 'tyo', 'Kortti " + number + "', '', '', '', '', '')");
  }
  return edition;
}

/// The values and, over them, those of a session with one idea. It is
/// over: the stream of one that goes on would never end.
inline std::map<std::string, std::string> withCardSession(Backstage& backstage,
                                                          std::map<std::string, std::string> values) {
  const std::string edition = std::to_string(exampleEdition(backstage));
  const std::string session = std::to_string(backstage.insert(
      "INSERT INTO trendcards_session (region, edition_id, exercise, title, question, drawn, dots, groups, ceiling, "
      "minutes, naming, asks_sector, feeds_map, code, phase, participants, created_at, closes_at, ended_at, "
      "revision, is_forgotten, form_key) VALUES ('06', " + edition + ", 'ideas', 'T', '', 3, 3, 0, 100, 10, 'anonymous', 0, 0, "
      "'KX7M4RPQ', 'working', 0, 0, 9000000000000, 1, 1, 1, 'example') RETURNING id"));
  for (int card = 1; card <= 3; ++card)
    backstage.run("INSERT INTO trendcards_session_card (session_id, card_number, position) VALUES (" + session + ", " +
                  std::to_string(card) + ", " + std::to_string(card) + ")");
  values["contribution"] = std::to_string(backstage.insert(
      "INSERT INTO trendcards_contribution (session_id, send_key, kind, group_number, position, text, need, step, "
      "given_at) VALUES (" + session + ", 'example', 'idea', 0, 0, 'I', '', '', 0) RETURNING id"));
  values["session"] = session;
  values["code"] = "KX7M4RPQ";
  return values;
}

}  // namespace toimela::program_tests
