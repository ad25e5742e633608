#include "handlers/member_table.h"

#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "store/members.h"
#include "view/member_table.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

Response showMemberTable(const Request& request, Host& host) {
  const auto [network, members] = host.read([&](ReadTx& tx) {
    Network found = requireNetwork(tx, request);
    auto current = store::currentMembers(tx, found.id, Date::today());
    return std::pair{std::move(found), std::move(current)};
  });
  const auto reader = readerOf(request, host, network, members);
  // What others may know of the members stands on the network's own page.
  if (!reader.seesDetails)
    return host.redirect(request, "/contacts/networks/" + network.id.text());
  const view::Words words(request, host);
  const Table table(view::memberTable(network, host.regions(), words), request);
  const auto found = view::select(members, table, words);
  if (table.format())
    return table.file(request, host, view::tableRows(found, network, reader, words),
                      words.text("contacts.import.template_file"));
  const auto page = view::pageOf(found, table);
  return host.page(request, "members",
                   view::memberTablePage(network, reader,
                                         table.view(request, host, view::tableRows(page, network, reader, words),
                                                    static_cast<std::int64_t>(found.size())),
                                         words));
}

}  // namespace toimela::contacts::handlers
