#include <algorithm>

#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/grant_form.h"
#include "access/grant_store.h"
#include "access/handlers.h"
#include "access/second_factor.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/people.h"
#include "toimela/accounts.h"
#include "toimela/table.h"

namespace toimela::access {

namespace {

constexpr int kOrganisationsFound = 20;

Reach reach(const Request& request, Host& host, Permission permission) {
  return reachOf(*core(host).state()->rights, request.actor, permission);
}

// ---- the list ----

TableSpec peopleTable() {
  return {.id = "people",
          .path = "/admin/people",
          .captionKey = "access.people.caption",
          .searchKey = "access.people.search",
          .columns = {TableColumn::text("name", "access.people.name").sorts().heads(),
                      TableColumn::text("email", "access.person.email").sorts(),
                      TableColumn::text("state", "access.people.state")},
          .sort = "name",
          .emptyKey = "access.people.empty",
          .emptyTextKey = "access.people.empty_text"};
}

AccountOrder orderOf(const Table& table) {
  return {table.sort() == "email" ? AccountOrder::By::email : AccountOrder::By::name, table.isDescending()};
}

TableRow peopleRow(const Request& request, Host& host, const Account& account) {
  const auto state = [&](const char* key, const char* tag) {
    return TableCell(host.texts().get(request.locale, key)).tagged(tag);
  };
  return {{TableCell(account.familyName + ", " + account.givenName)
               .linked(request.link("/admin/people/" + account.person.text())),
           account.email,
           account.disabled       ? state("access.person.state_disabled", "tag tag--off")
           : !account.hasPassword ? state("access.person.state_no_password", "tag")
                                  : state("access.person.state_active", "tag tag--ok")}};
}

// ---- one person ----

/// Everything that the page of a person shows.
struct PersonPage {
  Account account;
  Person person;
  std::vector<directory::Membership> memberships;
  std::vector<HeldGrant> grants;
  bool hasSecondFactor = false;
  std::vector<Organisation> organisations;  ///< where a role can be given: theirs, and those found
};

std::vector<Organisation> organisationsFor(ReadTx& tx,
                                           const std::vector<directory::Membership>& memberships,
                                           const std::string& words) {
  std::vector<Organisation> result;
  const auto isNew = [&](const Organisation& found) {
    return std::ranges::none_of(result, [&](const Organisation& o) { return o.id == found.id; });
  };
  for (const auto& membership : memberships) {
    auto found = directory::findOrganisation(tx, membership.organisation);
    if (found && isNew(*found)) result.push_back(std::move(*found));
  }
  if (words.empty()) return result;
  for (auto& found : directory::searchOrganisations(tx, {.words = words}, kOrganisationsFound, 0)) {
    if (isNew(found)) result.push_back(std::move(found));
  }
  return result;
}

/// Throws NotFound when the actor's reach of the permission does not cover the person.
PersonPage load(const Request& request, Host& host, Permission permission) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id) throw NotFound();
  const Reach covered = reach(request, host, permission);
  const std::string words(request.query.text("organisation"));
  auto page = host.read([&](ReadTx& tx) -> std::optional<PersonPage> {
    auto account = findAccount(tx, *id, covered);
    auto person = directory::findPerson(tx, *id);
    if (!account || !person) return std::nullopt;
    auto memberships = directory::membershipsOf(tx, *id);
    auto organisations = organisationsFor(tx, memberships, words);
    return PersonPage{std::move(*account), std::move(*person), std::move(memberships),
                      heldGrants(tx, *id), access::hasSecondFactor(tx, *id),
                      std::move(organisations)};
  });
  if (!page) throw NotFound();
  return std::move(*page);
}

std::string path(PersonId person) { return "/admin/people/" + person.text(); }

LocalText placeName(Host& host, const HeldGrant& grant) {
  if (grant.place.organisation) return grant.organisationName;
  if (grant.place.region) return host.region(*grant.place.region)->name;
  const auto& texts = host.texts();
  return {texts.get(Locale::fi, "access.place.nation"),
          texts.get(Locale::sv, "access.place.nation"),
          texts.get(Locale::en, "access.place.nation")};
}

