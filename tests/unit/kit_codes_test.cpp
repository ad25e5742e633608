#include <catch2/catch.hpp>

#include "toimela/stored_code.h"

namespace {

enum class Colour { red, blue };
inline constexpr auto kColours = toimela::codes<Colour>({{Colour::blue, "b"}, {Colour::red, "r"}});
static_assert(kColours.code(Colour::red) == "r" && kColours.parse("b") == Colour::blue);

}  // namespace

template <>
struct toimela::Stored<Colour> : toimela::StoredCode<kColours> {};

TEST_CASE("an enumeration is listed once: by its codes it is written, read, and shown in its order", "[kit]") {
  std::string all;
  for (const Colour colour : kColours) all += kColours.code(colour);
  CHECK(all == "br");
  CHECK_FALSE(kColours.parse("B"));
  CHECK_FALSE(kColours.parse(""));
  CHECK(kColours.code(static_cast<Colour>(7)).empty());
}

TEST_CASE("a code that the program does not know any more is an error of the database, not a guess", "[kit]") {
  CHECK(toimela::Stored<Colour>::to(Colour::blue) == toimela::Value(std::string("b")));
  CHECK(toimela::Stored<Colour>::from(toimela::Value(std::string("r"))) == Colour::red);
  CHECK_THROWS_AS(toimela::Stored<Colour>::from(toimela::Value(std::string("green"))), toimela::DatabaseError);
}
