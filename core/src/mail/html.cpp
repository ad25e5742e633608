#include "mail/html.h"

#include "pages/escape.h"

namespace toimela::mail {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  pages::appendEscaped(out, text);
  return out;
}

/// Where an address in running text ends: at a blank, or before the stop of the sentence.
std::size_t endOfAddress(std::string_view text, std::size_t from) {
  std::size_t end = text.find_first_of(" \t<>\"", from);
  if (end == std::string_view::npos) end = text.size();
  while (end > from && std::string_view(".,;:!?)").find(text[end - 1]) != std::string_view::npos) --end;
  return end;
}

std::string lineOf(std::string_view line, std::string_view linked) {
  std::string out;
  while (!linked.empty()) {
    const auto at = line.find(linked);
    if (at == std::string_view::npos) break;
    const auto end = endOfAddress(line, at);
    // "https://toimela.example.evil" begins like ours but is not.
    const bool isOurs = end == at + linked.size() || line[at + linked.size()] == '/';
    const std::string address = escaped(line.substr(at, end - at));
    out += escaped(line.substr(0, at));
    out += isOurs ? "<a href=\"" + address + "\">" + address + "</a>" : address;
    line.remove_prefix(end);
  }
  return out + escaped(line);
}

}  // namespace

std::string htmlOf(std::string_view text, Locale language, std::string_view linked) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(code(language)) +
                    "\">\n<head><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width\"></head>\n<body>\n";
  enum class Open { nothing, paragraph, list } open = Open::nothing;
  const auto close = [&] {
    if (open == Open::paragraph) out += "</p>\n";
    if (open == Open::list) out += "</ul>\n";
    open = Open::nothing;
  };
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    if (line.empty()) {
      close();
    } else if (line.starts_with("# ")) {
      close();
      out += "<h2>" + lineOf(line.substr(2), linked) + "</h2>\n";
    } else if (line.starts_with("- ")) {
      if (open != Open::list) {
        close();
        out += "<ul>\n";
        open = Open::list;
      }
      out += "<li>" + lineOf(line.substr(2), linked) + "</li>\n";
    } else {
      if (open != Open::paragraph) {
        close();
        out += "<p>";
        open = Open::paragraph;
      } else {
        out += "<br>\n";
      }
      out += lineOf(line, linked);
    }
  }
  close();
  return out + "</body>\n</html>\n";
}

}  // namespace toimela::mail
