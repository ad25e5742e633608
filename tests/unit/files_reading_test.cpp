// The words and pictures of foreign files, and what hostile ones can do: nothing.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "confinement/child.h"
#include "pdf_corpus.h"
#include "reading/reading.h"
#include "reading/tools.h"
#include "reading/words_of.h"
#include "scratch_folder.h"

using namespace toimela;
namespace fs = std::filesystem;

namespace {

/// A file with this content, gone at the end.
class Written {
 public:
  explicit Written(const std::string& content) {
    std::string pattern = (fs::temp_directory_path() / "toimela-read-XXXXXX").string();
    ::close(::mkstemp(pattern.data()));
    path_ = pattern;
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~Written() { fs::remove(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

using Outcome = reading::Words::Outcome;

/// What a program says that was become in a process of its own, with this file as its input.
std::string confinedly(const std::string& program, const std::vector<std::string>& arguments, const fs::path& input) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(input.c_str(), O_RDONLY), 0);
    ::dup2(ends[1], 1);
    ::close(ends[0]);
    ::close(ends[1]);
    ::_exit(confinement::become(program, arguments, {}));
  }
  ::close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) said.append(buffer, static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return said;
}

}  // namespace

TEST_CASE("markup is left out and its words stay whole", "[reading]") {
  using reading::tidied, reading::withoutMarkup;
  CHECK(tidied(withoutMarkup("<p>Työ<b>llisyys</b></p><p>hoito</p>"), 100) == "Työllisyys hoito");
  CHECK(tidied(withoutMarkup("<w:p><w:r><w:t>Kyv</w:t></w:r><w:r><w:t>yt</w:t></w:r></w:p>"), 100) == "Kyvyt");
  CHECK(tidied(withoutMarkup("a &amp; b &lt;c&gt; &#228;&#xE4; &unknown;"), 100) == "a & b <c> ää &unknown;");
  CHECK(tidied(withoutMarkup("x<!-- <p>gone</p> -->y<script>var a = 1 < 2;</script>z<style>p{}</style>"), 100) == "xy z");
  CHECK(tidied(withoutMarkup("<![CDATA[raw <b>]]> end"), 100) == "raw <b> end");
  CHECK(withoutMarkup("<").find_first_not_of(' ') == std::string::npos);
  CHECK(withoutMarkup("<!--").empty());
  CHECK(withoutMarkup("&#99999999999;") == "&#99999999999;");
  CHECK(withoutMarkup("&#xD800;x") == "x");
}

TEST_CASE("text is tidied to UTF-8 with single spaces, and cut between letters", "[reading]") {
  CHECK(reading::tidied(" a\r\n\tb\x01 c ", 100) == "a b c");
  CHECK(reading::tidied("p\xE4iv\xE4\xE4 \x80", 100) == "päivää €");
  CHECK(reading::tidied("äää", 3) == "ää");
  CHECK(reading::tidied(std::string("a\0b", 3), 10) == "a b");
}

TEST_CASE("the words of a PDF are read and its first page is drawn, in a process that may do nothing else", "[reading]") {
  REQUIRE_FALSE(reading::whyNot());
  const Written pdf(testing::soundPdf("Kyvyt kayttoon kasikirja"));
  const auto words = reading::wordsOf(pdf.path(), "application/pdf");
  CHECK(words.outcome == Outcome::read);
  CHECK(words.text == "Kyvyt kayttoon kasikirja");
  const auto picture = reading::firstPage(pdf.path());
  REQUIRE(picture);
  CHECK(picture->starts_with("\x89PNG"));
  // IHDR: 340 by 480 pixels.
  CHECK(picture->substr(16, 8) == std::string("\0\0\x01\x54\0\0\x01\xE0", 8));
  CHECK_FALSE(reading::needsPassword(pdf.path()));
}

TEST_CASE("hostile and broken PDFs harm nothing: each ends in time, with words or without", "[reading]") {
  for (const auto& [name, content] : testing::hostilePdfs()) {
    INFO(name);
    const Written pdf(content);
    const auto begun = std::chrono::steady_clock::now();
    const auto words = reading::wordsOf(pdf.path(), "application/pdf");
    CHECK(words.outcome != Outcome::notConfined);
    CHECK(words.text.find("root:") == std::string::npos);
    reading::firstPage(pdf.path());
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(65));
  }
}

TEST_CASE("what is no PDF has no words that can be read", "[reading]") {
  for (const std::string& content : {std::string(), std::string("not a PDF"), std::string(100'000, '\xff')}) {
    const Written file(content);
    CHECK(reading::wordsOf(file.path(), "application/pdf").outcome == Outcome::unreadable);
    CHECK_FALSE(reading::firstPage(file.path()));
  }
  const Written text("PK\x03\x04 no zip");
  CHECK(reading::wordsOf(text.path(), "application/epub+zip").outcome == Outcome::unreadable);
}

TEST_CASE("a tool that is taken over can not read the service's files, write or start a process",
          "[reading]") {
  const Written secret("secret"), input("what it was given");
  CHECK(confinedly("/usr/bin/cat", {"/proc/self/fd/0"}, input.path()) == "what it was given");
  CHECK(confinedly("/usr/bin/cat", {secret.path().string()}, input.path()).empty());
  CHECK(confinedly("/usr/bin/cat", {"/etc/passwd"}, input.path()).empty());
  const fs::path made = secret.path().string() + ".made";
  CHECK(confinedly("/usr/bin/cp", {"/proc/self/fd/0", made.string()}, input.path()).empty());
  CHECK_FALSE(fs::exists(made));
  confinedly("/usr/bin/rm", {secret.path().string()}, input.path());
  CHECK(fs::exists(secret.path()));
  CHECK(confinedly("/usr/bin/dash", {"-c", "echo before; (echo inside)"}, input.path()) == "before\n");
}
