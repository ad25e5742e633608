// The button by which a page offers to take back what was just done.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "toimela/testing.h"

namespace toimela::testing {

/// Its form: where it goes, and what it sends besides the token of forms.
struct UndoOffer {
  std::string action;  ///< empty where the page offers nothing
  std::vector<std::pair<std::string, std::string>> fields;
};

inline UndoOffer undoOfferOn(const std::string& page) {
  const auto between = [](const std::string& text, const std::string& before, const std::string& after) {
    const auto from = text.find(before);
    if (from == std::string::npos) return std::string();
    const auto begin = from + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
  };
  const std::string form = between(between(page, "notice--success flash", "</div>"), "<form ", "</form>");
  UndoOffer offer{between(form, "action=\"", "\""), {}};
  for (auto at = form.find("<input"); at != std::string::npos; at = form.find("<input", at + 1)) {
    const std::string input = form.substr(at, form.find('>', at) - at);
    const std::string name = between(input, "name=\"", "\"");
    if (name != "csrf") offer.fields.emplace_back(name, between(input, "value=\"", "\""));
  }
  return offer;
}

/// On the page that the answer leads to.
inline UndoOffer undoOffered(Visitor& visitor, const Response& answer) {
  return undoOfferOn(bodyOf(visitor.get(std::string(answer.headers.find("Location").value_or("/")))));
}

}  // namespace toimela::testing
