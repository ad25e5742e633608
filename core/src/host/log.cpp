#include "host/log.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "toimela/types.h"

namespace toimela::host {

namespace {

/// What came from outside can not begin a line of its own.
std::string oneLine(std::string_view text) {
  std::string out;
  for (unsigned char c : text) out += c < 0x20 || c == 0x7f ? '?' : static_cast<char>(c);
  return out;
}

}  // namespace

void Log::write(Level level, std::string_view event, std::span<const Fact> facts) {
  if (level > most_) return;
  static constexpr const char* kNames[] = {"error", "warning", "information", "debug"};
  const char* name = kNames[static_cast<int>(level)];
  std::string line;
  if (json_) {
    nlohmann::ordered_json object{{"time", isoText(now())}, {"level", name}, {"event", oneLine(event)}};
    for (const auto& [key, value] : facts) object[std::string(key)] = oneLine(value);
    line = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } else {
    line = isoText(now()) + " " + name + " " + oneLine(event);
    for (const auto& [key, value] : facts) line += " " + std::string(key) + "=\"" + oneLine(value) + "\"";
  }
  line += '\n';
  std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace toimela::host
