// Registrations as they come in: which are taken, and which of their people have a place.
#include <algorithm>
#include <map>
#include <set>

#include "domain/pools.h"
#include "operations/audit.h"
#include "operations/followup.h"
#include "operations/letters.h"
#include "operations/locked_event.h"
#include "operations/mailings.h"
#include "operations/places.h"
#include "store/answer_files.h"
#include "store/events.h"
#include "store/followup.h"
#include "store/places.h"
#include "store/registrations.h"
#include "toimela/bookkeeping.h"
#include "toimela/host.h"
#include "toimela/secrets.h"
#include "toimela/throttle.h"

namespace toimela::events::operations {

namespace {

using Why = Refusal::Why;
using Kind = PoolKey::Kind;

/// Takes registrations one after the other into an event.
class Intake {
 public:
  Intake(Standing& standing, std::span<const Wish> wishes, Instant now)
      : standing_(standing),
        registering_(registeringOf(standing.event, now)),
        sessions_(store::sessionsOf(standing.tx, standing.event.id)),
        quotas_(store::quotasOf(standing.tx, standing.event.id)) {
    std::vector<std::string> keys, addresses;
    for (const Wish& wish : wishes) {
      keys.push_back(wish.registration.formKey);
      for (const Participant& participant : wish.registration.participants)
        if (participant.email) addresses.push_back(participant.email->key());
    }
    made_ = store::madeWith(standing.tx, standing.event.id, keys);
    taken_ = store::registeredAddresses(standing.tx, standing.event.id, addresses);
  }

  /// Decides; what is taken is saved by save().
  Outcome take(const Wish& wish) {
    if (const auto made = made_.find(wish.registration.formKey); made != made_.end())
      return Registered{*store::findRegistration(standing_.tx, made->second), true};
    Registration registration = wish.registration;
    registration.event = standing_.event.id;
    if (auto refusal = refusalOf(registration, wish.byOrganiser)) return *refusal;
    if (auto refusal = givePlaces(registration, wish)) return *refusal;
    for (const Participant& participant : registration.participants)
      if (participant.email) taken_.insert(participant.email->key());
    return Registered{std::move(registration)};
  }

 private:
  std::optional<Refusal> refusalOf(const Registration& registration, bool byOrganiser) {
    if (!mayRegister(byOrganiser))
      return Refusal{.why = Why::notOpen, .registering = registering_};
    std::set<std::string> own;
    for (std::size_t i = 0; i < registration.participants.size(); ++i) {
      const Participant& participant = registration.participants[i];
      if (participant.email && (taken_.contains(participant.email->key()) ||
                                !own.insert(participant.email->key()).second))
        return Refusal{.why = Why::duplicate, .index = i};
      if (const auto problem = problemWithChoice(sessions_, participant.sessions))
        return Refusal{.why = *problem == ChoiceProblem::overlapping ? Why::overlapping
                                                                    : Why::unknownWorkshop,
                       .index = i};
    }
    return overCeiling(registration);
  }

  /// An organiser enters people also before registration opens and after it has closed.
  bool mayRegister(bool byOrganiser) const {
    return registering_ == Registering::open ||
           (byOrganiser && standing_.event.status == EventStatus::published);
  }

  std::optional<Refusal> overCeiling(const Registration& registration) {
    const auto ceiling = standing_.event.places.ceiling;
    if (!ceiling) return std::nullopt;
    const auto wanted = static_cast<std::int64_t>(registration.participants.size());
    // Nobody has said for whom it speaks: it is a small organisation of its own.
    if (!registration.organisation)
      return wanted > *ceiling ? std::optional(Refusal{.why = Why::overCeiling, .left = *ceiling}) : std::nullopt;
    const OrganisationId organisation = *registration.organisation;
    if (!live_.contains(organisation))
      live_[organisation] = store::liveOf(standing_.tx, standing_.event.id, organisation);
    const std::int64_t left = std::max<std::int64_t>(0, *ceiling - live_[organisation]);
    if (wanted > left) return Refusal{.why = Why::overCeiling, .left = left};
    live_[organisation] += wanted;
    standing_.places.add({Kind::organisation, organisation.value}, {ceiling, 0});
    return std::nullopt;
  }

