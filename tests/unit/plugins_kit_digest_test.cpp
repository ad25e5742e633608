// The name of the kit's headers that plugins are built with (core/cmake/KitDigest.cmake).
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "scratch_folder.h"

namespace fs = std::filesystem;

namespace {

const fs::path kHeaders = fs::path(TOIMELA_SOURCE_FOLDER) / "core/include/toimela";

std::string contentsOf(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

/// What the build would write for the headers of a folder.
std::string digestOf(const fs::path& headers, const fs::path& output) {
  const std::string command = "cmake -DHEADERS='" + headers.string() + "' -DOUTPUT='" +
                              output.string() + "' -P '" TOIMELA_SOURCE_FOLDER
                              "/core/cmake/KitDigest.cmake'";
  REQUIRE(std::system(command.c_str()) == 0);
  return contentsOf(output);
}

}  // namespace

TEST_CASE("the program carries the digest of the headers as they are now") {
  const toimela::testing::ScratchFolder scratch;
  const std::string built = contentsOf(TOIMELA_BUILD_FOLDER "/core/include/toimela/kit_digest.h");
  CHECK_THAT(built, Catch::Matchers::Contains("#define TOIMELA_KIT_DIGEST \""));
  CHECK(digestOf(kHeaders, scratch.path() / "now.h") == built);
}

TEST_CASE("a header that changes, comes, goes or is renamed makes another kit") {
  const toimela::testing::ScratchFolder scratch;
  const fs::path headers = scratch.path() / "headers";
  const fs::path output = scratch.path() / "digest.h";
  fs::copy(kHeaders, headers);
  const std::string before = digestOf(headers, output);

  SECTION("nothing changed: the same, and the file keeps its time, so nothing is built again") {
    const auto written = fs::last_write_time(output) - std::chrono::hours(1);
    fs::last_write_time(output, written);
    CHECK(digestOf(headers, output) == before);
    CHECK(fs::last_write_time(output) == written);
  }
  SECTION("a line was added") {
    std::ofstream(headers / "form.h", std::ios::app) << "// one more\n";
    CHECK(digestOf(headers, output) != before);
  }
  SECTION("one came") {
    std::ofstream(headers / "weather.h") << "#pragma once\n";
    CHECK(digestOf(headers, output) != before);
  }
  SECTION("one went") {
    fs::remove(headers / "form.h");
    CHECK(digestOf(headers, output) != before);
  }
  SECTION("one got another name") {
    fs::rename(headers / "form.h", headers / "forms.h");
    CHECK(digestOf(headers, output) != before);
  }
}