View grantRow(const Request& request, Host& host, PersonId person, const HeldGrant& grant) {
  const Date today = Date::today();
  const bool isPast = grant.period.to && *grant.period.to < today;
  View row;
  row.set("grant", grant.id)
      .set("role", roleName(host.texts(), request.locale, grant.role))
      .text("place", placeName(host, grant), request.locale)
      .set("from", showDate(grant.period.from, request.locale))
      .set("to", grant.period.to ? showDate(*grant.period.to, request.locale) : "")
      .set("person_path", request.link(path(person)))
      .flag("is_current", grant.period.contains(today))
      .flag("is_coming", today < grant.period.from)
      .flag("is_past", isPast)
      .flag("may_end", !isPast && mayGrant(*core(host).state()->rights, request.actor, grant.role,
                                           grant.place));
  return row;
}

View membershipRow(const Request& request, const directory::Membership& membership) {
  View row;
  row.text("organisation", membership.organisationName, request.locale)
      .set("organisation_href", request.link("/organisations/" + membership.organisation.text()))
      .text("title", membership.title, request.locale)
      .set("from", showDate(membership.period.from, request.locale))
      .set("to", membership.period.to ? showDate(*membership.period.to, request.locale) : "");
  return row;
}

bool mayDisable(const Request& request, Host& host, const PersonPage& page) {
  return page.person.id != request.actor.person && !reach(request, host, kPersonEdit).empty() &&
         outranks(*core(host).state()->rights, request.actor, page.grants, Date::today());
}

Response personPage(const Request& request, Host& host, const PersonPage& page,
                    const GrantOffer& offer, const Form& form, int status) {
  std::vector<View> grants, memberships;
  for (const auto& grant : page.grants)
    grants.push_back(grantRow(request, host, page.person.id, grant));
  for (const auto& membership : page.memberships)
    memberships.push_back(membershipRow(request, membership));
  View view;
  view.set("name", page.person.name())
      .set("email", page.person.email.text())
      .set("phone", page.person.phone)
      .set("language",
           host.texts().get(request.locale,
                            "access.language." + std::string(code(page.person.language))))
      .set("person_path", request.link(path(page.person.id)))
      .set("organisation_words", std::string(request.query.text("organisation")))
      .set("grants_path", directory::withQuery(
                              request.link(path(page.person.id) + "/grants"),
                              {{"organisation", std::string(request.query.text("organisation"))}}))
      .flag("is_disabled", page.account.disabled)
      .flag("has_password", page.account.hasPassword)
      .flag("may_disable", mayDisable(request, host, page))
      .flag("may_reset_factor", page.hasSecondFactor && page.person.id != request.actor.person &&
                                    reach(request, host, kPersonEdit).nation)
      .set("holdings_path", host.allowed(request.actor, Permission{"core.erasure.decide"}, {})
                                ? request.link("/admin/erasures/" + page.person.id.text())
                                : std::string())
      .flag("may_grant", !offer.empty())
      .flag("has_grants", !grants.empty())
      .flag("has_memberships", !memberships.empty())
      .list("grants", std::move(grants))
      .list("memberships", std::move(memberships))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "person", std::move(view),
                   {.status = status, .title = page.person.name()});
}

// ---- a new person ----

FormSpec newPersonForm(Host& host, Locale locale, const GrantOffer& offer) {
  FormSpec spec{Field::text("given_name", "access.person.given_name").required().longest(100),
                Field::text("family_name", "access.person.family_name").required().longest(100),
                Field::email("email", "access.person.email").required(),
                Field::text("phone", "access.person.phone").longest(40),
                Field::choice("language", "access.person.language",
                              {{"fi", "access.language.fi"},
                               {"sv", "access.language.sv"},
                               {"en", "access.language.en"}})
                    .required(),
                Field::password("initial_password", "access.person.initial_password")
                    .longest(1'000)
                    .hint("access.person.initial_password_hint")
                    .autocomplete("new-password")};
  std::ranges::move(grantForm(core(host), locale, offer), std::back_inserter(spec));
  return spec;
}

Response newPersonPage(const Request& request, Host& host, const Form& form, int status) {
  View view;
  view.set("form_path", directory::withQuery(
                            request.link("/admin/people/new"),
                            {{"organisation", std::string(request.query.text("organisation"))}}))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "person_new", std::move(view),
                   titled(request, host, "access.person.new.title", status));
}

