// A file that came with a form, or in pieces before it.
#pragma once

#include <optional>

#include "toimela/files.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/view.h"

namespace toimela::publications::handlers {

/// Where files come in by pieces.
inline constexpr const char* kUploads = "/api/v1/publications/uploads";
/// What a form without a script brings, in bytes; more comes in pieces only.
inline constexpr std::uint64_t kLargestPlain = 200ULL * 1024 * 1024;

/// Documents, spreadsheets, slides, EPUB, pictures and sound, up to 2 GiB.
const files::Rules& acceptedFiles();
/// Lets the page's field "file" send in pieces.
void offerUpload(View& view, Host& host, const Request& request);
/// The form's field "file", checked and put into the store; nothing with an error in the form when it is not
/// acceptable or the form has other errors.
std::optional<files::Incoming> receiveFile(Host& host, const Request& request, Form& form);

}  // namespace toimela::publications::handlers
