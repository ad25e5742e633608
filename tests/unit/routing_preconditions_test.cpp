// Ranges and conditional requests by RFC 9110, sections 13 and 14.
#include <catch2/catch.hpp>

#include "routing/preconditions.h"

using namespace toimela;
using namespace toimela::routing;

namespace {

Response fileOf(std::uint64_t size) {
  Response response;
  response.headers.set("Content-Type", "application/pdf");
  response.headers.set("ETag", "\"abc\"");
  response.headers.set("Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT");
  response.body = FileBody{"/x", 0, size};
  return response;
}

Response asked(Headers headers, Method method = Method::get, std::uint64_t size = 100) {
  Response response = fileOf(size);
  answerConditional(response, method, headers);
  return response;
}

Headers with(std::initializer_list<std::pair<const char*, const char*>> fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return headers;
}

}  // namespace

TEST_CASE("a range is read as the standard says, or as if it were not there", "[routing]") {
  const auto range = [](std::string_view field, std::uint64_t size = 100) { return rangeOf(field, size); };
  using Outcome = std::variant<std::monostate, ByteRange, Unsatisfiable>;
  CHECK(range("bytes=0-9") == Outcome(ByteRange{0, 10}));
  CHECK(range("bytes=90-") == Outcome(ByteRange{90, 10}));
  CHECK(range("bytes=-10") == Outcome(ByteRange{90, 10}));
  CHECK(range("bytes=-1000") == Outcome(ByteRange{0, 100}));
  CHECK(range("bytes=50-1000") == Outcome(ByteRange{50, 50}));
  CHECK(range("bytes=99-99") == Outcome(ByteRange{99, 1}));
  CHECK(range("bytes=100-") == Outcome(Unsatisfiable{}));
  CHECK(range("bytes=-0") == Outcome(Unsatisfiable{}));
  CHECK(range("bytes=0-0", 0) == Outcome(Unsatisfiable{}));
  for (const char* wrong : {"bytes=", "bytes=-", "bytes=9-1", "bytes=a-b", "bytes=1", "items=0-9", "bytes=0-9;",
                            "bytes=99999999999999999999-", "bytes=0x1-2", "bytes=+1-2", "bytes= "})
    CHECK(range(wrong) == Outcome());
  CHECK(range("bytes=0-9, 10-19") == Outcome(ByteRange{0, 20}));
  CHECK(range("bytes=10-19,,0-12") == Outcome(ByteRange{0, 20}));
  CHECK(range("bytes=0-9,200-300") == Outcome(ByteRange{0, 10}));
  CHECK(range("bytes=0-9,20-29") == Outcome());
  std::string many = "bytes=0-0";
  for (int i = 0; i < 50; ++i) many += ",0-0";
  CHECK(range(many) == Outcome());
}

TEST_CASE("a part of a file is answered with 206 and says which part it is", "[routing]") {
  const Response response = asked(with({{"Range", "bytes=10-19"}}));
  CHECK(response.status == 206);
  CHECK(response.headers.find("Content-Range") == "bytes 10-19/100");
  const auto& body = std::get<FileBody>(response.body);
  CHECK(body.offset == 10);
  CHECK(body.length == 10);
  const Response outside = asked(with({{"Range", "bytes=100-"}}));
  CHECK(outside.status == 416);
  CHECK(outside.headers.find("Content-Range") == "bytes */100");
  CHECK(std::holds_alternative<std::string>(outside.body));
  CHECK(asked({}).headers.find("Accept-Ranges") == "bytes");
  CHECK(asked(with({{"Range", "bytes=10-19"}}), Method::head).status == 200);
  CHECK(asked(with({{"Range", "bytes=10-19"}}), Method::post).status == 200);
}

TEST_CASE("a range is only given of the very same content", "[routing]") {
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "\"abc\""}})).status == 206);
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "\"other\""}})).status == 200);
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "W/\"abc\""}})).status == 200);
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "Sat, 21 Nov 2026 10:00:00 GMT"}})).status == 206);
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "Sat, 21 Nov 2026 10:00:01 GMT"}})).status == 200);
  CHECK(asked(with({{"Range", "bytes=1-2"}, {"If-Range", "yesterday"}})).status == 200);
}

TEST_CASE("who has a file already is told so and nothing more", "[routing]") {
  for (const char* field : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*", "\"a,b\" , \"abc\""}) {
    INFO(field);
    const Response response = asked(with({{"If-None-Match", field}}));
    CHECK(response.status == 304);
    CHECK(response.headers.find("ETag") == "\"abc\"");
    CHECK_FALSE(response.headers.has("Content-Type"));
  }
  for (const char* field : {"\"x\"", "abc", "\"abc", "\"x\" \"abc\"", "", "\"xabc\""})
    CHECK(asked(with({{"If-None-Match", field}})).status == 200);
  CHECK(asked(with({{"If-Modified-Since", "Sat, 21 Nov 2026 10:00:00 GMT"}})).status == 304);
  CHECK(asked(with({{"If-Modified-Since", "Sat, 21 Nov 2026 09:59:59 GMT"}})).status == 200);
  CHECK(asked(with({{"If-Modified-Since", "not a date"}})).status == 200);
  // The date does not count where there are tags (section 13.1.3).
  CHECK(asked(with({{"If-None-Match", "\"x\""}, {"If-Modified-Since", "Sat, 21 Nov 2026 10:00:00 GMT"}})).status == 200);
  // And a range does not count where nothing is sent.
  CHECK(asked(with({{"If-None-Match", "\"abc\""}, {"Range", "bytes=0-1"}})).status == 304);
}

TEST_CASE("who wants only the file that they know is told when it is another", "[routing]") {
  CHECK(asked(with({{"If-Match", "\"abc\""}})).status == 200);
  CHECK(asked(with({{"If-Match", "*"}})).status == 200);
  CHECK(asked(with({{"If-Match", "\"x\""}})).status == 412);
  CHECK(asked(with({{"If-Match", "W/\"abc\""}})).status == 412);
  CHECK(asked(with({{"If-Unmodified-Since", "Sat, 21 Nov 2026 10:00:00 GMT"}})).status == 200);
  CHECK(asked(with({{"If-Unmodified-Since", "Sat, 21 Nov 2026 09:00:00 GMT"}})).status == 412);
}

TEST_CASE("pages are conditional too, but have no ranges", "[routing]") {
  Response page = Response::html(200, "<p>");
  page.headers.set("ETag", "\"p\"");
  Response other = page;
  answerConditional(page, Method::get, with({{"If-None-Match", "\"p\""}}));
  CHECK(page.status == 304);
  answerConditional(other, Method::get, with({{"Range", "bytes=0-1"}}));
  CHECK(other.status == 200);
  CHECK_FALSE(other.headers.has("Accept-Ranges"));
}
