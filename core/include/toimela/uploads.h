// Large files in pieces: resumable uploads by the tus protocol, version 1.0.0 (https://tus.io),
// with its extensions creation, expiration and termination.
//
//   registry.routes(files::uploadRoutes("/api/v1/publications/uploads", kWrite, files::worksToKeep()));
//
// In the handler that shows the form: files::offerUploads(view, host, request, {…}); in its
// template, inside or after the form: {{> upload}}. In the handler that takes the form:
//
//   auto sent = files::sentFile(host, request, "file", files::worksToKeep());
//
// finds what was uploaded in pieces, or what came with the form where there is no script.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/files.h"
#include "toimela/route.h"

namespace toimela::files {

/// The greatest piece of one PATCH, in bytes.
inline constexpr std::uint64_t kMostPiece = 64 * 1024 * 1024;

/// Creating (POST), asking (GET and HEAD), appending (PATCH) and giving up (DELETE). `pattern`
/// begins with "/api/"; the permission must be held anywhere, and an upload is its maker's alone.
/// An upload that rests for a day is swept. What one person has under way at once is limited to
/// eight uploads and 8 GiB.
TOIMELA_API std::vector<Route> uploadRoutes(std::string pattern, Permission permission, const Rules& rules);

/// Lets a page's file inputs send in pieces, with a progress bar. Sets the list "upload", which
/// the partial {{> upload}} shows.
struct UploadOffer {
  std::string address;               ///< the pattern of uploadRoutes
  std::vector<std::string> fields;   ///< names of the file inputs
  Rules rules;
};
TOIMELA_API void offerUploads(View& view, Host& host, const Request& request, const UploadOffer& offer);

/// What came for the file input `field`: an upload of this person that is complete (its id stands in
/// the form field "<field>_upload"), or a file in the form itself; nothing when neither did. Call it
/// outside transactions, and keep() what it gives.
TOIMELA_API std::optional<std::variant<Incoming, Refusal>> sentFile(Host& host, const Request& request,
                                                                    std::string_view field, const Rules& rules);

}  // namespace toimela::files
