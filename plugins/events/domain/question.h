// Questions that an organiser asks of those who register, and what was answered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::events {

using QuestionId = Id<struct QuestionTag>;

enum class QuestionKind { text, paragraph, choice, several, number, date, consent, file };
inline constexpr auto kQuestionKinds = codes<QuestionKind>({
    {QuestionKind::text, "text"}, {QuestionKind::paragraph, "paragraph"},
    {QuestionKind::choice, "choice"}, {QuestionKind::several, "several"},
    {QuestionKind::number, "number"}, {QuestionKind::date, "date"},
    {QuestionKind::consent, "consent"}, {QuestionKind::file, "file"}});
constexpr std::string_view code(QuestionKind kind) { return kQuestionKinds.code(kind); }
constexpr std::optional<QuestionKind> parseQuestionKind(std::string_view code) {
  return kQuestionKinds.parse(code);
}
constexpr bool hasOptions(QuestionKind kind) {
  return kind == QuestionKind::choice || kind == QuestionKind::several;
}

/// How large a file may be that is an answer, in MiB; an organiser chooses between 1 and kMostMegabytes.
inline constexpr int kUsualMegabytes = 5, kMostMegabytes = 10;

/// Who answers.
enum class AskedOf {
  registration,  ///< once, whoever registers
  participant,   ///< each one who comes
};
inline constexpr auto kAskedOfWhom = codes<AskedOf>({
    {AskedOf::registration, "registration"}, {AskedOf::participant, "participant"}});
constexpr std::string_view code(AskedOf asked) { return kAskedOfWhom.code(asked); }
constexpr std::optional<AskedOf> parseAskedOf(std::string_view code) {
  return kAskedOfWhom.parse(code);
}

struct QuestionOption {
  std::string key;  ///< what an answer says; never changes
  LocalText label;
};

/// Asked only when another question, of the same people and standing before it, was answered so. For a
/// consent the value is "1".
struct Condition {
  std::string key;
  std::string value;
  bool operator==(const Condition&) const = default;
};

/// Invariant: the key is unique in its event and never changes, so that answers can be exported and put
/// on a badge however the question is worded later.
struct Question {
  QuestionId id;
  std::string key;
  AskedOf askedOf = AskedOf::participant;
  QuestionKind kind = QuestionKind::text;
  LocalText label, hint;
  bool isRequired = false;
  std::vector<QuestionOption> options;
  std::optional<Condition> condition;
  bool isFollowUp = false;  ///< asked when there is a place, not on registering
  int mostMegabytes = kUsualMegabytes;  ///< of a file, see kMostMegabytes
};

/// What was answered to one question: one text, the name of a file, or the keys of what was chosen; nothing
/// is an empty list.
struct Answer {
  std::string key;
  std::vector<std::string> values;
  bool operator==(const Answer&) const = default;
};

/// Is the question to be answered, when the others were answered so?
bool isAsked(const Question& question, const std::vector<Answer>& answers);
/// The answers that count: those of questions that are asked, in the order of the questions. What was
/// answered to a question that is not asked is left out.
std::vector<Answer> thatCount(const std::vector<Question>& questions, const std::vector<Answer>& answers);
/// Keys of questions that must be answered and are not.
std::vector<std::string> missing(const std::vector<Question>& questions, const std::vector<Answer>& answers);

/// Those that are asked on registering, and those that are asked when there is a place. What hangs on a
/// question of the first kind is decided by `answered`: the rest hang on each other only.
std::vector<Question> askedFirst(const std::vector<Question>& questions);
std::vector<Question> askedLater(const std::vector<Question>& questions, const std::vector<Answer>& answered);
/// Answers as they are kept, with those to `questions` replaced and all others left alone.
std::string withAnswers(const std::string& json, const std::vector<Question>& questions,
                        const std::vector<Answer>& answers);

/// A key made of a label: "Ruokavalio ja allergiat" is "ruokavalio_ja_allergiat"; with a number behind
/// when it is taken.
std::string newKey(std::string_view label, const std::vector<Question>& taken);

/// Why a question can not be saved so.
enum class QuestionProblem { tooFewOptions, conditionUnknown };
std::optional<QuestionProblem> problemWith(const Question& question, const std::vector<Question>& before);

/// {"diet": ["vegan"], "name": ["…"]}: how answers are kept.
std::string jsonOf(const std::vector<Answer>& answers);
/// Nothing is lost when the text is no such object: it is as if nothing had been answered.
std::vector<Answer> answersIn(const std::string& json);

}  // namespace toimela::events
