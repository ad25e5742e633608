// A file that came with a form.
#pragma once

#include <optional>
#include <string>

#include "toimela/files.h"
#include "toimela/form.h"

namespace toimela::events::handlers {

/// The file that was sent in the field "file", safe on disk; nothing when there was none, or with an
/// error at the field. `kindKey` says which kinds are taken. A form that has errors keeps no file.
std::optional<files::Incoming> receiveOne(const Request& request, Host& host, Form& form,
                                          const files::Rules& rules, std::string kindKey);

}  // namespace toimela::events::handlers
