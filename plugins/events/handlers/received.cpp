#include "handlers/received.h"

namespace toimela::events::handlers {

std::optional<files::Incoming> receiveOne(const Request& request, Host& host, Form& form,
                                          const files::Rules& rules, std::string kindKey) {
  if (!form.ok() || request.files.empty()) return std::nullopt;
  const UploadedFile& file = request.files.front();
  auto outcome = files::receive(host, file, rules);
  if (auto* incoming = std::get_if<files::Incoming>(&outcome)) return std::move(*incoming);
  const auto refusal = std::get<files::Refusal>(outcome);
  switch (refusal) {
    case files::Refusal::empty: form.error("file", "events.error.file_empty"); break;
    case files::Refusal::tooLarge:
      form.error("file", "events.error.file_large",
                 {{"most", std::to_string(rules.mostBytes / (1024 * 1024))}});
      break;
    case files::Refusal::forbiddenKind: form.error("file", std::move(kindKey)); break;
    case files::Refusal::encrypted:
    case files::Refusal::damaged:
    case files::Refusal::bomb: form.error("file", std::string(files::messageKey(refusal))); break;
  }
  return std::nullopt;
}

}  // namespace toimela::events::handlers
