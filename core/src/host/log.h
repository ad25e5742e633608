// The log: one line an event on standard error, as text or JSON. Never personal data.
#pragma once

#include <initializer_list>
#include <span>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace toimela::host {

class Log {
 public:
  enum class Level { error, warning, information, debug };
  Log(Level most, bool json) : most_(most), json_(json) {}

  using Fact = std::pair<std::string_view, std::string_view>;
  void write(Level level, std::string_view event, std::span<const Fact> facts);
  void write(Level level, std::string_view event, std::initializer_list<Fact> facts = {}) {
    write(level, event, std::span<const Fact>(facts.begin(), facts.size()));
  }

 private:
  Level most_;
  bool json_;
  std::mutex mutex_;
};

}  // namespace toimela::host
