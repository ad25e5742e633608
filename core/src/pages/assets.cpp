#include "pages/assets.h"

#include <Poco/Base64Encoder.h>
#include <brotli/encode.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <vector>

namespace toimela::pages {

namespace {

using Path = std::filesystem::path;

struct ContentType {
  std::string_view extension, type;
  bool isCompressible;
};
constexpr std::array kContentTypes{
    ContentType{".css", "text/css; charset=utf-8", true},
    ContentType{".js", "text/javascript; charset=utf-8", true},
    ContentType{".svg", "image/svg+xml", true},
    ContentType{".woff2", "font/woff2", false},
    ContentType{".png", "image/png", false},
    ContentType{".jpg", "image/jpeg", false},
    ContentType{".webp", "image/webp", false},
    ContentType{".ico", "image/vnd.microsoft.icon", true},
    ContentType{".json", "application/json", true},
    ContentType{".webmanifest", "application/manifest+json", true},
    ContentType{".txt", "text/plain; charset=utf-8", true},
    ContentType{".map", "application/json", true},
};

const ContentType* contentType(const Path& file) {
  const std::string extension = file.extension().string();
  const auto found =
      std::find_if(kContentTypes.begin(), kContentTypes.end(),
                   [&](const ContentType& type) { return type.extension == extension; });
  return found == kContentTypes.end() ? nullptr : &*found;
}

std::string digest(std::string_view data, const EVP_MD* method) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned length = 0;
  if (EVP_Digest(data.data(), data.size(), bytes.data(), &length, method, nullptr) != 1) {
    throw std::runtime_error("a digest can not be computed");
  }
  return {reinterpret_cast<const char*>(bytes.data()), length};
}

std::string hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::string base64(const std::string& bytes) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return out.str();
}

std::string brotli(const std::string& data) {
  std::size_t size = BrotliEncoderMaxCompressedSize(data.size());
  std::string out(size, '\0');
  if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                            data.size(), reinterpret_cast<const std::uint8_t*>(data.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_TRUE) {
    throw std::runtime_error("an asset can not be compressed");
  }
  out.resize(size);
  return out;
}

std::string gzip(const std::string& data) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("an asset can not be compressed");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(data.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("an asset can not be compressed");
  return out;
}

std::string contents(const Path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": can not be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return out;
}

/// Calls `item` with each trimmed part of a comma-separated header value.
template <class F>
void eachItem(std::string_view list, F&& item) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    item(trimmed(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

/// Does the client take this coding? "*" speaks for codings that are not named (RFC 9110, 12.5.3).
bool accepts(std::string_view header, std::string_view coding) {
  std::optional<bool> named, others;
  eachItem(header, [&](std::string_view item) {
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string name = lowered(trimmed(item.substr(0, semicolon)));
    std::string_view weight = trimmed(item.substr(std::min(semicolon + 1, item.size())));
    bool isWanted = true;
    if (weight.starts_with("q=") || weight.starts_with("Q=")) {
      weight.remove_prefix(2);
      isWanted = weight.find_first_of("123456789") != weight.npos;
    }
    if (name == coding) named = isWanted;
    if (name == "*") others = isWanted;
  });
  return named.value_or(others.value_or(false));
}

bool matches(std::string_view ifNoneMatch, std::string_view tag) {
  bool found = false;
  eachItem(ifNoneMatch, [&](std::string_view item) {
    // A proxy may have weakened it; for a GET the weak comparison is the right one.
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == tag || item == "*") found = true;
  });
  return found;
}

/// A file in one coding, ready to be sent to any number of clients at once.
struct Variant {
  std::shared_ptr<const std::string> body;
  std::string tag;
};

Variant variant(std::string body, const std::string& fingerprint, std::string_view suffix) {
  return {std::make_shared<const std::string>(std::move(body)),
          "\"" + fingerprint + std::string(suffix) + "\""};
}

/// A coding of a file that is made when somebody first asks for it: commands and tests never do, and
/// the best compression takes its time. Thread-safe.
class Packed {
 public:
  using Pack = std::string (*)(const std::string&);
  Packed(Pack pack, std::string_view suffix) : pack_(pack), suffix_(suffix) {}

  /// Null where packing makes nothing smaller.
  const Variant* of(const Variant& plain, const std::string& fingerprint) const {
    std::call_once(once_, [&] {
      if (auto small = pack_(*plain.body); small.size() < plain.body->size())
        variant_ = variant(std::move(small), fingerprint, suffix_);
    });
    return variant_ ? &*variant_ : nullptr;
  }

 private:
  Pack pack_;
  std::string_view suffix_;
  mutable std::once_flag once_;
  mutable std::optional<Variant> variant_;
};

struct Asset {
  std::string_view type;
  bool isCompressible = false;
  std::string fingerprint, address, integrity;
  Variant plain;
  Packed brotli{&pages::brotli, "-br"}, gzip{&pages::gzip, "-gz"};
};

}  // namespace

