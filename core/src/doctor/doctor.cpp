#include "doctor/doctor.h"

#include "doctor/checks.h"
#include "host/program.h"
#include "reading/reading.h"

namespace toimela::doctor {

namespace {

class Examination {
 public:
  Examination(const commands::Config& config, bool thorough, const std::function<void(const Finding&)>& tell)
      : config_(config), thorough_(thorough), tell_(tell) {}

  Findings run() {
    for (Finding& finding : checkConfiguration(config_)) add(std::move(finding));
    const std::filesystem::path data = config_.text("data");
    add(checkFolder(data));
    add(checkSpace(data));
    if (!config_.text("tls_certificate").empty())
      add(checkCertificate(config_.text("tls_certificate"), config_.text("tls_key"), now()));
    // The program makes its folders where it may, and then there is something to look at.
    guarded("installation", "See that the files of this version are complete", [&] {
      host::Program program(config_);
      lookAtPlugins(program);
      lookAtDatabase(program);
      lookAtMailServer(program);
    });
    return std::move(findings_);
  }

 private:
  void add(Finding finding) {
    tell_(finding);
    findings_.push_back(std::move(finding));
  }

  void guarded(const char* what, const char* advice, const std::function<void()>& look) {
    try {
      look();
    } catch (const std::exception& e) {
      add(problem(what, e.what(), advice));
    }
  }

  void lookAtPlugins(const host::Program& program) {
    std::string inUse;
    bool broken = false;
    for (const plugins::Plugin& plugin : program.contributions().plugins) {
      if (plugin.usable()) {
        if (plugin.name != "core") inUse += (inUse.empty() ? "" : ", ") + plugin.name + " " + plugin.version;
        continue;
      }
      broken = true;
      add(problem("plugin " + plugin.name, plugin.problem, "Install a version that fits, or take it away"));
    }
    if (!broken) add(ok("plugins", inUse.empty() ? "none" : inUse));
  }

  void lookAtDatabase(host::Program& program) {
    guarded("database", "See that it runs and that 'database' is right", [&] {
      data::Database& database = program.openDatabase();
      data::Connection connection(database.address());
      add(ok("database", database.maskedUrl() + " answers"));
      guarded("durability", "See the database's own log", [&] { add(checkDurability(connection)); });
      if (thorough_ && database.dialect() == Dialect::sqlite)
        guarded("database file", "See the disk's own log", [&] { add(checkStructure(connection)); });
      if (lookAtMigrations(program)) lookAtContent(program, database);
    });
  }

  /// True when the tables are there to be asked.
  bool lookAtMigrations(host::Program& program) {
    bool sound = false;
    guarded("tables", "See that the files of this version are complete", [&] {
      using Status = data::MigrationState::Status;
      std::string pending, wrong;
      bool coreApplied = true;
      for (const auto& state : program.migrationStates()) {
        if (state.status == Status::applied) continue;
        std::string& list = state.status == Status::pending ? pending : wrong;
        list += (list.empty() ? "" : ", ") + state.component + " " + std::to_string(state.number);
        if (state.component == "core" && state.status == Status::pending) coreApplied = false;
      }
      sound = coreApplied;
      if (!wrong.empty())
        add(problem("tables", "not those of this version: " + wrong,
                    "The database was made by a newer or changed version: install that one"));
      else if (!pending.empty())
        add(warning("tables", "changes wait: " + pending, "Run 'toimela migrate'; 'toimela serve' does it by itself"));
      else
        add(ok("tables", "up to date"));
    });
    return sound;
  }

  void lookAtContent(host::Program& program, data::Database& database) {
    const bool sends = !config_.text("smtp").empty();
    guarded("jobs", "See the database's own log", [&] {
      std::vector<jobs::JobRow> ours;
      for (auto& job : database.get([](ReadTx& tx) { return jobs::allJobs(tx); })) {
        const auto* owner = program.contributions().find(job.name.substr(0, job.name.find('.')));
        if (owner && owner->usable() && (sends || job.name != "core.mail")) ours.push_back(std::move(job));
      }
      add(judgeJobs(ours, now()));
    });
    guarded("outbox", "See the database's own log", [&] {
      add(judgeOutbox(database.get([](ReadTx& tx) { return outboxState(tx, now() - std::chrono::hours(7 * 24)); }),
                      sends, now()));
    });
    guarded("administrators", "See the database's own log", [&] {
      database.read([&](ReadTx& tx) {
        access::Holders national{.role = Role::nationalAdmin};
        for (const auto& holders : access::holdersByRole(tx))
          if (holders.role == national.role) national = holders;
        add(judgeAdministrators(national, access::rolesWithFactor(tx).contains(national.role)));
      });
    });
    guarded("files", "See the database's own log", [&] {
      const auto [verified, damages] =
          database.get([](ReadTx& tx) { return std::pair(files::verified(tx), files::damages(tx)); });
      add(judgeFiles(verified, damages, now()));
      add(judgeReading(reading::whyNot(), verified.unreadable));
    });
    guarded("clock", "See the database's own log", [&] {
      std::optional<Instant> theirs;
      const auto last = database.get([&](ReadTx& tx) {
        if (tx.dialect() == Dialect::postgresql) theirs = databaseTime(tx);
        return lastAudit(tx);
      });
      add(judgeClock(now(), last, theirs));
    });
  }

  void lookAtMailServer(const host::Program& program) {
    const auto options = program.mailServer();
    if (options.host.empty())
      add(warning("mail server", "'smtp' is not set, so no mail is sent", "Set 'smtp' to your mail server"));
    else
      guarded("mail server", "Check 'smtp'", [&] { add(checkMailServer(options)); });
  }

  const commands::Config& config_;
  const bool thorough_;
  const std::function<void(const Finding&)>& tell_;
  Findings findings_;
};

}  // namespace

Findings examine(const commands::Config& config, bool thorough, const std::function<void(const Finding&)>& tell) {
  return Examination(config, thorough, tell).run();
}

}  // namespace toimela::doctor
