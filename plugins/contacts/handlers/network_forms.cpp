#include "handlers/network_forms.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "operations/networks.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"
#include "view/forms.h"
#include "view/members.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

FormSpec newFields(const Request& request, Host& host) {
  const Places places = placesToAdd(request, host);
  return view::newNetworkFields(places.regions, places.nation, view::Words(request, host));
}

Response showNew(const Request& request, Host& host, const Form& form, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "network_new", view::newNetworkForm(form, words), {.status = status});
}

Response showEdit(const Request& request, Host& host, const Network& network, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "network_edit",
                   view::networkForm(network, "contacts.network_edit.title", form, words),
                   {.status = status});
}

}  // namespace

Candidates coordinatorsFor(ReadTx& tx, const Request& request) {
  Candidates loaded{requireNetwork(tx, request), {}};
  const Network& network = loaded.network;
  loaded.people = store::peopleOf(tx, network.id, Date::today());
  const bool isMember = std::ranges::any_of(
      loaded.people, [&](const Person& person) { return person.id == network.coordinator; });
  if (!network.coordinator || isMember) return loaded;
  if (auto person = directory::findPerson(tx, *network.coordinator))
    loaded.people.push_back(std::move(*person));
  return loaded;
}

Response newNetwork(const Request& request, Host& host) {
  Form form(newFields(request, host));
  if (const Region* region = host.region(request.query.text("region")))
    form.fill("place", region->code.text());
  return showNew(request, host, form);
}

Response addNetwork(const Request& request, Host& host) {
  const Form form = Form::read(newFields(request, host), request.form);
  if (!form.ok()) return showNew(request, host, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::addNetwork(tx, view::readNewNetwork(form));
  });
  return host.redirect(request, view::pathOf(id), "contacts.flash.network_added");
}

Response editNetwork(const Request& request, Host& host) {
  const auto loaded = host.read([&](ReadTx& tx) { return coordinatorsFor(tx, request); });
  Form form(view::networkFields(loaded.people));
  view::fillNetwork(form, loaded.network);
  return showEdit(request, host, loaded.network, form);
}

Response saveNetwork(const Request& request, Host& host) {
  const auto loaded = host.read([&](ReadTx& tx) { return coordinatorsFor(tx, request); });
  Form form = Form::read(view::networkFields(loaded.people), request.form);
  if (!form.ok()) return showEdit(request, host, loaded.network, form, 422);
  const auto saved = host.write(request, [&](WriteTx& tx) {
    return operations::saveNetwork(tx, view::readNetwork(form, loaded.network));
  });
  if (saved == operations::Saved::stale) {
    const auto fields = view::networkFields(loaded.people);
    Form stored(fields);
    view::fillNetwork(stored, loaded.network);
    view::explainStale(form, stored, fields, view::Words(request, host));
    return showEdit(request, host, loaded.network, form, 409);
  }
  return host.redirect(request, view::pathOf(loaded.network.id), "contacts.flash.network_saved");
}

}  // namespace toimela::contacts::handlers
