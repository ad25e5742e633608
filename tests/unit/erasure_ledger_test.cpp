// What a restored backup must not bring back.
#include <catch2/catch.hpp>
#include <fstream>

#include "directory/erasure_ledger.h"
#include "directory/personal_data.h"
#include "toimela/directory.h"
#include "scratch_folder.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::directory;
using namespace std::chrono_literals;

TEST_CASE("the ledger tells who was erased since a moment, and nothing else of them") {
  const testing::ScratchFolder folder;
  const auto ledger = erasureLedger(folder.path());
  CHECK(erasedSince(ledger, "2026").empty());
  const Instant early = Instant(1'700'000'000s), late = early + 24h;
  noteErased(ledger, PersonId{7}, early);
  noteErased(ledger, PersonId{8}, late);
  CHECK(erasedSince(ledger, isoText(late)) == std::vector{PersonId{8}});
  CHECK(erasedSince(ledger, isoText(early)) == std::vector{PersonId{7}, PersonId{8}});
  // A line that was cut by a full disk is no person.
  std::ofstream(ledger, std::ios::app) << isoText(late) << " 9x\n" << isoText(late);
  CHECK(erasedSince(ledger, isoText(late)) == std::vector{PersonId{8}});
}

TEST_CASE("who was erased after the backup was made is erased again") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    CoreHost& host = core(site.host("core"));
    const PersonId gone = site.person("Poissa", "Oleva"), here = site.person("Täällä", "Oleva");
    const Instant before = now();
    REQUIRE(erasePerson(host, gone));
    CHECK(erasedSince(erasureLedger(host.dataFolder()), isoText(before)) == std::vector{gone});

    // The backup brings somebody with that number back.
    constexpr Sql kBack{"test.back", "UPDATE core_person SET erased_at = NULL, given_name = 'Poissa'"
                                     " WHERE id = :id"};
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      tx.run(kBack, gone);
      tx.unaudited("as a restored backup would");
    });
    CHECK(eraseAgain(host, isoText(now() + 1h)) == 0);
    CHECK(eraseAgain(host, isoText(before)) == 1);
    const auto name = [&](PersonId id) {
      return host.read([&](ReadTx& tx) {
        const auto person = findPerson(tx, id);
        return person ? person->givenName : std::string();
      });
    };
    CHECK(name(gone) != "Poissa");
    CHECK(name(here) == "Täällä");
  }
}
