// When what is about an event's people goes: told beforehand, put aside, erased to figures. Pure.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "toimela/types.h"

namespace toimela::events {

/// Organisers are told so long before anything is put aside, however late they are told.
inline constexpr std::chrono::hours kToldBefore{24 * 14};
/// So long it can be taken back.
inline constexpr std::chrono::hours kPutAside{24 * 30};
/// What was taken back falls due again after this.
inline constexpr std::chrono::hours kKeptLonger{24 * 30};

/// How far the data about an event's people has come.
struct Retention {
  Instant endsAt{};                  ///< of the event
  int days = 0;                      ///< after its end, as chosen when it was made
  bool hasPeople = false;            ///< somebody's data stands there, not put aside
  std::optional<Instant> toldFor;    ///< organisers were told that it falls due then
  std::optional<Instant> toldAt;
  std::optional<Instant> asideAt;
  std::optional<Instant> keptUntil;
  std::optional<Instant> erasedAt;

  Instant due() const;
  /// When it is put aside at the earliest: told long enough before. `now` stands for a telling to come.
  Instant goesAt(Instant now) const;
  /// When what is put aside is erased; only with asideAt.
  Instant erasedFrom() const;
};

enum class RetentionStage { kept, told, aside, erased };
inline constexpr std::array kRetentionStages{RetentionStage::kept, RetentionStage::told,
                                             RetentionStage::aside, RetentionStage::erased};
std::string_view code(RetentionStage stage);
RetentionStage stageOf(const Retention& retention);

/// What is to be done now.
enum class RetentionStep { none, tell, putAside, erase };
RetentionStep stepOf(const Retention& retention, Instant now);

}  // namespace toimela::events
