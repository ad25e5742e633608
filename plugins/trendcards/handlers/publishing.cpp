#include "handlers/publishing.h"

#include "paper/printing.h"
#include "view/printing.h"

namespace toimela::trendcards::handlers {

std::vector<paper::Overflow> overflowsOf(const Deck& deck, const Edition& edition, const Card& card, const Host& host) {
  return paper::overflows(view::printedDeck(deck, edition, {card}, host));
}

std::vector<Shortcoming> misfits(const Deck& deck, const Edition& edition, const Host& host) {
  std::vector<Shortcoming> found;
  for (const auto& each : paper::overflows(view::printedDeck(deck, edition, edition.cards, host), {kPrintedSize}))
    found.push_back({Shortcoming::Kind::doesNotFit, each.number, each.isBack ? "back" : "front"});
  return found;
}

operations::Published publishDraft(const Request& request, Host& host, const Editing& editing) {
  // Laying out texts takes a while: nobody else's change waits for it.
  auto missing = shortcomings(editing.edition);
  for (Shortcoming& each : misfits(editing.deck, editing.edition, host)) missing.push_back(std::move(each));
  if (!missing.empty()) return {std::move(missing), std::nullopt};
  return host.write(request, [&](WriteTx& tx) {
    return operations::publish(tx, editing.edition.id, editing.edition.revision);
  });
}

}  // namespace toimela::trendcards::handlers
