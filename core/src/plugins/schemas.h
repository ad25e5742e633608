// The JSON Schemas that core and plugins give for the description of the API, checked at start.
#pragma once

#include <string_view>

#include "plugins/contributions.h"

namespace toimela::plugins {

/// Throws std::invalid_argument, in a sentence, for a schema that is no JSON object, is named wrongly
/// or twice; and where a plugin's routes or schemas refer to one that nobody gives. The rooms of the
/// core refer to each other and are looked at together by checkSchemaReferences().
void checkSchemas(const Contributions& present, const Contributions& added,
                  std::string_view plugin);
void checkSchemaReferences(const Contributions& contributions);

}  // namespace toimela::plugins
