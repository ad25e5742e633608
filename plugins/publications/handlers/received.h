// A file that came with a form.
#pragma once

#include <optional>

#include "toimela/files.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

/// Documents, spreadsheets, slides, EPUB, pictures, sound and video.
const files::Rules& acceptedFiles();
/// The form's field "file", checked and put into the store; nothing with an error in the form when it is not
/// acceptable or the form has other errors.
std::optional<files::Incoming> receiveFile(Host& host, const Request& request, Form& form);

}  // namespace toimela::publications::handlers
