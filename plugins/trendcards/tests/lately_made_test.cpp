// Files that take long to make: who makes them, who waits, and what is kept.
#include <catch2/catch.hpp>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "handlers/lately_made.h"

using namespace toimela::trendcards::handlers;

TEST_CASE("At the printer one waits and all others are told at once", "[trendcards][lately_made]") {
  Prints prints(std::chrono::hours(1));
  std::latch printing(1), told(2), free(1);
  std::atomic<int> made = 0;
  const auto make = [&] { return std::to_string(++made); };
  std::thread first([&] {
    prints.print("first", [&] {
      printing.count_down();
      free.wait();
      return std::string("first");
    });
  });
  printing.wait();
  std::atomic<int> served = 0;
  std::vector<std::thread> others;
  for (const char* key : {"a", "b", "c"})
    others.emplace_back([&, key] {
      if (prints.print(key, make)) ++served;
      else told.count_down();
    });
  // Two of three have their answer while the first still prints.
  told.wait();
  CHECK(served == 0);
  free.count_down();
  first.join();
  for (auto& each : others) each.join();
  CHECK(served == 1);
}

TEST_CASE("What was made lately is not made again, and who comes while others make is told",
          "[trendcards][lately_made]") {
  Prints prints(std::chrono::milliseconds(1));
  int made = 0;
  const auto make = [&] { return std::to_string(++made); };
  CHECK(*prints.print("a", make) == "1");
  CHECK(*prints.print("a", make) == "1");
  CHECK(*prints.print("b", make) == "2");
  Prints::File meanwhile;
  prints.print("c", [&] {
    meanwhile = prints.print("d", make);
    // What is there already is handed out all the same.
    CHECK(*prints.print("a", make) == "1");
    return std::string("c");
  });
  CHECK_FALSE(meanwhile);
  CHECK(*prints.print("d", make) == "3");
  CHECK_THROWS(prints.print("e", []() -> std::string { throw std::runtime_error("no paper"); }));
  CHECK(*prints.print("e", make) == "4");
}

TEST_CASE("What was asked for longest ago goes first, and what is empty or too large is not kept",
          "[trendcards][lately_made]") {
  LatelyMade<std::string> files(10, std::chrono::milliseconds(1));
  int made = 0;
  const auto of = [&](std::size_t size) {
    return [&made, size] {
      ++made;
      return std::make_shared<const std::string>(size, 'x');
    };
  };
  files.take("a", of(4));
  files.take("b", of(4));
  files.take("a", of(4));
  files.take("c", of(4));
  CHECK(made == 3);
  files.take("a", of(4));
  CHECK(made == 3);
  files.take("b", of(4));
  CHECK(made == 4);
  for (int i = 0; i < 2; ++i) {
    CHECK(files.take("empty", of(0))->empty());
    CHECK(files.take("large", of(11))->size() == 11);
  }
  CHECK(made == 8);
}
