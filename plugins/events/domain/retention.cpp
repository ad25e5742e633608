#include "domain/retention.h"

#include <algorithm>

namespace toimela::events {

namespace {

bool isTold(const Retention& retention) { return retention.toldAt && retention.toldFor == retention.due(); }

}  // namespace

Instant Retention::due() const {
  const Instant chosen = endsAt + std::chrono::hours(24) * days;
  return keptUntil ? std::max(chosen, *keptUntil) : chosen;
}

Instant Retention::goesAt(Instant now) const {
  const Instant told = isTold(*this) ? *toldAt : std::max(now, due() - kToldBefore);
  return std::max(due(), told + kToldBefore);
}

Instant Retention::erasedFrom() const { return asideAt.value() + kPutAside; }

std::string_view code(RetentionStage stage) {
  switch (stage) {
    case RetentionStage::kept: return "kept";
    case RetentionStage::told: return "told";
    case RetentionStage::aside: return "aside";
    case RetentionStage::erased: return "erased";
  }
  return "";
}

RetentionStage stageOf(const Retention& retention) {
  if (retention.asideAt) return RetentionStage::aside;
  if (retention.erasedAt && !retention.hasPeople) return RetentionStage::erased;
  return isTold(retention) ? RetentionStage::told : RetentionStage::kept;
}

RetentionStep stepOf(const Retention& retention, Instant now) {
  if (retention.asideAt)
    return now >= retention.erasedFrom() ? RetentionStep::erase : RetentionStep::none;
  if (!retention.hasPeople) return RetentionStep::none;
  if (!isTold(retention))
    return now >= retention.due() - kToldBefore ? RetentionStep::tell : RetentionStep::none;
  return now >= retention.goesAt(now) ? RetentionStep::putAside : RetentionStep::none;
}

}  // namespace toimela::events
