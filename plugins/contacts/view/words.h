// Names of things in the reader's language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/host.h"

namespace toimela::contacts::view {

/// Lives no longer than the request it is made for.
class Words {
 public:
  Words(const Request& request, const Host& host) : locale_(request.locale), host_(host) {}

  Locale locale() const { return locale_; }
  const Texts& texts() const { return host_.texts(); }
  const std::string& text(std::string_view key) const { return host_.texts().get(locale_, key); }
  /// The text of a key with {count} in it.
  std::string count(std::string_view key, std::int64_t count) const;
  std::string format(std::string_view key, const std::vector<TextArgument>& arguments) const;

  const std::string& kind(NetworkKind kind) const;
  const std::string& role(MemberRole role) const;
  /// The region's name; "the whole country" without one.
  const std::string& place(std::optional<RegionCode> region) const;
  const Region* region(std::optional<RegionCode> region) const;
  const std::string& pick(const LocalText& text) const { return text.pick(locale_).text; }
  /// "1.1.2024–31.12.2025", "1.1.2024–"
  std::string period(const DateRange& period) const;
  /// An address in the reader's language.
  std::string link(std::string_view path) const;

 private:
  Locale locale_;
  const Host& host_;
};

}  // namespace toimela::contacts::view
