#include "domain/needs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace toimela::trendcards {

namespace {

std::map<SessionId, std::int64_t> peopleBySession(const std::vector<NeedPart>& parts) {
  std::map<SessionId, std::int64_t> people;
  for (const NeedPart& part : parts) people[part.session] += part.people;
  return people;
}

std::int64_t sumOf(const std::map<SessionId, std::int64_t>& people) {
  std::int64_t sum = 0;
  for (const auto& [session, count] : people) sum += count;
  return sum;
}

/// May these be counted together, when `all` still waits of the same sessions?
bool isSafe(const std::vector<NeedPart>& parts, const std::vector<NeedPart>& all) {
  const auto inside = peopleBySession(parts);
  if (inside.empty()) return false;
  if (inside.size() == 1) {
    const auto [session, people] = *inside.begin();
    const std::int64_t outside = peopleBySession(all)[session] - people;
    return people >= kFewestInCell && (outside == 0 || outside >= kFewestInCell);
  }
  std::int64_t largest = 0;
  for (const auto& [session, people] : inside) largest = std::max(largest, people);
  return sumOf(inside) - largest >= kFewestInCell;
}

void add(Need& need, const CountedBatch& batch) {
  need.trend = batch.trend;
  need.people += batch.people;
  need.points += batch.points;
}

template <class Wanted>
std::vector<NeedPart> those(const std::vector<NeedPart>& parts, Wanted wanted) {
  std::vector<NeedPart> some;
  std::ranges::copy_if(parts, std::back_inserter(some), wanted);
  return some;
}

}  // namespace

std::int64_t NeedBatch::people() const {
  std::int64_t sum = 0;
  for (const NeedPart& part : parts) sum += part.people;
  return sum;
}
std::int64_t NeedBatch::points() const {
  std::int64_t sum = 0;
  for (const NeedPart& part : parts) sum += part.points;
  return sum;
}

std::vector<NeedBatch> batchesOf(std::vector<NeedPart> waiting) {
  std::vector<NeedBatch> batches;
  const auto take = [&](std::optional<Sector> sector, std::vector<NeedPart> parts) {
    if (!isSafe(parts, waiting)) return;
    std::erase_if(waiting, [&](const NeedPart& each) { return std::ranges::find(parts, each) != parts.end(); });
    batches.push_back({sector, std::move(parts)});
  };
  for (const Sector sector : kSectors) {
    // Sessions that can stand alone do, so that they do not wait for others; what is left joins.
    for (const auto& [session, people] : peopleBySession(waiting))
      take(sector, those(waiting, [&](const NeedPart& each) { return each.sector == sector && each.session == session; }));
    take(sector, those(waiting, [&](const NeedPart& each) { return each.sector == sector; }));
  }
  for (const auto& [session, people] : peopleBySession(waiting))
    take(std::nullopt, those(waiting, [&](const NeedPart& each) { return each.session == session; }));
  take(std::nullopt, waiting);
  return batches;
}

bool NeedFilter::takes(const CountedBatch& batch) const {
  return (!region || batch.region == *region) && (!sector || batch.sector == sector) &&
         (!year || static_cast<int>(batch.countedOn.day().year()) == *year);
}

std::vector<Need> needsOf(std::span<const CountedBatch> batches, const NeedFilter& filter) {
  std::map<std::int64_t, Need> byTrend;
  for (const CountedBatch& batch : batches)
    if (filter.takes(batch)) add(byTrend[batch.trend], batch);
  std::vector<Need> needs;
  for (const auto& [trend, need] : byTrend) needs.push_back(need);
  std::ranges::stable_sort(needs, std::ranges::greater{},
                           [](const Need& need) { return std::pair(need.weight(), need.people); });
  return needs;
}

std::map<RegionCode, Need> needsByRegion(std::span<const CountedBatch> batches, std::int64_t trend, NeedFilter filter) {
  filter.region.reset();
  std::map<RegionCode, Need> needs;
  for (const CountedBatch& batch : batches)
    if (batch.trend == trend && filter.takes(batch)) add(needs[batch.region], batch);
  return needs;
}

HalfYear HalfYear::of(Date day) {
  return {static_cast<int>(day.day().year()), static_cast<unsigned>(day.day().month()) <= 6 ? 1 : 2};
}

std::map<HalfYear, Need> needsOverTime(std::span<const CountedBatch> batches, std::int64_t trend, NeedFilter filter) {
  filter.year.reset();
  std::map<HalfYear, Need> needs;
  for (const CountedBatch& batch : batches)
    if (batch.trend == trend && filter.takes(batch)) add(needs[HalfYear::of(batch.countedOn)], batch);
  return needs;
}

namespace detail {

std::vector<NeedPart> summed(SessionId session, std::span<const Said> said) {
  std::map<std::pair<std::int64_t, std::optional<Sector>>, std::pair<std::int64_t, double>> sums;
  for (const Said& each : said) {
    auto& [people, share] = sums[{each.trend, each.sector}];
    people += 1;
    share += each.share;
  }
  std::vector<NeedPart> parts;
  for (const auto& [key, sum] : sums)
    parts.push_back({.session = session,
                     .trend = key.first,
                     .sector = key.second,
                     .people = sum.first,
                     .points = std::llround(sum.second * static_cast<double>(kPointsOfOne))});
  return parts;
}

std::optional<Sector> sectorOf(const SessionAnswers& answers, ParticipantId participant) {
  const auto found = std::ranges::find(answers.participants, participant, &Participant::id);
  return found == answers.participants.end() ? std::nullopt : found->sector;
}

}  // namespace detail

}  // namespace toimela::trendcards
