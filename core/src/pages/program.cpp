#include "pages/program.h"

#include <stdexcept>

#include "pages/escape.h"

namespace toimela::pages {

namespace {

const std::string& textOf(const View::Data::What& what) { return std::get<std::string>(what); }

/// Where the engine writes to.
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
  Scope(const std::vector<Slot>& slots, const View& view) : slots_(slots), yes_(true), no_(false),
                                                            shown_(Node::type::string) {
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
    if (slot.kind == Slot::Kind::fixed) return &slot.fixed;
    const View::Data::What* what = find(slot);
    if (!what) return nullptr;
    return slot.kind == Slot::Kind::section ? opened(*what) : shown(slot.kind, *what);
  }
  const Node* get_partial(const std::string&) const override { return nullptr; }

 private:
  using Data = View::Data;

  const Data::What* find(const Slot& slot) const {
    for (auto view = views_.rbegin(); view != views_.rend(); ++view) {
      if (!*view) continue;
      if (const Data::What* what = findIn(**view, slot)) return what;
    }
    return nullptr;
  }

  static const Data::What* findIn(const Data& view, const Slot& slot) {
    const Data* inner = &view;
    for (std::size_t i = 0; i + 1 < slot.path.size(); ++i) {
      const Data::What* what = inner->find(slot.path[i], false);
      const auto* group = what ? std::get_if<std::unique_ptr<Data::Group>>(what) : nullptr;
      if (!group) return nullptr;
      inner = &(*group)->inner.data();
    }
    return inner->find(slot.path.back(), slot.isHtml);
  }

  const Node* opened(const Data::What& what) const {
    switch (what.index()) {
      case 0: return textOf(what).empty() ? &no_ : &yes_;
      case 1: return std::get<bool>(what) ? &yes_ : &no_;
      case 2: return std::get<Data::Html>(what).text.empty() ? &no_ : &yes_;
      case 3: return &std::get<std::unique_ptr<Data::List>>(what)->node;
      default: return &std::get<std::unique_ptr<Data::Group>>(what)->node;
    }
  }

  const Node* shown(Slot::Kind kind, const Data::What& what) const {
    auto& out = const_cast<std::string&>(shown_.string_value());
    if (kind == Slot::Kind::html) {
      out = std::get<Data::Html>(what).text;
      return &shown_;
    }
    if (!std::holds_alternative<std::string>(what)) return nullptr;
    const std::string& text = textOf(what);
    if (kind == Slot::Kind::plain) {
      out = text;
    } else if (kind == Slot::Kind::address && !isSafeAddress(text)) {
      out = "#";
    } else {
      out.clear();
      appendEscaped(out, text);
    }
    return &shown_;
  }

  const std::vector<Slot>& slots_;
  std::vector<const Data*> views_;  ///< null for a section that is only shown or not
  Node yes_, no_;
  Node shown_;  ///< keeps its memory from value to value
};

void Program::text(std::string_view text) { pending_ += text; }

void Program::value(std::string_view name, Shown how) {
  flush();
  const auto kind = how == Shown::escaped   ? Slot::Kind::escaped
                    : how == Shown::plain   ? Slot::Kind::plain
                    : how == Shown::address ? Slot::Kind::address
                                            : Slot::Kind::html;
  skeleton_ += "{{{" + addSlot(kind, name) + "}}}";
}

void Program::sectionBegins(std::string_view name, bool isInverted) {
  flush();
  open_.push_back(addSlot(Slot::Kind::section, name));
  skeleton_ += (isInverted ? "{{^" : "{{#") + open_.back() + "}}";
}

void Program::sectionEnds() {
  flush();
  skeleton_ += "{{/" + open_.back() + "}}";
  open_.pop_back();
}

void Program::flush() {
  if (pending_.empty()) return;
  const std::string number = std::to_string(slots_.size());
  slots_.push_back({Slot::Kind::fixed, Node(pending_), {}, false});
  pending_.clear();
  skeleton_ += "{{{" + number + "}}}";
}

std::string Program::addSlot(Slot::Kind kind, std::string_view name) {
  Slot slot{kind, Node(false), {}, false};
  if (name.starts_with("html.")) {
    slot.isHtml = true;
    name.remove_prefix(5);
  }
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t dot = std::min(name.find('.', from), name.size());
    slot.path.emplace_back(name.substr(from, dot - from));
    from = dot + 1;
  }
  slots_.push_back(std::move(slot));
  return std::to_string(slots_.size() - 1);
}

void Program::compile() {
  flush();
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
  out.reserve(usualSize_.load(std::memory_order_relaxed));
  engine->render(scope, sink);
  // Should the engine ever complain, its copy would stay silent: it is not put back.
  if (!engine->is_valid()) throw std::runtime_error("a template failed: " + engine->error_message());
  usualSize_.store(out.size(), std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(engine));
  return out;
}

}  // namespace toimela::pages
