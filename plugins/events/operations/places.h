// Giving and taking places. Each function is a whole change: it locks the event, which makes every
// other change of its places wait, decides by the rule of domain/places.h, and writes states, counts,
// audit entries and letters in the one transaction that it is given.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "operations/answers.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Why a registration was not taken. Nothing of it is stored then.
struct Refusal {
  enum class Why {
    notOpen,         ///< see `registering`
    full,            ///< and there is no waiting list
    duplicate,       ///< the address of participant `index` is registered already
    overCeiling,     ///< the organisation, or who speaks for none, may have `left` more places
    unknownWorkshop, ///< participant `index` chose one that is not to be chosen
    overlapping,     ///< participant `index` chose workshops at the same time
  };
  Why why;
  std::size_t index = 0;
  std::int64_t left = 0;
  Registering registering = Registering::open;
};

/// A registration as it was sent: participants with name, address, workshops and answers; the rest of
/// them is decided here.
struct Wish {
  Registration registration;
  std::optional<PersonId> actor;
  /// Entered by the organiser: also while registration is closed, and without asking for approval.
  bool byOrganiser = false;
  std::string reason = {};  ///< why the organiser did, for the log
  bool onlyNow = false;     ///< a place or nothing: does not wait
  /// Files among the answers: of participant `index`, or of the registration.
  struct File {
    std::optional<std::size_t> index;
    SentFile sent;
  };
  std::vector<File> files = {};
};
/// The registration with its ids and states; `isRepeated` when the form had been sent before, and
/// nothing was changed.
struct Registered {
  Registration registration;
  bool isRepeated = false;
};
using Outcome = std::variant<Registered, Refusal>;

/// Takes them in the order they came, each as if it came alone: one lock, one commit for all of them.
/// All are for this event. Throws NotFound when there is no such event.
std::vector<Outcome> registerAll(WriteTx& tx, EventId event, std::span<const Wish> wishes);

/// What registerAll() would answer now; nothing is stored.
std::vector<Outcome> foresee(ReadTx& tx, EventId event, std::span<const Wish> wishes);

/// Who asks that something happens to a place: the letters differ.
enum class By { participant, organiser };

/// Cancels those that are live and gives their places to who waits; how many it cancelled. `reason` is
/// kept in the log when the organiser does it.
std::size_t cancel(WriteTx& tx, EventId event, std::span<const ParticipantId> participants, By by,
                   const std::string& reason = {});

enum class PlaceProblem {
  notThere,  ///< no longer in the state that this is about
  full,      ///< no room
  tooSmall,  ///< more places are taken than there would be
};

/// The organiser's yes to a pending one: they get a place, or wait for it.
std::optional<PlaceProblem> approve(WriteTx& tx, EventId event, ParticipantId participant);
std::optional<PlaceProblem> decline(WriteTx& tx, EventId event, ParticipantId participant,
                                    const std::string& reason);

/// The answer to an offer.
std::optional<PlaceProblem> acceptOffer(WriteTx& tx, EventId event, ParticipantId participant);
std::optional<PlaceProblem> declineOffer(WriteTx& tx, EventId event, ParticipantId participant);
/// Takes back offers and unconfirmed registrations whose time is over, and gives their places on.
std::size_t lapse(WriteTx& tx, EventId event);

/// Other workshops for one who is registered; all of them or none.
std::optional<PlaceProblem> moveTo(WriteTx& tx, EventId event, ParticipantId participant,
                                   const std::vector<SessionId>& sessions, By by,
                                   const std::string& reason = {});

/// Counts a registration that is for nobody, or for another one, as the organisation's: its places are
/// under the organisation's ceiling from now on, and those who represent it see them. Only for who may
/// say so: its organiser, or one who acts for the organisation and was given the private link.
std::optional<Refusal> linkOrganisation(WriteTx& tx, EventId event, RegistrationId registration,
                                        const Organisation& organisation, const std::string& reason);

/// Notes that the one with this code has come, if they have a place; they as they are now. Coming twice
/// changes nothing. `ago`: how long a note has waited for the network at the door. Nothing: no such place.
std::optional<Participant> checkIn(WriteTx& tx, EventId event, const std::string& code,
                                   std::chrono::seconds ago = std::chrono::seconds{0});
/// Takes it back.
std::optional<Participant> undoCheckIn(WriteTx& tx, EventId event, const std::string& code);

/// Puts a waiting registration before another one in the list, or to its end.
std::optional<PlaceProblem> moveInList(WriteTx& tx, EventId event, RegistrationId registration,
                                       std::optional<RegistrationId> before, const std::string& reason);

/// Changes how many places there are, of the event or of a workshop or quota, and gives out what is
/// new. A ceiling is that of every organisation.
std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, std::optional<std::int64_t> capacity);
std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, SessionId session,
                                   std::optional<std::int64_t> capacity);
std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, QuotaId quota, std::int64_t capacity);
std::optional<PlaceProblem> setCeiling(WriteTx& tx, EventId event, std::optional<std::int64_t> ceiling);

}  // namespace toimela::events::operations
