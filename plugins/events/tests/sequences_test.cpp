// Random sequences of everything that can happen to places, against a model so simple that it can be
// seen to be right: it keeps nothing but people and counts them anew every time.
#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <sstream>

#include "gathering.h"

using namespace toimela;
using namespace toimela::events;

namespace {

struct Model {
  struct Who {
    ParticipantId id;
    RegistrationId registration;
    bool isTogether;
    std::vector<std::int64_t> workshops;
    PlaceState state;
  };

  std::int64_t capacity;
  std::map<std::int64_t, std::int64_t> workshops;  ///< id → places
  bool offers;
  std::vector<Who> list;  ///< in the order of the list

  std::int64_t inEvent() const {
    return std::ranges::count_if(list, [](const Who& who) { return holdsPlace(who.state); });
  }
  std::int64_t inWorkshop(std::int64_t id) const {
    return std::ranges::count_if(list, [&](const Who& who) {
      return holdsPlace(who.state) && std::ranges::find(who.workshops, id) != who.workshops.end();
    });
  }
  bool isOver() const {
    if (inEvent() > capacity) return true;
    return std::ranges::any_of(workshops, [&](const auto& w) { return inWorkshop(w.first) > w.second; });
  }
  Who& of(ParticipantId id) {
    return *std::ranges::find_if(list, [&](const Who& who) { return who.id == id; });
  }

  /// Puts whole groups, or single ones, where they fit: tries, and takes it back when it is too much.
  void settle(PlaceState to) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].state != PlaceState::waiting) continue;
      // The rest of a group that was tried with its first.
      if (list[i].isTogether && std::any_of(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), [&](const Who& who) {
            return who.registration == list[i].registration && who.state == PlaceState::waiting;
          }))
        continue;
      std::vector<Who*> group{&list[i]};
      if (list[i].isTogether)
        for (std::size_t k = i + 1; k < list.size(); ++k)
          if (list[k].registration == list[i].registration && list[k].state == PlaceState::waiting)
            group.push_back(&list[k]);
      for (Who* who : group) who->state = to;
      if (isOver())
        for (Who* who : group) who->state = PlaceState::waiting;
    }
  }
  PlaceState promoted() const { return offers ? PlaceState::offered : PlaceState::confirmed; }
};

class Story {
 public:
  Story(const testing::FreshDatabase& database, bool offers, unsigned seed)
      : g_(database), random_(seed) {
    Event example = exampleEvent(6);
    if (offers) example.places.offerHours = 24;
    event_ = g_.addEvent(example);
    model_ = {6, {}, offers, {}};
    for (const int places : {2, 3}) {
      const auto id = g_.addWorkshop(event_, places, static_cast<int>(model_.workshops.size()) * 2);
      model_.workshops[id.value] = places;
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      const std::string what = next();
      INFO("step " << step << ": " << what);
      compare();
    }
  }

 private:
  int pick(std::size_t most) { return static_cast<int>(random_() % most); }

  std::string next() {
    switch (pick(9)) {
      case 0:
      case 1:
      case 2: return join();
      case 3:
      case 4: return cancel();
      case 5: return resizeEvent();
      case 6: return resizeWorkshop();
      case 7: return model_.offers ? answerOffer() : cancel();
      default: return pick(2) ? reorder() : move();
    }
  }

  std::string join() {
    const int size = 1 + pick(3);
    std::vector<SessionId> sessions;
    for (const auto& [id, places] : model_.workshops)
      if (pick(3) == 0) sessions.push_back({id});
    Registration wish = g_.registration(size, sessions);
    wish.mode = pick(2) ? GroupMode::together : GroupMode::each;
    const auto made = std::get<operations::Registered>(g_.submit(event_, wish)).registration;
    std::vector<std::int64_t> workshops;
    for (const auto id : sessions) workshops.push_back(id.value);
    for (const Participant& p : made.participants)
      model_.list.push_back({p.id, made.id, wish.mode == GroupMode::together, workshops, PlaceState::waiting});
    // Who comes while there is room has a place at once, also where others are asked first.
    model_.settle(PlaceState::confirmed);
    return "join " + std::to_string(size);
  }

  std::optional<ParticipantId> anyone(std::initializer_list<PlaceState> states) {
    std::vector<ParticipantId> found;
    for (const auto& who : model_.list)
      if (std::ranges::find(states, who.state) != states.end()) found.push_back(who.id);
    if (found.empty()) return std::nullopt;
    return found[static_cast<std::size_t>(pick(found.size()))];
  }

  std::string cancel() {
    const auto who = anyone({PlaceState::confirmed, PlaceState::waiting, PlaceState::offered});
    if (!who) return "nobody to cancel";
    g_.operate([&](WriteTx& tx) { return operations::cancel(tx, event_, std::span(&*who, 1), operations::By::participant); });
    model_.of(*who).state = PlaceState::cancelled;
    model_.settle(model_.promoted());
    return "cancel " + who->text();
  }

