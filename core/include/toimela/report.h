// The yearly report: what happened in a year in a region or in the whole country, a part from each plugin.
//
//   report::offer<"events">(registry, 10, yearlyReport);
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/chart.h"
#include "toimela/data.h"
#include "toimela/export.h"
#include "toimela/registry.h"
#include "toimela/types.h"

namespace toimela::report {

/// Anybody may read the report, so it tells nothing of fewer people than so many.
inline constexpr std::int64_t kFewestPeople = 5;
/// Lists name no more things than so many.
inline constexpr int kMostThings = 100;

/// What a part is to tell of.
struct TOIMELA_API Question {
  int year = 0;                      ///< of Finland's calendar
  std::optional<RegionCode> region;  ///< unset: the whole country, the regions included
  Locale locale = Locale::fi;
  bool figuresOnly = false;          ///< charts and lists are not asked for: a year to compare with

  Date firstDay() const;
  Date lastDay() const;
  /// The last day of the year that is not to come.
  Date lastDayUntil(Date today) const { return std::min(lastDay(), today); }
  Instant begins() const;
  Instant ends() const;              ///< the first moment of the next year
};

/// One number. Make it with the functions below, which keep back what would tell of a few people.
struct Figure {
  enum class Kind { count, share, mean };
  std::string key;              ///< lasting, for programs: "participants"
  std::string label;            ///< in the reader's language, before the number: "Participants"
  Kind kind = Kind::count;
  std::optional<double> value;  ///< a share is 0–1; unset: there is nothing to tell, or of too few
  bool isOfTooFew = false;
};
/// Things, not people.
TOIMELA_API Figure count(std::string key, std::string label, std::int64_t things);
TOIMELA_API Figure people(std::string key, std::string label, std::int64_t people);
/// So many of all these people.
TOIMELA_API Figure share(std::string key, std::string label, std::int64_t people, std::int64_t all);
/// Of what so many people said.
TOIMELA_API Figure mean(std::string key, std::string label, std::int64_t sum, std::int64_t people);

/// A thing that everybody may see.
struct Thing {
  LocalText title;
  std::string path;         ///< without language
  std::optional<Date> day;
};
struct Things {
  std::string title;        ///< in the reader's language
  std::vector<Thing> things;
  std::int64_t all = 0;     ///< with those that are not named
};

struct Part {
  std::string title;        ///< in the reader's language
  /// Of a page that tells more, without language; may be empty.
  std::string path = {};
  std::string pathLabel = {};
  std::optional<Permission> pathNeeds = {};  ///< held somewhere: who does not is not led there
  std::vector<Figure> figures = {};
  std::vector<Chart> charts = {};   ///< of things, not of people
  std::vector<Things> lists = {};
};

using Tell = Part (*)(ReadTx&, Host&, const Question&);

/// What a plugin offers; parts stand by their order.
struct Source {
  int order = 100;
  Tell tell = nullptr;
};

/// A name as an argument of a template.
template <std::size_t size>
struct Name {
  char text[size];
  consteval Name(const char (&literal)[size]) { std::copy_n(literal, size, text); }
};

inline constexpr std::string_view kServices = "toimela.report.";

namespace detail {

template <Name plugin>
struct Offer : Source {
  static constexpr auto kText = [] {
    std::array<char, kServices.size() + sizeof(plugin.text)> text{};
    std::copy_n(plugin.text, sizeof(plugin.text), std::ranges::copy(kServices, text.begin()).out);
    return text;
  }();
  static constexpr std::string_view kName{kText.data(), kText.size() - 1};
};

}  // namespace detail

/// Gives the report a part of the plugin, told where the plugin is on. Of the nation it tells without the
/// regions where the plugin is off. `tell` is called inside a read transaction.
template <Name plugin>
void offer(Registry& registry, int order, Tell tell) {
  auto mine = std::make_shared<detail::Offer<plugin>>();
  mine->order = order;
  mine->tell = tell;
  registry.provide<detail::Offer<plugin>>(std::move(mine));
}

}  // namespace toimela::report
