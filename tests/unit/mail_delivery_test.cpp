#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>

#include "databases.h"
#include "mail/outbox.h"
#include "mail/outbox_store.h"
#include "mail_sink.h"

using namespace toimela;
using namespace toimela::mail;
using Catch::Matchers::Contains;
using testing::MailSink;

namespace {

constexpr Sql kOlder{"test.outbox.older", "UPDATE core_outbox SET created_at = created_at - :age"};
constexpr Sql kDueNow{"test.outbox.due", "UPDATE core_outbox SET next_attempt_at = 0"};

MailMessage messageTo(const std::string& address) {
  return {.to = *EmailAddress::parse(address),
          .toName = "Aino Äijälä",
          .subject = "Kutsu työpajaan",
          .text = "Tervetuloa!\n.\nPiste on rivillään yksin."};
}

/// An outbox and a server beside it.
struct Post {
  explicit Post(const testing::FreshDatabase& fresh) : database(testing::openMigrated(fresh)) {
    std::signal(SIGPIPE, SIG_IGN);  // as the program does
  }

  void enqueue(const std::string& address) {
    database->write({}, [&](WriteTx& tx) {
      tx.mail(messageTo(address));
      tx.unaudited("a test");
    });
  }
  int sendOver(const MailSink& sink) {
    SmtpOptions options{.host = "127.0.0.1", .port = sink.port(), .from = "noreply@example.org"};
    return sendDue(*database, options);
  }
  void run(const Sql& sql, auto... arguments) {
    database->write({}, [&](WriteTx& tx) {
      tx.run(sql, arguments...);
      tx.unaudited("a test");
    });
  }
  StoredMail mail(std::int64_t id = 1) {
    return *database->get([&](ReadTx& tx) { return findMail(tx, id); });
  }

  std::unique_ptr<data::Database> database;
};

}  // namespace

TEST_CASE("a queued mail is sent once, whole, and marked") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Post post(fresh);
    MailSink sink;
    post.enqueue("aino@example.org");
    CHECK(post.sendOver(sink) == 1);
    CHECK(post.sendOver(sink) == 0);
    REQUIRE(sink.taken().size() == 1);
    const auto taken = sink.taken()[0];
    CHECK(taken.from == "<noreply@example.org>");
    CHECK(taken.recipient == "<aino@example.org>");
    CHECK_THAT(taken.message, Contains("Message-ID: " + post.mail().messageId));
    CHECK_THAT(taken.message, Contains("\r\n.\r\nPiste on rivill=C3=A4=C3=A4n yksin."));
    CHECK(post.mail().sentAt);
    CHECK(post.mail().attempts == 1);
  }
}

TEST_CASE("many mails go over one connection") {
  Post post(testing::databases().front());
  MailSink sink;
  for (int i = 0; i < 45; ++i) post.enqueue("person" + std::to_string(i) + "@example.org");
  CHECK(post.sendOver(sink) == 45);
  CHECK(sink.taken().size() == 45);
  const auto heard = sink.heard();
  CHECK(std::count_if(heard.begin(), heard.end(),
                      [](const auto& l) { return l.starts_with("EHLO"); }) == 1);
}

TEST_CASE("who is asked to stop sends no other mail, and what waits goes out the next time") {
  Post post(testing::databases().front());
  MailSink sink;
  for (int i = 0; i < 3; ++i) post.enqueue("person" + std::to_string(i) + "@example.org");
  std::stop_source stopping;
  stopping.request_stop();
  CHECK(sendDue(*post.database, {.host = "127.0.0.1", .port = sink.port()}, stopping.get_token()) == 0);
  CHECK(sink.taken().empty());
  CHECK(post.mail().attempts == 0);
  CHECK(post.sendOver(sink) == 3);
}

TEST_CASE("without a server's name mail waits to be read by the administrator") {
  Post post(testing::databases().front());
  post.enqueue("aino@example.org");
  CHECK(sendDue(*post.database, {}) == 0);
  CHECK(post.mail().attempts == 0);
}

TEST_CASE("two processes never send one mail twice") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Post post(fresh);
    MailSink sink;
    for (int i = 0; i < 40; ++i) post.enqueue("person" + std::to_string(i) + "@example.org");
    std::thread other([&] { post.sendOver(sink); });
    post.sendOver(sink);
    other.join();
    // Who was later may have left the last of a batch to the other, which has sent them by now.
    std::vector<std::string> recipients;
    for (const auto& taken : sink.taken()) recipients.push_back(taken.recipient);
    std::sort(recipients.begin(), recipients.end());
    CHECK(recipients.size() == 40);
    CHECK(std::unique(recipients.begin(), recipients.end()) == recipients.end());
  }
}

TEST_CASE("an address that the server refuses is given up at once, and the next mail still goes") {
  Post post(testing::databases().front());
  MailSink sink([](const std::string& line) {
    return line.find("nobody@") != std::string::npos ? "550 no such user here" : "";
  });
  post.enqueue("nobody@example.org");
  post.enqueue("aino@example.org");
  CHECK(post.sendOver(sink) == 1);
  CHECK(post.mail(1).failedAt);
  CHECK_THAT(post.mail(1).lastError, Contains("no such user here"));
  CHECK(post.mail(2).sentAt);
}

TEST_CASE("a refused text is given up, a refused sender is not") {
  for (std::string line : {".", "DATA", "MAIL FROM:<noreply@example.org>"}) {
    INFO(line);
    Post post(testing::databases().front());
    MailSink sink(
        [&](const std::string& heard) { return heard == line ? "554 not from you" : ""; });
    post.enqueue("aino@example.org");
    CHECK(post.sendOver(sink) == 0);
    CHECK(post.mail().failedAt.has_value() == (line != "MAIL FROM:<noreply@example.org>"));
    CHECK_FALSE(post.mail().sentAt);
  }
}

