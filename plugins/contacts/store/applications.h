// Applications to join a network in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// An application with the names that a page shows.
struct ApplicationRow {
  Application application;
  std::string person;
  std::string email;
  LocalText organisation;
  LocalText network;
};

std::optional<ApplicationRow> findApplication(ReadTx& tx, NetworkId network, ApplicationId id);
/// The open ones of a network, the oldest first.
std::vector<ApplicationRow> openApplications(ReadTx& tx, NetworkId network);
/// The decided and withdrawn ones of a network, the latest first.
std::vector<ApplicationRow> closedApplications(ReadTx& tx, NetworkId network, int limit);
/// All of a network by id, after `after`: for paging with a cursor. Without a state: all states.
std::vector<ApplicationRow> applicationsAfter(ReadTx& tx, NetworkId network, ApplicationId after,
                                              std::optional<ApplicationState> state, int limit);
/// Everything that a person has applied for, the latest first.
std::vector<ApplicationRow> applicationsOf(ReadTx& tx, PersonId person);
/// The latest application of a person to a network.
std::optional<ApplicationRow> latestApplication(ReadTx& tx, NetworkId network, PersonId person);
std::int64_t countOpenApplications(ReadTx& tx, NetworkId network);
/// How many the person has made to the network since then, whatever became of them.
std::int64_t countApplications(ReadTx& tx, NetworkId network, PersonId person, Instant since);
/// Open ones to networks that the person coordinates.
struct Queue {
  NetworkId network;
  LocalText name;
  std::int64_t waiting;
};
std::vector<Queue> queuesOf(ReadTx& tx, PersonId coordinator);

/// Nothing when the person has an open application to the network already.
std::optional<ApplicationId> insertApplication(WriteTx& tx, const Application& application);
/// Closes an open application; false when it was not open any more.
[[nodiscard]] bool closeApplication(WriteTx& tx, ApplicationId id, ApplicationState state,
                      const std::string& reason, std::optional<MemberId> member);
void forgetApplications(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::store
