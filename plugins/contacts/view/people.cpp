#include "view/people.h"

#include <algorithm>
#include <set>

#include "toimela/words.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

constexpr std::string_view kLanguageKey = "contacts.people.language.";
constexpr std::string_view kGroupKey = "contacts.people.group.";
constexpr int kExpertiseInList = 5;

std::string key(std::string_view prefix, std::string_view code) {
  return std::string(prefix).append(code);
}

std::vector<View> tags(const std::vector<std::string>& texts) {
  std::vector<View> views;
  for (const auto& text : texts) {
    View view;
    view.set("text", text);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<std::string> named(std::string_view prefix, const std::vector<std::string>& codes,
                               const Words& words) {
  std::vector<std::string> names;
  for (const auto& code : codes) names.push_back(words.text(key(prefix, code)));
  return names;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

View placeRow(const store::PersonPlace& place, const Words& words) {
  View view;
  view.set("network_id", place.where.network.value)
      .text("network", place.networkName, words.locale())
      .set("organisation_id", place.organisation.value)
      .text("organisation", place.organisationName, words.locale())
      .set("role", words.role(place.role))
      .set("place", words.place(place.region))
      .flag("is_contact_person", place.role == MemberRole::contactPerson);
  return view;
}

/// The organisations of the places that are seen, each once.
std::vector<View> organisations(const SeenPerson& person, const Words& words) {
  std::vector<View> views;
  std::set<OrganisationId> seen;
  for (const auto& place : person.card.places) {
    if (!seen.insert(place.organisation).second) continue;
    View view;
    view.text("organisation", place.organisationName, words.locale());
    views.push_back(std::move(view));
  }
  return views;
}

std::string regionsOf(const SeenPerson& person, const Words& words) {
  std::vector<std::string> names;
  std::set<std::optional<RegionCode>> seen;
  for (const auto& place : person.card.places) {
    const auto region = place.region ? place.region : place.where.region;
    if (seen.insert(region).second) names.push_back(words.place(region));
  }
  return joined(names);
}

void setPerson(View& view, const SeenPerson& person, const Words& words) {
  const Profile& profile = person.card.profile;
  const auto help = profile.help.pick(words.locale());
  view.set("person_id", person.card.person.id.value)
      .set("name", person.card.person.name())
      .set("regions", regionsOf(person, words))
      .set("languages", joined(named(kLanguageKey, profile.languages, words)))
      .set("email", person.email)
      .set("phone", person.phone)
      .set("help", help.text)
      .set("help_lang",
           help.locale == words.locale() ? std::string() : std::string(code(help.locale)))
      .flag("is_contact_person", person.card.isPublic())
      .list("organisations", organisations(person, words));
}

View personCard(const SeenPerson& person, const Words& words) {
  View view;
  setPerson(view, person, words);
  const auto& all = person.card.profile.expertise;
  const auto shown = std::min<std::ptrdiff_t>(kExpertiseInList, std::ssize(all));
  view.flag("has_expertise", !all.empty())
      .list("expertise", tags({all.begin(), all.begin() + shown}));
  return view;
}

View choice(std::string value, std::string label, bool selected) {
  View view;
  view.set("value", std::move(value)).set("label", std::move(label)).flag("selected", selected);
  return view;
}

template <class List>
std::vector<View> choices(const List& codes, std::string_view prefix, std::string_view chosen,
                          const Words& words) {
  std::vector<View> views;
  for (const std::string_view code : codes)
    views.push_back(choice(std::string(code), words.text(key(prefix, code)), code == chosen));
  return views;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out += c;
    else (((out += '%') += "0123456789ABCDEF"[c >> 4])) += "0123456789ABCDEF"[c & 15];
  }
  return out;
}

/// "?q=…&region=…", empty without filters.
std::string queryOf(const PeoplePage& page, const Words& words, std::string_view after) {
  std::string query;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    query += query.empty() ? '?' : '&';
    query.append(name).append("=").append(encoded(value));
  };
  const Region* region = words.region(page.filter.region);
  add("q", page.filter.words);
  add("region", region ? region->slug : "");
  add("language", page.filter.language);
  add("group", page.filter.targetGroup);
  add("after", after);
  return query;
}

std::vector<Choice> formChoices(std::span<const std::string_view> codes, std::string_view prefix) {
  std::vector<Choice> choices;
  for (const auto code : codes) choices.push_back({std::string(code), key(prefix, code)});
  return choices;
}

std::vector<Choice> levelChoices() {
  std::vector<Choice> choices;
  for (const Level level : kLevels)
    choices.push_back({std::string(code(level)), key("contacts.profile.level.", code(level))});
  return choices;
}

}  // namespace

