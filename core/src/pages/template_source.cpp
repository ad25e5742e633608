#include "pages/template_source.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "pages/html_tracker.h"

namespace toimela::pages {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool isBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

bool isName(std::string_view text, std::string_view alsoAllowed) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           alsoAllowed.find(c) != alsoAllowed.npos;
  });
}

class Reader {
 public:
  Reader(std::string source, bool isPlainText)
      : source_(std::move(source)), isPlainText_(isPlainText) {}

  std::vector<Token> read() {
    while (at_ < source_.size()) {
      if (source_.compare(at_, 2, "{{") == 0) {
        readTag();
      } else {
        readCharacter();
      }
    }
    flush();
    if (!open_.empty()) {
      line_ = open_.back().line;
      throw Refused("the section {{#" + open_.back().name + "}} is never closed");
    }
    if (!isPlainText_) html_.end();
    return std::move(tokens_);
  }
  int line() const { return line_; }

 private:
  struct Open {
    std::string name;
    int line;
    HtmlTracker::Place place;
  };

  void readCharacter() {
    const char c = source_[at_++];
    if (c == '\n') ++line_;
    if (isPlainText_) {
      text_ += c;
      return;
    }
    appendShortened(c);
    html_.character(c);
    if (html_.takePostForm()) {
      text_ += "<input type=\"hidden\" name=\"csrf\" value=\"";
      add(Token::Kind::variable, "csrf");
      text_ += "\">";
    }
  }

  /// White space that a browser does not show need not be sent either.
  void appendShortened(char c) {
    const bool isSpace = kSpaces.find(c) != kSpaces.npos;
    const bool isAtLineStart = text_.empty() ? lineWasDropped_ : text_.back() == '\n';
    if (isSpace && html_.isBetweenElements() && isAtLineStart) return;
    if (isSpace && html_.isBetweenAttributes()) {
      if (!text_.ends_with(' ')) text_ += ' ';
      return;
    }
    if (c == '\n' && html_.isBetweenElements()) {
      while (!text_.empty() && (isBlank(text_.back()) || text_.back() == '\r')) text_.pop_back();
    }
    text_ += c;
  }

  void readTag() {
    const std::size_t start = at_;
    const bool isTriple = source_.compare(start, 3, "{{{") == 0;
    const bool isComment = source_.compare(start, 3, "{{!") == 0;
    const std::string_view closing = isTriple ? "}}}" : "}}";
    const std::size_t from = start + closing.size();
    const std::size_t to = source_.find(closing, from);
    if (to == source_.npos) throw Refused("a tag is never closed");
    const std::string_view contents = trimmed(std::string_view(source_).substr(from, to - from));
    const std::size_t end = to + closing.size();

    if (isTriple) {
      unescaped(contents);
    } else if (isComment) {
      // Nothing of it is left.
    } else if (contents.empty()) {
      throw Refused("an empty tag");
    } else {
      tag(contents);
    }
    line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(start),
                                         source_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
    lineWasDropped_ = false;
    const bool leavesNothing =
        isComment ||
        (!isTriple && std::string_view("#^/>").find(contents[0]) != std::string_view::npos);
    if (leavesNothing) dropLineOf(start, end);
  }

  void tag(std::string_view contents) {
    const char sign = contents[0];
    const std::string name(trimmed(contents.substr(1)));
    switch (sign) {
      case '#':
      case '^':
        beginSection(sign == '#' ? Token::Kind::section : Token::Kind::inverted, name);
        return;
      case '/':
        endSection(name);
        return;
      case '>':
        partial(name);
        return;
      case '&':
        throw Refused("{{& …}} is not allowed: only {{{html.name}}} is not escaped");
      case '=':
        throw Refused("the delimiters can not be changed");
      default:
        break;
    }
    if (contents.starts_with("t ")) {
      constant(Token::Kind::interfaceText, trimmed(contents.substr(2)));
    } else if (contents.starts_with("asset ")) {
      constant(Token::Kind::asset, trimmed(contents.substr(6)));
    } else {
      variable(contents);
    }
  }

  void variable(std::string_view name) {
    requireName(name);
    if (name.starts_with("html."))
      throw Refused("write {{{" + std::string(name) + "}}}: it is HTML");
    auto kind = Token::Kind::variable;
    if (!isPlainText_) {
      html_.value();
      if (html_.isAtAddress()) kind = Token::Kind::address;
      requireLanguage(name);
    }
    add(kind, std::string(name));
    if (!isPlainText_) noteValue();
  }

  void constant(Token::Kind kind, std::string_view name) {
    if (!isName(name, ".-/")) throw Refused("\"" + std::string(name) + "\" is no name");
    if (!isPlainText_) html_.value();
    add(kind, std::string(name));
    if (!isPlainText_) noteValue();
  }

