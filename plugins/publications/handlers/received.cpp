#include "handlers/received.h"

#include "toimela/uploads.h"
#include "view/forms.h"

namespace toimela::publications::handlers {

const files::Rules& acceptedFiles() { return files::worksToKeep(); }

void offerUpload(View& view, Host& host, const Request& request) {
  files::offerUploads(view, host, request, {.address = kUploads, .fields = {"file"}, .rules = acceptedFiles()});
}

std::optional<files::Incoming> receiveFile(Host& host, const Request& request, Form& form) {
  if (!form.ok()) return std::nullopt;
  auto sent = files::sentFile(host, request, "file", acceptedFiles());
  if (!sent) form.error("file", "publications.error.file_missing");
  else if (const auto* refusal = std::get_if<files::Refusal>(&*sent)) view::explain(form, *refusal);
  else return std::get<files::Incoming>(std::move(*sent));
  return std::nullopt;
}

}  // namespace toimela::publications::handlers
