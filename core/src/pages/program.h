// One template in one language, compiled: what is shown when a page is rendered.
#pragma once

#include <kainjow/mustache.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pages/view_data.h"

namespace toimela::pages {

/// The mustache engine looks at every blank, line and tag by itself. So it is given a skeleton of
/// little but sections: whatever stands between two section tags is one run, and runs and sections
/// are numbers of slots: "{{{0}}}{{#1}}{{{2}}}{{/1}}".
///
/// Invariant: slots never change after compile(). A parsed skeleton is used by one thread at a
/// time.
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
  /// A name as templates write it: "a", "a.b", or "html.a".
  struct Path {
    std::vector<Name> names;
    bool isHtml = false;
  };
  struct ShownValue {
    Path path;
    Shown how;
  };
  using Piece = std::variant<std::string, ShownValue>;
  using Run = std::vector<Piece>;
  using Slot = std::variant<Run, Path>;
  using Engine = kainjow::mustache::mustache;
  class Scope;

  static Path pathOf(std::string_view text);
  std::string addSlot(Slot slot);
  void endRun();
  std::unique_ptr<Engine> parse() const;
  std::unique_ptr<Engine> borrow() const;

  Run run_;
  std::string skeleton_;
  std::vector<std::string> open_;
  std::vector<Slot> slots_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Engine>> idle_;
};

}  // namespace toimela::pages
