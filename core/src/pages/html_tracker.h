// Follows the markup of a template character by character, to know where a tag of it stands.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace toimela::pages {

/// Why a template is refused; who reads the file adds its name and the line.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Refuses what would make a page unsafe whatever the data: unquoted attributes, inline scripts and
/// styles, on… attributes, and values in places where escaping does not protect.
class HtmlTracker {
 public:
  /// A place that a section may open and must close in.
  struct Place {
    int state = 0;
    std::string element, attribute;
    bool valueIsEmpty = false;
  };

  /// Stands for a value in what is tracked of an attribute.
  static constexpr char kValue = '\x01';

  void character(char c);
  /// A value stands here: between elements or in a quoted attribute.
  void value() const;
  /// A piece of markup stands here: between elements.
  void markup() const;
  Place sectionBegins();
  void sectionEnds(const Place& begun);
  void end() const;

  /// Does a value put here begin an address, so that it could choose the scheme?
  bool isAtAddress() const;
  /// The name of the attribute whose value is being written, or nothing.
  std::string_view attribute() const;
  /// True once after the opening tag of a form that is sent by POST.
  bool takePostForm();
  bool isInText() const { return state_ == State::text; }
  /// May a run of white space be made shorter here without being seen?
  bool isBetweenElements() const { return state_ == State::text && preformatted_ == 0; }
  bool isBetweenAttributes() const { return state_ == State::inTag; }

 private:
  enum class State {
    text,
    tagStart,
    tagName,
    inTag,
    attributeName,
    afterName,
    beforeValue,
    doubleQuoted,
    singleQuoted,
    endTag,
    declaration,
    comment,
    script
  };

  void tagCharacter(char c);
  void valueCharacter(char c);
  void beginAttribute(char c);
  void finishElementName();
  void finishAttributeName();
  void finishValue();
  void finishTag();
  void finishEndTag();

  State state_ = State::text;
  std::string element_, attribute_, value_;
  std::string recent_;  ///< the end of a declaration or comment so far
  bool valueIsEmpty_ = false;
  bool valueHasTags_ = false;
  bool isPost_ = false;
  bool hasSource_ = false;
  bool postFormOpened_ = false;
  int preformatted_ = 0;
};

}  // namespace toimela::pages
