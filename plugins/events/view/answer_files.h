// Files among the answers of a form: what goes through a hidden field while the form is shown again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/answer_files.h"
#include "toimela/files.h"
#include "toimela/host.h"

namespace toimela::events::view {

/// What a browser's file chooser offers; what is taken is decided by the content.
inline constexpr std::string_view kAcceptedFiles =
    ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.png,.jpg,.jpeg,.webp";

/// The hidden field beside the one for the file, and the box that drops what was sent.
inline std::string keptField(const std::string& field) { return field + "_kept"; }
inline std::string dropField(const std::string& field) { return field + "_drop"; }

/// Something that was received, signed: nobody else can make one up.
std::string keptText(Host& host, const files::Incoming& incoming);
/// A file that is an answer already.
std::string keptText(const store::AnswerFile& file);

/// What a hidden field says; it is trusted only when isOurs() or isPresent() says so.
struct Kept {
  files::Incoming incoming;
  std::optional<FileId> present;  ///< an answer already
  std::string mark;
};
std::optional<Kept> readKept(std::string_view text);
bool isOurs(Host& host, const Kept& kept);

/// A file that could not be taken.
struct FileProblem {
  std::string field, key;
  int mostMegabytes = 0;
};
/// What is wrong with a file, as a key with {most}.
std::string_view problemKey(files::Refusal refusal);

}  // namespace toimela::events::view
