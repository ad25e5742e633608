// One template in one language, compiled: what is shown when a page is rendered.
#pragma once

#include <kainjow/mustache.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pages/view_data.h"

namespace toimela::pages {

/// The mustache engine looks at every blank and line by itself. So it gets a skeleton of tags only,
/// in which the texts between them and the names are numbers of slots: "{{{0}}}{{#1}}{{{2}}}{{/1}}".
///
/// Invariant: slots never change after compile(). A parsed skeleton is used by one thread at a time.
class Program {
 public:
  void text(std::string_view text);
  enum class Shown { escaped, plain, address, html };
  void value(std::string_view name, Shown how);
  void sectionBegins(std::string_view name, bool isInverted);
  void sectionEnds();
  /// Ends the making. Throws std::runtime_error when the engine does not take the skeleton.
  void compile();

  /// Thread-safe.
  std::string render(const View& view) const;

 private:
  struct Slot {
    enum class Kind { fixed, escaped, plain, address, html, section };
    Kind kind;
    Node fixed;
    std::vector<std::string> path;
    bool isHtml = false;
  };
  class Scope;
  using Engine = kainjow::mustache::mustache;

  void flush();
  std::string addSlot(Slot::Kind kind, std::string_view name);
  std::unique_ptr<Engine> parse() const;
  std::unique_ptr<Engine> borrow() const;

  std::string pending_;
  std::string skeleton_;
  std::vector<std::string> open_;
  std::vector<Slot> slots_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Engine>> idle_;
  mutable std::atomic<std::size_t> usualSize_{0};
};

}  // namespace toimela::pages
