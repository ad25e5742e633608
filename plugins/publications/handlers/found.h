// What a path names, and what the visitor may do with it.
#pragma once

#include "domain/publication.h"
#include "domain/part.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Powers powersIn(std::optional<RegionCode> region, const Request& request, Host& host);
/// Published or withdrawn ones by everybody, any by who works with it.
bool mayBeSeen(const Publication& publication, const Request& request, Host& host);
/// The publication of the path: published or withdrawn, or any for who works with it; else 404.
Publication requireVisible(ReadTx& tx, const Request& request, Host& host);
/// The first part that has a picture of its first page; none while the files are closed.
std::optional<PartId> picturedPart(ReadTx& tx, const Publication& publication, const std::vector<Part>& parts);
/// For editing: 403 for who may not change it as it stands.
Publication requireChangeable(ReadTx& tx, const Request& request, Host& host);
const Part& requirePart(const std::vector<Part>& parts, const Request& request);

/// Regions where the visitor works, and whether the whole country is among them.
struct Territory {
  std::vector<Region> regions;
  bool nation = false;
  std::vector<RegionCode> codes() const;
};
Territory territoryOf(const Request& request, Host& host);

/// 403: what was asked for is not theirs to do, or not now.
[[noreturn]] void refuse();

}  // namespace toimela::publications::handlers
