#include "mail/message.h"

#include <Poco/Base64Encoder.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/QuotedPrintableEncoder.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace toimela::mail {

namespace {

constexpr std::string_view kNewline = "\r\n";
/// A line with an encoded word has at most 76 characters (RFC 2047, section 2), and the first one
/// begins with the name of its header: 39 bytes are 52 in base64 and 64 with what marks the word.
constexpr std::size_t kBytesAWord = 39;
constexpr std::size_t kLongestPlain = 60;

bool isPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string base64(std::string_view bytes) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return out.str();
}

std::string encodedWords(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    std::size_t length = std::min(text.size(), kBytesAWord);
    while (length < text.size() && length > 1 && isContinuation(text[length])) --length;
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return words;
}

/// Line ends become CRLF, whatever they were.
std::string withNewlines(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 40);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || text[i] == '\n') {
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      out += kNewline;
    } else {
      out += text[i];
    }
  }
  if (!out.ends_with(kNewline)) out += kNewline;
  return out;
}

std::string quotedPrintable(std::string_view text) {
  std::ostringstream out;
  Poco::Net::QuotedPrintableEncoder encoder(out);
  encoder << withNewlines(text);
  encoder.close();
  return out.str();
}

std::string part(std::string_view type, std::string_view body) {
  return "Content-Type: " + std::string(type) +
         "; charset=utf-8\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quotedPrintable(body);
}

/// The METHOD of a calendar object, which its part must name too (RFC 6047, section 2.4).
std::string methodOf(std::string_view calendar) {
  constexpr std::string_view kMethod = "\r\nMETHOD:";
  const auto at = calendar.find(kMethod);
  if (at == std::string_view::npos) throw std::logic_error("a calendar for a mail has no METHOD");
  const auto from = at + kMethod.size();
  return std::string(calendar.substr(from, calendar.find("\r\n", from) - from));
}

/// Base64, so that no server on the way touches its line ends.
std::string calendarPart(std::string_view calendar) {
  std::string part = "Content-Type: text/calendar; charset=utf-8; method=" + methodOf(calendar) +
                     "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const std::string encoded = base64(calendar);
  for (std::size_t at = 0; at < encoded.size(); at += 76) part.append(encoded, at, 76).append(kNewline);
  return part;
}

std::string dateOf(Instant instant) {
  const auto time = Poco::Timestamp::fromEpochTime(
      std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count());
  return Poco::DateTimeFormatter::format(time, "%w, %e %b %Y %H:%M:%S +0000");
}

/// No text in quoted-printable has "=_", so the boundary stands in no part.
std::string boundaryOf(std::string_view messageId) {
  std::string boundary = "=_";
  for (char c : messageId.substr(0, messageId.find('@')))
    if (std::isalnum(static_cast<unsigned char>(c))) boundary += c;
  return boundary;
}

}  // namespace

std::string encodedHeader(std::string_view text) {
  const bool plain = isPrintable(text) && text.size() <= kLongestPlain &&
                     text.find("=?") == std::string_view::npos;
  return plain ? std::string(text) : encodedWords(text);
}

std::string mailbox(std::string_view name, std::string_view address) {
  std::string bracketed = "<";
  bracketed.append(address).append(">");
  if (name.empty()) return std::string(address);
  if (!isPrintable(name) || name.size() > kLongestPlain)
    return encodedWords(name) + "\r\n " + bracketed;
  std::string quoted = "\"";
  for (char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\" " + bracketed;
}

std::string compose(const StoredMail& mail, std::string_view from) {
  std::string message;
  auto header = [&](std::string_view name, const std::string& value) {
    message.append(name).append(": ").append(value).append(kNewline);
  };
  header("From", mailbox("Toimela", from));
  header("To", mailbox(mail.recipientName, mail.recipient));
  header("Subject", encodedHeader(mail.subject));
  header("Date", dateOf(mail.createdAt));
  header("Message-ID", mail.messageId);
  header("MIME-Version", "1.0");
  header("Auto-Submitted", "auto-generated");
  header("Content-Language", std::string(code(mail.language)));
  if (!mail.unsubscribe.empty()) {
    header("List-Unsubscribe", "<" + mail.unsubscribe + ">");
    header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  if (mail.html.empty() && mail.calendar.empty()) return message + part("text/plain", mail.text);

  const std::string boundary = boundaryOf(mail.messageId);
  header("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
  message.append(kNewline);
  std::vector<std::string> parts{part("text/plain", mail.text)};
  if (!mail.html.empty()) parts.push_back(part("text/html", mail.html));
  if (!mail.calendar.empty()) parts.push_back(calendarPart(mail.calendar));
  for (const std::string& each : parts)
    message.append("--").append(boundary).append(kNewline).append(each).append(kNewline);
  return message.append("--").append(boundary).append("--").append(kNewline);
}

}  // namespace toimela::mail
