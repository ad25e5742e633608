#include "routing/page_cache.h"

namespace toimela::routing {

namespace {

/// The key as one text, in a buffer that is reused: this runs for every anonymous request.
std::string_view join(const PageCache::Key& key) {
  thread_local std::string buffer;
  buffer.clear();
  buffer += "igb"[static_cast<int>(key.encoding)];
  buffer += key.path;
  buffer += '?';
  buffer += key.query;
  return buffer;
}

std::shared_ptr<const wire::CachedResponse> serialise(int status, const Headers& headers,
                                                      const std::string* body) {
  auto cached = std::make_shared<wire::CachedResponse>();
  cached->status = status;
  for (const auto& [name, value] : headers.all()) {
    if (!body && (name == "Content-Type" || name == "Content-Encoding")) continue;
    cached->rest += name + ": " + value + "\r\n";
  }
  if (body) cached->rest += "Content-Length: " + std::to_string(body->size()) + "\r\n";
  cached->rest += "\r\n";
  cached->headLength = cached->rest.size();
  if (body) cached->rest += *body;
  return cached;
}

}  // namespace

Encoding preferredEncoding(std::optional<std::string_view> accepted) {
  if (!accepted) return Encoding::identity;
  auto takes = [&](std::string_view coding) {
    auto at = accepted->find(coding);
    if (at == std::string_view::npos) return false;
    std::string_view rest = accepted->substr(at + coding.size());
    rest = rest.substr(0, rest.find(','));
    // A weight of zero, written "0" to "0.000", refuses the coding (RFC 9110, section 12.4.2).
    const auto weight = rest.find("q=");
    return weight == std::string_view::npos ||
           rest.substr(weight + 2, 5).find_first_of("123456789") != std::string_view::npos;
  };
  if (takes("br")) return Encoding::brotli;
  if (takes("gzip")) return Encoding::gzip;
  return Encoding::identity;
}

std::shared_ptr<const wire::CachedResponse> PageCache::find(const Key& key, std::string_view notModifiedFor,
                                                            const data::Generations& current) const {
  std::string_view text = join(key);
  const Shard& shard = shards_[Hash{}(text) % kShards];
  std::shared_ptr<const Entry> entry;
  {
    std::lock_guard lock(shard.mutex);
    auto found = shard.entries.find(text);
    if (found == shard.entries.end()) return nullptr;
    entry = found->second;
  }
  if (entry->stamp.value != Stamp::of(current, entry->stamp.component)) return nullptr;
  if (std::time(nullptr) >= entry->expires) return nullptr;
  bool same = !notModifiedFor.empty() && notModifiedFor.find(entry->etag) != std::string_view::npos;
  return same ? entry->notModified : entry->full;
}

void PageCache::keep(const Key& key, Stamp stamp, const Response& response, std::time_t expires) {
  const std::string* body = std::get_if<std::string>(&response.body);
  auto etag = response.headers.find("ETag");
  if (!body || !etag) return;
  auto entry = std::make_shared<Entry>();
  entry->stamp = std::move(stamp);
  entry->expires = expires;
  entry->etag = *etag;
  entry->full = serialise(response.status, response.headers, body);
  entry->notModified = serialise(304, response.headers, nullptr);

  std::string text(join(key));
  Shard& shard = shards_[Hash{}(text) % kShards];
  std::size_t size = entry->full->rest.size() + text.size() + 512;
  std::lock_guard lock(shard.mutex);
  // Addresses are the visitors' to invent: a full shard starts over instead of growing.
  if (shard.bytes + size > capacity_ / kShards) {
    shard.entries.clear();
    shard.bytes = 0;
  }
  auto& place = shard.entries[std::move(text)];
  if (!place) shard.bytes += size;
  place = std::move(entry);
}

}  // namespace toimela::routing
