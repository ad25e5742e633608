#include "view/answer_files.h"

#include <nlohmann/json.hpp>

#include "toimela/secrets.h"

namespace toimela::events::view {

namespace {

using nlohmann::json;

std::string markOf(Host& host, const files::Incoming& incoming) {
  return host.sign(json{"events.answer_file", incoming.storedName, incoming.name, incoming.type, incoming.size,
                        incoming.sha256}
                       .dump());
}

}  // namespace

std::string keptText(Host& host, const files::Incoming& incoming) {
  return json{{"stored", incoming.storedName}, {"name", incoming.name},     {"type", incoming.type},
              {"size", incoming.size},         {"sha256", incoming.sha256}, {"mark", markOf(host, incoming)}}
      .dump();
}

std::string keptText(const store::AnswerFile& file) {
  return json{{"file", file.file.value}, {"name", file.name}}.dump();
}

std::optional<Kept> readKept(std::string_view text) {
  const auto read = json::parse(text, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  const auto textOf = [&](const char* key) {
    const auto found = read.find(key);
    return found != read.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto numberOf = [&](const char* key) {
    const auto found = read.find(key);
    return found != read.end() && found->is_number_integer() ? found->get<std::int64_t>() : std::int64_t{0};
  };
  Kept kept{.incoming = {textOf("stored"), textOf("name"), textOf("type"),
                         static_cast<std::uint64_t>(std::max<std::int64_t>(0, numberOf("size"))), textOf("sha256")},
            .present = std::nullopt,
            .mark = textOf("mark")};
  if (const auto file = numberOf("file"); file > 0) kept.present = FileId{file};
  return kept;
}

bool isOurs(Host& host, const Kept& kept) {
  return !kept.present && secrets::equal(markOf(host, kept.incoming), kept.mark) &&
         files::receivedPath(host, kept.incoming.storedName).has_value();
}

std::string_view problemKey(files::Refusal refusal) {
  switch (refusal) {
    case files::Refusal::empty: return "events.question.error.file_empty";
    case files::Refusal::tooLarge: return "events.question.error.file_large";
    case files::Refusal::forbiddenKind: return "events.question.error.file_kind";
    case files::Refusal::encrypted:
    case files::Refusal::damaged:
    case files::Refusal::bomb: return files::messageKey(refusal);
  }
  return "";
}

}  // namespace toimela::events::view
