// The form by which people register: who sends it, who comes, what they choose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "domain/question.h"
#include "domain/registration.h"
#include "operations/places.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/questions.h"
#include "view/words.h"

namespace toimela::events::view {

/// The most people and held places of one form.
inline constexpr int kMostPeople = 20;

/// What the form of an event asks the one who fills it.
struct FormShape {
  Event event;
  std::vector<Session> workshops;          ///< those that are chosen
  Places places;
  std::vector<Question> questions;         ///< those that are asked on registering
  bool hasQuotas = false;                  ///< the sector decides on places
  std::optional<Person> person;            ///< who is signed in
  std::vector<Organisation> organisations; ///< that they may register for
};

/// Several forms that are sent as one: a part each for who registers, for themselves as a
/// participant, for every other person, and for the group.
class RegistrationForm {
 public:
  /// An empty one with a key of its own, filled with what is known of who is signed in.
  static RegistrationForm blank(const FormShape& shape, const Words& words);
  /// What was sent, checked; `problems` are those of files.
  static RegistrationForm read(const FormShape& shape, const Words& words, const Fields& sent,
                               const std::vector<FileProblem>& problems);
  /// What was sent, unchecked, with one person more (`add`) or less (`remove` counts from 1).
  static RegistrationForm reshaped(const FormShape& shape, const Words& words, const Fields& sent);
  /// Was it sent only to be shown with more or fewer people?
  static bool isReshaping(const Fields& sent) { return sent.has("add") || sent.has("remove"); }

  bool ok() const;
  /// The registration as it is wished. Of a form that is ok.
  Registration registration(const FormShape& shape, Locale locale) const;

  /// Says why it was not taken, at the field that it is about.
  void explain(const operations::Refusal& refusal, const FormShape& shape, const Words& words);
  /// Files that were sent and count, for operations::Wish.
  std::vector<operations::Wish::File> files(const FormShape& shape) const;
  /// Says that this very form was sent before, with other people in it.
  void explainSentBefore() { contact_.error("", "events.visit.sent_before"); }
  void explainMailsEnough() { contact_.error("email", "mail.address.enough"); }
  View view(const FormShape& shape, const Words& words) const;

 private:
  RegistrationForm(const FormShape& shape, const Words& words, int others);
  void check(const FormShape& shape);
  void checkWorkshops(const FormShape& shape);
  void checkAddresses(const FormShape& shape);
  void checkQuestions(const FormShape& shape);
  /// Says what is wrong with files that came.
  void explain(const std::vector<FileProblem>& problems);
  /// Shows the names of files that were sent before.
  void showFiles(const FormShape& shape);
  bool comesThemselves() const { return own_.flag("attends"); }
  std::int64_t held() const { return group_.number("held").value_or(0); }
  std::size_t named() const { return (comesThemselves() ? 1U : 0U) + others_.size(); }
  std::optional<Organisation> organisation(const FormShape& shape) const;
  /// The part with the fields of participant `index`, and the number in their names: 0 for oneself.
  std::pair<Form*, std::size_t> partOf(std::size_t index);

  std::string key_;
  Form contact_, own_, group_;
  std::vector<Form> others_;
};

/// "p2_email": a field of one person.
std::string personField(std::size_t number, std::string_view name);
/// A box for each workshop that can be chosen, with when it is and how many places are left.
Field workshopField(std::string name, const std::vector<Session>& workshops, const Places& places,
                    const Words& words);
std::vector<SessionId> readWorkshops(const Form& form, std::string_view field);
/// Key of the sentence about a choice that can not be.
std::string_view problemKey(ChoiceProblem problem);

}  // namespace toimela::events::view
