// Writing, changing, removing, pinning and answering posts.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

/// Largest body of a post's form: more than what its files may have, so that a file that is too
/// large is answered at its field.
inline constexpr std::uint64_t kLargestPostForm = 64 * 1024 * 1024;
/// The longest texts with every character percent-encoded.
inline constexpr std::uint64_t kLargestWords = 256 * 1024;

Response newPost(const Request& request, Host& host);
Response addPost(const Request& request, Host& host);
Response editPost(const Request& request, Host& host);
Response savePost(const Request& request, Host& host);
Response confirmRemovePost(const Request& request, Host& host);
Response removePost(const Request& request, Host& host);
/// Undoes it, for the one who did it.
Response restorePost(const Request& request, Host& host);
Response pinPost(const Request& request, Host& host);
Response markAnswered(const Request& request, Host& host);

Response newAnnouncement(const Request& request, Host& host);
Response sendAnnouncement(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
