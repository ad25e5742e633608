#include "toimela/view.h"

#include <cstring>

#include "pages/view_data.h"

namespace toimela::pages {

namespace {

/// The engine's data can only be filled by copying; what it holds is not constant, though.
template <class T>
T& unlocked(const T& value) {
  return const_cast<T&>(value);
}

}  // namespace

Node handleOf(const View::Data& target) {
  Node node(Node::type::string);
  const View::Data* address = &target;
  unlocked(node.string_value()).assign(reinterpret_cast<const char*>(&address), sizeof address);
  return node;
}

const View::Data& targetOf(const Node& handle) {
  const View::Data* address = nullptr;
  std::memcpy(&address, handle.string_value().data(), sizeof address);
  return *address;
}

}  // namespace toimela::pages

namespace toimela {

using pages::Node;

const View::Data::What* View::Data::find(const pages::Name& name, bool isHtml) const {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->name == name && std::holds_alternative<Html>(entry->what) == isHtml) {
      return &entry->what;
    }
  }
  return nullptr;
}

View::View() : data_(std::make_unique<Data>()) {}
View::~View() = default;
View::View(View&&) noexcept = default;
View& View::operator=(View&&) noexcept = default;

View& View::set(std::string_view name, std::string value) {
  data_->put(name, std::move(value));
  return *this;
}

View& View::flag(std::string_view name, bool value) {
  data_->put(name, value);
  return *this;
}

View& View::list(std::string_view name, std::vector<View> items) {
  auto list = std::make_unique<Data::List>(Data::List{std::move(items), Node(Node::type::list)});
  auto& nodes = const_cast<kainjow::mustache::list&>(list->node.list_value());
  nodes.reserve(list->items.size());
  for (const View& item : list->items) nodes.push_back(pages::handleOf(item.data()));
  data_->put(name, std::move(list));
  return *this;
}

View& View::group(std::string_view name, View inner) {
  Node node = pages::handleOf(inner.data());
  data_->put(name, std::make_unique<Data::Group>(Data::Group{std::move(inner), std::move(node)}));
  return *this;
}

View& View::html(std::string_view name, const SafeHtml& value) {
  data_->put(name, Data::Html{value.text()});
  return *this;
}

View& View::text(std::string_view name, const LocalText& text, Locale reader) {
  const auto picked = text.pick(reader);
  data_->put(name, picked.text);
  data_->put(std::string(name) + "_lang",
             picked.locale == reader ? std::string() : std::string(code(picked.locale)));
  return *this;
}

}  // namespace toimela