  /// Nobody who waits fits, or they would not wait: who fits now takes no place from them.
  std::optional<Refusal> givePlaces(Registration& registration, const Wish& wish) {
    const bool approvesFirst = standing_.event.places.approvesFirst && !wish.byOrganiser;
    Places& places = standing_.places;
    const Places before = places;
    std::size_t placed = 0;
    for (Participant& participant : registration.participants) {
      participant.quota = quotaOf(quotas_, registration.sector);
      participant.position = ++standing_.position;
      participant.code = secrets::random(12);
      participant.state = PlaceState::waiting;
      if (approvesFirst) {
        participant.state = PlaceState::pending;
      } else if (places.take(wantedBy(participant, registration.organisation))) {
        participant.state = PlaceState::confirmed;
        ++placed;
      }
    }
    const std::size_t wanted = registration.participants.size();
    if (approvesFirst || placed == wanted) return std::nullopt;
    if (wish.onlyNow || !standing_.event.places.hasWaitingList) {
      places = before;
      forget(registration);
      return Refusal{.why = Why::full, .left = static_cast<std::int64_t>(placed)};
    }
    if (registration.mode == GroupMode::together) {
      places = before;
      for (Participant& participant : registration.participants)
        participant.state = PlaceState::waiting;
    }
    return std::nullopt;
  }

  void forget(const Registration& registration) {
    if (registration.organisation && live_.contains(*registration.organisation))
      live_[*registration.organisation] -= static_cast<std::int64_t>(registration.participants.size());
  }

  Standing& standing_;
  Registering registering_;
  std::vector<Session> sessions_;
  std::vector<Quota> quotas_;
  std::map<std::string, RegistrationId> made_;
  std::set<std::string> taken_;
  std::map<OrganisationId, std::int64_t> live_;
};

void keepFiles(WriteTx& tx, const Registration& registration, const std::vector<Wish::File>& sent) {
  for (const Wish::File& file : sent) {
    const std::optional<ParticipantId> owner =
        file.index ? std::optional(registration.participants.at(*file.index).id) : std::nullopt;
    store::addAnswerFile(tx, {files::keep(tx, file.sent.incoming, registration.person), registration.id, owner,
                              file.sent.key, file.sent.incoming.name});
  }
}

void save(LockedEvent& locked, std::span<const Wish> wishes, std::vector<Outcome>& outcomes) {
  std::vector<Registration*> taken;
  std::vector<const Wish*> wished;
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    if (auto* registered = std::get_if<Registered>(&outcomes[i]); registered && !registered->isRepeated) {
      taken.push_back(&registered->registration);
      wished.push_back(&wishes[i]);
    }
  WriteTx& tx = locked.tx();
  store::insertRegistrations(tx, taken);
  for (std::size_t i = 0; i < taken.size(); ++i) keepFiles(tx, *taken[i], wished[i]->files);
  store::savePlaces(tx, locked.id(), locked.places());
  const bool asksMore = !taken.empty() && store::hasFollowUp(tx, locked.id());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    AuditEntry entry = entryFor("events.registration.add", locked.event(), *taken[i]);
    entry.actor = wished[i]->actor;
    tx.audit(std::move(entry));
    const bool isEntered = wished[i]->byOrganiser;
    if (isEntered)
      tx.audit(entryFor("events.registration.enter", locked.event(), taken[i]->participants.front().id,
                        wished[i]->reason));
    // Who gave no address is entered under the organiser's, who knows already.
    if (isEntered && !taken[i]->participants.front().email) continue;
    if (taken[i]->confirmBy) {
      throttle::countAttempt(tx, throttle::kUnconfirmedLetters, taken[i]->email.key(), tx.time());
      tx.letter(kRegistered, taken[i]->id.value);
      continue;
    }
    tellRegistered(tx, *taken[i]);
    if (asksMore) askFollowUp(tx, *taken[i]);
  }
  if (taken.empty()) bookkeeping(tx, "nothing was registered");
}

}  // namespace

std::vector<Outcome> registerAll(WriteTx& tx, EventId event, std::span<const Wish> wishes) {
  std::int64_t people = 0;
  for (const Wish& wish : wishes) people += static_cast<std::int64_t>(wish.registration.participants.size());
  LockedEvent locked(tx, event, people);
  Intake intake(locked.standing(), wishes, tx.time());
  std::vector<Outcome> outcomes;
  std::map<std::string_view, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::size_t>> repeats;
  for (const Wish& wish : wishes) {
    const auto [first, isNew] = seen.emplace(wish.registration.formKey, outcomes.size());
    if (!isNew) repeats.emplace_back(outcomes.size(), first->second);
    outcomes.push_back(isNew ? intake.take(wish) : Outcome{Refusal{}});
  }
  save(locked, wishes, outcomes);
  // The same form twice in one go: the later one gets the answer of the first.
  for (const auto& [again, first] : repeats) {
    outcomes[again] = outcomes[first];
    if (auto* registered = std::get_if<Registered>(&outcomes[again])) registered->isRepeated = true;
  }
  return outcomes;
}

std::vector<Outcome> foresee(ReadTx& tx, EventId event, std::span<const Wish> wishes) {
  Standing standing(tx, event);
  Intake intake(standing, wishes, now());
  std::vector<Outcome> outcomes;
  for (const Wish& wish : wishes) outcomes.push_back(intake.take(wish));
  return outcomes;
}

}  // namespace toimela::events::operations
