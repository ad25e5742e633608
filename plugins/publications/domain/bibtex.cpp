#include "domain/bibtex.h"

#include <algorithm>
#include <array>
#include <utility>

namespace toimela::publications {

namespace {

constexpr std::size_t kMostEntries = 10'000, kDeepest = 50;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isName(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':' || c == '.' || c == '+' || c == '/';
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

/// Accents as TeX writes them, and characters that it escapes.
std::string untexed(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kMarks{{
      {"\\\"a", "ä"}, {"\\\"o", "ö"}, {"\\\"u", "ü"}, {"\\\"A", "Ä"}, {"\\\"O", "Ö"}, {"\\\"U", "Ü"}, {"\\'e", "é"},
      {"\\aa", "å"}, {"\\AA", "Å"}, {"\\textbackslash", "\\"}, {"\\textasciitilde", "~"}, {"\\textasciicircum", "^"},
      {"\\o", "ø"}, {"\\ss", "ß"}, {"\\ae", "æ"}}};
  std::string result;
  while (!text.empty()) {
    const auto mark = std::ranges::find_if(kMarks, [&](const auto& each) { return text.starts_with(each.first); });
    if (mark != kMarks.end()) {
      result += mark->second;
      text.remove_prefix(mark->first.size());
      if (text.starts_with("{}")) text.remove_prefix(2);
    } else if (text.size() > 1 && text[0] == '\\' && std::string_view("{}&%$#_").find(text[1]) != std::string_view::npos) {
      result += text[1];
      text.remove_prefix(2);
    } else {
      const char c = text.front();
      if (c != '{' && c != '}') result += isSpace(c) ? ' ' : c;
      text.remove_prefix(1);
    }
  }
  std::string single;
  for (const char c : result)
    if (c != ' ' || (!single.empty() && single.back() != ' ')) single += c;
  return trimmed(single);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  BibtexFile read() {
    BibtexFile file;
    while (find('@') && file.entries.size() < kMostEntries) {
      const int line = line_;
      step();
      const std::string type = word();
      skip();
      if (type == "comment" || type == "preamble" || type == "string") continue;
      if (!at('{') && !at('(')) continue;
      step();
      BibtexEntry entry{line, type, "", {}};
      entry.key = word(false);
      if (fields(entry) && !entry.fields.empty()) file.entries.push_back(std::move(entry));
      else file.damaged.push_back(line);
    }
    return file;
  }

 private:
  bool done() const { return at_ >= text_.size(); }
  bool at(char c) const { return !done() && text_[at_] == c; }
  void step() {
    if (text_[at_] == '\n') ++line_;
    ++at_;
  }
  void skip() {
    while (!done() && isSpace(text_[at_])) step();
  }
  bool find(char c) {
    while (!done() && text_[at_] != c) step();
    return !done();
  }
  std::string word(bool isLower = true) {
    skip();
    std::string result;
    while (!done() && isName(text_[at_]) && result.size() < 200) {
      result += isLower ? lower(text_[at_]) : text_[at_];
      step();
    }
    return result;
  }

  bool fields(BibtexEntry& entry) {
    for (;;) {
      skip();
      if (done()) return false;
      if (at('}') || at(')')) return step(), true;
      if (at(',')) {
        step();
        continue;
      }
      const std::string name = word();
      skip();
      if (name.empty() || !at('=')) return false;
      step();
      std::string value;
      if (!this->value(value)) return false;
      entry.fields[name] = std::move(value);
    }
  }

  /// Pieces joined by '#'.
  bool value(std::string& whole) {
    std::string raw;
    for (;;) {
      skip();
      if (done()) return false;
      if (at('{') || at('"')) {
        if (!quoted(raw)) return false;
      } else {
        raw += word(false);
      }
      skip();
      if (!at('#')) break;
      step();
    }
    whole = raw;
    return true;
  }

  bool quoted(std::string& raw) {
    const char end = at('{') ? '}' : '"';
    step();
    for (std::size_t depth = 0; !done(); step()) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size()) {
        raw += c;
        step();
        raw += text_[at_];
        continue;
      }
      if (c == end && depth == 0) return step(), true;
      if (c == '{' && ++depth > kDeepest) return false;
      if (c == '}') {
        if (depth == 0) return false;
        --depth;
      }
      raw += c;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

BibtexFile parseBibtex(std::string_view text) {
  BibtexFile file = Reader(text).read();
  for (BibtexEntry& entry : file.entries)
    for (auto& [name, value] : entry.fields) {
      // Braces around a whole name say that it is an organisation's: names are taken apart later.
      if (name != "author" && name != "editor") value = untexed(value);
    }
  return file;
}

std::string bibtexPeople(std::string_view names) {
  std::string lines;
  while (!names.empty()) {
    std::size_t depth = 0, end = names.size(), next = names.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == '{') ++depth;
      if (names[i] == '}' && depth > 0) --depth;
      if (depth == 0 && names.substr(i).starts_with(" and ")) {
        end = i;
        next = i + 5;
        break;
      }
    }
    const std::string raw = trimmed(names.substr(0, end));
    names.remove_prefix(next);
    std::string name = untexed(raw);
    std::ranges::replace(name, ';', ',');
    const bool isOrganisation = raw.starts_with('{') && raw.ends_with('}');
    if (const auto space = name.rfind(' '); !isOrganisation && name.find(',') == std::string::npos && space != std::string::npos)
      name = name.substr(space + 1) + ", " + name.substr(0, space);
    if (isOrganisation) std::erase(name, ',');
    if (!name.empty()) lines.append(lines.empty() ? "" : "\n").append(name);
  }
  return lines;
}

}  // namespace toimela::publications
