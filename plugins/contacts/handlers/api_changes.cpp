#include "handlers/api_changes.h"

#include "handlers/lookup.h"
#include "handlers/network_forms.h"
#include "handlers/organisations.h"
#include "handlers/rights.h"
#include "operations/applications.h"
#include "operations/members.h"
#include "operations/networks.h"
#include "store/applications.h"
#include "store/networks.h"
#include "toimela/paging.h"
#include "view/applications.h"
#include "view/forms.h"
#include "view/json.h"
#include "view/organisation_field.h"

namespace toimela::contacts::handlers {

namespace {

/// 201 with the address of what was made (RFC 9110, section 15.3.2).
Response created(Response answer, NetworkId network, std::string_view rest = {}) {
  answer.status = 201;
  answer.headers.set("Location",
                     "/api/v1/contacts/networks/" + network.text() + std::string(rest));
  return answer;
}

view::MemberChoices choicesFor(const Network& network, Host& host) {
  return {.regions = network.isNational() ? host.regions() : std::vector<Region>{}};
}

std::optional<OrganisationId> organisationOf(Form& form, const Request& request, Host& host) {
  const auto matches = host.read(
      [&](ReadTx& tx) { return matchOrganisation(tx, form.text("organisation")); });
  return view::chooseOrganisation(form, matches, view::Words(request, host));
}

Network networkOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireNetwork(tx, request); });
}

Response networkAnswer(Host& host, NetworkId id) {
  return host.json(host.read([&](ReadTx& tx) {
                     return view::networkJson(store::findNetwork(tx, id).value(),
                                              store::countMembers(tx, id, Date::today()));
                   }));
}

/// Who may change a member sees what coordinators see.
const view::Reader kEditor{.closeness = Closeness::coordinator, .seesDetails = true};

Response memberAnswer(Host& host, NetworkId network, MemberId member) {
  return host.json(host.read([&](ReadTx& tx) {
                     return view::memberJson(store::findMember(tx, network, member).value(), kEditor);
                   }));
}

store::ApplicationRow applicationOf(ReadTx& tx, const Request& request, const Network& network) {
  const auto id = request.parameters.id<ApplicationId>("application");
  auto row = id ? store::findApplication(tx, network.id, *id) : std::nullopt;
  if (!row) throw NotFound();
  return std::move(*row);
}

Response applicationAnswer(Host& host, NetworkId network, ApplicationId id) {
  return host.json(host.read([&](ReadTx& tx) {
                     return view::applicationJson(
                         store::findApplication(tx, network, id).value());
                   }));
}

Response refusal(const Request& request, Host& host, Form form, ApplicationProblem problem) {
  view::explain(form, problem);
  const bool isConflict =
      problem == ApplicationProblem::notOpen || problem == ApplicationProblem::alreadyOpen;
  return host.problem(request, form, isConflict ? 409 : 422);
}

struct Decision {
  Network network;
  store::ApplicationRow row;
};
Decision decisionOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto row = applicationOf(tx, request, network);
    return Decision{std::move(network), std::move(row)};
  });
}

}  // namespace

// ---- networks ----

Response apiAddNetwork(const Request& request, Host& host) {
  const Places places = placesToAdd(request, host);
  const Form form = Form::read(
      view::newNetworkFields(places.regions, places.nation, view::Words(request, host)),
      request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::addNetwork(tx, view::readNewNetwork(form));
  });
  return created(networkAnswer(host, id), id);
}

Response apiSaveNetwork(const Request& request, Host& host) {
  const auto [network, people] = host.read([&](ReadTx& tx) { return coordinatorsFor(tx, request); });
  Form form = Form::read(view::networkFields(people), request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto saved = host.write(request, [&](WriteTx& tx) {
    return operations::saveNetwork(tx, view::readNetwork(form, network));
  });
  if (saved == operations::Saved::stale) {
    view::explainStale(form, network.revision);
    return host.problem(request, form, 409);
  }
  return networkAnswer(host, network.id);
}

// ---- members ----

Response apiAddMember(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  Form form = Form::read(
      view::newMemberFields(choicesFor(network, host), view::Words(request, host)), request.form);
  const auto organisation = organisationOf(form, request, host);
  if (!form.ok()) return host.problem(request, form);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::addMember(
        tx, network, view::readNewMember(form, network, *organisation, request.locale));
  });
  if (const auto* problem = std::get_if<MemberProblem>(&outcome)) {
    view::explain(form, *problem);
    return host.problem(request, form);
  }
  const auto id = std::get<MemberId>(outcome);
  return created(memberAnswer(host, network.id, id), network.id, "/members/" + id.text());
}

