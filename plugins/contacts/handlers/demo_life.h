// Example content about how networks live: coverage, applications, handovers, who was here when.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/network.h"
#include "toimela/data.h"
#include "toimela/host.h"

namespace toimela::contacts::handlers {

/// What the file names, found in the database.
struct DemoNames {
  std::function<Network(const std::string& key)> network;
  std::function<PersonId(const std::string& email)> person;
  std::function<OrganisationId(const std::string& name)> organisation;
};

/// Days in `life` are counted from today, so that the example never grows old.
void addDemoLife(WriteTx& tx, const nlohmann::json& life, const DemoNames& names);
/// An invitation that waits for its answer; the transaction's actor is who sends it.
void addDemoInvitation(WriteTx& tx, Host& host, const nlohmann::json& invited,
                       const DemoNames& names);

}  // namespace toimela::contacts::handlers
