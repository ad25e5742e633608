// What the needs map tells, and what nobody can find out from it.
#include "domain/needs.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace toimela;
using namespace toimela::trendcards;

namespace {

NeedPart part(int session, std::optional<Sector> sector, int people) {
  return {.session = {session}, .trend = 1, .sector = sector, .people = people, .points = people * 500};
}
constexpr Sector kAssociation = Sector::association, kMunicipality = Sector::municipality,
                 kCompany = Sector::company;

/// People of one session by sector, and how they are published one session after the other.
using Person = std::pair<int, std::string>;  // session, and who
using Crowd = std::set<Person>;

struct Room {
  int session;
  std::map<std::optional<Sector>, int> people;

  Crowd of(std::optional<Sector> sector) const {
    Crowd crowd;
    const std::string mark = sector ? std::string(code(*sector)) : "unsaid";
    for (int i = 0; i < people.at(sector); ++i) crowd.insert({session, mark + std::to_string(i)});
    return crowd;
  }
  Crowd all() const {
    Crowd crowd;
    for (const auto& [sector, count] : people) crowd.merge(of(sector));
    return crowd;
  }
};

std::vector<Room> someRooms(std::mt19937& random) {
  std::vector<Room> rooms;
  const int count = 2 + static_cast<int>(random() % 6);
  for (int session = 1; session <= count; ++session) {
    Room room{session, {}};
    for (const std::optional<Sector> sector :
         {std::optional(kAssociation), std::optional(kMunicipality), std::optional(kCompany), std::optional<Sector>()})
      room.people[sector] = static_cast<int>(random() % 8);
    rooms.push_back(room);
  }
  return rooms;
}

/// Every figure that somebody sees who opens every filter after each session: who stands behind it.
using Figures = std::vector<Crowd>;

Figures publishedInBatches(const std::vector<Room>& rooms) {
  std::vector<NeedPart> waiting;
  std::vector<std::pair<std::optional<Sector>, Crowd>> batches;
  Figures figures;
  const auto roomOf = [&](const NeedPart& part) {
    return *std::ranges::find(rooms, static_cast<int>(part.session.value), &Room::session);
  };
  for (const Room& room : rooms) {
    for (const auto& [sector, people] : room.people)
      if (people > 0) waiting.push_back(part(room.session, sector, people));
    for (const NeedBatch& batch : batchesOf(waiting)) {
      Crowd crowd;
      for (const NeedPart& each : batch.parts) {
        crowd.merge(roomOf(each).of(each.sector));
        std::erase(waiting, each);
      }
      batches.emplace_back(batch.sector, crowd);
    }
    Crowd all;
    std::map<Sector, Crowd> bySector;
    for (const auto& [sector, crowd] : batches) {
      all.insert(crowd.begin(), crowd.end());
      if (sector) bySector[*sector].insert(crowd.begin(), crowd.end());
    }
    figures.push_back(all);
    for (const auto& [sector, crowd] : bySector) figures.push_back(crowd);
  }
  return figures;
}

/// As it is often done: every cell of at least five people, whatever stands in the others.
Figures publishedCellByCell(const std::vector<Room>& rooms) {
  Crowd all;
  std::map<std::optional<Sector>, Crowd> bySector;
  Figures figures;
  const auto show = [&](const Crowd& crowd) {
    if (crowd.size() >= static_cast<std::size_t>(kFewestInCell)) figures.push_back(crowd);
  };
  for (const Room& room : rooms) {
    for (const auto& [sector, people] : room.people) {
      const Crowd crowd = room.of(sector);
      all.insert(crowd.begin(), crowd.end());
      bySector[sector].insert(crowd.begin(), crowd.end());
    }
    show(all);
    for (const auto& [sector, crowd] : bySector)
      if (sector) show(crowd);
  }
  return figures;
}

bool isExposed(const Crowd& whole, const Crowd& part) {
  if (!std::ranges::includes(whole, part)) return false;
  const auto rest = whole.size() - part.size();
  return rest > 0 && rest < static_cast<std::size_t>(kFewestInCell);
}

/// How many groups of fewer than five an attacker finds who subtracts any two figures from each other, and
/// the whole result of any one session (its readers know it) from any figure.
int exposures(const Figures& figures, const std::vector<Room>& rooms) {
  int found = 0;
  for (const Crowd& one : figures) {
    if (!one.empty() && one.size() < static_cast<std::size_t>(kFewestInCell)) ++found;
    for (const Crowd& other : figures)
      if (isExposed(one, other)) ++found;
    for (const Room& room : rooms)
      if (isExposed(one, room.all()) || (!one.empty() && isExposed(room.all(), one))) ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("no difference of filters, days or known sessions tells of fewer than five people", "[trendcards][needs]") {
  std::mt19937 random(5);
  int cellByCell = 0;
  std::size_t published = 0;
  for (int round = 0; round < 400; ++round) {
    const auto rooms = someRooms(random);
    const Figures figures = publishedInBatches(rooms);
    CHECK(exposures(figures, rooms) == 0);
    published += static_cast<std::size_t>(std::ranges::count_if(figures, [](const Crowd& each) { return !each.empty(); }));
    cellByCell += exposures(publishedCellByCell(rooms), rooms);
  }
  // The same attack succeeds where only small cells are hidden, and the map is not empty.
  CHECK(cellByCell > 100);
  CHECK(published > 1000);
}

TEST_CASE("a session of five or more is counted at once, a smaller one waits for others", "[trendcards][needs]") {
  REQUIRE(batchesOf({part(1, {}, 5)}).size() == 1);
  CHECK(batchesOf({part(1, {}, 5)}).front().people() == 5);
  CHECK(batchesOf({part(1, {}, 4)}).empty());
  // Somebody of the one session would know the other one's four.
  CHECK(batchesOf({part(1, {}, 4), part(2, {}, 4)}).empty());
  const auto three = batchesOf({part(1, {}, 4), part(2, {}, 4), part(3, {}, 4)});
  REQUIRE(three.size() == 1);
  CHECK(three.front().people() == 12);
  CHECK(three.front().points() == 6000);
}

TEST_CASE("a sector stands by itself where nobody is known by what is left", "[trendcards][needs]") {
  // Two of a company would be known from the session's own result and the associations' figure.
  const auto together = batchesOf({part(1, kAssociation, 6), part(1, kCompany, 2)});
  REQUIRE(together.size() == 1);
  CHECK_FALSE(together.front().sector);
  CHECK(together.front().people() == 8);

  const auto apart = batchesOf({part(1, kAssociation, 6), part(1, kMunicipality, 5)});
  REQUIRE(apart.size() == 2);
  CHECK(apart[0].sector == kAssociation);
  CHECK(apart[1].sector == kMunicipality);

  const auto overSessions = batchesOf({part(1, kAssociation, 3), part(2, kAssociation, 3), part(3, kAssociation, 3)});
  REQUIRE(overSessions.size() == 1);
  CHECK(overSessions.front().sector == kAssociation);
}

TEST_CASE("what nobody said counts nowhere", "[trendcards][needs]") {
  CHECK(batchesOf({}).empty());
  CHECK(Need{}.weight() == 0);
}

TEST_CASE("parts of a session are summed by trend and sector, a single ranked card says nothing", "[trendcards][needs]") {
  SessionAnswers answers;
  answers.session.id = {7};
  answers.participants = {{.id = {1}, .sector = kAssociation}, {.id = {2}, .sector = kAssociation},
                          {.id = {3}}, {.id = {4}}};
  answers.rankings = {{{1}, {10, 11, 12}}, {{2}, {11, 10, 13}}, {{3}, {12, 10}}, {{4}, {10}}};
  // The trend of a card is its number and 100 more; 13 is no card of the deck any more.
  auto parts = needParts(answers, [](int card) {
    return card == 13 ? std::nullopt : std::optional<std::int64_t>(100 + card);
  });
  const auto find = [&](std::int64_t trend, std::optional<Sector> sector) {
    const auto found = std::ranges::find_if(
        parts, [&](const NeedPart& each) { return each.trend == trend && each.sector == sector; });
    return found == parts.end() ? NeedPart{} : *found;
  };
  CHECK(find(110, kAssociation).people == 2);
  CHECK(find(110, kAssociation).points == 1500);  // first of three, and the middle of three
  CHECK(find(110, std::nullopt).people == 1);     // last of two; the one who ranked it alone is not there
  CHECK(find(110, std::nullopt).points == 0);
  CHECK(find(112, std::nullopt).points == 1000);
  CHECK(find(113, kAssociation).people == 0);
  CHECK(find(110, kAssociation).session == SessionId{7});
  const Need need{.trend = 110, .people = 2, .points = 1500};
  CHECK(need.weight() == Approx(75));
}
