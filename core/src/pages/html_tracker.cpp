#include "pages/html_tracker.h"

#include <algorithm>
#include <array>
#include <utility>

namespace toimela::pages {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

constexpr std::array<std::string_view, 10> kAddressAttributes{
    "href", "src",  "action", "formaction", "poster",
    "cite", "data", "srcset", "xlink:href", "ping"};
constexpr std::array<std::string_view, 2> kPreformatted{"pre", "textarea"};

}  // namespace

void HtmlTracker::character(char c) {
  switch (state_) {
    case State::text:
      if (c == '<') state_ = State::tagStart;
      return;
    case State::script:
      if (c == '<') {
        state_ = State::tagStart;
      } else if (!isSpace(c)) {
        throw Refused("a script must be an asset, not stand in the page");
      }
      return;
    case State::comment:
      recent_ += c;
      if (recent_.ends_with("-->")) state_ = State::text;
      return;
    case State::declaration:
      recent_ += c;
      if (recent_ == "--") {
        state_ = State::comment;
        recent_.clear();
      } else if (c == '>') {
        state_ = State::text;
      }
      return;
    case State::doubleQuoted:
    case State::singleQuoted:
      valueCharacter(c);
      return;
    default:
      tagCharacter(c);
  }
}

void HtmlTracker::tagCharacter(char c) {
  switch (state_) {
    case State::tagStart:
      if (c == '/') {
        element_.clear();
        state_ = State::endTag;
      } else if (c == '!') {
        recent_.clear();
        state_ = State::declaration;
      } else if (isLetter(c)) {
        element_ = lower(c);
        isPost_ = hasSource_ = false;
        state_ = State::tagName;
      } else {
        throw Refused("a '<' that begins no element must be written as &lt;");
      }
      return;
    case State::endTag:
      if (c == '>') {
        finishEndTag();
      } else if (!isSpace(c)) {
        element_ += lower(c);
      }
      return;
    case State::tagName:
      if (isSpace(c) || c == '/' || c == '>') {
        finishElementName();
        if (c == '>') finishTag();
      } else {
        element_ += lower(c);
      }
      return;
    case State::inTag:
      if (c == '>') {
        finishTag();
      } else if (!isSpace(c) && c != '/') {
        beginAttribute(c);
      }
      return;
    case State::attributeName:
      if (c == '=') {
        finishAttributeName();
        state_ = State::beforeValue;
      } else if (c == '>') {
        finishAttributeName();
        finishTag();
      } else if (isSpace(c) || c == '/') {
        finishAttributeName();
        state_ = State::afterName;
      } else {
        attribute_ += lower(c);
      }
      return;
    case State::afterName:
      if (c == '=') {
        state_ = State::beforeValue;
      } else if (c == '>') {
        finishTag();
      } else if (!isSpace(c) && c != '/') {
        beginAttribute(c);
      }
      return;
    case State::beforeValue:
      if (c == '"' || c == '\'') {
        state_ = c == '"' ? State::doubleQuoted : State::singleQuoted;
        value_.clear();
        valueIsEmpty_ = true;
        valueHasTags_ = false;
      } else if (!isSpace(c)) {
        throw Refused("the value of the attribute " + attribute_ + " must be in quotes");
      }
      return;
    default:
      return;
  }
}

void HtmlTracker::beginAttribute(char c) {
  if (c == '"' || c == '\'' || c == '=' || c == '<') {
    throw Refused(std::string("a stray ") + c + " in the tag <" + element_ + ">");
  }
  attribute_ = lower(c);
  state_ = State::attributeName;
}

void HtmlTracker::finishElementName() {
  if (element_ == "style") throw Refused("styles must be in an asset, not stand in the page");
  if (element_ == "base") throw Refused("<base> would change every link of the page");
  state_ = State::inTag;
}

void HtmlTracker::finishAttributeName() {
  if (attribute_ == "style") throw Refused("a style attribute is not allowed: use a class");
  if (attribute_ == "srcdoc") throw Refused("a srcdoc attribute is not allowed");
  if (attribute_.size() > 2 && attribute_.starts_with("on")) {
    throw Refused("the attribute " + attribute_ + " is an inline script");
  }
}

