#include "handlers/session_demo.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "operations/workshops.h"
#include "store/decks.h"
#include "store/sessions.h"
#include "toimela/directory.h"
#include "toimela/guests.h"
#include "toimela/secrets.h"

namespace toimela::trendcards::handlers {

namespace {

using Json = nlohmann::json;
using Random = std::mt19937;

/// Of the first deck that has one in the language.
std::optional<Edition> publishedEdition(ReadTx& tx, Language language) {
  for (const ListedDeck& deck : store::readableDecks(tx, std::nullopt))
    for (const EditionHead& head : deck.editions)
      if (head.isPublished() && head.language == language) return store::edition(tx, head.id);
  return std::nullopt;
}

Session sessionOf(const Json& described, const Edition& edition) {
  Session session;
  session.plan.region = RegionCode::parse(described.at("region").get<std::string>()).value();
  session.plan.edition = edition.id;
  session.plan.exercise = kExercises.parse(described.at("exercise").get<std::string>()).value();
  session.plan.title = described.at("title");
  session.plan.question = described.at("question");
  for (const Card& card : edition.cards) session.plan.cards.push_back(static_cast<int>(card.number));
  session.plan.groups = described.value("groups", 0);
  session.plan.ceiling = 60;
  session.plan.asksSector = true;
  session.plan.feedsMap = true;
  session.code = JoinCode::of(secrets::random(48)).text();
  session.phase = kPhases.parse(described.at("phase").get<std::string>()).value();
  const int ago = described.at("days_ago");
  session.createdAt = now() - std::chrono::days(ago);
  session.closesAt = ago == 0 ? now() + std::chrono::days(14) : session.createdAt + std::chrono::hours(12);
  if (ago > 0) session.endedAt = session.createdAt + std::chrono::hours(2);
  return session;
}

/// Some cards weigh more in people's minds than others, which an invented room agrees on in part.
void rank(WriteTx& tx, SessionId session, const Participant& participant, Random& random) {
  std::vector<std::pair<double, int>> weighed;
  std::normal_distribution<double> mind(0, 3);
  for (const int card : participant.hand) weighed.emplace_back((card * 7) % 11 + mind(random), card);
  std::ranges::sort(weighed);
  Ranking ranking{participant.id, {}};
  for (const auto& [weight, card] : weighed) ranking.cards.push_back(card);
  store::saveRanking(tx, session, ranking);
}

void addTexts(WriteTx& tx, const Session& session, const Json& texts, const std::vector<Participant>& people,
              ContributionKind kind) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Participant& by = people[i % people.size()];
    Contribution text;
    text.kind = kind;
    text.participant = by.id;
    text.group = by.group;
    text.card = session.plan.cards[(i * 5) % session.plan.cards.size()];
    text.text = texts[i];
    text.at = tx.time();
    store::saveContribution(tx, session.id, "demo:" + std::to_string(static_cast<int>(kind)) + ":" + std::to_string(i), text);
  }
}

void giveDots(WriteTx& tx, const Session& session, const std::vector<Participant>& people, Random& random) {
  const auto ideas = store::ideasOf(tx, session.id);
  for (const Participant& participant : people) {
    std::map<ContributionId, int> dots;
    for (int dot = 0; dot < session.plan.dots; ++dot) {
      const std::size_t one = random() % ideas.size(), other = random() % ideas.size();
      ++dots[ideas[std::min(one, other)]];
    }
    store::saveDots(tx, session.id, participant.id, dots);
  }
}

/// The next event of the region, as who may do everything sees it.
std::optional<std::int64_t> nextEvent(ReadTx& tx, Host& host, RegionCode region) {
  const Actor all{.person = PersonId{1}, .name = {}, .grants = {{.role = Role::nationalAdmin, .region = {}, .organisation = {}}}};
  std::optional<std::int64_t> next;
  for (const EventSummary& event : operations::eventsFor(tx, host, all, {region}))
    if (event.begins > now() && event.region == region) next = event.key;  // the latest comes first
  return next;
}

void hold(WriteTx& tx, Host& host, const Json& described, const Edition& edition, Random& random) {
  tx.unaudited("demonstration content");
  Session session = sessionOf(described, edition);
  if (const auto leader = EmailAddress::parse(described.value("leader", "")))
    if (const auto person = directory::findPerson(tx, *leader)) session.facilitator = person->id;
  if (described.value("isOfEvent", false)) session.plan.event = nextEvent(tx, host, session.plan.region);
  session.id = store::insertSession(tx, session, secrets::random()).value();
  std::vector<Participant> people;
  for (int i = 0; i < described.at("participants").get<int>(); ++i) {
    store::takeSeat(tx, session.id);
    const Arrival arrival{.nickname = {},
                          .group = session.plan.groups > 0 ? 1 + i % session.plan.groups : 0,
                          .sector = kSectors[random() % kSectors.size()]};
    Participant participant;
    participant.id = store::insertParticipant(tx, session.id, secrets::random(), arrival);
    participant.group = arrival.group;
    if (dealsCards(session.plan.exercise)) {
      participant.hand = deal(session.plan.cards, store::dealt(tx, session.id), session.plan.drawn,
                              [&](std::size_t below) { return random() % below; });
      store::setHand(tx, session.id, participant.id, participant.hand);
      if (session.phase == Phase::done) rank(tx, session.id, participant, random);
    }
    people.push_back(std::move(participant));
  }
  addTexts(tx, session, described.value("ideas", Json::array()), people, ContributionKind::idea);
  addTexts(tx, session, described.value("notes", Json::array()), people, ContributionKind::note);
  if (described.contains("ideas")) giveDots(tx, session, people, random);
}

}  // namespace

void loadSessionDemo(Host& host, const std::string& folder) {
  std::ifstream in(folder + "/sessions.json");
  const Json sessions = Json::parse(in);
  Random random(2026);
  for (const Json& described : sessions) {
    const auto language = Language::parse(described.value("language", "fi")).value();
    const auto edition = host.read([&](ReadTx& tx) { return publishedEdition(tx, language); });
    if (!edition || edition->cards.size() < 6) continue;
    host.writeAs({}, [&](WriteTx& tx) { hold(tx, host, described, *edition, random); });
  }
}

}  // namespace toimela::trendcards::handlers
