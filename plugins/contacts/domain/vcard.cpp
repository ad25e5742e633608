#include "domain/vcard.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace toimela::contacts {

namespace {

constexpr std::size_t kLongestLine = 75;  // octets, without the line end

/// "20261122T093000Z" (RFC 6350, section 4.3.5)
std::string timestamp(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{seconds - day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

class Writer {
 public:
  /// The value is ready as it stands.
  void raw(std::string_view name, std::string_view value) {
    if (!value.empty()) text_ += folded(std::string(name) + ":" + std::string(value));
  }
  void text(std::string_view name, std::string_view value) { raw(name, escaped(value)); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string commaSeparated(const std::vector<std::string>& values) {
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ",") + escaped(value);
  return list;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' || c == ',' || c == ';') (out += '\\') += c;
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += i + 1 < text.size() && text[i + 1] == '\n' ? "" : "\\n";
    else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) out += c;
  }
  return out;
}

std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = kLongestLine;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    out.append(line.substr(0, end)) += "\r\n ";
    line.remove_prefix(end);
    room = kLongestLine - 1;  // the blank counts
  }
  return out.append(line) += "\r\n";
}

std::string write(const VCard& card) {
  Writer writer;
  writer.raw("BEGIN", "VCARD");
  writer.raw("VERSION", "4.0");
  writer.raw("KIND", "individual");
  writer.raw("UID", card.uid);
  writer.text("FN", card.givenName + " " + card.familyName);
  writer.raw("N", escaped(card.familyName) + ";" + escaped(card.givenName) + ";;;");
  for (const auto& organisation : card.organisations) writer.text("ORG", organisation);
  for (const auto& role : card.roles) writer.text("ROLE", role);
  writer.text("EMAIL", card.email);
  writer.text("TEL", card.phone);
  for (std::size_t i = 0; i < card.languages.size(); ++i)
    writer.raw("LANG;PREF=" + std::to_string(i + 1), card.languages[i]);
  writer.raw("CATEGORIES", commaSeparated(card.categories));
  writer.text("NOTE", card.note);
  writer.raw("URL", card.url);
  writer.raw("REV", timestamp(card.revised));
  writer.raw("END", "VCARD");
  return writer.take();
}

}  // namespace toimela::contacts
