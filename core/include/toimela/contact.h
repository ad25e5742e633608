// Who looks after the service, for standards that ask for it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "toimela/export.h"

namespace toimela {

/// Service of the core, always there: `host.service<Contact>()`.
class TOIMELA_API Contact {
 public:
  static constexpr std::string_view kName = "core.contact";
  explicit Contact(std::string email, std::string operatorName = {})
      : email_(std::move(email)), operatorName_(std::move(operatorName)) {}

  /// Of the people who run the service; the setting "contact", or else its sender's address.
  const std::string& email() const { return email_; }
  /// Who runs the service, as people know them; the setting "operator", empty where it is not set.
  const std::string& operatorName() const { return operatorName_; }

 private:
  std::string email_, operatorName_;
};

}  // namespace toimela
