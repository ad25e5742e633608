// The elements and attributes of a page as a browser's parser finds them, whatever the text in it
// pretends to be.
#pragma once

#include <set>

#include "client.h"

namespace toimela::program_tests {

struct Shape {
  std::set<std::string> elements;   ///< "input[name]" for every element with every attribute it has
  std::set<std::string> addresses;  ///< values of href, src, action and formaction, decoded
};

/// Follows the tokenizer of the HTML standard as far as pages of ours need it.
class ShapeReader {
 public:
  explicit ShapeReader(std::string_view page) : page_(page) {}

  Shape read() {
    while (at_ < page_.size()) {
      if (page_[at_] != '<') {
        ++at_;
      } else if (page_.substr(at_, 4) == "<!--") {
        skipPast("-->");
      } else if (page_.substr(at_, 2) == "<!" || page_.substr(at_, 2) == "<?") {
        skipPast(">");
      } else if (at_ + 1 < page_.size() &&
                 (std::isalpha(static_cast<unsigned char>(page_[at_ + 1])) ||
                  page_[at_ + 1] == '/')) {
        readTag();
      } else {
        ++at_;
      }
    }
    return std::move(shape_);
  }

 private:
  void skipPast(std::string_view end) {
    const auto found = page_.find(end, at_);
    at_ = found == std::string_view::npos ? page_.size() : found + end.size();
  }
  bool isSpace() const {
    return std::string_view(" \t\r\n\f").find(page_[at_]) != std::string_view::npos;
  }
  std::string until(std::string_view ends) {
    const auto end = std::min(page_.find_first_of(ends, at_), page_.size());
    std::string text(page_.substr(at_, end - at_));
    at_ = end;
    return text;
  }

  void readTag() {
    ++at_;
    const bool isEnd = page_[at_] == '/';
    if (isEnd) ++at_;
    std::string name = until(" \t\r\n\f/>");
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (!isEnd) shape_.elements.insert(name);
    while (at_ < page_.size() && page_[at_] != '>') {
      if (isSpace() || page_[at_] == '/')
        ++at_;
      else
        readAttribute(name);
    }
    if (at_ < page_.size()) ++at_;
    // Their content is text up to their own end tag.
    if (!isEnd && (name == "textarea" || name == "title" || name == "script" || name == "style"))
      at_ = std::min(page_.find("</" + name, at_), page_.size());
  }

  void readAttribute(const std::string& element) {
    std::string name = until(" \t\r\n\f/>=");
    if (name.empty()) name = page_[at_++];  // a stray '='
    std::string value;
    while (at_ < page_.size() && isSpace()) ++at_;
    if (at_ < page_.size() && page_[at_] == '=') {
      ++at_;
      while (at_ < page_.size() && isSpace()) ++at_;
      if (at_ < page_.size() && (page_[at_] == '"' || page_[at_] == '\'')) {
        const char quote = page_[at_++];
        value = until(std::string_view(&quote, 1));
        ++at_;
      } else {
        value = until(" \t\r\n\f>");
      }
    }
    shape_.elements.insert(element + "[" + name + "]");
    if (name == "href" || name == "src" || name == "action" || name == "formaction")
      shape_.addresses.insert(htmlDecoded(value));
  }

  std::string_view page_;
  std::size_t at_ = 0;
  Shape shape_;
};

inline Shape shapeOf(const std::string& page) { return ShapeReader(page).read(); }

}  // namespace toimela::program_tests
