// The directory of people: those who have a place in a network today, with their profiles.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/member.h"
#include "domain/profile.h"
#include "domain/visibility.h"
#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::contacts::store {

/// A place that somebody has in a network today.
struct PersonPlace {
  Attachment where;
  LocalText networkName;
  MemberRole role = MemberRole::member;
  std::optional<RegionCode> region;  ///< the one they speak for
  OrganisationId organisation;
  LocalText organisationName;
  Instant since{};                   ///< when it was noted
};
/// Everything there is; what of it a reader sees is for domain/visibility to say.
struct PersonCard {
  Person person;
  Profile profile;
  std::vector<PersonPlace> places;
  Instant revised{};  ///< when the profile or a place was last written

  bool isPublic() const;  ///< a contact person somewhere
};
/// In the order of the ids; those who have no place today, or may not sign in any more, are left out.
std::vector<PersonCard> cardsOf(ReadTx& tx, const std::vector<PersonId>& people, Date today);
std::optional<PersonCard> findCard(ReadTx& tx, PersonId person, Date today);

struct PeopleFilter {
  std::string words;  ///< of the name, of what they know, of organisations and networks
  std::optional<RegionCode> region;
  std::string language, targetGroup;  ///< codes; empty for all
};
struct PeoplePage {
  std::vector<PersonCard> people;
  std::string next;        ///< what to give as `after` for the next page; empty on the last one
  std::int64_t count = 0;  ///< as far as it is counted
  bool isMore = false;     ///< there are more than `count`
};
/// Those whom the reader may see, by name, those first whose name begins with what was typed.
PeoplePage findPeople(ReadTx& tx, const PeopleFilter& filter, const Acquaintance& reader,
                      Locale locale, std::string_view after, int limit, Date today);
/// Everybody in a network today.
std::vector<PersonId> peopleIn(ReadTx& tx, NetworkId network, Date today);

/// The networks whose people the reader knows: their own, those of the organisations and of the
/// regions whose details they may see; and those that they coordinate.
void acquaint(ReadTx& tx, Acquaintance& reader, const std::vector<OrganisationId>& organisations,
              const std::vector<RegionCode>& regions, Date today);

/// Writes into the index of words what the person is found by, or takes them out of it, and tells
/// the search unless what it finds is as before.
enum class Finding { changed, asBefore };
void indexPerson(WriteTx& tx, PersonId person, Finding finding = Finding::changed);
/// The same for everybody in the network, or of the organisation, today: their names are part of it.
void indexPeopleOf(WriteTx& tx, NetworkId network);
void indexPeopleOf(WriteTx& tx, OrganisationId organisation);
void forgetPersonsWords(WriteTx& tx, PersonId person);
/// People with a place now or once, by id, after `after`: for going through all of them.
std::vector<PersonId> everybodyAfter(ReadTx& tx, PersonId after, int limit);

}  // namespace toimela::contacts::store
