// A deck with everything that addresses name, for tests that are generated from the route table.
#pragma once

#include "card_session_examples.h"
#include "demo_site.h"
#include "trendcards_order_examples.h"

namespace toimela::program_tests {

/// The values and, over them, those of a published deck of Pirkanmaa: what would change or remove it is
/// refused, so that it serves every test.
inline std::map<std::string, std::string> withDeck(Backstage& backstage, std::map<std::string, std::string> values) {
  const std::string deck = backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM trendcards_deck");
  backstage.run("UPDATE trendcards_deck SET region = '06' WHERE id = " + deck);
  values["deck"] = deck;
  values["edition"] = backstage.text(
      "SELECT CAST(MIN(id) AS TEXT) FROM trendcards_edition WHERE state = 'published' AND deck_id = " + deck);
  values["card"] = backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM trendcards_card WHERE edition_id = " + values["edition"]);
  values["number"] = "1";
  values["collection"] = "999999";
  values["key"] = "nosuchkey";
  return values;
}

/// The values and, over them, those of a deck, of a session that is over, and of a stock with an order.
inline std::map<std::string, std::string> withCards(Backstage& backstage, std::map<std::string, std::string> values) {
  return withOrder(backstage, withCardSession(backstage, withDeck(backstage, std::move(values))));
}

}  // namespace toimela::program_tests
