#include "toimela/paging.h"

#include <Poco/Base64Decoder.h>
#include <Poco/Base64Encoder.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "toimela/host.h"

namespace toimela {

namespace {

constexpr std::size_t kLongestCursor = 400;

std::optional<std::string> placeOf(std::string_view cursor) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (cursor.empty() || cursor.size() > kLongestCursor ||
      cursor.find_first_not_of(kLetters) != std::string_view::npos)
    return std::nullopt;
  std::istringstream in{std::string(cursor)};
  Poco::Base64Decoder decoder(in, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
  std::string place{std::istreambuf_iterator<char>(decoder), {}};
  // What does not come back the same was cut or made up, and no place has a NUL.
  const bool isSound = Paging::cursor(place) == cursor && place.find('\0') == std::string::npos;
  return isSound ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace

Paging Paging::of(const Request& request) {
  Paging paging;
  if (const auto limit = request.query.find("limit")) {
    const auto number = parseId(*limit);
    if (!number || *number > kLargestLimit)
      throw RequestError(400, "error.limit.text", "the limit of a list is not valid");
    paging.limit = static_cast<int>(*number);
  }
  if (const auto after = request.query.find("after")) {
    paging.after = placeOf(*after);
    if (!paging.after) refuseCursor();
  }
  return paging;
}

std::string Paging::cursor(std::string_view place) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
  encoder.rdbuf()->setLineLength(0);
  encoder << place;
  encoder.close();
  return out.str();
}

void Paging::refuseCursor() {
  throw RequestError(400, "error.cursor.text", "the cursor of a list is not valid");
}

}  // namespace toimela
