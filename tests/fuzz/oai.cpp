// What a harvester asks for, and the token that goes on with a list.
#include "domain/oai.h"
#include "promise.h"

using namespace toimela;
using namespace toimela::publications;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::textOf(data, size);
  if (const auto selection = oai::parseToken(text)) fuzz::promise(oai::parseToken(oai::token(*selection)) == selection);
  if (const auto set = oai::parseSet(text)) fuzz::promise(oai::parseSet(oai::spec(*set)) == set);
  if (const auto stamp = oai::parseDatestamp(text); stamp && !stamp->isDay) fuzz::promise(oai::datestamp(stamp->at) == text);
  oai::Arguments arguments;
  while (!text.empty()) {
    auto pair = fuzz::cut(text, '&');
    const auto name = fuzz::cut(pair, '=');
    arguments.emplace_back(name, pair);
  }
  const auto parsed = oai::parse(arguments, "archive.example");
  if (const auto* refusals = std::get_if<std::vector<oai::Refusal>>(&parsed)) {
    fuzz::promise(!refusals->empty());
    return 0;
  }
  const oai::Ask& ask = std::get<oai::Ask>(parsed);
  if (ask.verb == oai::Verb::getRecord) fuzz::promise(ask.identifier.has_value());
  if (ask.selection.from && ask.selection.until && !ask.selection.after)
    fuzz::promise(*ask.selection.from <= *ask.selection.until);
  // What was asked for goes on by a token.
  oai::Selection next = ask.selection;
  next.after = oai::Place{Instant{std::chrono::seconds{1}}, PublicationId{1}, 100};
  if (ask.verb == oai::Verb::listRecords) fuzz::promise(oai::parseToken(oai::token(next)) == next);
  return 0;
}
