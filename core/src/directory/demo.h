// Demonstration content: organisations and people of an example network.
#pragma once

#include <string>
#include <vector>

#include "toimela/host.h"

namespace toimela::directory {

/// Somebody to sign in as. The password is made anew for every installation.
struct DemoAccount {
  std::string email, password, role, scope;
};

/// Loads organisations.json and people.json of the folder into a database without people; loads
/// nothing, and returns nothing, when there are some.
std::vector<DemoAccount> loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::directory
