// The composition: every room put together, in the order in which they need each other.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "commands/config.h"
#include "data/migrations.h"
#include "host/broadcasts.h"
#include "host/log.h"
#include "host/metrics.h"
#include "host/state_keeper.h"
#include "jobs/scheduler.h"
#include "mail/outbox.h"
#include "pages/assets.h"
#include "pages/catalogue.h"
#include "pages/templates.h"
#include "routing/dispatcher.h"
#include "wire/server.h"

namespace toimela::host {

class HostImpl;

/// One running toimela. Invariant: contributions are complete and frozen before the dispatcher is
/// made, and nothing is served before the dispatcher has accepted the route table.
class Program : public routing::Backstage {
 public:
  /// Loads plugins, words, templates and assets; does not touch the database yet.
  explicit Program(commands::Config config);
  ~Program() override;

  /// Opens the database, applies what is pending, reads secrets and reference data. A plugin whose
  /// migration fails is put out of use. Throws when the core's own fails.
  void prepareDatabase();
  /// Serves until `stop` is called from another thread or a signal handler thread. Prints nothing.
  void start();
  void stop();
  /// Reads the TLS certificate anew; what came of it stands in the log.
  void reload();
  int port() const;

  const commands::Config& config() const { return config_; }
  const plugins::Contributions& contributions() const { return contributions_; }
  /// For commands: the database as it is, whatever state its tables are in.
  data::Database& openDatabase();
  /// The core and the plugins that are in use, each with its migrations, in the order in which they
  /// are applied.
  std::vector<data::Component> components() const;
  std::vector<data::MigrationState> migrationStates();
  mail::SmtpOptions mailServer() const;
  std::filesystem::path share() const { return share_; }
  std::filesystem::path dataFolder() const { return config_.text("data"); }
  Log& log() { return log_; }
  /// Everything that is done again and again, by name.
  std::vector<jobs::Job> jobs();
  /// A state read just now, for commands.
  std::shared_ptr<const CoreState> freshState();
  /// The whole pipeline, without a socket; for tests of handlers.
  routing::Dispatcher& dispatcher();

  // routing::Backstage
  data::Database& database() override { return *database_; }
  data::GenerationWatch& watch() override { return *watch_; }
  std::shared_ptr<const CoreState> refreshState(ReadTx& tx) override { return keeper_->refresh(tx); }
  CoreHost& hostOf(std::string_view plugin) override;
  void logFailure(const Request& request, int status, std::string_view plugin, std::string_view reason) override;
  void countRequest(std::string_view plugin, int status, std::chrono::microseconds took) override;

 private:
  friend class HostImpl;
  void gather();
  void loadWords();
  void putOutOfUse(const std::string& plugin, const std::string& problem);
  void setHooks();
  void writeLetters(const std::stop_token& stop);
  void sweepUploads();

  commands::Config config_;
  Log log_;
  Metrics metrics_;
  std::filesystem::path share_, pluginFolder_;
  plugins::Contributions contributions_;
  std::unique_ptr<pages::Catalogue> catalogue_;
  std::unique_ptr<pages::Assets> assets_;
  std::unique_ptr<pages::Templates> templates_;
  access::Passwords passwords_;
  std::string secret_;
  std::unique_ptr<data::Database> database_;
  std::unique_ptr<data::GenerationWatch> watch_;
  std::unique_ptr<StateKeeper> keeper_;
  std::map<std::string, std::unique_ptr<HostImpl>, std::less<>> hosts_;
  std::unique_ptr<routing::Dispatcher> dispatcher_;
  std::unique_ptr<wire::Server> server_;
  std::unique_ptr<jobs::Scheduler> scheduler_;
  std::unique_ptr<Broadcasts> broadcasts_;
  std::atomic<bool> stopping_{false};
};

}  // namespace toimela::host