std::optional<SeenPerson> seenBy(const Acquaintance& reader, store::PersonCard card) {
  std::vector<Attachment> attachments;
  for (const auto& place : card.places) attachments.push_back(place.where);
  const Closeness closeness = closenessTo(reader, card.person.id, attachments);
  const Shown shown = shownTo(closeness, card.isPublic(), card.profile.levels);
  if (!shown.name) return std::nullopt;
  std::erase_if(card.places, [&](const auto& place) {
    return !isPlaceShown(closenessIn(reader, place.where), closeness == Closeness::self, place.role);
  });
  SeenPerson person{.card = std::move(card), .email = {}, .phone = {}, .reader = closeness};
  if (shown.email) person.email = person.card.person.email.text();
  if (shown.phone) person.phone = person.card.person.phone;
  return person;
}

std::string pathOf(PersonId person) { return "/contacts/people/" + person.text(); }

View peoplePage(const PeoplePage& page, const std::vector<Region>& regions, const Words& words) {
  View view;
  std::vector<View> people, regionViews;
  for (const auto& person : page.people) people.push_back(personCard(person, words));
  for (const Region& region : regions)
    regionViews.push_back(
        choice(region.slug, words.pick(region.name), page.filter.region == region.code));
  view.list("breadcrumbs", breadcrumbs({{"/contacts", words.text("contacts.navigation")},
                                        {"", words.text("contacts.people.title")}},
                                       words))
      .set("words", page.filter.words)
      .set("count", words.count(page.isMore ? "contacts.people.more" : "contacts.people.count",
                                page.count))
      .flag("is_stranger", !page.isSignedIn)
      .flag("has_people", !people.empty())
      .list("people", std::move(people))
      .list("region_choices", std::move(regionViews))
      .list("language_choices",
            choices(kSpokenLanguages, kLanguageKey, page.filter.language, words))
      .list("group_choices", choices(kTargetGroups, kGroupKey, page.filter.targetGroup, words))
      .set("vcards", words.link("/contacts/people/vcards" + queryOf(page, words, "")));
  if (!page.after.empty() || !page.next.empty()) {
    View onward;
    onward.set("first", page.after.empty()
                            ? ""
                            : words.link("/contacts/people" + queryOf(page, words, "")))
        .set("next", page.next.empty()
                         ? ""
                         : words.link("/contacts/people" + queryOf(page, words, page.next)));
    view.group("onward", std::move(onward));
  }
  return view;
}

View contactPage(const SeenPerson& person, std::optional<PersonId> self, const Words& words) {
  View view;
  std::vector<View> places;
  for (const auto& place : person.card.places) places.push_back(placeRow(place, words));
  setPerson(view, person, words);
  view.list("breadcrumbs", breadcrumbs({{"/contacts", words.text("contacts.navigation")},
                                        {"/contacts/people", words.text("contacts.people.title")},
                                        {"", person.card.person.name()}},
                                       words))
      .list("places", std::move(places))
      .flag("has_details", !person.email.empty() || !person.phone.empty())
      .flag("is_self", self == person.card.person.id)
      .flag("has_expertise", !person.card.profile.expertise.empty())
      .list("expertise", tags(person.card.profile.expertise))
      .flag("has_groups", !person.card.profile.targetGroups.empty())
      .list("groups", tags(named(kGroupKey, person.card.profile.targetGroups, words)));
  return view;
}

