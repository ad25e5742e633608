// The needs map: which trends matter where, over card sessions that allowed to be counted, so that nobody
// can tell from it what fewer than five people thought.
//
// Whatever is published is a sum of batches. A batch is at least five people who put the trend in order, is
// made once, and is never made smaller or split: whoever compares two figures, of two filters or of two
// days, learns the sum of whole batches and nothing finer. People of one session who would be known by
// subtracting what that session's own result says (its readers know it) are in no batch of fewer than five
// others.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "domain/result.h"

namespace toimela::trendcards {

inline constexpr std::int64_t kFewestInCell = 5;
/// The weight of RankedItem is kept in thousandths of a person's share, so that sums are whole numbers.
inline constexpr std::int64_t kPointsOfOne = 1000;

/// What the people of one sector said in one session of one trend.
struct NeedPart {
  std::int64_t id = 0;             ///< of the row, 0 before it has one
  SessionId session;
  std::int64_t trend = 0;          ///< Card::trend
  std::optional<Sector> sector;    ///< unset: not asked, or not said
  std::int64_t people = 0;
  std::int64_t points = 0;         ///< sum of their shares, see sharesBehind(), in thousandths

  bool operator==(const NeedPart&) const = default;
};

/// Of the rankings of a session, by trend and sector. `trendOf` gives a card's trend by its number; cards
/// that it does not know are left out. Who ranked a single card said nothing of its weight.
template <class TrendOf>
std::vector<NeedPart> needParts(const SessionAnswers& answers, TrendOf&& trendOf);

/// Parts that are counted together from now on.
struct NeedBatch {
  std::optional<Sector> sector;        ///< unset: of several sectors, or of none that is known
  std::vector<NeedPart> parts;

  std::int64_t people() const;
  std::int64_t points() const;
};
/// The batches that can be made of parts which wait, all of one trend in one region. First of each sector by
/// itself, where what stays behind of the session is nobody or five people too, then of whatever is left.
/// A batch of one session has at least five people; one of several still has them without its largest
/// session. Parts that are in no batch go on waiting.
std::vector<NeedBatch> batchesOf(std::vector<NeedPart> waiting);

/// A batch as it is published.
struct CountedBatch {
  std::int64_t trend = 0;
  RegionCode region;
  std::optional<Sector> sector;
  std::int64_t people = 0;
  std::int64_t points = 0;
  Date countedOn;
};

/// Which batches somebody asks about.
struct NeedFilter {
  std::optional<RegionCode> region;
  std::optional<Sector> sector;
  std::optional<int> year;           ///< in which the batch was made

  bool takes(const CountedBatch& batch) const;
};

/// What is said of a trend.
struct Need {
  std::int64_t trend = 0;
  std::int64_t people = 0;
  std::int64_t points = 0;
  /// 0–100, as RankedItem::weight.
  double weight() const {
    return people == 0 ? 0 : 100.0 * static_cast<double>(points) / static_cast<double>(kPointsOfOne * people);
  }
};
/// By falling weight, then by falling number of people.
std::vector<Need> needsOf(std::span<const CountedBatch> batches, const NeedFilter& filter);
/// Of one trend, in each region where anything is said of it.
std::map<RegionCode, Need> needsByRegion(std::span<const CountedBatch> batches, std::int64_t trend, NeedFilter filter);

/// Half of a year: which of them a trend was on people's minds in.
struct HalfYear {
  int year = 0;
  int half = 1;  ///< 1: January to June
  auto operator<=>(const HalfYear&) const = default;
  static HalfYear of(Date day);
};
std::map<HalfYear, Need> needsOverTime(std::span<const CountedBatch> batches, std::int64_t trend, NeedFilter filter);

// ---- what stands behind the templates above ----

namespace detail {
struct Said {
  std::int64_t trend = 0;
  std::optional<Sector> sector;
  double share = 0;
};
std::vector<NeedPart> summed(SessionId session, std::span<const Said> said);
std::optional<Sector> sectorOf(const SessionAnswers& answers, ParticipantId participant);
}  // namespace detail

template <class TrendOf>
std::vector<NeedPart> needParts(const SessionAnswers& answers, TrendOf&& trendOf) {
  std::vector<detail::Said> said;
  const auto orderings = orderingsOf(answers.rankings);
  for (std::size_t i = 0; i < orderings.size(); ++i) {
    const auto shares = sharesBehind(orderings[i]);
    const auto sector = detail::sectorOf(answers, answers.rankings[i].participant);
    for (std::size_t k = 0; k < shares.size(); ++k)
      if (const std::optional<std::int64_t> trend = trendOf(answers.rankings[i].cards[k]))
        said.push_back({*trend, sector, shares[k]});
  }
  return detail::summed(answers.session.id, said);
}

}  // namespace toimela::trendcards