  void unescaped(std::string_view name) {
    if (!name.starts_with("html.") || !isName(name.substr(5), "")) {
      throw Refused("{{{" + std::string(name) +
                    "}}} is not allowed: only {{{html.name}}} is not escaped");
    }
    if (isPlainText_) throw Refused("there is no HTML in a plain text");
    html_.markup();
    add(Token::Kind::html, std::string(name));
  }

  void partial(const std::string& name) {
    if (!isName(name, "/.-")) throw Refused("\"" + name + "\" is no name of a template");
    if (!isPlainText_) html_.markup();
    add(Token::Kind::partial, name);
  }

  void beginSection(Token::Kind kind, const std::string& name) {
    requireName(name);
    flush();
    open_.push_back({name, line_, isPlainText_ ? HtmlTracker::Place{} : html_.sectionBegins()});
    add(kind, name);
  }

  void endSection(const std::string& name) {
    if (open_.empty()) throw Refused("{{/" + name + "}} closes a section that was never opened");
    if (open_.back().name != name) {
      throw Refused("{{/" + name + "}} closes the section {{#" + open_.back().name + "}} of line " +
                    std::to_string(open_.back().line));
    }
    if (!isPlainText_) html_.sectionEnds(open_.back().place);
    open_.pop_back();
    add(Token::Kind::end, name);
  }

  void requireName(std::string_view name) const {
    if (!isName(name, ".") || name.front() == '.' || name.back() == '.' ||
        name.find("..") != name.npos) {
      throw Refused("\"" + std::string(name) + "\" is no name");
    }
  }

  /// View::text() leaves "…_lang" empty for the reader's own language, and an empty lang attribute
  /// would say that the language is unknown.
  void requireLanguage(std::string_view name) const {
    if (html_.attribute() != "lang" || !name.ends_with("_lang")) return;
    const bool isGuarded = std::any_of(open_.begin(), open_.end(),
                                       [&](const Open& open) { return open.name == name; });
    if (!isGuarded) {
      const std::string tag(name);
      throw Refused("write {{#" + tag + "}} lang=\"{{" + tag + "}}\"{{/" + tag +
                    "}}: it may be empty");
    }
  }

  /// For the checks of an attribute a value counts as one harmless character.
  void noteValue() {
    if (!html_.attribute().empty()) html_.character(HtmlTracker::kValue);
  }

  /// A section, partial or comment alone on its line takes the line with it.
  void dropLineOf(std::size_t start, std::size_t end) {
    if (!isPlainText_ && !html_.isInText()) return;
    std::size_t lineStart = start;
    while (lineStart > 0 && isBlank(source_[lineStart - 1])) --lineStart;
    if (lineStart > 0 && source_[lineStart - 1] != '\n') return;
    std::size_t lineEnd = end;
    while (lineEnd < source_.size() && (isBlank(source_[lineEnd]) || source_[lineEnd] == '\r'))
      ++lineEnd;
    if (lineEnd < source_.size() && source_[lineEnd] != '\n') return;
    std::string* before = &text_;
    if (text_.empty() && tokens_.size() >= 2 &&
        tokens_[tokens_.size() - 2].kind == Token::Kind::text) {
      before = &tokens_[tokens_.size() - 2].value;
    }
    while (!before->empty() && isBlank(before->back())) before->pop_back();
    if (lineEnd < source_.size()) {
      ++lineEnd;
      ++line_;
    }
    at_ = lineEnd;
    lineWasDropped_ = true;
  }

  void add(Token::Kind kind, std::string value) {
    flush();
    tokens_.push_back({kind, std::move(value), line_});
  }
  void flush() {
    if (text_.empty()) return;
    tokens_.push_back({Token::Kind::text, std::move(text_), line_});
    text_.clear();
  }

  std::string source_;
  bool isPlainText_;
  std::size_t at_ = 0;
  int line_ = 1;
  HtmlTracker html_;
  std::string text_;
  bool lineWasDropped_ = false;  ///< by the last tag: what follows begins a line
  std::vector<Token> tokens_;
  std::vector<Open> open_;
};

}  // namespace

void TemplateSource::refuse(int line, const std::string& why) const {
  throw std::runtime_error(file.string() + ":" + std::to_string(line) + ": " + why);
}

TemplateSource readTemplate(std::string plugin, const std::filesystem::path& file) {
  TemplateSource source;
  source.plugin = std::move(plugin);
  source.file = file;
  source.isPlainText = file.stem().extension() == ".txt";

  std::ifstream in(file, std::ios::binary);
  if (!in) source.refuse(1, "can not be read");
  Reader reader(std::string(std::istreambuf_iterator<char>(in), {}), source.isPlainText);
  try {
    source.tokens = reader.read();
  } catch (const Refused& refused) {
    source.refuse(reader.line(), refused.what());
  }
  return source;
}

}  // namespace toimela::pages
