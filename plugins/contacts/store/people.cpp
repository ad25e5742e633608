#include "store/people.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "store/finding.h"
#include "store/profiles.h"
#include "store/stored.h"
#include "toimela/words.h"

namespace toimela::contacts::store {

namespace {

// Kinds in the index: with everything, for those who may see the person; with what is public.
constexpr std::string_view kKnown = "contacts.person", kPublic = "contacts.public";

#define VALID_TODAY "m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today) "
#define IS_ON                                                    \
  "(n.region IS NULL OR n.region IN "                            \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts')) "
#define SQLITE_IDS " IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']')) "
#define POSTGRESQL_IDS " = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[])) "

#define SELECT_PERSON                                                                   \
  "SELECT p.id, p.given_name, p.family_name, p.email, p.phone, p.language "             \
  "FROM core_person p WHERE p.erased_at IS NULL AND p.disabled_at IS NULL AND p.id"
constexpr Sql kPeople{"contacts.people.by_ids", SELECT_PERSON SQLITE_IDS,
                      SELECT_PERSON POSTGRESQL_IDS};

#define SELECT_PLACE                                                                         \
  "SELECT m.person_id, n.id, n.region, n.name_fi, n.name_sv, n.name_en, m.role, m.region, "   \
  "o.id, o.name_fi, o.name_sv, o.name_en, m.created_at FROM contacts_member m "               \
  "JOIN contacts_network n ON n.id = m.network_id "                                           \
  "JOIN core_organisation o ON o.id = m.organisation_id WHERE " VALID_TODAY                   \
  "AND (CAST(:off_too AS BIGINT) = 1 OR " IS_ON ") AND m.person_id"
#define PLACE_ORDER                                                                      \
  "ORDER BY CASE m.role WHEN 'contact_person' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, " \
  "n.name_fi, n.id, m.id"
constexpr Sql kPlaces{"contacts.people.places", SELECT_PLACE SQLITE_IDS PLACE_ORDER,
                      SELECT_PLACE POSTGRESQL_IDS PLACE_ORDER};

#define SELECT_PROFILE                                                               \
  "SELECT person_id, help_fi, help_sv, help_en, email_level, phone_level, updated_at, " \
  "revision FROM contacts_profile WHERE person_id"
constexpr Sql kProfiles{"contacts.people.profiles", SELECT_PROFILE SQLITE_IDS,
                        SELECT_PROFILE POSTGRESQL_IDS};
#define SELECT_EXPERTISE "SELECT person_id, words FROM contacts_expertise WHERE person_id"
constexpr Sql kExpertise{"contacts.people.expertise",
                         SELECT_EXPERTISE SQLITE_IDS "ORDER BY person_id, position",
                         SELECT_EXPERTISE POSTGRESQL_IDS "ORDER BY person_id, position"};
#define SELECT_TAG "SELECT person_id, kind, code FROM contacts_profile_tag WHERE person_id"
constexpr Sql kTags{"contacts.people.tags", SELECT_TAG SQLITE_IDS, SELECT_TAG POSTGRESQL_IDS};

constexpr Sql kInNetwork{"contacts.people.in_network",
                         "SELECT DISTINCT m.person_id FROM contacts_member m "
                         "WHERE m.network_id = :network AND " VALID_TODAY "ORDER BY m.person_id"};
constexpr Sql kOfOrganisation{"contacts.people.of_organisation",
                              "SELECT DISTINCT m.person_id FROM contacts_member m "
                              "WHERE m.organisation_id = :organisation AND " VALID_TODAY
                              "ORDER BY m.person_id"};
constexpr Sql kContactPersons{"contacts.people.contact_persons",
                              "SELECT DISTINCT m.person_id FROM contacts_member m "
                              "WHERE m.role = 'contact_person' AND " VALID_TODAY};
constexpr Sql kInRegion{"contacts.people.in_region",
                        "SELECT DISTINCT m.person_id FROM contacts_member m "
                        "JOIN contacts_network n ON n.id = m.network_id "
                        "WHERE n.region = :region AND " VALID_TODAY};
constexpr Sql kEverybody{"contacts.people.everybody",
                         "SELECT DISTINCT person_id FROM contacts_member WHERE person_id > :after "
                         "ORDER BY person_id LIMIT :limit"};

constexpr Sql kOwnNetworks{"contacts.people.own_networks",
                           "SELECT DISTINCT m.network_id FROM contacts_member m "
                           "WHERE m.person_id = :person AND " VALID_TODAY};
constexpr Sql kLedNetworks{"contacts.people.led_networks",
                           "SELECT id FROM contacts_network WHERE coordinator_id = :person"};
constexpr Sql kOrganisationNetworks{"contacts.people.organisation_networks",
                                    "SELECT DISTINCT m.network_id FROM contacts_member m "
                                    "WHERE m.organisation_id = :organisation AND " VALID_TODAY};
constexpr Sql kRegionNetworks{"contacts.people.region_networks",
                              "SELECT id FROM contacts_network WHERE region = :region UNION "
                              "SELECT m.network_id FROM contacts_member m "
                              "WHERE m.region = :region AND " VALID_TODAY};

#undef VALID_TODAY
#undef IS_ON
#undef SQLITE_IDS
#undef POSTGRESQL_IDS
#undef SELECT_PERSON
#undef SELECT_PLACE
#undef PLACE_ORDER
#undef SELECT_PROFILE
#undef SELECT_EXPERTISE
#undef SELECT_TAG

template <class I>
std::string idList(const std::vector<I>& ids) {
  std::vector<std::int64_t> numbers;
  for (const auto& id : ids) numbers.push_back(id.value);
  return words::idList(numbers);
}

/// Cards by person, filled part by part.
class Cards {
 public:
  void addPeople(ReadTx& tx, const std::string& ids) {
    tx.each(
        kPeople,
        [&](PersonId id, std::string given, std::string family, EmailAddress email,
            std::string phone, Locale language) {
          cards_.emplace(id, PersonCard{.person = {id, std::move(given), std::move(family),
                                                   std::move(email), std::move(phone), language},
                                        .profile = {},
                                        .places = {}});
        },
        ids);
  }
  void addPlaces(ReadTx& tx, const std::string& ids, Date today, bool offToo) {
    tx.each(
        kPlaces,
        [&](PersonId person, NetworkId network, std::optional<RegionCode> networkRegion,
            std::string networkFi, std::string networkSv, std::string networkEn, MemberRole role,
            std::optional<RegionCode> region, OrganisationId organisation, std::string nameFi,
            std::string nameSv, std::string nameEn, Instant since) {
          PersonCard* card = find(person);
          if (!card) return;
          card->revised = std::max(card->revised, since);
          card->places.push_back(
              {{network, networkRegion},
               {std::move(networkFi), std::move(networkSv), std::move(networkEn)},
               role,
               region,
               organisation,
               {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
               since});
        },
        today, offToo, ids);
  }
  void addProfiles(ReadTx& tx, const std::string& ids) {
    tx.each(
        kProfiles,
        [&](PersonId person, std::string fi, std::string sv, std::string en, Level email,
            Level phone, Instant updated, std::int64_t revision) {
          PersonCard* card = find(person);
          if (!card) return;
          card->profile.help = {std::move(fi), std::move(sv), std::move(en)};
          card->profile.levels = {email, phone};
          card->profile.revision = revision;
          card->revised = std::max(card->revised, updated);
        },
        ids);
    tx.each(
        kExpertise,
        [&](PersonId person, std::string words) {
          if (PersonCard* card = find(person)) card->profile.expertise.push_back(std::move(words));
        },
        ids);
    std::map<PersonId, std::set<std::string, std::less<>>> languages, groups;
    tx.each(
        kTags,
        [&](PersonId person, std::string kind, std::string code) {
          (kind == "language" ? languages : groups)[person].insert(std::move(code));
        },
        ids);
    for (auto& [id, card] : cards_) {
      for (const auto code : kSpokenLanguages)
        if (languages[id].contains(code)) card.profile.languages.emplace_back(code);
      for (const auto code : kTargetGroups)
        if (groups[id].contains(code)) card.profile.targetGroups.emplace_back(code);
    }
  }
  std::vector<PersonCard> inOrderOf(const std::vector<PersonId>& people) {
    std::vector<PersonCard> ordered;
    for (const PersonId id : people)
      if (PersonCard* card = find(id); card && !card->places.empty())
        ordered.push_back(std::move(*card));
    return ordered;
  }

 private:
  PersonCard* find(PersonId id) {
    const auto found = cards_.find(id);
    return found == cards_.end() ? nullptr : &found->second;
  }
  std::map<PersonId, PersonCard> cards_;
};

std::vector<std::string> marksOf(const PeopleFilter& filter) {
  std::vector<std::string> marks;
  if (filter.region) marks.push_back("r" + filter.region->text());
  if (!filter.language.empty()) marks.push_back("l" + filter.language);
  if (!filter.targetGroup.empty()) marks.push_back("t" + filter.targetGroup);
  return marks;
}

/// Those whom a reader may see who sees neither all nor only what is public.
std::vector<std::int64_t> seenBy(ReadTx& tx, const Acquaintance& reader, Date today) {
  std::set<std::int64_t> seen{reader.self->value};
  const auto take = [&](std::int64_t id) { seen.insert(id); };
  tx.each(kContactPersons, take, today);
  std::set<NetworkId> networks = reader.shared;
  networks.insert(reader.led.begin(), reader.led.end());
  for (const NetworkId network : networks) tx.each(kInNetwork, take, network, today);
  for (const RegionCode& region : reader.ledRegions) tx.each(kInRegion, take, region, today);
  return {seen.begin(), seen.end()};
}

using PlaceChoice = std::function<bool(const PersonPlace&)>;

/// What the index has of a person, with the places that are chosen.
words::Entry entryOf(std::string_view kind, const PersonCard& card, const PlaceChoice& isChosen) {
  words::Entry entry{.kind = std::string(kind),
                     .id = card.person.id.value,
                     .name = {.fi = card.person.familyName + " " + card.person.givenName},
                     .texts = card.profile.expertise,
                     .marks = {}};
  std::set<std::string> marks;
  for (const PersonPlace& place : card.places) {
    if (!isChosen(place)) continue;
    for (const Locale locale : kLocales) {
      entry.texts.push_back(place.networkName.in(locale));
      entry.texts.push_back(place.organisationName.in(locale));
    }
    if (place.region) marks.insert("r" + place.region->text());
    if (place.where.region) marks.insert("r" + place.where.region->text());
  }
  for (const auto& language : card.profile.languages) marks.insert("l" + language);
  for (const auto& group : card.profile.targetGroups) marks.insert("t" + group);
  entry.marks.assign(marks.begin(), marks.end());
  return entry;
}

/// `offToo`: with places in networks of regions where the plugin is off.
std::vector<PersonCard> cards(ReadTx& tx, const std::vector<PersonId>& people, Date today,
                              bool offToo) {
  if (people.empty()) return {};
  const std::string ids = idList(people);
  Cards cards;
  cards.addPeople(tx, ids);
  cards.addPlaces(tx, ids, today, offToo);
  cards.addProfiles(tx, ids);
  return cards.inOrderOf(people);
}

}  // namespace

namespace {

/// Those of the candidates whom the question finds by what the reader sees of them: the index knows
/// all places of a person, and to be found by one that is not shown would tell of it.
std::vector<std::int64_t> foundBySight(ReadTx& tx, words::Question question,
                                       const Acquaintance& reader,
                                       const std::vector<std::int64_t>& candidates, Date today) {
  if (question.typed.empty() && question.marks.empty()) return candidates;
  question.after.clear();
  question.limit = static_cast<int>(candidates.size());
  const auto known = words::find(tx, question, candidates).ids;
  question.kind = kPublic;
  auto found = words::find(tx, question, known).ids;
  const std::set<std::int64_t> open(found.begin(), found.end());
  std::vector<PersonId> rest;
  for (const auto id : known)
    if (!open.contains(id)) rest.push_back({id});
  for (const PersonCard& card : cardsOf(tx, rest, today)) {
    const auto isShown = [&](const PersonPlace& place) {
      return isPlaceShown(closenessIn(reader, place.where), reader.self == card.person.id,
                          place.role);
    };
    if (words::matches(question, entryOf(kKnown, card, isShown)))
      found.push_back(card.person.id.value);
  }
  return found;
}

}  // namespace

bool PersonCard::isPublic() const {
  return std::ranges::any_of(places, [](const auto& place) { return isNamePublic(place.role); });
}

std::vector<PersonCard> cardsOf(ReadTx& tx, const std::vector<PersonId>& people, Date today) {
  return cards(tx, people, today, false);
}

std::optional<PersonCard> findCard(ReadTx& tx, PersonId person, Date today) {
  auto cards = cardsOf(tx, {person}, today);
  return cards.empty() ? std::nullopt : std::optional(std::move(cards.front()));
}

PeoplePage findPeople(ReadTx& tx, const PeopleFilter& filter, const Acquaintance& reader,
                      Locale locale, std::string_view after, int limit, Date today) {
  words::Question question{.kind = std::string(reader.isNobody() ? kPublic : kKnown),
                           .typed = filter.words,
                           .marks = marksOf(filter),
                           .locale = locale,
                           .after = std::string(after),
                           .limit = limit};
  const bool isEverybody = reader.isNobody() || reader.seesAll;
  auto found = isEverybody ? words::find(tx, question)
                           : words::find(tx, question,
                                         foundBySight(tx, question, reader,
                                                      seenBy(tx, reader, today), today));
  std::vector<PersonId> people;
  for (const auto id : found.ids) people.push_back({id});
  return {cardsOf(tx, people, today), std::move(found.next), found.count, found.isMore};
}

std::vector<PersonId> peopleIn(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kInNetwork, [](PersonId id) { return id; }, network, today);
}

void acquaint(ReadTx& tx, Acquaintance& reader, const std::vector<OrganisationId>& organisations,
              const std::vector<RegionCode>& regions, Date today) {
  if (!reader.self) return;
  const auto share = [&](NetworkId id) { reader.shared.insert(id); };
  tx.each(kOwnNetworks, share, *reader.self, today);
  for (const OrganisationId organisation : organisations)
    tx.each(kOrganisationNetworks, share, organisation, today);
  for (const RegionCode& region : regions) tx.each(kRegionNetworks, share, region, today);
  tx.each(kLedNetworks, [&](NetworkId id) { reader.led.insert(id); }, *reader.self);
}

void indexPerson(WriteTx& tx, PersonId person, Finding finding) {
  if (finding == Finding::changed) tellSearch(tx, person);
  // A region that switches the plugin on again finds its people without a word from here.
  const auto found = cards(tx, {person}, Date::of(tx.time()), true);
  const PersonCard* card = found.empty() ? nullptr : &found.front();
  const auto isPublic = [](const PersonPlace& place) { return isNamePublic(place.role); };
  const auto isAny = [](const PersonPlace&) { return true; };
  if (card) words::put(tx, entryOf(kKnown, *card, isAny));
  else words::remove(tx, kKnown, person.value);
  if (card && card->isPublic()) words::put(tx, entryOf(kPublic, *card, isPublic));
  else words::remove(tx, kPublic, person.value);
}

void indexPeopleOf(WriteTx& tx, NetworkId network) {
  for (const PersonId person : peopleIn(tx, network, Date::of(tx.time()))) indexPerson(tx, person);
}

void indexPeopleOf(WriteTx& tx, OrganisationId organisation) {
  const auto people = tx.all(kOfOrganisation, [](PersonId id) { return id; }, organisation,
                             Date::of(tx.time()));
  for (const PersonId person : people) indexPerson(tx, person);
}

void forgetPersonsWords(WriteTx& tx, PersonId person) {
  tellSearch(tx, person);
  words::remove(tx, kKnown, person.value);
  words::remove(tx, kPublic, person.value);
}

std::vector<PersonId> everybodyAfter(ReadTx& tx, PersonId after, int limit) {
  return tx.all(kEverybody, [](PersonId id) { return id; }, after, limit);
}

}  // namespace toimela::contacts::store
