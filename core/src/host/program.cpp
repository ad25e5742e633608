#include "host/program.h"

#include <Poco/URI.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "access/one_time_tokens.h"
#include "access/service_secret.h"
#include "access/sessions.h"
#include "access/throttle.h"
#include "access/tokens.h"
#include "audit/audit.h"
#include "data/shared_reads.h"
#include "directory/indexing.h"
#include "directory/reference.h"
#include "exchange/commands.h"
#include "files/contribution.h"
#include "host/host_impl.h"
#include "notices/contribute.h"
#include "plugins/schemas.h"
#include "report/contribute.h"
#include "search/service.h"
#include "toimela/bookkeeping.h"
#include "toimela/contact.h"

#ifndef TOIMELA_PLUGIN_PATH
#define TOIMELA_PLUGIN_PATH "lib/toimela/plugins"
#endif

namespace toimela::host {

namespace fs = std::filesystem;

namespace {

constexpr Sql kRegionCount{"core.region.count", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_region"};

Log::Level levelOf(const std::string& name) {
  if (name == "error") return Log::Level::error;
  if (name == "warning") return Log::Level::warning;
  return name == "debug" ? Log::Level::debug : Log::Level::information;
}

/// The folder of this installation: where the program lies, seen through links.
fs::path installation() {
  std::error_code none;
  return fs::canonical("/proc/self/exe", none).parent_path().parent_path();
}

fs::path firstThatExists(std::initializer_list<fs::path> candidates) {
  for (const fs::path& candidate : candidates)
    if (fs::exists(candidate)) return candidate;
  return *candidates.begin();
}

/// The build tree lies inside the source tree, which has web and db at its top.
fs::path sourceAbove(fs::path folder) {
  for (; folder.has_relative_path(); folder = folder.parent_path())
    if (fs::exists(folder / "web" / "templates") && fs::exists(folder / "db")) return folder;
  return {};
}

mail::SmtpOptions smtpOptions(const commands::Config& config) {
  mail::SmtpOptions options;
  options.from = config.text("mail_from");
  if (config.text("smtp").empty()) return options;
  Poco::URI uri(config.text("smtp"));
  using Security = mail::SmtpOptions::Security;
  options.security = uri.getScheme() == "smtps" ? Security::tls
                     : uri.getScheme() == "starttls" ? Security::startTls
                                                     : Security::none;
  options.host = uri.getHost();
  options.port = uri.getPort() ? uri.getPort() : options.security == Security::tls ? 465 : options.security == Security::startTls ? 587 : 25;
  const std::string user = uri.getUserInfo();
  if (auto colon = user.find(':'); colon != std::string::npos) {
    options.user = user.substr(0, colon);
    options.password = user.substr(colon + 1);
  } else {
    options.user = user;
  }
  return options;
}

/// Every connection is an open file; what is allowed beyond the default is taken.
void raiseFileLimit(int connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(connections) + 512;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::string domainOf(const std::string& address) {
  auto at = address.find('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

Program::Program(commands::Config config)
    : config_(std::move(config)), log_(levelOf(config_.text("log_level")), config_.text("log") == "json") {
  const fs::path here = installation();
  share_ = config_.text("share").empty()
               ? firstThatExists({here / "share" / "toimela", sourceAbove(here)})
               : fs::path(config_.text("share"));
  pluginFolder_ = config_.text("plugins").empty()
                      ? firstThatExists({here / TOIMELA_PLUGIN_PATH, here / "lib" / "toimela" / "plugins"})
                      : fs::path(config_.text("plugins"));
  if (!fs::exists(share_ / "web" / "templates"))
    throw commands::ConfigError("the folder with web and db is not found; set 'share'");
  // The data folder holds secrets and personal data: nobody else on the machine reads it.
  ::umask(0077);
  fs::create_directories(dataFolder() / "uploads");
  gather();
}

Program::~Program() { stop(); }

void Program::gather() {
  plugins::Plugin core;
  core.name = "core";
  core.version = TOIMELA_VERSION;
  core.folder = share_ / "web";
  plugins::contribute(contributions_, core, [](Registry& registry) {
    host::contribute(registry);
    pages::contribute(registry);
    // Before access: the card of a person is the last to be erased.
    directory::contribute(registry);
    access::contribute(registry);
    claims::contribute(registry);
    own_data::contribute(registry);
    plugins::contributePages(registry);
    mail::contribute(registry);
    audit::contribute(registry);
    files::contribute(registry);
    exchange::contribute(registry);
    search::contribute(registry);
    notices::contribute(registry);
    report::contribute(registry);
  });
  const std::string contact = config_.text("contact");
  contributions_.services[std::string(Contact::kName)] =
      std::make_shared<Contact>(contact.empty() ? config_.text("mail_from") : contact, config_.text("operator"));
  plugins::checkSchemaReferences(contributions_);
  plugins::loadPlugins(contributions_, pluginFolder_);
  loadWords();
  keeper_ = std::make_unique<StateKeeper>(contributions_);
  for (const plugins::Plugin& plugin : contributions_.plugins) {
    if (plugin.usable()) hosts_[plugin.name] = std::make_unique<HostImpl>(*this, plugin.name);
    else log_.write(Log::Level::error, "plugin not in use", {{"plugin", plugin.name}, {"reason", plugin.problem}});
  }
}

/// Words, assets and templates of core, then of each plugin; a plugin whose files are not sound is
/// put out of use and the rest is read again without it.
void Program::loadWords() {
  for (;;) {
    catalogue_ = std::make_unique<pages::Catalogue>();
    assets_ = std::make_unique<pages::Assets>();
    templates_ = std::make_unique<pages::Templates>(*catalogue_, *assets_);
    std::string broken, problem;
    for (const plugins::Plugin& plugin : contributions_.plugins) {
      if (!plugin.usable()) continue;
      try {
        catalogue_->add(plugin.name, plugin.folder / "locales");
        assets_->add(plugin.name, plugin.folder / "assets");
        templates_->add(plugin.name, plugin.folder / "templates");
      } catch (const std::exception& e) {
        if (plugin.name == "core") throw;
        broken = plugin.name;
        problem = e.what();
        break;
      }
    }
    if (broken.empty()) {
      try {
        templates_->compile();
        return;
      } catch (const pages::BrokenTemplate& e) {
        if (e.plugin == "core") throw;
        broken = e.plugin;
        problem = e.what();
      }
    }
    putOutOfUse(broken, problem);
  }
}

void Program::putOutOfUse(const std::string& name, const std::string& problem) {
  plugins::withdraw(contributions_, name, problem);
  log_.write(Log::Level::error, "plugin not in use", {{"plugin", name}, {"reason", problem}});
}

void Program::prepareDatabase() {
  int connections = config_.number("connections");
  if (connections == 0) connections = config_.number("workers") + 3;
  database_ = std::make_unique<data::Database>(data::Options{.url = config_.text("database"), .connections = connections});
  data::migrate(*database_, {"core", share_ / "db" / "migrations"});
  for (const plugins::Plugin& plugin : std::vector<plugins::Plugin>(contributions_.plugins)) {
    if (plugin.name == "core" || !plugin.usable()) continue;
    try {
      data::migrate(*database_, {plugin.name, plugin.folder / "migrations"});
    } catch (const data::MigrationFailed& e) {
      putOutOfUse(plugin.name, std::string("Its tables could not be brought up to date: ") + e.what());
    }
  }
  setHooks();
  database_->write({}, [](WriteTx& tx) { access::makeServiceSecret(tx); });
  secret_ = database_->get([](ReadTx& tx) { return access::serviceSecret(tx); });
  if (database_->get([](ReadTx& tx) { return tx.value<std::int64_t>(kRegionCount); }) == 0)
    directory::updateReference(*database_, share_ / "db" / "reference" / "regions.json",
                               share_ / "db" / "reference" / "municipalities.json");
  directory::indexMissing(*database_);
  database_->write({}, [&](WriteTx& tx) { plugins::refreshActive(tx, contributions_.plugins); });
  watch_ = std::make_unique<data::GenerationWatch>(*database_);
  contributions_.services[std::string(SharedReading::kName)] =
      std::shared_ptr<SharedReading>(std::make_shared<data::SharedReads>(database_->address()));
  freshState();
  search::serviceOf(contributions_).open(*database_, hostOf("core"));
}

void Program::setHooks() {
  const std::string domain = domainOf(config_.text("mail_from"));
  database_->setHooks({
      .audit = [](WriteTx& tx, std::span<const AuditEntry> entries) { audit::record(tx, entries); },
      .letters = [](WriteTx& tx, std::span<const data::QueuedLetter> letters) { mail::queue(tx, letters); },
      .mail = [domain](WriteTx& tx, const MailMessage& message) { mail::enqueue(tx, message, domain); },
      .publish =
          [this](WriteTx& tx, std::string_view event, const void* payload) {
            std::vector<std::string> touched;
            auto state = keeper_->current();
            for (const auto& subscription : contributions_.subscriptions) {
              if (subscription.event != event) continue;
              if (state && !state->switches.active(subscription.plugin, std::nullopt)) continue;
              subscription.handler(tx, payload);
              touched.push_back(subscription.plugin);
            }
            return touched;
          },
      .broadcast = recordBroadcast,
  });
}

data::Database& Program::openDatabase() {
  if (!database_)
    database_ = std::make_unique<data::Database>(data::Options{.url = config_.text("database"), .connections = 2});
  return *database_;
}

std::vector<data::Component> Program::components() const {
  std::vector<data::Component> found{{"core", share_ / "db" / "migrations"}};
  for (const plugins::Plugin& plugin : contributions_.plugins)
    if (plugin.name != "core" && plugin.usable()) found.push_back({plugin.name, plugin.folder / "migrations"});
  return found;
}

mail::SmtpOptions Program::mailServer() const { return smtpOptions(config_); }

std::vector<data::MigrationState> Program::migrationStates() {
  openDatabase();
  auto states = data::migrationStates(*database_, {"core", share_ / "db" / "migrations"});
  for (const plugins::Plugin& plugin : contributions_.plugins) {
    if (plugin.name == "core") continue;
    auto more = data::migrationStates(*database_, {plugin.name, plugin.folder / "migrations"});
    states.insert(states.end(), more.begin(), more.end());
  }
  return states;
}

std::shared_ptr<const CoreState> Program::freshState() {
  return database_->get([&](ReadTx& tx) { return keeper_->refresh(tx); });
}

routing::Dispatcher& Program::dispatcher() {
  if (!dispatcher_) {
    const std::string& configured = config_.text("base_url");
    dispatcher_ = std::make_unique<routing::Dispatcher>(
        contributions_, *this,
        routing::DispatcherOptions{.baseUrl = configured.empty() ? "http://localhost" : configured,
                                   .originFromHost = configured.empty(),
                                   .trustedProxies = config_.list("trusted_proxies"),
                                   .uploadFolder = (dataFolder() / "uploads").string(),
                                   .rates = {.read = config_.number("rate_read"),
                                             .write = config_.number("rate_write"),
                                             .credentials = config_.number("rate_credentials")}});
  }
  return *dispatcher_;
}

CoreHost& Program::hostOf(std::string_view plugin) {
  auto found = hosts_.find(plugin);
  return found == hosts_.end() ? *hosts_.at("core") : *found->second;
}

std::vector<jobs::Job> Program::jobs() {
  using namespace std::chrono_literals;
  const mail::SmtpOptions smtp = smtpOptions(config_);
  std::vector<jobs::Job> all{
      {"core.sweep", 3600s,
       [this](const std::stop_token&) {
         database_->write({}, [](WriteTx& tx) {
           access::sweepSessions(tx);
           access::sweepThrottle(tx, tx.time());
           access::sweepOneTimeTokens(tx);
           sweepBroadcasts(tx);
           access::sweepTokens(tx);
           bookkeeping(tx, "what has run out is swept");
         });
       }},
  };
  all.push_back({"core.letters", 5s, [this](const std::stop_token& stop) { writeLetters(stop); }});
  if (!smtp.host.empty()) all.push_back({"core.mail", 5s, [this, smtp](const std::stop_token& stop) { mail::sendDue(*database_, smtp, stop); }});
  for (const auto& [plugin, job] : contributions_.jobs) {
    all.push_back({plugin + "." + job.name, job.every, [this, plugin = plugin, run = job.run](const std::stop_token& stop) {
                     auto state = freshState();
                     if (state->switches.active(plugin, std::nullopt)) run(hostOf(plugin), {state->switches.activeRegions(plugin), stop});
                   }});
  }
  return all;
}

void Program::writeLetters(const std::stop_token& stop) {
  const auto state = freshState();
  mail::writeLetters(
      *database_,
      [&](ReadTx& tx, std::string_view kind, std::int64_t about) -> std::optional<MailMessage> {
        for (const auto& [plugin, letter] : contributions_.letters)
          if (letter.kind == kind && state->switches.active(plugin, std::nullopt))
            return letter.write(tx, hostOf(plugin), about);
        return std::nullopt;
      },
      [this](std::string_view kind, const char* why) {
        log_.write(Log::Level::error, "a letter could not be written", {{"kind", kind}, {"reason", why}});
      },
      stop);
}

/// Bodies of requests that a killed process has left. Another process may be writing now: only what
/// is older than any request can last goes.
void Program::sweepUploads() {
  std::error_code none;
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& entry : fs::directory_iterator(dataFolder() / "uploads", none))
    if (entry.last_write_time(none) < old) fs::remove(entry.path(), none);
}

void Program::start() {
  sweepUploads();
  raiseFileLimit(config_.number("max_connections"));
  wire::Options options;
  options.listen = config_.text("listen");
  options.loops = config_.number("loops");
  options.workers = config_.number("workers");
  options.queue = static_cast<std::size_t>(config_.number("queue"));
  options.maxConnections = static_cast<std::size_t>(config_.number("max_connections"));
  options.spoolFolder = (dataFolder() / "uploads").string();
  options.drain = std::chrono::seconds(config_.number("drain_seconds"));
  if (!config_.text("tls_certificate").empty())
    options.tls = wire::Tls{config_.text("tls_certificate"), config_.text("tls_key")};
  server_ = std::make_unique<wire::Server>(options, dispatcher());
  broadcasts_ = std::make_unique<Broadcasts>(
      *database_,
      Broadcasts::Outlet{
          .deliver = [this](const std::string& topic, std::shared_ptr<const std::string> frame) {
            server_->publish(topic, std::move(frame));
          },
          .anybody = [this] { return server_->counters().eventStreams > 0; },
          .warn = [this](std::string_view reason) {
            log_.write(Log::Level::warning, "events wait for the database", {{"reason", reason}});
          }});
  broadcasts_->start();
  server_->start();
  scheduler_ = std::make_unique<jobs::Scheduler>(*database_, jobs());
  scheduler_->start();
  search::serviceOf(contributions_).start();
}

void Program::stop() {
  if (stopping_.exchange(true)) return;
  if (server_) server_->stop();
  if (scheduler_) scheduler_->stop();
  search::serviceOf(contributions_).stop();
  if (broadcasts_) broadcasts_->stop();
}

void Program::reload() {
  if (config_.text("tls_certificate").empty()) {
    log_.write(Log::Level::information, "there is no certificate to read anew");
    return;
  }
  try {
    server_->reloadTls();
    log_.write(Log::Level::information, "certificate read anew");
  } catch (const std::exception& e) {
    log_.write(Log::Level::error, "the certificate stays as it was", {{"reason", e.what()}});
  }
}

int Program::port() const { return server_ ? server_->port() : 0; }

void Program::logFailure(const Request& request, int status, std::string_view plugin, std::string_view reason) {
  const auto level = status >= 500 ? Log::Level::error : Log::Level::debug;
  log_.write(level, "request failed", {{"reference", request.reference}, {"status", std::to_string(status)},
                                       {"plugin", plugin}, {"reason", reason}});
}

void Program::countRequest(std::string_view plugin, int status, std::chrono::microseconds took) {
  metrics_.count(plugin, status, took);
}

}  // namespace toimela::host