  std::string resizeEvent() {
    const std::int64_t to = pick(14);
    const auto problem = g_.operate([&](WriteTx& tx) { return operations::resize(tx, event_, std::optional(to)); });
    CHECK(problem.has_value() == (to < model_.inEvent()));
    if (!problem) {
      model_.capacity = to;
      model_.settle(model_.promoted());
    }
    return "event of " + std::to_string(to);
  }

  std::string resizeWorkshop() {
    auto which = model_.workshops.begin();
    std::advance(which, pick(model_.workshops.size()));
    const std::int64_t to = pick(6);
    const auto problem = g_.operate(
        [&](WriteTx& tx) { return operations::resize(tx, event_, SessionId{which->first}, std::optional(to)); });
    CHECK(problem.has_value() == (to < model_.inWorkshop(which->first)));
    if (!problem) {
      which->second = to;
      model_.settle(model_.promoted());
    }
    return "workshop of " + std::to_string(to);
  }

  std::string answerOffer() {
    const auto who = anyone({PlaceState::offered});
    if (!who) return "no offer";
    const int answer = pick(3);
    if (answer == 0) {
      CHECK_FALSE(g_.operate([&](WriteTx& tx) { return operations::acceptOffer(tx, event_, *who); }));
      model_.of(*who).state = PlaceState::confirmed;
      return "accept";
    }
    if (answer == 1) {
      CHECK_FALSE(g_.operate([&](WriteTx& tx) { return operations::declineOffer(tx, event_, *who); }));
      model_.of(*who).state = PlaceState::cancelled;
    } else {
      g_.change([&](WriteTx& tx) {
        store::setState(tx, std::span(&*who, 1), PlaceState::offered, tx.time() - std::chrono::hours(1));
        return 0;
      });
      CHECK(g_.operate([&](WriteTx& tx) { return operations::lapse(tx, event_); }) == 1);
      model_.of(*who).state = PlaceState::lapsed;
    }
    model_.settle(model_.promoted());
    return answer == 1 ? "decline" : "lapse";
  }

  std::string reorder() {
    std::vector<RegistrationId> waiting;
    for (const auto& who : model_.list)
      if (who.state == PlaceState::waiting && std::ranges::find(waiting, who.registration) == waiting.end())
        waiting.push_back(who.registration);
    if (waiting.size() < 2) return "nothing to reorder";
    const auto moved = waiting[static_cast<std::size_t>(pick(waiting.size()))];
    std::erase(waiting, moved);
    const auto before = waiting[static_cast<std::size_t>(pick(waiting.size()))];
    CHECK_FALSE(g_.operate([&](WriteTx& tx) { return operations::moveInList(tx, event_, moved, before, "Sovittu"); }));
    // Those who wait change places among themselves; registrations stand together then.
    waiting.insert(std::ranges::find(waiting, before), moved);
    std::vector<Model::Who> dealt;
    for (const auto registration : waiting)
      for (const auto& who : model_.list)
        if (who.registration == registration && who.state == PlaceState::waiting) dealt.push_back(who);
    auto next = dealt.begin();
    for (auto& who : model_.list)
      if (who.state == PlaceState::waiting) who = *next++;
    model_.settle(model_.promoted());
    return "reorder";
  }

  std::string move() {
    const auto who = anyone({PlaceState::confirmed, PlaceState::waiting});
    if (!who) return "nobody to move";
    std::vector<SessionId> sessions;
    for (const auto& [id, places] : model_.workshops)
      if (pick(2)) sessions.push_back({id});
    const auto problem = g_.operate(
        [&](WriteTx& tx) { return operations::moveTo(tx, event_, *who, sessions, operations::By::organiser, "Toive"); });
    Model::Who& one = model_.of(*who);
    const auto before = one.workshops;
    one.workshops.clear();
    for (const auto id : sessions) one.workshops.push_back(id.value);
    const bool isTooMuch = model_.isOver();
    CHECK(problem.has_value() == isTooMuch);
    if (isTooMuch) one.workshops = before;
    else model_.settle(model_.promoted());
    return "move";
  }

  void compare() {
    REQUIRE_FALSE(model_.isOver());
    g_.host().read([&](ReadTx& tx) {
      const auto rows = store::participantsOf(tx, event_, std::nullopt, "", 10'000, 0);
      std::ostringstream is, should;
      for (const auto& row : rows) is << row.participant.id.value << ' ' << code(row.participant.state) << '\n';
      for (const auto& who : model_.list) should << who.id.value << ' ' << code(who.state) << '\n';
      REQUIRE(is.str() == should.str());
      const Places places = store::loadPlaces(tx, event_);
      REQUIRE(places.find({})->taken == model_.inEvent());
      for (const auto& [id, capacity] : model_.workshops)
        REQUIRE(places.find({PoolKey::Kind::session, id})->taken == model_.inWorkshop(id));
      return 0;
    });
  }

  Gathering g_;
  std::mt19937 random_;
  EventId event_;
  Model model_;
};

}  // namespace

TEST_CASE("whatever happens in whatever order, places are where a simple count says", "[events][store][slow]") {
  for (const auto& database : testing::databases())
    for (const bool offers : {false, true}) {
      DYNAMIC_SECTION(database.name << (offers ? " with offers" : "")) {
        Story(database, offers, offers ? 7u : 11u).run(250);
      }
    }
}
