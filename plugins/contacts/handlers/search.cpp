#include "handlers/search.h"

#include "store/networks.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

SearchSource networkSearch() {
  return {.kind = "network",
          .labelKey = "contacts.search.networks",
          .find = [](ReadTx& tx, const std::string& words, const Actor&, int limit) {
            std::vector<SearchDocument> documents;
            for (const Network& network : store::searchNetworks(tx, words, limit))
              documents.push_back({.id = network.id.text(),
                                   .title = network.name,
                                   .text = network.purpose,
                                   .path = view::pathOf(network.id),
                                   .region = network.region});
            return documents;
          }};
}

}  // namespace toimela::contacts::handlers