void HtmlTracker::valueCharacter(char c) {
  if (c == (state_ == State::doubleQuoted ? '"' : '\'')) {
    finishValue();
    state_ = State::inTag;
    return;
  }
  if (c == kValue) valueHasTags_ = true;
  value_ += lower(c);
  valueIsEmpty_ = false;
}

void HtmlTracker::finishValue() {
  std::string packed = value_;
  std::erase_if(packed, [](char c) { return isSpace(c) || static_cast<unsigned char>(c) < 0x20; });
  if (packed.find("javascript:") != packed.npos || packed.find("vbscript:") != packed.npos) {
    throw Refused("a script in the attribute " + attribute_);
  }
  if (element_ == "form" && attribute_ == "method") {
    if (valueHasTags_) throw Refused("the method of a form must be written out");
    isPost_ = value_ == "post";
  }
  if (element_ == "script" && attribute_ == "src") hasSource_ = true;
  if (element_ == "input" && attribute_ == "name" && value_ == "csrf") {
    throw Refused("the field csrf comes by itself into every form that is sent by POST");
  }
}

void HtmlTracker::finishTag() {
  state_ = State::text;
  attribute_.clear();
  if (element_ == "script") {
    if (!hasSource_) throw Refused("a script must be an asset, not stand in the page");
    state_ = State::script;
  }
  if (element_ == "form" && isPost_) postFormOpened_ = true;
  if (isOneOf(element_, kPreformatted)) ++preformatted_;
}

void HtmlTracker::finishEndTag() {
  state_ = State::text;
  if (isOneOf(element_, kPreformatted) && preformatted_ > 0) --preformatted_;
}

void HtmlTracker::value() const {
  switch (state_) {
    case State::text:
    case State::doubleQuoted:
    case State::singleQuoted:
      return;
    case State::beforeValue:
      throw Refused("the value of the attribute " + attribute_ + " must be in quotes");
    case State::script:
      throw Refused("a tag inside a script");
    case State::comment:
    case State::declaration:
      throw Refused("a tag inside a comment of the page: use {{! … }} instead");
    default:
      throw Refused("a value inside the tag <" + element_ + ">, but not in a quoted attribute");
  }
}

void HtmlTracker::markup() const {
  if (state_ != State::text) throw Refused("markup can only be put between elements");
}

HtmlTracker::Place HtmlTracker::sectionBegins() {
  if (state_ == State::tagName) finishElementName();
  if (state_ == State::attributeName) finishAttributeName();
  if (state_ == State::attributeName || state_ == State::afterName) state_ = State::inTag;
  if (state_ != State::inTag) value();
  const bool isInValue = state_ == State::doubleQuoted || state_ == State::singleQuoted;
  if (isInValue) valueHasTags_ = true;
  const bool isInTag = isInValue || state_ == State::inTag;
  return {static_cast<int>(state_), isInTag ? element_ : std::string(),
          isInValue ? attribute_ : std::string(), valueIsEmpty_};
}

void HtmlTracker::sectionEnds(const Place& begun) {
  const Place here = sectionBegins();
  if (here.state != begun.state || here.element != begun.element ||
      here.attribute != begun.attribute) {
    throw Refused("the section begins and ends in different places of the markup");
  }
  // What the section wrote may be left out, so an address can still begin behind it.
  valueIsEmpty_ = begun.valueIsEmpty;
}

void HtmlTracker::end() const {
  if (state_ == State::text) return;
  throw Refused("the markup ends in the middle of <" + element_);
}

bool HtmlTracker::isAtAddress() const {
  return !attribute().empty() && valueIsEmpty_ && isOneOf(attribute_, kAddressAttributes);
}

std::string_view HtmlTracker::attribute() const {
  const bool isInValue = state_ == State::doubleQuoted || state_ == State::singleQuoted;
  return isInValue ? std::string_view(attribute_) : std::string_view();
}

bool HtmlTracker::takePostForm() { return std::exchange(postFormOpened_, false); }

}  // namespace toimela::pages
