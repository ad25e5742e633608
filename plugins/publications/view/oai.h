// OAI-PMH in XML.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/oai.h"
#include "domain/series.h"
#include "toimela/host.h"

namespace toimela::publications::view {

/// What every answer says first.
struct OaiHead {
  Instant at;
  std::string address;        ///< of the repository: "https://toimela.example/oai"
  std::string host;           ///< in identifiers
  oai::Arguments arguments;   ///< as asked; left out when they were wrong (section 3.2)
};

std::string oaiErrors(const OaiHead& head, const std::vector<oai::Refusal>& refusals);
std::string oaiIdentify(const OaiHead& head, std::string_view email, Instant earliest);
std::string oaiFormats(const OaiHead& head);
std::string oaiSets(const OaiHead& head, const std::vector<Region>& regions, const std::vector<Series>& series,
                    const Host& host);

struct OaiList {
  std::vector<Publication> records;
  std::vector<Series> series;
  std::optional<std::int64_t> total;
  std::optional<std::string> next;   ///< token; an empty one ends a list of several pages
  std::int64_t before = 0;
};
/// ListIdentifiers, ListRecords or GetRecord.
std::string oaiRecords(const OaiHead& head, oai::Verb verb, oai::Format format, const OaiList& list, const Host& host);

}  // namespace toimela::publications::view
