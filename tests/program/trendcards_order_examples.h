// A stock of printed decks and an order to it, for tests that are generated from the route table.
#pragma once

#include <atomic>

#include "demo_site.h"

namespace toimela::program_tests {

/// The values and, over them, those of a stock of Pirkanmaa with an order that waits.
inline std::map<std::string, std::string> withOrder(Backstage& backstage, std::map<std::string, std::string> values) {
  static std::atomic<int> count{0};
  values["stock"] = std::to_string(backstage.insert(
      "INSERT INTO trendcards_stock (edition_id, region, left_count, ceiling, note, revision) "
      "SELECT MIN(id), '06', 1000, 5, '', 1 FROM trendcards_edition WHERE state = 'published' RETURNING id"));
  values["order"] = std::to_string(backstage.insert(
      "INSERT INTO trendcards_order (stock_id, form_key, state, count, organisation_name, sector, region, name, email, "
      "address, wish, locale, access_nonce, reason, created_at, revision) VALUES (" + values["stock"] + ", 'example" +
      std::to_string(++count) + "', 'received', 1, 'O', 'other', '06', 'N', 'n@test.example', 'A', '', 'fi', 'x', '', 0, 1) "
      "RETURNING id"));
  return values;
}

}  // namespace toimela::program_tests
