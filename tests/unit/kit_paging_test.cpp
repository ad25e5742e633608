#include <catch2/catch.hpp>

#include "toimela/arguments.h"
#include "toimela/host.h"
#include "toimela/paging.h"

using namespace toimela;

namespace {

Request asking(const std::vector<std::pair<std::string, std::string>>& query) {
  Request request;
  for (const auto& [name, value] : query) request.query.add(name, value);
  return request;
}

int refusal(const std::vector<std::pair<std::string, std::string>>& query) {
  try {
    Paging::of(asking(query)).afterId<PersonId>();
  } catch (const RequestError& e) {
    return e.status;
  }
  return 0;
}

}  // namespace

TEST_CASE("a list has fifty items a page unless the client says otherwise", "[paging]") {
  const Paging paging = Paging::of(asking({}));
  CHECK(paging.limit == 50);
  CHECK_FALSE(paging.after);
  CHECK(paging.afterId<PersonId>() == PersonId{0});
  CHECK(Paging::of(asking({{"limit", "1"}})).limit == 1);
  CHECK(Paging::of(asking({{"limit", "200"}})).limit == 200);
}

TEST_CASE("a limit or a cursor that makes no sense is refused, not guessed at", "[paging]") {
  for (const std::string limit : {"0", "-1", "201", "x", "", "1.5", "99999999999999999999"}) {
    INFO(limit);
    CHECK(refusal({{"limit", limit}}) == 400);
  }
  const std::vector<std::string> cursors{
      "",   "!",  "7", "A", "AAAA", "=", "MTI=", "äö", Paging::cursor("x"), Paging::cursor("-1"),
      Paging::cursor("0"), std::string(500, 'A')};
  for (const std::string& after : cursors) {
    INFO(after);
    CHECK(refusal({{"after", after}}) == 400);
  }
}

TEST_CASE("the cursor of a page leads to the place where it ended, whatever the place is called",
          "[paging]") {
  for (const std::string place : {"7", "Äänekoski\n12", "a/b+c?d=e&f", "x"}) {
    const std::string cursor = Paging::cursor(place);
    INFO(cursor);
    CHECK(cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    CHECK(Paging::of(asking({{"after", cursor}})).after == place);
  }
  CHECK(Paging::of(asking({{"after", Paging::cursor("12")}})).afterId<PersonId>() == PersonId{12});
}

TEST_CASE("a list is cut where the page ends, and says where the next begins only if there is one",
          "[paging]") {
  Paging paging;
  paging.limit = 2;
  const auto place = [](int row) { return std::to_string(row); };
  std::vector<int> more{1, 2, 3}, exact{1, 2}, none;
  CHECK(paging.cut(more, place) == Paging::cursor("2"));
  CHECK(more == std::vector{1, 2});
  CHECK_FALSE(paging.cut(exact, place));
  CHECK(exact == std::vector{1, 2});
  CHECK_FALSE(paging.cut(none, place));
}

TEST_CASE("options are taken out of a command's words in both spellings", "[arguments]") {
  Arguments arguments({"one", "--dry-run", "--email", "a@b.example", "--name=two words", "two"});
  CHECK(arguments.flag("--dry-run"));
  CHECK_FALSE(arguments.flag("--dry-run"));
  CHECK(arguments.option("--email") == "a@b.example");
  CHECK(arguments.option("--name") == "two words");
  CHECK_FALSE(arguments.option("--days"));
  CHECK(arguments.rest() == std::vector<std::string>{"one", "two"});
}

TEST_CASE("an option without its value stays, so that the command can refuse it", "[arguments]") {
  Arguments arguments({"--email", "--name", "n", "--region"});
  CHECK_FALSE(arguments.option("--email"));
  CHECK_FALSE(arguments.option("--region"));
  CHECK(arguments.option("--name") == "n");
  CHECK(arguments.options("--scope").empty());
  CHECK(arguments.rest() == std::vector<std::string>{"--email", "--region"});
}

TEST_CASE("an option may be given many times and have many values", "[arguments]") {
  Arguments arguments({"--scope", "a", "b", "--name", "n", "--scope=c", "--scope", "d"});
  CHECK(arguments.options("--scope") == std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(arguments.rest() == std::vector<std::string>{"--name", "n"});
  Arguments bare({"--scope"});
  CHECK(bare.options("--scope").empty());
  CHECK(bare.rest() == std::vector<std::string>{"--scope"});
}
