// What those who answer for the personal data see, and may do.
#include <algorithm>

#include "access/grant_store.h"
#include "access/grants.h"
#include "own_data/erasures.h"
#include "own_data/handlers.h"
#include "own_data/holdings.h"
#include "plugins/declarations.h"
#include "plugins/presentation.h"

namespace toimela::own_data {

namespace {

constexpr int kMostShown = 200;

/// A person as the page shows them.
struct Subject {
  Person person;
  std::optional<Erasure> wish;
  bool isSelf = false, isBelow = false;  ///< whoever may not give a role may not erase its holder
};

Subject load(const Request& request, Host& host) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id) throw NotFound();
  return host.read([&](ReadTx& tx) {
    auto person = directory::findPerson(tx, *id);
    if (!person) throw NotFound();
    return Subject{std::move(*person), findErasure(tx, *id), request.actor.person == *id,
                   access::outranks(*core(host).state()->rights, request.actor,
                                    access::heldGrants(tx, *id), Date::today())};
  });
}

/// Who has not asked in the service has asked otherwise, or is erased for another reason.
FormSpec fieldsFor(const Subject& subject) {
  FormSpec fields;
  if (!subject.wish)
    fields.push_back(Field::choice("basis", "erasure.basis",
                                   {{"asked_otherwise", "erasure.basis.asked_otherwise"},
                                    {"no_purpose", "erasure.basis.no_purpose"}})
                         .hint("erasure.basis_hint")
                         .required());
  fields.push_back(Field::flag("understood", "erasure.understood").required());
  return fields;
}

std::string textOr(const Texts& texts, Locale locale, const std::string& key,
                   const std::string& other) {
  return texts.has(key) ? texts.get(locale, key) : other;
}

View holdingRow(const Request& request, Host& host, const Holding& holding) {
  const Texts& texts = host.texts();
  View row;
  row.set("title", textOr(texts, request.locale, titleKey(holding), holding.section))
      .set("plugin", holding.plugin == plugins::kCore
                         ? texts.get(request.locale, "erasure.core")
                         : plugins::titleOf(core(host).contributions(), texts, request.locale,
                                            holding.plugin))
      .set("entries", texts.format(request.locale, "erasure.entries", {{"count", holding.entries}}))
      .flag("is_empty", holding.entries == 0)
      .set("erases", textOr(texts, request.locale, erasesKey(holding),
                            texts.get(request.locale, "erasure.unsaid")));
  return row;
}

Response holdingsPage(const Request& request, Host& host, const Subject& subject, const Form& form,
                      int status = 200) {
  std::vector<View> holdings;
  for (const Holding& holding : holdingsOf(core(host), subject.person.id))
    holdings.push_back(holdingRow(request, host, holding));
  View view;
  view.set("name", subject.person.name())
      .set("email", subject.person.email.text())
      .set("person_path", request.link("/admin/people/" + subject.person.id.text()))
      .set("action", request.link("/admin/erasures/" + subject.person.id.text()))
      .flag("has_asked", subject.wish.has_value())
      .set("asked", subject.wish ? showInstant(subject.wish->askedAt, request.locale) : "")
      .set("due", subject.wish ? showInstant(subject.wish->dueAt, request.locale) : "")
      .flag("is_self", subject.isSelf)
      .flag("is_above", !subject.isSelf && !subject.isBelow)
      .flag("may_erase", !subject.isSelf && subject.isBelow)
      .list("holdings", std::move(holdings))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "erasure", std::move(view),
                   {.status = status, .title = subject.person.name()});
}

}  // namespace

Response listErasures(const Request& request, Host& host) {
  std::vector<View> rows;
  host.read([&](ReadTx& tx) {
    for (const Erasure& erasure : allErasures(tx, kMostShown)) {
      const auto person = directory::findPerson(tx, erasure.person);
      if (!person) continue;
      View& row = rows.emplace_back();
      row.set("path", request.link("/admin/erasures/" + erasure.person.text()))
          .set("name", person->name())
          .set("email", person->email.text())
          .set("asked", showInstant(erasure.askedAt, request.locale))
          .set("due", showInstant(erasure.dueAt, request.locale));
    }
    return true;
  });
  View view;
  view.flag("has_rows", !rows.empty()).list("rows", std::move(rows));
  return host.page(request, "erasures", std::move(view),
                   {.title = host.texts().get(request.locale, "erasure.title")});
}

Response showHoldings(const Request& request, Host& host) {
  const Subject subject = load(request, host);
  return holdingsPage(request, host, subject, Form(fieldsFor(subject)));
}

Response submitErasureOf(const Request& request, Host& host) {
  const Subject subject = load(request, host);
  if (subject.isSelf || !subject.isBelow)
    throw RequestError(403, "erasure.not_yours",
                       "oneself, or a holder of a role that the actor may not give");
  Form form = Form::read(fieldsFor(subject), request.form);
  if (!form.ok()) return holdingsPage(request, host, subject, form, 422);
  const PersonId id = subject.person.id;
  const auto outcome =
      subject.wish ? eraseAsAsked(core(host), id, request.actor.person)
                   : directory::erasePerson(core(host), id,
                                            {.by = request.actor.person, .basis = form.text("basis")});
  if (outcome == directory::Erased::yes)
    return host.redirect(request, "/admin/erasures", "erasure.done");
  form.error("", outcome == directory::Erased::noLonger ? "erasure.no_longer"
                                                        : "erasure.last_administrator");
  return holdingsPage(request, host, subject, form, 409);
}

bool fillErasuresTile(const Request& request, Host& host, View& view) {
  if (!host.allowed(request.actor, kErase, {})) return false;
  const auto count = host.read(countErasures);
  view.set("text", host.texts().format(request.locale, "erasure.tile", {{"count", count}}))
      .set("path", request.link("/admin/erasures"));
  return count > 0;
}

}  // namespace toimela::own_data
