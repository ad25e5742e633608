#include <Poco/Base64Decoder.h>
#include <Poco/Net/QuotedPrintableDecoder.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "mail/message.h"

using namespace toimela;
using namespace toimela::mail;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

StoredMail plainMail() {
  return {.id = 1,
          .messageId = "<abc-123_x@example.org>",
          .recipient = "aino@example.org",
          .recipientName = "Aino",
          .language = Locale::sv,
          .subject = "Hej",
          .text = "Rad ett\nRad två",
          .createdAt = Instant{std::chrono::milliseconds{1'795'339'800'000}}};
}

std::string headOf(const std::string& message) {
  return message.substr(0, message.find("\r\n\r\n"));
}

/// What a reader's program makes of encoded words: those beside each other are one text.
std::string decodedWords(std::string text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find("=?UTF-8?B?", at)) != std::string::npos;) {
    const std::size_t begin = at + 10, end = text.find("?=", begin);
    REQUIRE(end != std::string::npos);
    std::istringstream in(text.substr(begin, end - begin));
    Poco::Base64Decoder decoder(in);
    out.append(std::istreambuf_iterator<char>(decoder), {});
    at = end;
  }
  return out;
}

std::string decodedBody(const std::string& message) {
  std::istringstream in(message.substr(message.find("\r\n\r\n") + 4));
  Poco::Net::QuotedPrintableDecoder decoder(in);
  return {std::istreambuf_iterator<char>(decoder), {}};
}

}  // namespace

TEST_CASE("a mail says what it is, who sends it and that nobody should answer it by machine") {
  const std::string head = headOf(compose(plainMail(), "noreply@example.org")) + "\r\n";
  CHECK_THAT(head, StartsWith("From: \"Toimela\" <noreply@example.org>\r\n"));
  CHECK_THAT(head, Contains("\r\nTo: \"Aino\" <aino@example.org>\r\n"));
  CHECK_THAT(head, Contains("\r\nSubject: Hej\r\n"));
  CHECK_THAT(head, Contains("\r\nDate: Sun, 22 Nov 2026 09:30:00 +0000\r\n"));
  CHECK_THAT(head, Contains("\r\nMessage-ID: <abc-123_x@example.org>\r\n"));
  CHECK_THAT(head, Contains("\r\nMIME-Version: 1.0\r\n"));
  CHECK_THAT(head, Contains("\r\nAuto-Submitted: auto-generated\r\n"));
  CHECK_THAT(head, Contains("\r\nContent-Language: sv\r\n"));
  CHECK_THAT(head, Contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
}

TEST_CASE("a mail is the same at every attempt") {
  CHECK(compose(plainMail(), "a@example.org") == compose(plainMail(), "a@example.org"));
}

TEST_CASE("the text arrives as it was written, with the line ends of mail") {
  for (std::string text : {"Rad ett\nRad två", "Rad ett\r\nRad två", "Rad ett\rRad två"}) {
    StoredMail mail = plainMail();
    mail.text = text;
    CHECK(decodedBody(compose(mail, "a@example.org")) == "Rad ett\r\nRad två\r\n");
  }
}

TEST_CASE("no line of a mail is longer than mail allows, and all of it is ASCII") {
  StoredMail mail = plainMail();
  mail.subject = std::string(40, 'x') + " öljynvaihto ja äänestys, " + std::string(200, 'a');
  mail.recipientName = mail.subject;
  for (int i = 0; i < 100; ++i) mail.text += "yhdenvertaisuussuunnittelutyöryhmä ";
  mail.html = "<p>" + mail.text + "</p>";
  std::istringstream lines(compose(mail, "a@example.org"));
  for (std::string line; std::getline(lines, line);) {
    REQUIRE(line.ends_with('\r'));
    CHECK(line.size() <= 76 + 1);
    CHECK(std::all_of(line.begin(), line.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  }
}

TEST_CASE("a subject in any language comes back whole from its encoded words") {
  for (std::string subject :
       {"Kutsu työpajaan", "Åland", "äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ äöåÄÖÅ",
        "会議へのご招待ですので是非お越しください",
        "Käyttäjä 👩‍👩‍👧‍👦 liittyi verkostoon, jossa on jo monta muuta perhettä "
        "👨‍👩‍👧‍👦"}) {
    const std::string encoded = encodedHeader(subject);
    INFO(encoded);
    CHECK(decodedWords(encoded) == subject);
    std::istringstream words(encoded);
    for (std::string word; std::getline(words, word);) CHECK(word.size() <= 66);
  }
  CHECK(encodedHeader("Plain and short") == "Plain and short");
  CHECK(decodedWords(encodedHeader("=?UTF-8?Q?not_what_it_seems?=")) ==
        "=?UTF-8?Q?not_what_it_seems?=");
}

TEST_CASE("each encoded word holds whole characters") {
  const std::string encoded = encodedHeader(std::string(38, 'a') + "äbcdefghijklmnopqrstuvwxyz äö");
  CHECK_THAT(encoded, StartsWith("=?UTF-8?B?" + std::string("YWFh")));
  std::size_t end = encoded.find("?=");
  CHECK(decodedWords(encoded.substr(0, end + 2)) == std::string(38, 'a'));
}

TEST_CASE("a name with quotes, commas or brackets stays one name") {
  CHECK(mailbox("", "a@example.org") == "a@example.org");
  CHECK(mailbox("Virtanen, Aino", "a@example.org") == "\"Virtanen, Aino\" <a@example.org>");
  CHECK(mailbox("Aino \"A\" \\ V", "a@example.org") == "\"Aino \\\"A\\\" \\\\ V\" <a@example.org>");
  CHECK(mailbox("x <b@example.org>", "a@example.org") == "\"x <b@example.org>\" <a@example.org>");
  CHECK(decodedWords(mailbox("Äinö Önnelä", "a@example.org")) == "Äinö Önnelä");
}

TEST_CASE("a mail with HTML offers the plain text first, then the HTML") {
  StoredMail mail = plainMail();
  mail.html = "<p>Rad två</p>";
  const std::string message = compose(mail, "a@example.org");
  CHECK_THAT(headOf(message),
             Contains("Content-Type: multipart/alternative; boundary=\"=_abc123x\""));
  const auto plain = message.find("--=_abc123x\r\nContent-Type: text/plain");
  const auto html = message.find("--=_abc123x\r\nContent-Type: text/html");
  const auto end = message.find("--=_abc123x--\r\n");
  REQUIRE(plain != std::string::npos);
  REQUIRE(html != std::string::npos);
  REQUIRE(end != std::string::npos);
  CHECK(plain < html);
  CHECK(html < end);
}
