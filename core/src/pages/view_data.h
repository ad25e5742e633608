// What is inside a View: a flat list of names, made to be filled and searched fast.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <kainjow/mustache.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/view.h"

namespace toimela::pages {

using Node = kainjow::mustache::data;

/// The mustache engine is given a node wherever a list or group has an inner view; the node is a
/// text that holds nothing but that view's address. It is never shown.
Node handleOf(const View::Data& target);
const View::Data& targetOf(const Node& handle);

/// A name with its first characters at hand, which nearly always tell it from the others.
class Name {
 public:
  explicit Name(std::string_view text) : text_(text) {
    std::memcpy(&start_, text.data(), std::min(sizeof start_, text.size()));
  }
  bool operator==(const Name& other) const {
    return start_ == other.start_ && text_.size() == other.text_.size() &&
           (text_.size() <= sizeof start_ || text_ == other.text_);
  }

 private:
  std::uint64_t start_ = 0;
  std::string text_;
};

}  // namespace toimela::pages

namespace toimela {

/// Invariant: the last entry of a name is the one that counts, so that setting needs no search.
struct View::Data {
  struct Html {
    std::string text;
  };
  /// Invariant: `node` is a mustache list with one handle for each of `items`.
  struct List {
    std::vector<View> items;
    pages::Node node;
  };
  /// Invariant: `node` is the handle of `inner`.
  struct Group {
    View inner;
    pages::Node node;
  };
  using What = std::variant<std::string, bool, Html, std::unique_ptr<List>, std::unique_ptr<Group>>;
  struct Entry {
    template <class T>
    Entry(std::string_view name, T&& what) : name(name), what(std::forward<T>(what)) {}
    pages::Name name;
    What what;
  };

  std::vector<Entry> entries;

  template <class T>
  void put(std::string_view name, T&& what) {
    if (entries.empty()) entries.reserve(12);
    entries.emplace_back(name, std::forward<T>(what));
  }
  /// What has that name; {{{html.x}}} and {{x}} are names apart.
  const What* find(const pages::Name& name, bool isHtml) const;
};

}  // namespace toimela
