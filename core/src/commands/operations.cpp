#include "commands/operations.h"

#include <algorithm>
#include <iostream>

#include "backup/backup.h"
#include "directory/personal_data.h"
#include "doctor/doctor.h"
#include "host/program.h"
#include "jobs/job_store.h"

namespace toimela::commands {

const char* const kBackupHelp =
    "Writes everything that the service keeps into FILE (a ZIP archive): all tables as they stand at one\n"
    "moment, and the uploaded files. People may go on reading and writing meanwhile. The file can be restored\n"
    "into SQLite and into PostgreSQL, whichever it comes from. Sessions and access tokens are left\n"
    "out.\n"
    "\n"
    "FILE must not exist yet. It is readable by its owner alone and has everybody's personal data and the\n"
    "service's secrets in it: keep it as you keep those.\n"
    "\n"
    "Exit code: 0 the backup is complete and on disk; 1 it is not, and there is no file; 2 wrong use.\n";

const char* const kRestoreHelp =
    "Brings a backup back into the database and the data folder that the settings name, and brings its tables\n"
    "up to date. Stop every 'toimela serve' of that database first.\n"
    "\n"
    "Without options the database must not have any tables. The whole file is checked before anything is\n"
    "changed, and what came out is compared with it before it is committed.\n"
    "\n"
    "Who was erased after the backup was made is erased again: their numbers stand in erasures.log of the data\n"
    "folder. On another machine, copy that file into the data folder first.\n"
    "\n"
    "  --into-empty  the tables may be there already, as long as there are no people and no organisations;\n"
    "                what else is in them is replaced\n"
    "  --check       only check that FILE is complete and undamaged, and say what is in it\n"
    "\n"
    "Exit code: 0 restored; 1 not, and the database has no content; 2 wrong use.\n";

const char* const kDoctorHelp =
    "Looks at the settings, the data folder, the disk, the TLS certificate, the plugins, the database and its\n"
    "tables, the jobs, the outbox, the clock and the mail server, and says of each in one line whether it is\n"
    "ok, and if not, what to do. Changes nothing. Run it as the account that the service runs as.\n"
    "\n"
    "  --thorough  also reads the whole database file (SQLite), which may take a while\n"
    "\n"
    "Exit code: 0 no problem, though perhaps warnings; 1 a problem; 2 wrong use.\n";

const char* const kJobsHelp =
    "Without a word, or with 'list': every job with its interval, when it ran last and what went wrong then.\n"
    "\n"
    "  run NAME  run it now, due or not, and wait for its end. The service may be running beside; a job that\n"
    "            runs at this moment is not started a second time.\n"
    "\n"
    "Exit code: 0 done; 1 the job failed or is running already; 2 wrong use.\n";

namespace {

bool take(std::vector<std::string>& arguments, std::string_view flag) {
  const auto found = std::find(arguments.begin(), arguments.end(), flag);
  if (found == arguments.end()) return false;
  arguments.erase(found);
  return true;
}

bool isFile(const std::vector<std::string>& arguments) {
  return arguments.size() == 1 && !arguments[0].empty() && !arguments[0].starts_with("--");
}

int wrongUse(const char* usage) {
  std::cerr << "Usage: toimela " << usage << '\n';
  return 2;
}

void summary(const backup::Manifest& manifest) {
  std::int64_t rows = 0;
  for (const auto& table : manifest.tables) rows += table.rows;
  std::cout << manifest.tables.size() << " tables with " << rows << " rows, " << manifest.files.size()
            << " files; made at " << manifest.madeAt << " from " << manifest.database << " by version "
            << manifest.version << '\n';
}

backup::Place placeOf(host::Program& program) {
  return {program.openDatabase(), program.components(), program.dataFolder() / "files"};
}

}  // namespace

int backup(const Config& config, const std::vector<std::string>& arguments) {
  if (!isFile(arguments)) return wrongUse("backup FILE");
  host::Program program(config);
  const auto manifest = backup::save(placeOf(program), arguments[0]);
  std::cout << arguments[0] << ": ";
  summary(manifest);
  return 0;
}

int restore(const Config& config, const std::vector<std::string>& given) {
  std::vector<std::string> arguments = given;
  const bool intoEmpty = take(arguments, "--into-empty"), checkOnly = take(arguments, "--check");
  if (!isFile(arguments) || (intoEmpty && checkOnly)) return wrongUse("restore FILE [--into-empty | --check]");
  if (checkOnly) {
    std::cout << "Sound: ";
    summary(backup::ArchiveReader(arguments[0]).manifest());
    return 0;
  }
  host::Program program(config);
  const auto manifest = backup::restore(placeOf(program), arguments[0],
                                        intoEmpty ? backup::Target::withoutData : backup::Target::untouched);
  program.prepareDatabase();
  std::cout << "Restored: ";
  summary(manifest);
  const int erased = directory::eraseAgain(program.hostOf("core"), manifest.madeAt);
  if (erased > 0) std::cout << "Erased again, as they were erased after the backup was made: " << erased << '\n';
  return 0;
}

int doctor(const Config& config, const std::vector<std::string>& given) {
  std::vector<std::string> arguments = given;
  const bool thorough = take(arguments, "--thorough");
  if (!arguments.empty()) return wrongUse("doctor [--thorough]");
  const auto findings = doctor::examine(config, thorough, [](const doctor::Finding& finding) {
    std::cout << doctor::line(finding) << std::endl;
  });
  return doctor::exitCode(findings);
}

namespace {

int listJobs(host::Program& program) {
  const auto rows = program.database().get([](ReadTx& tx) { return toimela::jobs::allJobs(tx); });
  for (const auto& job : program.jobs()) {
    const auto row = std::ranges::find(rows, job.name, &toimela::jobs::JobRow::name);
    std::cout << job.name << ": every " << job.every.count() << " s, ";
    if (row == rows.end() || !row->lastRunAt) std::cout << "has not run yet";
    else std::cout << "ran at " << isoText(*row->lastRunAt);
    if (row != rows.end() && !row->lastError.empty()) std::cout << ", failed: " << row->lastError;
    std::cout << '\n';
  }
  return 0;
}

int runJob(host::Program& program, const std::string& name) {
  const auto all = program.jobs();
  const auto job = std::ranges::find(all, name, &toimela::jobs::Job::name);
  if (job == all.end()) {
    std::cerr << name << ": no such job; see 'toimela jobs'\n";
    return 1;
  }
  const auto outcome = toimela::jobs::runNow(program.database(), *job);
  if (outcome.isBusy) std::cerr << name << ": is running already\n";
  else if (!outcome.error.empty()) std::cerr << name << ": " << outcome.error << '\n';
  else std::cout << name << ": done\n";
  return outcome.isBusy || !outcome.error.empty() ? 1 : 0;
}

}  // namespace

int jobs(const Config& config, const std::vector<std::string>& arguments) {
  const bool isList = arguments.empty() || (arguments.size() == 1 && arguments[0] == "list");
  if (!isList && (arguments.size() != 2 || arguments[0] != "run")) return wrongUse("jobs [list | run NAME]");
  host::Program program(config);
  program.prepareDatabase();
  return isList ? listJobs(program) : runJob(program, arguments[1]);
}

}  // namespace toimela::commands