struct Assets::Impl {
  std::map<std::string, std::unique_ptr<const Asset>, std::less<>> byName;
  std::unordered_map<std::string_view, const Asset*> byAddress;  ///< views into those of byName

  const Asset& find(std::string_view name) const {
    const auto found = byName.find(name);
    if (found == byName.end())
      throw std::runtime_error("there is no asset \"" + std::string(name) + "\"");
    return *found->second;
  }

  void add(const std::string& name, const ContentType& type, std::string data) {
    const std::string fingerprint = hex(digest(data, EVP_sha256())).substr(0, 12);
    const std::size_t dot = name.rfind('.');
    auto asset = std::make_unique<Asset>();
    asset->type = type.type;
    asset->isCompressible = type.isCompressible;
    asset->fingerprint = fingerprint;
    asset->address = "/assets/" + name.substr(0, dot) + "." + fingerprint + name.substr(dot);
    asset->integrity = "sha384-" + base64(digest(data, EVP_sha384()));
    asset->plain = variant(std::move(data), fingerprint, "");
    const auto [place, isNew] = byName.emplace(name, std::move(asset));
    if (!isNew) throw std::runtime_error("there are two assets \"" + name + "\"");
    byAddress.emplace(place->second->address, place->second.get());
  }

  /// A web manifest names its icons as they lie in the folder, as texts of their own.
  std::string withIcons(const std::string& manifest, const std::string& name) const {
    const std::string folder = name.substr(0, name.rfind('/') + 1);
    std::string out;
    for (std::size_t at = 0;;) {
      const std::size_t opening = manifest.find('"', at);
      const std::size_t closing =
          opening == manifest.npos ? opening : manifest.find('"', opening + 1);
      if (closing == manifest.npos) return out.append(manifest, at);
      const auto found = byName.find(folder + manifest.substr(opening + 1, closing - opening - 1));
      out.append(manifest, at, opening + 1 - at);
      out += found == byName.end() ? manifest.substr(opening + 1, closing - opening - 1)
                                   : found->second->address;
      out += '"';
      at = closing + 1;
    }
  }

