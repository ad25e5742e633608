#include "domain/report.h"

namespace toimela::events {

namespace {

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> FeedbackSums::mean() const { return ratio(ratings, answers); }
std::optional<double> FeedbackSums::partnerShare() const { return ratio(partners, partnerAnswers); }

FeedbackSums& FeedbackSums::operator+=(const FeedbackSums& other) {
  answers += other.answers;
  ratings += other.ratings;
  partnerAnswers += other.partnerAnswers;
  partners += other.partners;
  return *this;
}

std::int64_t SectorCounts::all() const {
  std::int64_t sum = unknown;
  for (const auto& [sector, count] : bySector) sum += count;
  return sum;
}

std::int64_t SectorCounts::thirdSector() const {
  std::int64_t sum = 0;
  for (const auto& [sector, count] : bySector)
    if (sector == Sector::association || sector == Sector::foundation) sum += count;
  return sum;
}

std::optional<double> SectorCounts::thirdSectorShare() const { return ratio(thirdSector(), all() - unknown); }

SectorCounts& SectorCounts::operator+=(const SectorCounts& other) {
  for (const auto& [sector, count] : other.bySector) bySector[sector] += count;
  unknown += other.unknown;
  return *this;
}

Report reportOn(std::vector<HeldEvent> events) {
  Report report{.events = std::move(events)};
  for (const HeldEvent& event : report.events) {
    report.people += event.people;
    report.feedback += event.feedback;
  }
  return report;
}

}  // namespace toimela::events
