// What the doctor makes of what it sees.
#include <catch2/catch.hpp>

#include "databases.h"
#include "doctor/checks.h"

using namespace toimela;
using namespace toimela::doctor;
using namespace std::chrono_literals;

namespace {

constexpr auto kOk = Finding::Level::ok, kWarning = Finding::Level::warning, kProblem = Finding::Level::problem;
constexpr std::uint64_t kGigabyte = 1'000'000'000;
const Instant kNow = Instant(1'800'000'000s);

jobs::JobRow job(const char* name, Instant next, const char* error = "") {
  return {name, next, Instant{}, std::nullopt, error};
}

}  // namespace

TEST_CASE("a finding is one line, whatever it was told", "[doctor]") {
  CHECK(line(ok("clock", "right")) == "ok       clock: right");
  CHECK(line(problem("mail server", "no\r\nanswer", "Check it")) == "problem  mail server: no  answer. Check it");
}

TEST_CASE("only problems make the exit code 1", "[doctor]") {
  CHECK(exitCode({}) == 0);
  CHECK(exitCode({ok("a", ""), warning("b", "", "")}) == 0);
  CHECK(exitCode({ok("a", ""), problem("b", "", ""), ok("c", "")}) == 1);
}

TEST_CASE("little disk space is warned of in time, by amount and by share", "[doctor]") {
  CHECK(judgeSpace(100 * kGigabyte, 200 * kGigabyte).level == kOk);
  CHECK(judgeSpace(1 * kGigabyte, 10 * kGigabyte).level == kWarning);
  CHECK(judgeSpace(40 * kGigabyte, 1000 * kGigabyte).level == kWarning);
  CHECK(judgeSpace(kGigabyte / 10, 10 * kGigabyte).level == kProblem);
  CHECK(judgeSpace(12'345'678, kGigabyte).text == "12.3 MB of 1.0 GB are free");
}

TEST_CASE("jobs that are late, failing or have never run are told apart", "[doctor]") {
  CHECK(judgeJobs({}, kNow).level == kWarning);
  CHECK(judgeJobs({job("core.sweep", kNow + 1h), job("core.mail", kNow - 1min)}, kNow).level == kOk);
  const Finding late = judgeJobs({job("core.sweep", kNow - 3h)}, kNow);
  CHECK(late.level == kWarning);
  CHECK(late.text == "waiting to be run: core.sweep for 3 h");
  const Finding failing = judgeJobs({job("core.sweep", kNow - 3h), job("contacts.digest", kNow + 1h, "it broke")}, kNow);
  CHECK(failing.level == kProblem);
  CHECK(failing.text.find("contacts.digest: it broke") != std::string::npos);
}

TEST_CASE("mail that waits is fine for a while, and with a server to wait for", "[doctor]") {
  CHECK(judgeOutbox({}, true, kNow).level == kOk);
  CHECK(judgeOutbox({}, false, kNow).level == kOk);
  CHECK(judgeOutbox({.waiting = 2, .oldest = kNow - 1min}, true, kNow).level == kOk);
  CHECK(judgeOutbox({.waiting = 2, .oldest = kNow - 1h}, true, kNow).level == kProblem);
  CHECK(judgeOutbox({.waiting = 2, .oldest = kNow - 1min}, false, kNow).level == kWarning);
  CHECK(judgeOutbox({.failed = 1}, true, kNow).level == kWarning);
}

TEST_CASE("administrators whom a password alone lets in are warned of", "[doctor]") {
  const auto judged = [](std::int64_t people, std::int64_t without, bool isDemanded) {
    return judgeAdministrators({Role::nationalAdmin, people, without}, isDemanded).level;
  };
  CHECK(judged(2, 1, false) == kWarning);
  CHECK(judged(0, 0, false) == kWarning);
  CHECK(judged(2, 0, false) == kOk);
  CHECK(judged(2, 1, true) == kOk);
}

TEST_CASE("a clock is judged by the database's and by what has been written", "[doctor]") {
  CHECK(judgeClock(kNow, std::nullopt, std::nullopt).level == kOk);
  CHECK(judgeClock(kNow, kNow - 24h, kNow + 1s).level == kOk);
  CHECK(judgeClock(kNow, std::nullopt, kNow - 1min).level == kProblem);
  CHECK(judgeClock(kNow, std::nullopt, kNow + 1min).level == kProblem);
  CHECK(judgeClock(kNow, kNow + 1h, std::nullopt).level == kProblem);
}

TEST_CASE("both databases are set up so that a commit stays", "[doctor]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    const auto database = testing::openMigrated(fresh);
    data::Connection connection(database->address());
    const Finding found = checkDurability(connection);
    INFO(found.text);
    // The tests' own server may run without fsync; what it runs with must be seen.
    const bool off = found.text.find("fsync is off") != std::string::npos;
    CHECK(found.level == (off ? kProblem : kOk));
    if (fresh.name == "sqlite") CHECK(checkStructure(connection).level == kOk);
    CHECK(database->get([](ReadTx& tx) { return outboxState(tx, Instant{}).waiting; }) == 0);
  }
}

TEST_CASE("damaged files are a problem that names them, unverified ones a warning") {
  const auto judged = judgeFiles({.contents = 3, .damaged = 1, .oldest = kNow - 1h},
                                 {{"0123456789abcdef0123456789abcdef", "digest", 2}}, kNow);
  CHECK(judged.level == kProblem);
  CHECK(judged.text.find("0123456789ab (digest)") != std::string::npos);
  CHECK(judgeFiles({.contents = 3, .oldest = kNow - 24h * 61}, {}, kNow).level == kWarning);
  CHECK(judgeFiles({.contents = 3, .oldest = kNow - 24h * 29}, {}, kNow).level == kOk);
  CHECK(judgeFiles({}, {}, kNow).level == kOk);
  CHECK(judgeReading(std::nullopt, 2).level == kOk);
  CHECK(judgeReading("no poppler", 0).level == kWarning);
}
