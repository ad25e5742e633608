#include "handlers/members.h"

#include <optional>

#include "handlers/lookup.h"
#include "handlers/organisations.h"
#include "operations/members.h"
#include "store/members.h"
#include "toimela/directory.h"
#include "toimela/undo.h"
#include "view/forms.h"
#include "view/members.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

view::MemberChoices choicesFor(const Network& network, const Host& host) {
  return {.regions = network.isNational() ? host.regions() : std::vector<Region>{}};
}

/// The organisation that the form names; the form says what is wrong when it names none.
std::optional<OrganisationId> organisationOf(Form& form, const Request& request, Host& host) {
  const auto matches = host.read(
      [&](ReadTx& tx) { return matchOrganisation(tx, form.text("organisation")); });
  return view::chooseOrganisation(form, matches, view::Words(request, host));
}

// ---- a new member ----

struct NewMemberPage {
  Network network;
  view::MemberChoices choices;
};

NewMemberPage loadNew(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto choices = choicesFor(network, host);
    return NewMemberPage{std::move(network), std::move(choices)};
  });
}

Response showNew(const Request& request, Host& host, const NewMemberPage& page, const Form& form,
                 int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "member_new",
                   view::networkForm(page.network, "contacts.member_new.title", form, words),
                   {.status = status});
}

// ---- a member who is there ----

struct MemberPage {
  Network network;
  store::MemberRow row;
  view::MemberChoices choices;
  std::string organisation;  ///< as its field shows it
};

MemberPage loadMember(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto row = requireMember(tx, request, network);
    auto choices = choicesFor(network, host);
    auto organisation = organisationText(tx, row.member.organisation, request.locale);
    return MemberPage{std::move(network), std::move(row), std::move(choices),
                      std::move(organisation)};
  });
}

Response showEdit(const Request& request, Host& host, const MemberPage& page, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "member_edit", view::memberForm(page.network, page.row, form, words),
                   {.status = status});
}

Response showEnd(const Request& request, Host& host, const MemberPage& page,
                 std::optional<EndProblem> problem = {}) {
  const view::Words words(request, host);
  return host.page(request, "member_end",
                   view::endQuestion(page.network, page.row, problem, words),
                   {.status = problem ? 409 : 200});
}

}  // namespace

Response newMember(const Request& request, Host& host) {
  const auto page = loadNew(request, host);
  Form form(view::newMemberFields(page.choices, view::Words(request, host)));
  form.fill("from", Date::today().text());
  return showNew(request, host, page, form);
}

Response addMember(const Request& request, Host& host) {
  const auto page = loadNew(request, host);
  Form form = Form::read(view::newMemberFields(page.choices, view::Words(request, host)),
                         request.form);
  const auto organisation = organisationOf(form, request, host);
  if (!form.ok()) return showNew(request, host, page, form, 422);
  const auto wanted = view::readNewMember(form, page.network, *organisation, request.locale);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::addMember(tx, page.network, wanted);
  });
  if (const auto* problem = std::get_if<MemberProblem>(&outcome)) {
    view::explain(form, *problem);
    return showNew(request, host, page, form, 422);
  }
  return host.redirect(request, view::pathOf(page.network.id), "contacts.flash.member_added");
}

Response editMember(const Request& request, Host& host) {
  const auto page = loadMember(request, host);
  Form form(view::memberFields(page.choices, view::Words(request, host)));
  view::fillMember(form, page.network, page.row.member, page.organisation);
  return showEdit(request, host, page, form);
}

Response saveMember(const Request& request, Host& host) {
  const auto page = loadMember(request, host);
  Form form =
      Form::read(view::memberFields(page.choices, view::Words(request, host)), request.form);
  const auto organisation = organisationOf(form, request, host);
  if (!form.ok()) return showEdit(request, host, page, form, 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::saveMember(tx, page.network,
                                  view::readMember(form, page.network, *organisation,
                                                   page.row.member));
  });
  if (problem == MemberProblem::stale) {
    const auto fields = view::memberFields(page.choices, view::Words(request, host));
    Form stored(fields);
    view::fillMember(stored, page.network, page.row.member, page.organisation);
    // However it was typed, it is no difference when it means the same.
    if (organisation == page.row.member.organisation) form.fill("organisation", page.organisation);
    view::explainStale(form, stored, fields, view::Words(request, host));
    return showEdit(request, host, page, form, 409);
  }
  if (problem) {
    view::explain(form, *problem);
    return showEdit(request, host, page, form, 422);
  }
  return host.redirect(request, view::pathOf(page.network.id), "contacts.flash.member_saved");
}

Response confirmEnd(const Request& request, Host& host) {
  return showEnd(request, host, loadMember(request, host));
}

Response endMember(const Request& request, Host& host) {
  const auto page = loadMember(request, host);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::endMember(tx, page.network, page.row.member.id);
  });
  if (problem) return showEnd(request, host, page, problem);
  const Member& was = page.row.member;
  return redirectWithUndo(request, host, view::pathOf(page.network.id), "contacts.flash.member_ended",
                          view::pathOf(page.network.id) + "/members/" + was.id.text() + "/reopen?was=" +
                              std::to_string(was.revision + 1) + "." +
                              (was.period.to ? was.period.to->text() : std::string()));
}

Response reopenMember(const Request& request, Host& host) {
  requireUndo(request, host, "was");
  const std::string was(request.form.text("was"));  // "3.2027-12-31", or "3." for a membership without end
  const auto dot = was.find('.');
  const auto revision = parseId(was.substr(0, dot)).value_or(0);
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    const Network network = requireNetwork(tx, request);
    const auto id = requireMember(tx, request, network).member.id;
    return operations::reopenMember(tx, network, id, revision, Date::parse(was.substr(dot + 1)));
  });
  if (!isDone) undoIsTooLate();
  const Network network = host.read([&](ReadTx& tx) { return requireNetwork(tx, request); });
  return host.redirect(request, view::pathOf(network.id), "site.undone");
}

}  // namespace toimela::contacts::handlers
