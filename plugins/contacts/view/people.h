// The directory of people: what a reader sees of each, as pages, forms and vCards.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/profile.h"
#include "domain/vcard.h"
#include "domain/visibility.h"
#include "store/people.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// A card that has been cut down to what the reader sees: places that are not shown are gone, and so
/// are contact details.
struct SeenPerson {
  store::PersonCard card;
  std::string email, phone;  ///< empty where they are not shown
  Closeness reader = Closeness::stranger;
};
/// Nothing when the reader may not see the person at all.
std::optional<SeenPerson> seenBy(const Acquaintance& reader, store::PersonCard card);

/// "/contacts/people/12", without language.
std::string pathOf(PersonId person);

struct PeoplePage {
  store::PeopleFilter filter;
  std::string after;
  bool isSignedIn = false;
  std::vector<SeenPerson> people = {};
  std::string next = {};
  std::int64_t count = 0;
  bool isMore = false;
};
View peoplePage(const PeoplePage& page, const std::vector<Region>& regions, const Words& words);
View contactPage(const SeenPerson& person, std::optional<PersonId> self, const Words& words);
std::string vcardOf(const SeenPerson& person, Host& host, const Words& words);

FormSpec profileFields();
void fillProfile(Form& form, const Profile& profile);
/// Adds errors to the form where the list of expertise is too long.
Profile readProfile(Form& form);
/// Says that it was saved elsewhere meanwhile; saving once more replaces that.
void explainStaleProfile(Form& form, std::int64_t revision);
View profilePage(const Form& form, PersonId self, const std::vector<std::string>& common,
                 bool isListed, const Words& words);
/// Does every one of the folded words begin a word of the text?
bool hasWords(std::string_view text, const std::vector<std::string>& folded);

}  // namespace toimela::contacts::view
