#include "pages/program.h"

#include <algorithm>
#include <stdexcept>

#include "pages/escape.h"

namespace toimela::pages {

namespace {

/// Where the engine writes to: everything at once, since a skeleton has no lines.
struct Sink {
  std::string& out;
  Sink& operator<<(const std::string& text) {
    out += text;
    return *this;
  }
};

}  // namespace

/// Answers the engine's questions during one rendering, from the inside out.
class Program::Scope final : public kainjow::mustache::basic_context<std::string> {
 public:
  Scope(const std::vector<Slot>& slots, const View& view)
      : slots_(slots), yes_(true), no_(false), shown_(Node::type::string) {
    views_.reserve(8);
    views_.push_back(&view.data());
  }

  void push(const Node* node) override {
    views_.push_back(node->is_string() ? &targetOf(*node) : nullptr);
  }
  void pop() override { views_.pop_back(); }

  /// The node lives until the next question, which is as long as the engine looks at it.
  const Node* get(const std::string& number) const override {
    std::size_t index = 0;
    for (const char digit : number) index = index * 10 + static_cast<std::size_t>(digit - '0');
    const Slot& slot = slots_[index];
    if (const Run* run = std::get_if<Run>(&slot)) return shown(*run);
    const Data::What* what = find(std::get<Path>(slot));
    return what ? opened(*what) : nullptr;
  }
  const Node* get_partial(const std::string&) const override { return nullptr; }

 private:
  using Data = View::Data;

  const Data::What* find(const Path& path) const {
    for (auto view = views_.rbegin(); view != views_.rend(); ++view) {
      if (!*view) continue;
      if (const Data::What* what = findIn(**view, path)) return what;
    }
    return nullptr;
  }

  static const Data::What* findIn(const Data& view, const Path& path) {
    const Data* inner = &view;
    for (std::size_t i = 0; i + 1 < path.names.size(); ++i) {
      const Data::What* what = inner->find(path.names[i], false);
      const auto* group = what ? std::get_if<std::unique_ptr<Data::Group>>(what) : nullptr;
      if (!group) return nullptr;
      inner = &(*group)->inner.data();
    }
    return inner->find(path.names.back(), path.isHtml);
  }

  const Node* opened(const Data::What& what) const {
    if (const auto* list = std::get_if<std::unique_ptr<Data::List>>(&what)) return &(*list)->node;
    if (const auto* group = std::get_if<std::unique_ptr<Data::Group>>(&what))
      return &(*group)->node;
    if (const bool* flag = std::get_if<bool>(&what)) return *flag ? &yes_ : &no_;
    const auto* html = std::get_if<Data::Html>(&what);
    return (html ? html->text : std::get<std::string>(what)).empty() ? &no_ : &yes_;
  }

  const Node* shown(const Run& run) const {
    auto& out = const_cast<std::string&>(shown_.string_value());
    out.clear();
    for (const Piece& piece : run) {
      if (const auto* text = std::get_if<std::string>(&piece)) {
        out += *text;
      } else {
        append(out, std::get<ShownValue>(piece));
      }
    }
    return &shown_;
  }

  void append(std::string& out, const ShownValue& value) const {
    const Data::What* what = find(value.path);
    if (!what) return;
    if (const auto* html = std::get_if<Data::Html>(what)) {
      if (value.how == Shown::html) out += html->text;
      return;
    }
    const auto* text = std::get_if<std::string>(what);
    if (!text) return;
    if (value.how == Shown::plain) {
      out += *text;
    } else if (value.how == Shown::address && !isSafeAddress(*text)) {
      out += '#';
    } else {
      appendEscaped(out, *text);
    }
  }

  const std::vector<Slot>& slots_;
  std::vector<const Data*> views_;  ///< null for a section that is only shown or not
  Node yes_, no_;
  Node shown_;  ///< keeps its memory from run to run
};

void Program::text(std::string_view text) {
  std::string* before = run_.empty() ? nullptr : std::get_if<std::string>(&run_.back());
  if (before) {
    *before += text;
  } else {
    run_.emplace_back(std::string(text));
  }
}

void Program::value(std::string_view name, Shown how) {
  run_.emplace_back(ShownValue{pathOf(name), how});
}

void Program::sectionBegins(std::string_view name, bool isInverted) {
  endRun();
  open_.push_back(addSlot(pathOf(name)));
  skeleton_ += (isInverted ? "{{^" : "{{#") + open_.back() + "}}";
}

void Program::sectionEnds() {
  endRun();
  skeleton_ += "{{/" + open_.back() + "}}";
  open_.pop_back();
}

void Program::endRun() {
  if (run_.empty()) return;
  skeleton_ += "{{{" + addSlot(std::move(run_)) + "}}}";
  run_.clear();
}

Program::Path Program::pathOf(std::string_view text) {
  Path path;
  if (text.starts_with("html.")) {
    path.isHtml = true;
    text.remove_prefix(5);
  }
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    path.names.emplace_back(text.substr(from, dot - from));
    from = dot + 1;
  }
  return path;
}

std::string Program::addSlot(Slot slot) {
  slots_.push_back(std::move(slot));
  return std::to_string(slots_.size() - 1);
}

void Program::compile() {
  endRun();
  idle_.push_back(parse());
}

std::unique_ptr<Program::Engine> Program::parse() const {
  auto engine = std::make_unique<Engine>(skeleton_);
  if (!engine->is_valid()) throw std::runtime_error(engine->error_message());
  return engine;
}

std::unique_ptr<Program::Engine> Program::borrow() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto engine = std::move(idle_.back());
      idle_.pop_back();
      return engine;
    }
  }
  return parse();
}

std::string Program::render(const View& view) const {
  auto engine = borrow();
  Scope scope(slots_, view);
  std::string out;
  Sink sink{out};
  engine->render(scope, sink);
  // Should the engine ever complain, its copy would stay silent: it is not put back.
  if (!engine->is_valid())
    throw std::runtime_error("a template failed: " + engine->error_message());
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(engine));
  return out;
}

}  // namespace toimela::pages
