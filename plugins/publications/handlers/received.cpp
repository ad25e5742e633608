#include "handlers/received.h"

#include <algorithm>

#include "view/forms.h"

namespace toimela::publications::handlers {

const files::Rules& acceptedFiles() {
  static const files::Rules rules = [] {
    files::Rules all = files::documentsAndPictures();
    all.mostBytes = 200ULL * 1024 * 1024;
    all.types.insert(all.types.end(), {"application/epub+zip", "audio/mpeg", "audio/ogg", "audio/mp4", "audio/wav",
                                       "audio/flac"});
    return all;
  }();
  return rules;
}

std::optional<files::Incoming> receiveFile(Host& host, const Request& request, Form& form) {
  const auto sent = std::ranges::find(request.files, "file", &UploadedFile::field);
  if (sent == request.files.end() || !sent->content) {
    view::explain(form, files::Refusal::empty);
    return std::nullopt;
  }
  if (!form.ok()) return std::nullopt;
  auto received = files::receive(host, *sent, acceptedFiles());
  if (const auto* refusal = std::get_if<files::Refusal>(&received)) {
    view::explain(form, *refusal);
    return std::nullopt;
  }
  return std::get<files::Incoming>(std::move(received));
}

}  // namespace toimela::publications::handlers
