#include "handlers/members.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "operations/members.h"
#include "store/members.h"
#include "toimela/directory.h"
#include "view/forms.h"
#include "view/members.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kMostOrganisations = 1'000;

view::MemberChoices choicesFor(ReadTx& tx, const Network& network, const Host& host) {
  return {.organisations =
              directory::listOrganisations(tx, network.region, kMostOrganisations, 0),
          .regions = network.isNational() ? host.regions() : std::vector<Region>{}};
}

// ---- a new member ----

struct NewMemberPage {
  Network network;
  view::MemberChoices choices;
};

NewMemberPage loadNew(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto choices = choicesFor(tx, network, host);
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
};

MemberPage loadMember(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto row = requireMember(tx, request, network);
    auto choices = choicesFor(tx, network, host);
    // The member's organisation may be of another region than the network.
    const auto own = row.member.organisation;
    if (std::ranges::none_of(choices.organisations, [&](const auto& o) { return o.id == own; }))
      if (auto organisation = directory::findOrganisation(tx, own))
        choices.organisations.push_back(std::move(*organisation));
    return MemberPage{std::move(network), std::move(row), std::move(choices)};
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
  if (!form.ok()) return showNew(request, host, page, form, 422);
  const auto wanted = view::readNewMember(form, page.network, request.locale);
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
  view::fillMember(form, page.network, page.row.member);
  return showEdit(request, host, page, form);
}

Response saveMember(const Request& request, Host& host) {
  const auto page = loadMember(request, host);
  Form form =
      Form::read(view::memberFields(page.choices, view::Words(request, host)), request.form);
  if (!form.ok()) return showEdit(request, host, page, form, 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::saveMember(tx, page.network,
                                  view::readMember(form, page.network, page.row.member));
  });
  if (problem == MemberProblem::stale) {
    view::explainStale(form, page.row.member.revision);
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
  return host.redirect(request, view::pathOf(page.network.id), "contacts.flash.member_ended");
}

}  // namespace toimela::contacts::handlers
