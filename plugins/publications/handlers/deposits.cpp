#include "handlers/deposits.h"

#include "operations/publications.h"
#include "publications.h"
#include "toimela/host.h"
#include "view/words.h"

namespace toimela::publications::handlers {

bool Deposits::takesFrom(Host& host, const Actor& actor, std::optional<RegionCode> region) {
  return host.active("publications", region) && host.allowed(actor, kEdit, {.region = region});
}

std::string Deposits::deposit(WriteTx& tx, const Deposit& deposit) {
  Publication draft;
  draft.kind = Kind::report;
  draft.region = deposit.region;
  draft.title = deposit.title;
  draft.abstract = deposit.abstract;
  draft.issued = Issued::parse(Date::of(tx.time()).text());
  draft.language = std::string(code(deposit.language));
  return view::pathOf(operations::addWithFiles(tx, std::move(draft), deposit.files, deposit.isAccessible));
}

}  // namespace toimela::publications::handlers
