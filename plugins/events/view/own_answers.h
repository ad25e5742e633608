// Forms of answers that are given or changed after registering.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "operations/followup.h"
#include "view/own_registration.h"
#include "view/questions.h"

namespace toimela::events::view {

/// One form with a group of questions for the registration and one for each participant. The fields are
/// called "q_<key>", those of a participant "p<id>_q_<key>".
class AnswersForm {
 public:
  struct Group {
    std::optional<ParticipantId> participant;
    std::string title;   ///< whom it is about
    std::vector<Question> questions;
    std::string answers; ///< as they are kept
    std::vector<store::AnswerFile> files;
  };
  AnswersForm(std::string_view titleKey, std::string_view path, std::vector<Group> groups, const Words& words);

  void read(const Fields& sent, const std::vector<FileProblem>& problems);
  bool ok() const { return form_.ok(); }
  std::vector<operations::FollowUpAnswers> answers() const;
  std::vector<Question> questions() const;
  std::string_view titleKey() const { return titleKey_; }
  /// The page that has it, behind the private one.
  std::string_view path() const { return path_; }
  View view(const Words& words) const;

 private:
  std::string_view titleKey_, path_;
  std::vector<Group> groups_;
  FormSpec fields_;
  Form form_;
};

/// What was asked once on registering; nothing when it can not be changed any more.
std::optional<AnswersForm> registrationAnswers(const OwnPage& page, const Words& words);
/// What is asked of those who have a place; nothing when nothing is, or the event has begun.
std::optional<AnswersForm> followUpAnswers(const OwnPage& page, const Words& words);

View answersPage(const OwnPage& page, const AnswersForm& form, const Words& words);

}  // namespace toimela::events::view