TEST_CASE("a passing trouble is tried again after 1, 5, 15 and 60 minutes") {
  Post post(testing::databases().front());
  MailSink sink(
      [](const std::string& line) { return line.starts_with("RCPT") ? "451 later please" : ""; });
  post.enqueue("aino@example.org");
  for (int minutes : {1, 5, 15, 60}) {
    const Instant before = now();
    CHECK(post.sendOver(sink) == 0);
    const auto wait = post.mail().nextAttemptAt - before;
    CHECK(wait >= std::chrono::minutes(minutes));
    CHECK(wait < std::chrono::minutes(minutes) + std::chrono::seconds(30));
    CHECK_FALSE(post.mail().failedAt);
    CHECK_THAT(post.mail().lastError, Contains("later please"));
    CHECK(post.sendOver(sink) == 0);  // not due
    post.run(kDueNow);
  }
  CHECK(post.mail().attempts == 4);
}

TEST_CASE("after two days a mail is given up") {
  Post post(testing::databases().front());
  MailSink sink(
      [](const std::string& line) { return line.starts_with("RCPT") ? "451 later please" : ""; });
  post.enqueue("aino@example.org");
  post.run(kOlder, std::int64_t{47 * 3'600'000});
  post.sendOver(sink);
  CHECK_FALSE(post.mail().failedAt);
  post.run(kOlder, std::int64_t{2 * 3'600'000});
  post.run(kDueNow);
  post.sendOver(sink);
  CHECK(post.mail().failedAt);
}

TEST_CASE("a server that is away blames no mail") {
  Post post(testing::databases().front());
  post.enqueue("aino@example.org");
  post.enqueue("eero@example.org");
  CHECK(sendDue(*post.database, {.host = "127.0.0.1", .port = 1}) == 0);
  for (int id : {1, 2}) {
    CHECK_FALSE(post.mail(id).failedAt);
    CHECK(post.mail(id).nextAttemptAt > now());
    CHECK_THAT(post.mail(id).lastError, Contains("can not connect"));
  }
  MailSink back;
  post.run(kDueNow);
  CHECK(post.sendOver(back) == 2);
}

TEST_CASE("a server that hangs up in the middle gets the rest over a new connection") {
  Post post(testing::databases().front());
  std::atomic<bool> once{true};
  MailSink sink([&](const std::string& line) {
    return line == "." && once.exchange(false) ? "hang up" : "";
  });
  post.enqueue("aino@example.org");
  post.enqueue("eero@example.org");
  CHECK(post.sendOver(sink) == 1);
  CHECK_FALSE(post.mail(1).sentAt);
  CHECK(post.mail(2).sentAt);
  const std::string messageId = post.mail(1).messageId;
  post.run(kDueNow);
  CHECK(post.sendOver(sink) == 1);
  CHECK_THAT(sink.taken().back().message, Contains("Message-ID: " + messageId));
}

TEST_CASE("a process that died while it sent leaves its mail to the others after a while") {
  Post post(testing::databases().front());
  MailSink sink;
  post.enqueue("aino@example.org");
  const StoredMail seen = post.mail();
  bool first = false, second = false;
  post.database->write({}, [&](WriteTx& tx) {
    first = leaseMail(tx, seen, tx.time() + std::chrono::minutes(15));
    second = leaseMail(tx, seen, tx.time() + std::chrono::minutes(15));
    tx.unaudited("a test");
  });
  CHECK(first);
  CHECK_FALSE(second);
  CHECK(post.sendOver(sink) == 0);
  post.run(kDueNow);
  CHECK(post.sendOver(sink) == 1);
}

TEST_CASE("when TLS is demanded, nothing is sent without it") {
  Post post(testing::databases().front());
  MailSink sink(
      [](const std::string& line) { return line == "STARTTLS" ? "502 what is that" : ""; });
  post.enqueue("aino@example.org");
  CHECK(sendDue(*post.database, {.host = "127.0.0.1",
                                 .port = sink.port(),
                                 .security = SmtpOptions::Security::startTls,
                                 .user = "toimela",
                                 .password = "secret"}) == 0);
  for (const auto& line : sink.heard()) {
    CHECK_FALSE(line.starts_with("MAIL"));
    CHECK_FALSE(line.starts_with("AUTH"));
  }
  CHECK_THAT(post.mail().lastError, Contains("TLS"));
}

TEST_CASE("a mail that could smuggle in a header is not taken") {
  Post post(testing::databases().front());
  auto refused = [&](auto change) {
    MailMessage message = messageTo("aino@example.org");
    change(message);
    CHECK_THROWS_AS(post.database->write({}, [&](WriteTx& tx) { tx.mail(message); }),
                    std::invalid_argument);
  };
  refused([](MailMessage& m) { m.subject = "Hei\r\nBcc: eve@example.org"; });
  refused([](MailMessage& m) { m.subject = "Hei\nBcc: eve@example.org"; });
  refused([](MailMessage& m) { m.subject = std::string("Hei\0", 4); });
  refused([](MailMessage& m) { m.toName = "Aino\rBcc: eve@example.org"; });
  refused([](MailMessage& m) { m.subject = ""; });
  refused([](MailMessage& m) { m.text = ""; });
}

TEST_CASE("every mail has a Message-ID of its own") {
  Post post(testing::databases().front());
  post.enqueue("aino@example.org");
  post.enqueue("aino@example.org");
  CHECK(post.mail(1).messageId != post.mail(2).messageId);
  CHECK_THAT(post.mail(1).messageId,
             Catch::Matchers::StartsWith("<") && Catch::Matchers::EndsWith("@example.org>"));
}
