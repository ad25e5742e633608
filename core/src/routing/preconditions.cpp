#include "routing/preconditions.h"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace toimela::routing {

namespace {

constexpr std::size_t kMostRanges = 20;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// An HTTP-date in the form that is sent today (section 5.6.7); others are not understood, and what
/// is not understood is as if it were not there.
std::optional<Poco::Timestamp> dateIn(std::string_view text) {
  Poco::DateTime date;
  int zone = 0;
  if (text.size() != 29 || !text.ends_with(" GMT") ||
      !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, std::string(text), date, zone))
    return std::nullopt;
  return date.timestamp();
}

std::optional<Poco::Timestamp> dateOf(const Headers& headers, std::string_view name) {
  const auto field = headers.find(name);
  return field ? dateIn(*field) : std::nullopt;
}

void answerNotModified(Response& response) {
  response.status = 304;
  response.body = std::string();
  for (const char* name : {"Content-Type", "Content-Encoding", "Content-Disposition", "Last-Modified"})
    response.headers.remove(name);
}

void answerWithout(Response& response, int status) {
  response.status = status;
  response.body = std::string();
  for (const char* name : {"Content-Type", "Content-Encoding", "Content-Disposition", "ETag", "Last-Modified"})
    response.headers.remove(name);
}

/// Section 13.2.2, steps 1 and 2: has the thing become another than the client thinks?
bool failsPrecondition(const Headers& request, std::string_view etag, const std::optional<Poco::Timestamp>& modified) {
  if (const auto match = request.find("If-Match")) return !isListed(*match, etag, false);
  const auto since = dateOf(request, "If-Unmodified-Since");
  return since && modified && *modified > *since;
}

/// Steps 3 and 4.
bool isKnown(const Headers& request, std::string_view etag, const std::optional<Poco::Timestamp>& modified) {
  if (const auto none = request.find("If-None-Match")) return !etag.empty() && isListed(*none, etag, true);
  const auto since = dateOf(request, "If-Modified-Since");
  return since && modified && *modified <= *since;
}

/// Step 5: a range is only right of the very thing that the client has the rest of.
bool isSame(const Headers& request, std::string_view etag, const std::optional<Poco::Timestamp>& modified) {
  const auto field = request.find("If-Range");
  if (!field) return true;
  if (field->starts_with('"')) return *field == etag;
  const auto date = dateIn(*field);
  return date && modified && *date == *modified;
}

void answerRange(Response& response, const Headers& request, std::string_view etag,
                 const std::optional<Poco::Timestamp>& modified) {
  auto& file = std::get<FileBody>(response.body);
  const auto field = request.find("Range");
  if (!field || !isSame(request, etag, modified)) return;
  const auto range = rangeOf(*field, file.length);
  const std::string all = std::to_string(file.length);
  if (std::holds_alternative<Unsatisfiable>(range)) {
    answerWithout(response, 416);
    response.headers.set("Content-Range", "bytes */" + all);
  } else if (const auto* part = std::get_if<ByteRange>(&range)) {
    response.status = 206;
    response.headers.set("Content-Range", "bytes " + std::to_string(part->first) + "-" +
                                              std::to_string(part->first + part->length - 1) + "/" + all);
    file.offset += part->first;
    file.length = part->length;
  }
}

}  // namespace

bool isListed(std::string_view list, std::string_view etag, bool isWeak) {
  if (trimmed(list) == "*") return true;
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  if (etag.empty() || (!isWeak && etag.starts_with("W/"))) return false;
  for (list = trimmed(list); !list.empty();) {
    // A comma may stand inside a tag.
    const std::size_t begin = list.starts_with("W/") ? 2 : 0;
    if (list.size() <= begin || list[begin] != '"') return false;
    const auto end = list.find('"', begin + 1);
    if (end == std::string_view::npos) return false;
    const std::string_view tag = list.substr(0, end + 1);
    if (isWeak ? opaque(tag) == opaque(etag) : tag == etag) return true;
    list = trimmed(list.substr(end + 1));
    if (!list.empty() && list.front() != ',') return false;
    while (!list.empty() && (list.front() == ',' || list.front() == ' ')) list.remove_prefix(1);
  }
  return false;
}

std::variant<std::monostate, ByteRange, Unsatisfiable> rangeOf(std::string_view field, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!field.starts_with(kUnit)) return {};
  field.remove_prefix(kUnit.size());
  std::vector<ByteRange> ranges;
  std::size_t specs = 0;
  for (bool isLast = false; !isLast;) {
    const auto comma = field.find(',');
    isLast = comma == std::string_view::npos;
    const std::string_view spec = trimmed(field.substr(0, comma));
    if (!isLast) field.remove_prefix(comma + 1);
    if (spec.empty()) continue;  // an empty element of a list (section 5.6.1)
    if (++specs > kMostRanges) return {};
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos) return {};
    const std::string_view from = spec.substr(0, dash), to = spec.substr(dash + 1);
    const auto first = number(from), last = number(to);
    if ((!from.empty() && !first) || (!to.empty() && !last) || (from.empty() && to.empty())) return {};
    if (from.empty()) {
      const std::uint64_t length = std::min(*last, size);
      if (length > 0) ranges.push_back({size - length, length});
    } else {
      if (last && *last < *first) return {};
      if (*first < size) ranges.push_back({*first, std::min(last.value_or(size - 1), size - 1) - *first + 1});
    }
  }
  if (specs == 0) return {};
  if (ranges.empty()) return Unsatisfiable{};
  std::ranges::sort(ranges, {}, &ByteRange::first);
  ByteRange whole = ranges.front();
  for (const ByteRange& next : ranges) {
    if (next.first > whole.first + whole.length) return {};
    whole.length = std::max(whole.first + whole.length, next.first + next.length) - whole.first;
  }
  return whole;
}

void answerConditional(Response& response, Method method, const Headers& request) {
  if (response.status != 200 || !isSafe(method)) return;
  const std::string etag(response.headers.find("ETag").value_or(""));
  const auto modified = dateOf(response.headers, "Last-Modified");
  const bool isFile = std::holds_alternative<FileBody>(response.body);
  if (isFile && failsPrecondition(request, etag, modified)) return answerWithout(response, 412);
  if (isKnown(request, etag, modified)) return answerNotModified(response);
  if (!isFile) return;
  response.headers.set("Accept-Ranges", "bytes");
  if (method == Method::get) answerRange(response, request, etag, modified);
}

}  // namespace toimela::routing
