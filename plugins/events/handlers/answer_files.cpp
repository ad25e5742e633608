#include "handlers/answer_files.h"

#include <algorithm>
#include <cctype>

#include "toimela/throttle.h"

namespace toimela::events::handlers {

namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;

/// "diet" of "q_diet" and of "p12_q_diet".
std::string_view keyIn(std::string_view field) {
  if (field.starts_with("p")) {
    const auto end = field.find_first_not_of("0123456789", 1);
    if (end == field.npos || end == 1 || field[end] != '_') return {};
    field.remove_prefix(end + 1);
  }
  return field.starts_with("q_") ? field.substr(2) : std::string_view();
}

const Question* fileQuestion(const std::vector<Question>& questions, std::string_view field) {
  const auto key = keyIn(field);
  const auto found = std::ranges::find_if(questions, [&](const Question& each) {
    return each.kind == QuestionKind::file && !key.empty() && each.key == key;
  });
  return found == questions.end() ? nullptr : &*found;
}

bool isPresent(const view::Kept& kept, const Question& question, const std::vector<store::AnswerFile>& present) {
  return std::ranges::any_of(present, [&](const store::AnswerFile& file) {
    return kept.present == file.file && question.key == file.key && kept.incoming.name == file.name;
  });
}

constexpr std::string_view kKept = "_kept";

// What a visitor sends is stored before it is known whether anything comes of it.
constexpr throttle::Allowance kFilesOfNetwork{"events.answer-file", 40, std::chrono::hours(1)};

bool sendTooMuch(const Request& request, Host& host) {
  const std::string network = throttle::addressKey(request.address);
  return host.writeAs({}, [&](WriteTx& tx) {
    return throttle::countAttempt(tx, kFilesOfNetwork, network, tx.time()).count() > 0;
  });
}

}  // namespace

ReadFiles readFiles(const Request& request, Host& host, const std::vector<Question>& questions,
                    const std::vector<store::AnswerFile>& present) {
  ReadFiles read;
  std::vector<std::string> replaced;
  for (const UploadedFile& file : request.files) {
    const Question* question = fileQuestion(questions, file.field);
    if (!question || file.fileName.empty()) continue;
    files::Rules rules = files::documentsAndPictures();
    rules.mostBytes = static_cast<std::uint64_t>(question->mostMegabytes) * kMegabyte;
    if (!request.actor.signedIn() && sendTooMuch(request, host)) {
      read.problems.push_back({file.field, "files.refusal.too_many", question->mostMegabytes});
      continue;
    }
    const auto outcome = files::receive(host, file, rules);
    if (const auto* refusal = std::get_if<files::Refusal>(&outcome)) {
      read.problems.push_back({file.field, std::string(view::problemKey(*refusal)), question->mostMegabytes});
      continue;
    }
    read.sent.add(view::keptField(file.field), view::keptText(host, std::get<files::Incoming>(outcome)));
    replaced.push_back(view::keptField(file.field));
  }
  for (const auto& [name, value] : request.form.all()) {
    const std::string_view field =
        name.ends_with(kKept) ? std::string_view(name).substr(0, name.size() - kKept.size()) : std::string_view();
    const Question* question = fileQuestion(questions, field);
    if (!question) {
      read.sent.add(name, value);
      continue;
    }
    if (value.empty() || std::ranges::find(replaced, name) != replaced.end() ||
        request.form.has(view::dropField(std::string(field))))
      continue;
    const auto kept = view::readKept(value);
    if (kept && (view::isOurs(host, *kept) || isPresent(*kept, *question, present)))
      read.sent.add(name, value);
    else
      read.problems.push_back({std::string(field), "events.question.error.file_gone", question->mostMegabytes});
  }
  return read;
}

Response serveAnswer(const Request& request, Host& host, const Registration& registration,
                     std::optional<ParticipantId> only) {
  const auto id = request.parameters.id<FileId>("file");
  const auto present = host.read([&](ReadTx& tx) { return store::answerFilesOf(tx, registration.id); });
  const bool isTheirs = std::ranges::any_of(present, [&](const store::AnswerFile& file) {
    return id == file.file && (!only || !file.participant || file.participant == only);
  });
  if (!isTheirs) throw NotFound();
  return files::serve(host, *id);
}

}  // namespace toimela::events::handlers
