#include "toimela/request.h"

namespace toimela {

std::string_view Request::bodyText() const {
  const auto* text = std::get_if<std::string>(&body);
  return text ? std::string_view(*text) : std::string_view();
}

}  // namespace toimela
