#include "handlers/applications.h"

#include "handlers/lookup.h"
#include "handlers/organisations.h"
#include "operations/applications.h"
#include "store/applications.h"
#include "toimela/directory.h"
#include "view/applications.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kClosedShown = 30;

std::string queueOf(const Network& network) { return view::pathOf(network.id) + "/applications"; }

// ---- the applicant ----

struct ApplyPage {
  Network network;
  std::optional<store::ApplicationRow> latest;
  std::string ownOrganisation;  ///< as its field shows it; empty when they have none
};

ApplyPage loadApply(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const PersonId person = *request.actor.person;
    auto latest = store::latestApplication(tx, network.id, person);
    const auto own = directory::affiliationsOf(tx, person, Date::today());
    auto organisation =
        own.empty() ? "" : organisationText(tx, own.front().organisation, request.locale);
    return ApplyPage{std::move(network), std::move(latest), std::move(organisation)};
  });
}

Response showApplyForm(const Request& request, Host& host, const ApplyPage& page, const Form& form,
                       int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "apply", view::applyPage(page.network, form, page.latest, words),
                   {.status = status});
}

// ---- those who decide ----

struct ApplicationPage {
  Network network;
  store::ApplicationRow row;
};

ApplicationPage loadApplication(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const auto id = request.parameters.id<ApplicationId>("application");
    auto row = id ? store::findApplication(tx, network.id, *id) : std::nullopt;
    if (!row) throw NotFound();
    return ApplicationPage{std::move(network), std::move(*row)};
  });
}

Response showDecision(const Request& request, Host& host, const ApplicationPage& page,
                      const Form& accept, const Form& decline, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "application",
                   view::applicationPage(page.network, page.row, accept, decline, words),
                   {.status = status});
}

Form emptyAcceptance() {
  Form form(view::acceptFields());
  form.fill("from", Date::today().text());
  return form;
}

int statusOf(ApplicationProblem problem) {
  return problem == ApplicationProblem::notOpen || problem == ApplicationProblem::alreadyOpen
             ? 409
             : 422;
}

}  // namespace

Response showApply(const Request& request, Host& host) {
  const auto page = loadApply(request, host);
  Form form(view::applicationFields(page.network, host.regions(), view::Words(request, host)));
  form.fill("organisation", page.ownOrganisation);
  form.fill("role", std::string(code(MemberRole::member)));
  return showApplyForm(request, host, page, form);
}

Response apply(const Request& request, Host& host) {
  const auto page = loadApply(request, host);
  const view::Words words(request, host);
  Form form =
      Form::read(view::applicationFields(page.network, host.regions(), words), request.form);
  const auto matches = host.read(
      [&](ReadTx& tx) { return matchOrganisation(tx, form.text("organisation")); });
  const auto organisation = view::chooseOrganisation(form, matches, words);
  if (!form.ok()) return showApplyForm(request, host, page, form, 422);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::apply(
        tx, host, page.network,
        view::readApplication(form, page.network, *request.actor.person, *organisation));
  });
  if (const auto* problem = std::get_if<ApplicationProblem>(&outcome)) {
    view::explain(form, *problem);
    return showApplyForm(request, host, page, form, statusOf(*problem));
  }
  return host.redirect(request, view::pathOf(page.network.id) + "/apply",
                       "contacts.flash.applied");
}

Response withdrawApplication(const Request& request, Host& host) {
  const auto page = loadApplication(request, host);
  if (page.row.application.person != *request.actor.person) throw NotFound();
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::withdraw(tx, page.network, page.row.application.id);
  });
  return host.redirect(
      request, view::pathOf(page.network.id) + "/apply",
      problem ? "contacts.error.application_closed" : "contacts.flash.application_withdrawn");
}

Response listApplications(const Request& request, Host& host) {
  const view::Words words(request, host);
  auto view = host.read([&](ReadTx& tx) {
    const Network network = requireNetwork(tx, request);
    return view::applicationList(network, store::openApplications(tx, network.id),
                                 store::closedApplications(tx, network.id, kClosedShown), words);
  });
  return host.page(request, "applications", std::move(view));
}

Response showApplication(const Request& request, Host& host) {
  return showDecision(request, host, loadApplication(request, host), emptyAcceptance(),
                      Form(view::declineFields()));
}

Response acceptApplication(const Request& request, Host& host) {
  const auto page = loadApplication(request, host);
  Form form = Form::read(view::acceptFields(), request.form);
  const auto refuse = [&](int status) {
    return showDecision(request, host, page, form, Form(view::declineFields()), status);
  };
  if (!form.ok()) return refuse(422);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::accept(tx, host, page.network, page.row.application.id,
                              {form.date("from").value(), form.date("to")});
  });
  if (const auto* problem = std::get_if<ApplicationProblem>(&outcome)) {
    view::explain(form, *problem);
    return refuse(statusOf(*problem));
  }
  return host.redirect(request, queueOf(page.network), "contacts.flash.application_accepted");
}

Response declineApplication(const Request& request, Host& host) {
  const auto page = loadApplication(request, host);
  Form form = Form::read(view::declineFields(), request.form);
  const auto refuse = [&](int status) {
    return showDecision(request, host, page, emptyAcceptance(), form, status);
  };
  if (!form.ok()) return refuse(422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::decline(tx, host, page.network, page.row.application.id,
                               form.text("reason"));
  });
  if (problem) {
    view::explain(form, *problem);
    return refuse(statusOf(*problem));
  }
  return host.redirect(request, queueOf(page.network), "contacts.flash.application_declined");
}

}  // namespace toimela::contacts::handlers
