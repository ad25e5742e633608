#include "handlers/people.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "store/finding.h"
#include "toimela/paging.h"
#include "view/people.h"
#include "view/people_json.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kPeopleAPage = 24;
constexpr int kMostCards = 2'000;
constexpr std::size_t kLongestSearch = 100;
constexpr int kIndexedAtOnce = 200;

/// The beginning of what was typed, cut between characters.
std::string beginningOf(std::string_view text) {
  std::size_t end = std::min(text.size(), kLongestSearch);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

/// What was asked for; a region, language or group that does not exist is a page that does not.
store::PeopleFilter filterOf(const Request& request, Host& host) {
  store::PeopleFilter filter{.words = beginningOf(request.query.text("q")),
                             .region = {},
                             .language = std::string(request.query.text("language")),
                             .targetGroup = std::string(request.query.text("group"))};
  if (const auto text = request.query.text("region"); !text.empty()) {
    const auto code = RegionCode::parse(text);
    const Region* region = code ? host.region(*code) : host.region(text);
    if (!region) throw NotFound();
    filter.region = region->code;
  }
  if (!filter.language.empty() && !isSpokenLanguage(filter.language)) throw NotFound();
  if (!filter.targetGroup.empty() && !isTargetGroup(filter.targetGroup)) throw NotFound();
  return filter;
}

/// People with what the reader sees of each; whom they may not see is not there.
std::vector<view::SeenPerson> seen(const Acquaintance& reader,
                                   std::vector<store::PersonCard> cards) {
  std::vector<view::SeenPerson> people;
  for (auto& card : cards)
    if (auto one = view::seenBy(reader, std::move(card))) people.push_back(std::move(*one));
  return people;
}

/// The people of a network whose place in it the reader may know of: somebody who is to be found
/// elsewhere does not become known as a member here.
std::vector<view::SeenPerson> seenIn(ReadTx& tx, const Acquaintance& reader, NetworkId network,
                                     Date today) {
  auto people = seen(reader, store::cardsOf(tx, store::peopleIn(tx, network, today), today));
  std::erase_if(people, [&](const view::SeenPerson& person) {
    return std::ranges::none_of(person.card.places, [&](const store::PersonPlace& place) {
      return place.where.network == network;
    });
  });
  return people;
}

view::SeenPerson requirePerson(const Request& request, Host& host) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id) throw NotFound();
  auto found = host.read([&](ReadTx& tx) -> std::optional<view::SeenPerson> {
    auto card = store::findCard(tx, *id, Date::today());
    if (!card) return std::nullopt;
    return view::seenBy(acquaintanceOf(request, host, tx), std::move(*card));
  });
  if (!found) throw NotFound();
  return std::move(*found);
}

Response vcards(std::string fileName, std::string text) {
  return Response::attachment(std::move(fileName), "text/vcard; charset=utf-8", std::move(text));
}

}  // namespace

Response listPeople(const Request& request, Host& host) {
  view::PeoplePage page{.filter = filterOf(request, host),
                        .after = std::string(request.query.text("after")),
                        .isSignedIn = request.actor.signedIn()};
  host.read([&](ReadTx& tx) {
    const auto reader = acquaintanceOf(request, host, tx);
    auto found = store::findPeople(tx, page.filter, reader, request.locale, page.after,
                                   kPeopleAPage, Date::today());
    page.next = std::move(found.next);
    page.count = found.count;
    page.isMore = found.isMore;
    page.people = seen(reader, std::move(found.people));
    return true;
  });
  const view::Words words(request, host);
  return host.page(request, "people", view::peoplePage(page, host.regions(), words));
}

Response showContact(const Request& request, Host& host) {
  const auto person = requirePerson(request, host);
  const view::Words words(request, host);
  return host.page(request, "contact", view::contactPage(person, request.actor.person, words),
                   {.title = person.card.person.name()});
}

Response downloadCard(const Request& request, Host& host) {
  const auto person = requirePerson(request, host);
  const view::Words words(request, host);
  return vcards("contact-" + person.card.person.id.text() + ".vcf",
                view::vcardOf(person, host, words));
}

Response downloadCards(const Request& request, Host& host) {
  const auto filter = filterOf(request, host);
  const auto network = parseId(request.query.text("network"));
  const auto people = host.read([&](ReadTx& tx) {
    const auto reader = acquaintanceOf(request, host, tx);
    const Date today = Date::today();
    return network ? seenIn(tx, reader, {*network}, today)
                   : seen(reader, store::findPeople(tx, filter, reader, request.locale, "",
                                                    kMostCards, today)
                                      .people);
  });
  const view::Words words(request, host);
  std::string text;
  for (const auto& person : people) text += view::vcardOf(person, host, words);
  return vcards("contacts.vcf", std::move(text));
}

Response apiPeople(const Request& request, Host& host) {
  const auto filter = filterOf(request, host);
  const Paging paging = Paging::of(request);
  std::vector<view::SeenPerson> people;
  std::string next;
  host.read([&](ReadTx& tx) {
    const auto reader = acquaintanceOf(request, host, tx);
    auto found = store::findPeople(tx, filter, reader, Locale::fi, paging.after.value_or(""),
                                   paging.limit, Date::today());
    if (!found.next.empty()) next = Paging::cursor(found.next);
    people = seen(reader, std::move(found.people));
    return true;
  });
  return host.json(view::peopleJson(people, next));
}

Response apiContact(const Request& request, Host& host) {
  return host.json(view::personJson(requirePerson(request, host)));
}

ScheduledJob refreshPeople() {
  return {.name = "people",
          .every = std::chrono::hours(6),
          .run = [](Host& host, const JobTurn&) {
            host.writeAs({}, [](WriteTx& tx) {
              store::tellSearchOfTurns(tx, Date::of(tx.time()));
              tx.unaudited("the search follows the days");
            });
            for (PersonId after{0};;) {
              const auto people = host.read(
                  [&](ReadTx& tx) { return store::everybodyAfter(tx, after, kIndexedAtOnce); });
              if (people.empty()) return;
              host.writeAs({}, [&](WriteTx& tx) {
                for (const PersonId person : people) store::indexPerson(tx, person, store::Finding::asBefore);
                tx.unaudited("the index of words follows what it is made of");
              });
              after = people.back();
            }
          }};
}

void registerPeopleSchemas(Registry& registry) {
  for (const auto& [name, json] : view::peopleSchemas()) registry.schema(name, json);
}

}  // namespace toimela::contacts::handlers
