// Static files with a fingerprint in the name, kept in memory compressed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "toimela/http.h"

namespace toimela::pages {

class Assets {
 public:
  Assets();
  ~Assets();
  /// Adds every file of a folder: core's as "app.css", a plugin's as "contacts/board.css".
  /// References between style sheets and fonts (url(name)) get the fingerprinted address.
  void add(const std::string& plugin, const std::filesystem::path& folder);
  /// "/assets/app.3f2a….css"; throws std::runtime_error when there is no such asset.
  const std::string& address(std::string_view name) const;
  /// Subresource integrity value: "sha384-…".
  const std::string& integrity(std::string_view name) const;
  /// Answers a request for /assets/…: brotli, gzip or plain, a year's cache, 304 where it fits.
  Response serve(std::string_view path, const Headers& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::pages
