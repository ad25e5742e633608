#include <catch2/catch.hpp>
#include <map>
#include <tuple>

#include "domain/visibility.h"

using namespace toimela;
using namespace toimela::contacts;

namespace {

const RegionCode kUusimaa = *RegionCode::parse("01"), kPirkanmaa = *RegionCode::parse("06");
constexpr NetworkId kNational{1}, kRegional{2}, kOther{3};
constexpr PersonId kReader{10}, kPerson{20};

Acquaintance somebody() { return {.self = kReader}; }

}  // namespace

TEST_CASE("who sees what of whom: every reader and every level", "[contacts][visibility]") {
  using enum Closeness;
  using enum Level;
  // What is seen of a detail of that level, by the reader's closeness.
  const std::map<std::pair<Level, Closeness>, bool> seen{
      {{everyone, stranger}, true},      {{everyone, fellow}, true},
      {{everyone, coordinator}, true},   {{everyone, self}, true},
      {{network, stranger}, false},      {{network, fellow}, true},
      {{network, coordinator}, true},    {{network, self}, true},
      {{coordinators, stranger}, false}, {{coordinators, fellow}, false},
      {{coordinators, coordinator}, true}, {{coordinators, self}, true},
  };
  REQUIRE(seen.size() == kLevels.size() * 4);
  for (const Level email : kLevels)
    for (const Level phone : kLevels)
      for (const Closeness reader : {stranger, fellow, coordinator, self}) {
        INFO("email " << code(email) << ", phone " << code(phone) << ", reader "
                      << static_cast<int>(reader));
        const Levels levels{email, phone};
        const Shown ofPublic = shownTo(reader, true, levels);
        CHECK(ofPublic.name);
        CHECK(ofPublic.email == seen.at({email, reader}));
        CHECK(ofPublic.phone == seen.at({phone, reader}));
        // Who is no contact person does not exist for a stranger, whatever they show to others.
        const Shown ofOthers = shownTo(reader, false, levels);
        CHECK(ofOthers == (reader == stranger ? Shown{} : ofPublic));
      }
}

TEST_CASE("nobody sees less than one who stands farther away", "[contacts][visibility]") {
  using enum Closeness;
  constexpr std::array kReaders{stranger, fellow, coordinator, self};
  for (const Level level : kLevels)
    for (const bool isPublic : {false, true})
      for (std::size_t i = 1; i < kReaders.size(); ++i) {
        const Shown farther = shownTo(kReaders[i - 1], isPublic, {level, level});
        const Shown nearer = shownTo(kReaders[i], isPublic, {level, level});
        CHECK(farther.name <= nearer.name);
        CHECK(farther.email <= nearer.email);
        CHECK(farther.phone <= nearer.phone);
      }
}

TEST_CASE("without a choice, details are for the members of common networks",
          "[contacts][visibility]") {
  CHECK(shownTo(Closeness::stranger, true, {}) == Shown{true, false, false});
  CHECK(shownTo(Closeness::fellow, true, {}) == Shown{true, true, true});
}

TEST_CASE("nearness comes from networks, regions and office", "[contacts][visibility]") {
  const Attachment national{kNational, {}}, regional{kRegional, kPirkanmaa};
  const auto to = [&](const Acquaintance& reader, std::vector<Attachment> places) {
    return closenessTo(reader, kPerson, places);
  };
  Acquaintance anonymous;
  CHECK(anonymous.isNobody());
  CHECK(to(anonymous, {national, regional}) == Closeness::stranger);
  CHECK(to(somebody(), {national, regional}) == Closeness::stranger);
  CHECK(closenessTo(somebody(), kReader, {}) == Closeness::self);

  Acquaintance fellow = somebody();
  fellow.shared = {kRegional};
  CHECK(to(fellow, {national}) == Closeness::stranger);
  CHECK(to(fellow, {national, regional}) == Closeness::fellow);

  Acquaintance coordinator = somebody();
  coordinator.led = {kNational};
  CHECK(to(coordinator, {national}) == Closeness::coordinator);
  CHECK(to(coordinator, {regional}) == Closeness::stranger);

  Acquaintance regionalAdmin = somebody();
  regionalAdmin.ledRegions = {kPirkanmaa};
  CHECK(to(regionalAdmin, {regional}) == Closeness::coordinator);
  CHECK(to(regionalAdmin, {national}) == Closeness::stranger);
  CHECK(to(regionalAdmin, {{kOther, kUusimaa}}) == Closeness::stranger);

  Acquaintance nationalReader = somebody();
  nationalReader.seesAll = true;
  CHECK(to(nationalReader, {regional}) == Closeness::fellow);
  CHECK(to(nationalReader, {}) == Closeness::stranger);
  nationalReader.leadsAll = true;
  CHECK(to(nationalReader, {regional}) == Closeness::coordinator);
}

TEST_CASE("a place is known in its network only, but for contact persons", "[contacts][visibility]") {
  CHECK(isPlaceShown(Closeness::stranger, false, MemberRole::contactPerson));
  for (const MemberRole role : {MemberRole::deputy, MemberRole::member}) {
    CHECK_FALSE(isPlaceShown(Closeness::stranger, false, role));
    CHECK(isPlaceShown(Closeness::stranger, true, role));
    CHECK(isPlaceShown(Closeness::fellow, false, role));
    CHECK(isPlaceShown(Closeness::coordinator, false, role));
  }
}
