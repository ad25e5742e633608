#include "domain/item.h"

#include <catch2/catch.hpp>

using namespace toimela;
using namespace toimela::@name@;

TEST_CASE("an item is current on its last day and no longer after it", "[@name@]") {
  const Date lastDay = Date::parse("2026-03-31").value();
  const Item item{.id = {}, .region = {}, .name = {}, .lastDay = lastDay};
  CHECK(isCurrent(item, lastDay));
  CHECK_FALSE(isCurrent(item, lastDay.plusDays(1)));
}

TEST_CASE("an item without a last day stays current", "[@name@]") {
  const Item item{.id = {}, .region = {}, .name = {}, .lastDay = std::nullopt};
  CHECK(isCurrent(item, Date::parse("2099-12-31").value()));
}
