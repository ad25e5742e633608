// A registration as those who made it see it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "domain/question.h"
#include "domain/registration.h"
#include "operations/own.h"
#include "store/answer_files.h"
#include "toimela/form.h"
#include "view/answer_files.h"
#include "view/words.h"

namespace toimela::events::view {

struct OwnPage {
  Event event;
  Registration registration;
  std::vector<Session> sessions = {};
  std::vector<Question> questions = {};
  std::map<ParticipantId, std::int64_t> positions = {};  ///< in the list, of those who wait
  std::map<ParticipantId, std::string> codes = {};       ///< what the QR codes of those with a place open
  std::string path = {};                                 ///< of the private page
  std::string materialsPath = {};                        ///< empty when there are none for them
  Instant now{};
  bool takesChanges = false, takesFollowUp = false;
  std::vector<store::AnswerFile> files = {};
  std::vector<Organisation> linkable = {};  ///< that the reader may say it is for
};
/// Places can be given back until the event begins.
bool mayCancel(const OwnPage& page);
/// Answers can be changed as long as names can.
bool mayAnswer(const OwnPage& page);
/// The way to a page behind the private one, or to it without `here`.
std::vector<View> trail(const OwnPage& page, const std::string& here, const Words& words);

View ownPage(const OwnPage& page, const Words& words);
/// The question before cancelling.
View cancelPage(const OwnPage& page, const std::vector<ParticipantId>& participants,
                const Words& words);

/// What the form about one participant asks.
struct ParticipantShape {
  std::vector<Session> workshops;
  std::vector<Question> questions;  ///< those that each participant is asked
  std::vector<store::AnswerFile> files = {};  ///< theirs
  Places places;
};
FormSpec participantFields(const ParticipantShape& shape, const Words& words);
void fillParticipant(Form& form, const Participant& participant, const ParticipantShape& shape);
/// What the fields alone do not tell: answers that are missing.
void checkParticipant(Form& form, const ParticipantShape& shape, const std::vector<FileProblem>& problems);
operations::Change readChange(const Form& form, const ParticipantShape& shape);
void explain(Form& form, operations::ChangeProblem problem);
View participantPage(const OwnPage& page, const Participant& participant,
                     const ParticipantShape& shape, const Form& form, const Words& words);

/// One registration in a list of them.
struct OwnRow {
  Event event;
  Registration registration;
  std::string path;  ///< of the private page; empty when it is not theirs to change
};
struct OrganisationRows {
  LocalText name;
  std::vector<OwnRow> rows;
};
struct OwnEvents {
  std::vector<OwnRow> own;
  std::vector<OwnRow> byOthers;  ///< only the place of the reader is in them
  std::vector<OrganisationRows> organisations;
  Instant now{};
};
View ownEvents(const OwnEvents& events, const Words& words);
/// What is to come, for the dashboard; false when there is nothing.
bool fillOwnTile(View& view, const OwnEvents& events, const Words& words);

}  // namespace toimela::events::view