std::string vcardOf(const SeenPerson& person, Host& host, const Words& words) {
  const auto& card = person.card;
  VCard vcard{.uid = host.baseUrl() + pathOf(card.person.id),
              .givenName = card.person.givenName,
              .familyName = card.person.familyName,
              .organisations = {},
              .roles = {},
              .email = person.email,
              .phone = person.phone,
              .languages = card.profile.languages,
              .categories = card.profile.expertise,
              .note = words.pick(card.profile.help),
              .url = host.absolute(words.locale(), pathOf(card.person.id)),
              .revised = card.revised};
  std::set<OrganisationId> organisations;
  for (const auto& place : card.places) {
    if (organisations.insert(place.organisation).second)
      vcard.organisations.push_back(words.pick(place.organisationName));
    vcard.roles.push_back(words.role(place.role) + " – " + words.pick(place.networkName));
  }
  return write(vcard);
}

FormSpec profileFields() {
  return {Field::multiline("expertise", "contacts.profile.expertise")
              .hint("contacts.profile.expertise_hint")
              .longest(2'000),
          Field::localMultiline("help", "contacts.profile.help")
              .hint("contacts.profile.help_hint")
              .longest(600),
          Field::several("languages", "contacts.profile.languages",
                         formChoices(kSpokenLanguages, kLanguageKey)),
          Field::several("groups", "contacts.profile.groups", formChoices(kTargetGroups, kGroupKey)),
          Field::choice("email_level", "contacts.profile.email_level", levelChoices())
              .required()
              .hint("contacts.profile.level_hint"),
          Field::choice("phone_level", "contacts.profile.phone_level", levelChoices()).required(),
          Field::hidden("revision")};
}

void fillProfile(Form& form, const Profile& profile) {
  form.fill("expertise", writeExpertise(profile.expertise))
      .fill("help", profile.help)
      .fill("languages", profile.languages)
      .fill("groups", profile.targetGroups)
      .fill("email_level", std::string(code(profile.levels.email)))
      .fill("phone_level", std::string(code(profile.levels.phone)))
      .fill("revision", std::to_string(profile.revision));
}

Profile readProfile(Form& form) {
  auto typed = readExpertise(form.text("expertise"));
  if (typed.tooMany)
    form.error("expertise", "contacts.profile.too_many",
               {{"most", std::to_string(kMostExpertise)}});
  if (typed.tooLong)
    form.error("expertise", "contacts.profile.too_long",
               {{"longest", std::to_string(kLongestExpertise)}});
  return {.expertise = std::move(typed.words),
          .languages = form.texts("languages"),
          .targetGroups = form.texts("groups"),
          .help = form.localText("help"),
          .levels = {parseLevel(form.text("email_level")).value_or(Level::network),
                     parseLevel(form.text("phone_level")).value_or(Level::network)},
          .revision = parseId(form.text("revision")).value_or(0)};
}

void explainStaleProfile(Form& form, std::int64_t revision) {
  form.error("", "contacts.profile.stale");
  form.fill("revision", std::to_string(revision));
}

View profilePage(const Form& form, PersonId self, const std::vector<std::string>& common,
                 bool isListed, const Words& words) {
  View view;
  view.group("form", form.view(words.texts(), words.locale()))
      .set("person_id", self.value)
      .flag("is_listed", isListed)
      .flag("has_common", !common.empty())
      .list("common", tags(common));
  return view;
}

bool hasWords(std::string_view text, const std::vector<std::string>& folded) {
  const auto has = words::fold(text);
  return std::ranges::all_of(folded, [&](const auto& word) {
    return std::ranges::any_of(has, [&](const auto& one) { return one.starts_with(word); });
  });
}

}  // namespace toimela::contacts::view