Response apiSaveMember(const Request& request, Host& host) {
  const auto [network, row] = host.read([&](ReadTx& tx) {
    Network found = requireNetwork(tx, request);
    auto member = requireMember(tx, request, found);
    return std::pair{std::move(found), std::move(member)};
  });
  Form form = Form::read(
      view::memberFields(choicesFor(network, host), view::Words(request, host)), request.form);
  const auto organisation = organisationOf(form, request, host);
  if (!form.ok()) return host.problem(request, form);
  const Member wanted = view::readMember(form, network, *organisation, row.member);
  const auto problem = host.write(
      request, [&](WriteTx& tx) { return operations::saveMember(tx, network, wanted); });
  if (problem) {
    view::explain(form, *problem);
    return host.problem(request, form, *problem == MemberProblem::stale ? 409 : 422);
  }
  return memberAnswer(host, network.id, row.member.id);
}

Response apiEndMember(const Request& request, Host& host) {
  const auto [network, row] = host.read([&](ReadTx& tx) {
    Network found = requireNetwork(tx, request);
    auto member = requireMember(tx, request, found);
    return std::pair{std::move(found), std::move(member)};
  });
  const auto problem = host.write(
      request, [&](WriteTx& tx) { return operations::endMember(tx, network, row.member.id); });
  if (problem) {
    Form form{FormSpec{}};
    form.error("", *problem == EndProblem::hasNotBegun ? "contacts.error.has_not_begun"
                                                       : "contacts.error.has_ended");
    return host.problem(request, form, 409);
  }
  return memberAnswer(host, network.id, row.member.id);
}

// ---- applications ----

Response apiApplications(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto state = parseApplicationState(request.query.text("state"));
  auto rows = host.read([&](ReadTx& tx) {
    return store::applicationsAfter(tx, requireNetwork(tx, request).id,
                                    paging.afterId<ApplicationId>(), state, paging.limit + 1);
  });
  const auto next = paging.cut(rows, [](const auto& row) { return row.application.id.text(); });
  return host.json(view::applicationsJson(rows, next));
}

Response apiApply(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  Form form = Form::read(
      view::applicationFields(network, host.regions(), view::Words(request, host)), request.form);
  const auto organisation = organisationOf(form, request, host);
  if (!form.ok()) return host.problem(request, form);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::apply(
        tx, host, network,
        view::readApplication(form, network, *request.actor.person, *organisation));
  });
  if (const auto* problem = std::get_if<ApplicationProblem>(&outcome))
    return refusal(request, host, form, *problem);
  const auto id = std::get<ApplicationId>(outcome);
  return created(applicationAnswer(host, network.id, id), network.id,
                 "/applications/" + id.text());
}

Response apiAccept(const Request& request, Host& host) {
  const auto [network, row] = decisionOf(request, host);
  const Form form = Form::read(view::acceptFields(), request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::accept(tx, host, network, row.application.id, view::readPeriod(form));
  });
  if (const auto* problem = std::get_if<ApplicationProblem>(&outcome))
    return refusal(request, host, form, *problem);
  return memberAnswer(host, network.id, std::get<MemberId>(outcome));
}

Response apiDecline(const Request& request, Host& host) {
  const auto [network, row] = decisionOf(request, host);
  const Form form = Form::read(view::declineFields(), request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::decline(tx, host, network, row.application.id, form.text("reason"));
  });
  if (problem) return refusal(request, host, form, *problem);
  return applicationAnswer(host, network.id, row.application.id);
}

Response apiWithdraw(const Request& request, Host& host) {
  const auto [network, row] = decisionOf(request, host);
  if (row.application.person != *request.actor.person) throw NotFound();
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::withdraw(tx, network, row.application.id);
  });
  if (problem) return refusal(request, host, Form{FormSpec{}}, *problem);
  return applicationAnswer(host, network.id, row.application.id);
}

}  // namespace toimela::contacts::handlers