/// A GrantOffer with the organisation of the query, if any, among its places.
GrantOffer offerForNew(const Request& request, Host& host) {
  const auto id = parseId(request.query.text("organisation"));
  std::vector<Organisation> organisations;
  if (id) {
    auto found =
        host.read([&](ReadTx& tx) { return directory::findOrganisation(tx, OrganisationId{*id}); });
    if (found) organisations.push_back(std::move(*found));
  }
  return offerFor(core(host), request.actor, organisations);
}

Person personOf(const Form& form) {
  return {{},
          form.text("given_name"),
          form.text("family_name"),
          *form.email("email"),
          form.text("phone"),
          parseLocale(form.text("language")).value_or(Locale::fi)};
}

void checkInitialPassword(const Request& request, Form& form) {
  const auto password = request.form.text("initial_password");
  if (password.empty() || !form.email("email")) return;
  const auto complaint =
      Passwords::complaint(password, form.email("email")->text(),
                           form.text("given_name") + " " + form.text("family_name"));
  if (complaint) form.error("initial_password", *complaint);
}

/// They choose a password themselves, by the link that goes to their address.
void inviteToAccount(WriteTx& tx, Host& host, const Person& person, PersonId id) {
  accounts::invite(tx, host,
                   {.to = person.email,
                    .givenName = person.givenName,
                    .familyName = person.familyName,
                    .locale = person.language,
                    .reason = host.texts().get(person.language, "accounts.invitation.to_account"),
                    .purpose = "core.account:" + id.text(),
                    .path = "/dashboard"});
}

struct Added {
  PersonId person;
  bool isNew = true;
};
/// Adds the person with the first role. Somebody who has the address already only gets the role:
/// people work in several regions, and their card is theirs.
Added add(WriteTx& tx, Host& host, const Person& person, const std::string& passwordHash,
          const GrantWish& wish) {
  const bool isNew = !findCredentials(tx, person.email.key());
  const PersonId id = directory::addPerson(tx, person);
  if (isNew && !passwordHash.empty()) setPassword(tx, id, passwordHash);
  if (isNew && passwordHash.empty()) inviteToAccount(tx, host, person, id);
  if (!repeats(heldGrants(tx, id), wish.role, wish.place, wish.period)) {
    insertGrant(tx, id, wish.role, wish.place, wish.period);
  }
  return {id, isNew};
}

bool isNationalAdmin(ReadTx& tx, PersonId person) {
  return std::ranges::any_of(heldGrants(tx, person), [](const HeldGrant& grant) {
    return grant.role == Role::nationalAdmin && grant.period.contains(Date::today());
  });
}

/// Throws unless the actor may close, and so keep out, the person's account.
PersonPage loadToDisable(const Request& request, Host& host) {
  PersonPage page = load(request, host, kPersonEdit);
  if (!mayDisable(request, host, page)) {
    throw RequestError(403, "access.person.not_yours",
                       "the person holds a role that the actor may not give");
  }
  return page;
}

Response switchPerson(const Request& request, Host& host, bool disabled) {
  const PersonPage page = loadToDisable(request, host);
  const bool done = host.write(request, [&](WriteTx& tx) {
    if (disabled && isNationalAdmin(tx, page.person.id) &&
        otherNationalAdmins(tx, page.person.id, Date::today()) == 0) {
      return false;
    }
    setDisabled(tx, page.person.id, disabled);
    return true;
  });
  if (!done)
    throw RequestError(409, "access.grant.last_admin", "the last national administrator stays");
  return host.redirect(request, path(page.person.id),
                       disabled ? "access.person.disabled_now" : "access.person.enabled_now");
}

}  // namespace

Response listPeople(const Request& request, Host& host) {
  const Table table(peopleTable(), request);
  const Reach covered = reach(request, host, kPersonView);
  const auto people = host.read([&](ReadTx& tx) {
    return searchAccounts(tx, table.words(), covered, request.locale, table.limit(), table.offset(),
                          orderOf(table));
  });
  std::vector<TableRow> rows;
  for (const Account& account : people.accounts) rows.push_back(peopleRow(request, host, account));
  if (table.format()) return table.file(request, host, std::move(rows), "people");
  View view;
  view.flag("may_add", !reach(request, host, kPersonEdit).empty())
      .group("table", table.view(request, host, std::move(rows),
                                 people.isMore ? std::nullopt : std::optional(people.count)));
  return host.page(request, "people", std::move(view),
                   titled(request, host, "access.people.title"));
}

