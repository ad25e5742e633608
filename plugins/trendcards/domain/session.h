// A card session: people who work with the cards of an edition at the same time, led by a
// facilitator, and what they gave.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/exercise.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::trendcards {

using EditionId = Id<struct EditionTag>;
using SessionId = Id<struct SessionTag>;
using ParticipantId = Id<struct ParticipantTag>;
using ContributionId = Id<struct ContributionTag>;

/// How participants are known to each other and to the facilitator.
enum class Naming { anonymous, optional, required };
inline constexpr auto kNamings = codes<Naming>(
    {{Naming::anonymous, "anonymous"}, {Naming::optional, "optional"}, {Naming::required, "required"}});

/// What a session may be at the most, and how long.
inline constexpr int kMostParticipants = 2'000, kMostGroups = 20, kMostDots = 10, kMostMinutes = 240;
inline constexpr int kFewestDrawn = 3, kMostDrawn = 6;
/// Codes end by themselves.
inline constexpr std::chrono::hours kShortestOpen{1}, kLongestOpen{24 * 30};
/// Nicknames are forgotten when the session has been over for so long.
inline constexpr std::chrono::days kNicknamesKept{30};
/// In characters.
inline constexpr std::size_t kLongestNickname = 40, kLongestText = 500;
/// Texts of one participant in one session: nobody fills the room's wall alone.
inline constexpr int kMostContributions = 40;
/// Texts of a session: two of each where it is full, and what a page can still show.
inline constexpr int kMostTexts = 4'000;
/// Characters of the key by which a text that is sent again is known.
inline constexpr std::size_t kLongestSendKey = 100;
/// Likelihood and impact are given from 1 to 5.
inline constexpr int kMostOnScale = 5;

/// What a facilitator decides before anybody comes.
struct SessionPlan {
  RegionCode region;
  EditionId edition;            ///< a published version: it never changes under the session
  Exercise exercise = Exercise::rank;
  std::string title = {};
  std::string question = {};    ///< what the cards are looked at with; may be empty
  std::vector<int> cards = {};  ///< their numbers in the edition, in order, each once
  int drawn = 4;                ///< cards that everybody draws
  int dots = 3;                 ///< that everybody has to give to ideas
  int groups = 0;               ///< 0: everybody together
  int ceiling = 100;            ///< of participants
  int minutes = 10;             ///< that the timer begins with
  Naming naming = Naming::anonymous;
  bool asksSector = false;
  bool feedsMap = false;        ///< may be counted in the needs map
  std::optional<std::int64_t> event = {};  ///< that it belongs to, of another plugin (toimela/event_materials.h)
};

struct Session {
  SessionId id;
  SessionPlan plan;
  std::string code;                    ///< in the form that is stored, see JoinCode
  std::optional<PersonId> facilitator; ///< unset once that person was erased
  Phase phase = Phase::lobby;
  std::optional<Instant> timerUntil;
  int participants = 0;
  Instant createdAt, closesAt;
  std::optional<Instant> endedAt;
  std::int64_t revision = 1;           ///< rises with whatever everybody is shown
  bool isForgotten = false;            ///< its nicknames are gone

  /// Nobody joins or answers any more.
  bool isOver(Instant at) const { return endedAt || at >= closesAt; }
  Instant overSince() const { return endedAt.value_or(closesAt); }
};

/// What is wrong with a plan, by the field it is about.
enum class PlanProblem { noCards, cardUnknown, tooFewToDraw, tooFewForExercise };
/// `known` are the numbers of the edition's cards.
std::optional<PlanProblem> check(const SessionPlan& plan, std::span<const int> known);

struct Participant {
  ParticipantId id;
  std::string nickname;            ///< empty: anonymous, or forgotten
  int group = 0;                   ///< 1 …, 0 where there are none
  std::optional<Sector> sector;
  std::vector<int> hand;           ///< the cards that were drawn, in the order they were drawn
  Instant joinedAt;
};

/// One participant's cards, the most important first.
struct Ranking {
  ParticipantId participant;
  std::vector<int> cards;
};

/// Where one participant places a card.
struct Placement {
  ParticipantId participant;
  int card = 0;
  int likelihood = 0;  ///< 1 … 5
  int impact = 0;      ///< 1 … 5
};

