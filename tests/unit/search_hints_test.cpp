#include <catch2/catch.hpp>

#include "search/hints.h"

using namespace toimela::search;

TEST_CASE("words for hints are counted over several threads' documents") {
  Hints one, other;
  for (int i = 0; i < 3; ++i) one.add("verkosto");
  other.add("verkosto");
  other.add("hanke");
  one.take(other);
  CHECK(one.counts().at("verkosto") == 4);
  CHECK(one.counts().at("hanke") == 1);
  CHECK(other.counts().empty());
}

TEST_CASE("of very many different words those that come often are kept, in bounded memory") {
  Hints hints;
  for (std::size_t i = 0; i < Hints::kMost * 2; ++i) {
    if (i % 10 == 0) hints.add("järjestö");
    hints.add("sana" + std::to_string(i));
    if (i % 1'000 == 0) REQUIRE(hints.counts().size() <= Hints::kMost);
  }
  CHECK(hints.counts().at("järjestö") == Hints::kMost / 5);
}
