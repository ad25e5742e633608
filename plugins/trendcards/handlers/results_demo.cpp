#include "handlers/results_demo.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "handlers/making_demo.h"
#include "handlers/results.h"
#include "store/decks.h"
#include "store/sessions.h"
#include "toimela/secrets.h"

namespace toimela::trendcards::handlers {

namespace {

constexpr std::array kRegions{"06", "01", "02", "11", "19"};
constexpr int kPeople = 24, kCards = 8, kDrawn = 5;

/// Everybody's order is near to what the region thinks, and not the same.
class Opinions {
 public:
  explicit Opinions(unsigned seed) : random_(seed) {}

  double of(int card) { return regional_.try_emplace(card, spread(100)).first->second; }
  std::vector<int> rank(std::vector<int> hand) {
    std::map<int, double> own;
    for (const int card : hand) own[card] = of(card) + spread(45);
    std::ranges::sort(hand, {}, [&](int card) { return own[card]; });
    return hand;
  }
  int onScale(int card) {
    const double value = 1 + of(card) / 100 * (kMostOnScale - 1) + spread(2) - 1;
    return std::clamp(static_cast<int>(value + 0.5), 1, kMostOnScale);
  }
  std::size_t below(std::size_t most) { return random_() % most; }

 private:
  double spread(int width) { return static_cast<double>(random_() % 1000) / 1000 * width; }

  std::mt19937 random_;
  std::map<int, double> regional_;
};

SessionPlan planOf(const Edition& edition, RegionCode region, Exercise exercise, Opinions& opinions) {
  SessionPlan plan;
  plan.region = region;
  plan.edition = edition.id;
  plan.exercise = exercise;
  plan.title = exercise == Exercise::rank ? "Verkoston syystyöpaja" : "Verkoston kevättyöpaja";
  plan.question = "Mikä näistä muuttaa meidän työtämme eniten kolmen vuoden aikana?";
  for (const Card& card : edition.cards) plan.cards.push_back(static_cast<int>(card.number));
  while (plan.cards.size() > kCards)
    plan.cards.erase(plan.cards.begin() + static_cast<std::ptrdiff_t>(opinions.below(plan.cards.size())));
  plan.drawn = kDrawn;
  plan.asksSector = true;
  plan.feedsMap = true;
  return plan;
}

void answer(WriteTx& tx, SessionId session, const SessionPlan& plan, int number, Opinions& opinions) {
  static constexpr std::array kGroups{Sector::association, Sector::municipality, Sector::association, Sector::company};
  store::takeSeat(tx, session);
  const auto participant = store::insertParticipant(tx, session, "demo-" + std::to_string(number),
                                                    {.nickname = {}, .group = 0,
                                                     .sector = kGroups[static_cast<std::size_t>(number) % kGroups.size()]});
  if (plan.exercise == Exercise::impact) {
    for (const int card : plan.cards)
      store::savePlacement(tx, session, {participant, card, opinions.onScale(card), opinions.onScale(card + 1000)});
    return;
  }
  const auto hand = deal(plan.cards, store::dealt(tx, session), plan.drawn,
                         [&](std::size_t most) { return opinions.below(most); });
  store::setHand(tx, session, participant, hand);
  store::saveRanking(tx, session, {participant, opinions.rank(hand)});
}

SessionId hold(WriteTx& tx, const Edition& edition, RegionCode region, Exercise exercise, Opinions& opinions) {
  Session session;
  session.plan = planOf(edition, region, exercise, opinions);
  session.code = JoinCode::of(secrets::random(48)).text();
  session.createdAt = tx.time() - std::chrono::hours(50);
  session.closesAt = tx.time() + std::chrono::hours(24);
  const SessionId id = store::insertSession(tx, session, secrets::random()).value();
  for (int number = 0; number < kPeople; ++number) answer(tx, id, session.plan, number, opinions);
  store::endSession(tx, id);
  return id;
}

/// The region's people hand the result to the archive, where it waits to be looked through.
void keepInArchive(Host& host, SessionId id) {
  auto* archive = host.service<Archive>();
  Reckonings reckonings;
  const auto reckoning = reckonings.of(host, id);
  if (!archive || !host.active("publications", reckoning->session().plan.region)) return;
  const auto by = host.read([](ReadTx& tx) { return demoPerson(tx, kRegionalPerson); });
  handOver(host, by, *archive, view::Outcome(*reckoning), view::Words(Locale::fi, host));
}

}  // namespace

void loadHeldSessions(Host& host, const std::string&) {
  const auto edition = host.read([](ReadTx& tx) -> std::optional<Edition> {
    for (const ListedDeck& listed : store::readableDecks(tx, std::nullopt)) {
      const auto editions = readable(listed.editions);
      const EditionHead* head = suiting(editions, Locale::fi);
      if (head && head->cardCount >= kCards) return store::edition(tx, head->id);
    }
    return std::nullopt;
  });
  if (!edition) return;
  unsigned seed = 20;
  const SessionId last = host.writeAs({}, [&](WriteTx& tx) {
    tx.unaudited("demonstration content");
    for (const char* region : kRegions) {
      Opinions opinions(++seed);
      hold(tx, *edition, RegionCode::parse(region).value(), Exercise::rank, opinions);
    }
    Opinions opinions(++seed);
    return hold(tx, *edition, RegionCode::parse(kRegions.front()).value(), Exercise::impact, opinions);
  });
  countSessions(host, {});
  keepInArchive(host, last);
}

}  // namespace toimela::trendcards::handlers