/// A text that somebody gave.
struct Contribution {
  ContributionId id;
  ContributionKind kind = ContributionKind::note;
  std::optional<ParticipantId> participant;  ///< unset: the facilitator
  int group = 0;                             ///< of the participant when it was given
  std::optional<int> card, otherCard;
  int position = 0;                          ///< of a link in its story, from 1
  std::string text, need, step;
  int dots = 0;                              ///< of all
  int voters = 0;                            ///< who gave it at least one
  Instant at;
};

/// Everything that came of a session, as plain values; in no order that would tell who was when.
struct SessionAnswers {
  Session session;
  std::vector<Participant> participants;
  std::vector<Ranking> rankings;
  std::vector<Placement> placements;
  std::vector<Contribution> contributions;
};

// ---- coming in ----

/// The code by which people come in: eight signs without look-alikes and without vowels, so that no
/// word comes about. Of 22⁸, about 5·10¹⁰.
class JoinCode {
 public:
  static constexpr std::size_t kLength = 8;
  /// Takes it as people type it: in small letters, with blanks and hyphens.
  static std::optional<JoinCode> parse(std::string_view typed);
  /// Of a random text in base64url of at least 48 characters (secrets::random(36)); throws
  /// std::invalid_argument when it is shorter.
  static JoinCode of(std::string_view random);
  const std::string& text() const { return text_; }
  /// As it is read out: "KX7M-2RPQ".
  std::string shown() const;
  bool operator==(const JoinCode&) const = default;

 private:
  std::string text_;
};

enum class JoinProblem { unknown, over, full, nicknameMissing, groupUnknown, tooManyGuesses };

/// What somebody says of themselves when they come in.
struct Arrival {
  std::string nickname = {};
  int group = 0;
  std::optional<Sector> sector = {};
};
/// What the session lets stand of it: anonymous ones keep no name. Nothing when it may not be so.
std::optional<JoinProblem> admit(const SessionPlan& plan, Arrival& arrival);

/// `count` cards for one more participant, of those that were dealt least often so far, so that every
/// card is in about as many hands. `luck` gives a random number below its argument.
template <class Luck>
std::vector<int> deal(const std::vector<int>& cards, const std::map<int, int>& dealt, int count, Luck&& luck) {
  std::vector<int> shuffled = cards;
  for (std::size_t i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[luck(i)]);
  const auto times = [&](int card) {
    const auto found = dealt.find(card);
    return found == dealt.end() ? 0 : found->second;
  };
  std::ranges::stable_sort(shuffled, {}, times);
  if (shuffled.size() > static_cast<std::size_t>(count)) shuffled.resize(static_cast<std::size_t>(count));
  return shuffled;
}

// ---- answering ----

enum class AnswerProblem {
  over,         ///< the session has ended
  notNow,       ///< the phase has passed, or is not there yet
  notYours,     ///< a card or an idea that is not in question
  incomplete,   ///< an order that leaves cards out, or has two on one place
  outOfRange,   ///< not 1 … 5, or less than no dots
  overBudget,   ///< more dots than there are
  textMissing,
  tooLong,
  tooMany,      ///< one participant's texts
};

/// Is every card of the hand on exactly one place?
std::optional<AnswerProblem> checkRanking(const std::vector<int>& hand, const std::vector<int>& ranked);
/// Cards by their places; nothing when two have the same place, or a place is left out.
std::optional<std::vector<int>> rankedBy(const std::map<int, int>& placeOfCard);
std::optional<AnswerProblem> checkPlacement(const SessionPlan& plan, const Placement& placement);
/// Dots by idea, of which only those in `ideas` are in question.
std::optional<AnswerProblem> checkDots(const SessionPlan& plan, std::span<const ContributionId> ideas,
                                       const std::map<ContributionId, int>& dots);
/// `given` texts are there of the same participant.
std::optional<AnswerProblem> checkContribution(const SessionPlan& plan, const Contribution& contribution, int given);

// ---- the timer ----

/// The end after so many more minutes; a timer that has run out, or does not run, begins now. It never
/// runs longer than kMostMinutes.
Instant extended(std::optional<Instant> until, Instant now, std::chrono::minutes more);

}  // namespace toimela::trendcards
