#include "routing/finish.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "access/passwords.h"

namespace toimela::routing {

namespace {

bool isText(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/problem+json") || type.starts_with("image/svg") ||
         type.starts_with("application/xml");
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string brotli(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                        reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

}  // namespace

void addSecurityHeaders(Response& response, const FinishOptions& options) {
  Headers& h = response.headers;
  if (!h.has("Content-Security-Policy"))
    h.set("Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
          "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  h.set("X-Content-Type-Options", "nosniff");
  // The older header knows no "everybody"; browsers that know the policy follow that alone.
  if (h.find("Content-Security-Policy")->find("frame-ancestors *") == std::string_view::npos)
    h.set("X-Frame-Options", "DENY");
  h.set("Referrer-Policy", "same-origin");
  h.set("Cross-Origin-Opener-Policy", "same-origin");
  h.set("Cross-Origin-Embedder-Policy", "require-corp");
  if (!h.has("Cross-Origin-Resource-Policy")) h.set("Cross-Origin-Resource-Policy", "same-origin");
  // A page that needs a camera says so itself.
  if (!h.has("Permissions-Policy"))
    h.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  if (options.https) h.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  if (!h.has("Cache-Control")) h.set("Cache-Control", options.publicPage ? "no-cache" : "no-store");
}

void encode(Response& response, Encoding encoding) {
  auto* body = std::get_if<std::string>(&response.body);
  auto type = response.headers.find("Content-Type");
  if (!body || body->empty() || !type || response.headers.has("Content-Encoding")) return;
  if (response.status == 200 && !response.headers.has("ETag") &&
      response.headers.find("Cache-Control") != "no-store")
    response.headers.set("ETag", "\"" + access::sha256(*body).substr(0, 20) +
                                     "igb"[static_cast<int>(encoding)] + "\"");
  if (!isText(*type)) return;
  response.headers.add("Vary", "Accept-Encoding");
  if (encoding == Encoding::identity || body->size() < 1400) return;
  *body = encoding == Encoding::brotli ? brotli(*body) : gzip(*body);
  response.headers.set("Content-Encoding", encoding == Encoding::brotli ? "br" : "gzip");
}

void answerConditional(Response& response, const Headers& request) {
  auto etag = response.headers.find("ETag");
  auto wanted = request.find("If-None-Match");
  if (response.status != 200 || !etag || !wanted || wanted->find(*etag) == std::string_view::npos) return;
  response.status = 304;
  response.body = std::string();
  response.headers.remove("Content-Type");
  response.headers.remove("Content-Encoding");
}

}  // namespace toimela::routing
