// Pages kept for anonymous visitors, each good for one data generation.
#pragma once

#include <array>
#include <atomic>
#include <ctime>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "data/generation.h"
#include "toimela/http.h"
#include "wire/server.h"

namespace toimela::routing {

enum class Encoding { identity, gzip, brotli };
/// The encoding to answer with, by the client's Accept-Encoding.
Encoding preferredEncoding(std::optional<std::string_view> acceptEncoding);

/// A sum of generation counters a page depends on. Counters only rise, so equal sums mean that
/// none has moved.
struct Stamp {
  std::string component;  ///< the plugin whose data the page shows; empty: everybody's
  std::int64_t value = 0;
  static std::int64_t of(const data::Generations& generations, std::string_view component) {
    if (component.empty()) return generations.total;
    return generations.component("core") + generations.component(component);
  }
};

/// Thread-safe. Invariant: an entry is given out only while its stamp equals the generations that
/// the caller knows to be current, and before its day is over.
class PageCache {
 public:
  /// `capacity` in bytes.
  explicit PageCache(std::size_t capacity = 64u << 20) : capacity_(capacity) {}

  struct Key {
    std::string_view path, query;
    Encoding encoding;
  };
  /// `notModifiedFor` is the request's If-None-Match (empty if none): a match gets the 304.
  std::shared_ptr<const wire::CachedResponse> find(const Key& key, std::string_view notModifiedFor,
                                                   const data::Generations& current) const;
  void keep(const Key& key, Stamp stamp, const Response& response, std::time_t expires);

 private:
  struct Entry {
    Stamp stamp;
    std::time_t expires;
    std::string etag;
    std::shared_ptr<const wire::CachedResponse> full, notModified;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<const Entry>, Hash, std::equal_to<>> entries;
    std::size_t bytes = 0;
  };
  static constexpr std::size_t kShards = 16;

  std::size_t capacity_;
  std::array<Shard, kShards> shards_;
};

}  // namespace toimela::routing