  /// Style sheets name other assets as they lie in the folder; browsers need the fingerprint.
  std::string withAddresses(const std::string& css, const Path& file,
                            const std::string& name) const {
    static constexpr std::string_view kOpening = "url(";
    const std::string folder = name.substr(0, name.rfind('/') + 1);
    std::string out;
    for (std::size_t at = 0;;) {
      const std::size_t opening = css.find(kOpening, at);
      out.append(css, at, opening == css.npos ? opening : opening + kOpening.size() - at);
      if (opening == css.npos) return out;
      const std::size_t from = opening + kOpening.size();
      const std::size_t closing = css.find(')', from);
      if (closing == css.npos) throw std::runtime_error(file.string() + ": a url( is never closed");
      std::string_view reference = trimmed(std::string_view(css).substr(from, closing - from));
      at = closing;
      // A data: address may hold anything, so it is only looked for the end of when it is quoted.
      if (!reference.empty() && (reference.front() == '"' || reference.front() == '\'')) {
        const std::size_t end = css.find(reference.front(), css.find(reference.front(), from) + 1);
        if (end == css.npos)
          throw std::runtime_error(file.string() + ": a quotation is never closed");
        const std::size_t start = css.find(reference.front(), from) + 1;
        reference = std::string_view(css).substr(start, end - start);
        at = css.find(')', end);
        if (at == css.npos) throw std::runtime_error(file.string() + ": a url( is never closed");
      }
      if (reference.starts_with("data:") || reference.starts_with("#")) {
        out.append(css, from, at - from);
        continue;
      }
      const std::size_t tail = std::min(reference.find_first_of("?#"), reference.size());
      const Path target = (Path("/" + folder) / reference.substr(0, tail)).lexically_normal();
      const auto found = byName.find(target.string().substr(1));
      if (reference.find("://") != reference.npos || found == byName.end()) {
        throw std::runtime_error(file.string() + ": there is no asset \"" + std::string(reference) +
                                 "\"");
      }
      out += "\"" + found->second->address + std::string(reference.substr(tail)) + "\"";
    }
  }
};

Assets::Assets() : impl_(std::make_unique<Impl>()) {}
Assets::~Assets() = default;

void Assets::add(const std::string& plugin, const std::filesystem::path& folder) {
  const std::string prefix = plugin.empty() || plugin == "core" ? "" : plugin + "/";
  std::vector<Path> files;
  if (!std::filesystem::exists(folder)) return;  // a plugin need not have any
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           folder, std::filesystem::directory_options::follow_directory_symlink)) {
    const bool isHidden = entry.path().filename().string().starts_with(".");
    if (entry.is_regular_file() && !isHidden && contentType(entry.path()))
      files.push_back(entry.path());
  }
  // Those that refer to others come last: what they refer to must have its address.
  const auto refers = [](const Path& file) {
    return file.extension() == ".css" || file.extension() == ".webmanifest";
  };
  std::sort(files.begin(), files.end());
  std::stable_partition(files.begin(), files.end(),
                        [&](const Path& file) { return !refers(file); });
  for (const Path& file : files) {
    const std::string name = prefix + file.lexically_relative(folder).generic_string();
    std::string data = contents(file);
    if (file.extension() == ".css") data = impl_->withAddresses(data, file, name);
    if (file.extension() == ".webmanifest") data = impl_->withIcons(data, name);
    impl_->add(name, *contentType(file), std::move(data));
  }
}

const std::string& Assets::address(std::string_view name) const {
  return impl_->find(name).address;
}
const std::string& Assets::integrity(std::string_view name) const {
  return impl_->find(name).integrity;
}

Response Assets::serve(std::string_view path, const Headers& request) const {
  const auto found = impl_->byAddress.find(path);
  if (found == impl_->byAddress.end()) return Response::text(404, "Not found\n");
  const Asset& asset = *found->second;

  const std::string_view codings = request.find("Accept-Encoding").value_or("");
  const Variant* chosen = &asset.plain;
  std::string_view coding;
  const auto choose = [&](std::string_view name, const Packed& packed) {
    if (!asset.isCompressible || !coding.empty() || !accepts(codings, name)) return;
    if (const Variant* small = packed.of(asset.plain, asset.fingerprint)) {
      chosen = small;
      coding = name;
    }
  };
  choose("br", asset.brotli);
  choose("gzip", asset.gzip);

  Response response;
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.set("ETag", chosen->tag);
  response.headers.set("Vary", "Accept-Encoding");
  response.headers.set("X-Content-Type-Options", "nosniff");
  if (matches(request.find("If-None-Match").value_or(""), chosen->tag)) {
    response.status = 304;
    return response;
  }
  response.headers.set("Content-Type", std::string(asset.type));
  if (!coding.empty()) response.headers.set("Content-Encoding", std::string(coding));
  response.body = chosen->body;
  return response;
}

}  // namespace toimela::pages
