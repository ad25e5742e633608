// The page of a network for somebody who is signed in.
#pragma once

#include <optional>
#include <string>

#include "control_store.h"
#include "control_templates.h"

namespace control {

/// Nothing when there is no such network or nobody is signed in.
std::optional<std::string> networkPage(soci::session& sql, const Templates& templates,
                                       long long network, const std::string& token);

}  // namespace control
