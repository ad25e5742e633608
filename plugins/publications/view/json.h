// Publications for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/part.h"
#include "domain/publication.h"
#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::publications::view {

std::string publicationsJson(const std::vector<Publication>& publications, const std::optional<std::string>& next, const Host& host);
std::string publicationJson(const Publication& publication, const std::vector<Part>& parts, const Host& host);
void addSchemas(Registry& registry);

}  // namespace toimela::publications::view
