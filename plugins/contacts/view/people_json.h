// People of the directory as the API shows them: only what the reader may see.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/profile.h"
#include "view/people.h"

namespace toimela::contacts::view {

/// `next` is what to ask as `after` for the page that follows; empty on the last one.
std::string peopleJson(const std::vector<SeenPerson>& people, const std::string& next);
std::string personJson(const SeenPerson& person);
/// The profile for its owner's take-out.
std::string profileJson(const Profile& profile);
/// Schemas by name.
std::vector<std::pair<std::string, std::string>> peopleSchemas();

}  // namespace toimela::contacts::view