Response showNewPerson(const Request& request, Host& host) {
  const GrantOffer offer = offerForNew(request, host);
  // A link may say which role, and where; what the actor may not give is not chosen for them.
  const auto role = parseRole(request.query.text("role"));
  const std::string place(request.query.text("place"));
  Form form(newPersonForm(host, request.locale, offer));
  form.fill("language", std::string(code(request.locale)))
      .fill("role", std::string(code(
                        role && std::ranges::find(offer.roles, *role) != offer.roles.end()
                            ? *role
                            : Role::member)))
      .fill("valid_from", Date::today().text());
  if (offer.place(place)) form.fill("place", place);
  return newPersonPage(request, host, form, 200);
}

Response submitNewPerson(const Request& request, Host& host) {
  const GrantOffer offer = offerForNew(request, host);
  Form form = Form::read(newPersonForm(host, request.locale, offer), request.form);
  checkInitialPassword(request, form);
  const auto wish = readGrant(core(host), request.actor, offer, {}, form);
  if (!wish) return newPersonPage(request, host, form, 422);
  const auto password = request.form.text("initial_password");
  const std::string hash = password.empty() ? "" : core(host).passwords().hash(password);
  const Added added =
      host.write(request, [&](WriteTx& tx) { return add(tx, host, personOf(form), hash, *wish); });
  return host.redirect(request, path(added.person),
                       !added.isNew       ? "access.person.existed"
                       : password.empty() ? "accounts.person.invited"
                                          : "access.person.added");
}

Response showPerson(const Request& request, Host& host) {
  const PersonPage page = load(request, host, kPersonView);
  const GrantOffer offer = offerFor(core(host), request.actor, page.organisations);
  Form form(grantForm(core(host), request.locale, offer));
  form.fill("valid_from", Date::today().text());
  return personPage(request, host, page, offer, form, 200);
}

Response addGrant(const Request& request, Host& host) {
  const PersonPage page = load(request, host, kGrantEdit);
  const GrantOffer offer = offerFor(core(host), request.actor, page.organisations);
  Form form = Form::read(grantForm(core(host), request.locale, offer), request.form);
  const auto wish = readGrant(core(host), request.actor, offer, page.grants, form);
  if (!wish) return personPage(request, host, page, offer, form, 422);
  host.write(request, [&](WriteTx& tx) {
    // The form may have been sent twice.
    if (repeats(heldGrants(tx, page.person.id), wish->role, wish->place, wish->period)) return;
    insertGrant(tx, page.person.id, wish->role, wish->place, wish->period);
  });
  return host.redirect(request, path(page.person.id), "access.grant.added");
}

Response endGrant(const Request& request, Host& host) {
  const PersonPage page = load(request, host, kGrantEdit);
  const auto id = parseId(request.parameters.text("grant"));
  const auto grant = std::ranges::find(page.grants, id.value_or(0), &HeldGrant::id);
  if (grant == page.grants.end()) throw NotFound();
  if (!mayGrant(*core(host).state()->rights, request.actor, grant->role, grant->place)) {
    throw RequestError(403, "access.grant.not_yours", "the grant is not below one of the actor's");
  }
  const Date today = Date::today();
  const bool done = host.write(request, [&](WriteTx& tx) {
    if (grant->role == Role::nationalAdmin && otherNationalAdmins(tx, page.person.id, today) == 0)
      return false;
    endGrant(tx, page.person.id, *grant, today);
    return true;
  });
  if (!done)
    throw RequestError(409, "access.grant.last_admin", "the last national administrator stays");
  return host.redirect(request, path(page.person.id), "access.grant.ended");
}

Response disablePerson(const Request& request, Host& host) {
  return switchPerson(request, host, true);
}
Response enablePerson(const Request& request, Host& host) {
  return switchPerson(request, host, false);
}

Response endSessionsOfPerson(const Request& request, Host& host) {
  const PersonPage page = loadToDisable(request, host);
  host.write(request, [&](WriteTx& tx) {
    if (endSessions(tx, page.person.id) > 0)
      mailNotice(tx, host, page.person, AccountNotice::sessionsEnded);
  });
  return host.redirect(request, path(page.person.id), "access.person.sessions_ended");
}

}  // namespace toimela::access
