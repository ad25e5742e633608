#include "doctor/checks.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>

#include "mail/smtp.h"

namespace toimela::doctor {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr std::uint64_t kTooLittle = 200 * kMegabyte, kLittle = 2'000 * kMegabyte;
/// Every job is looked for twice a minute at least.
constexpr std::chrono::minutes kJobIsLate{10};
constexpr std::chrono::minutes kMailIsLate{30};
/// Every stored file is read again after thirty days.
constexpr std::chrono::hours kVerifiedIsLate{60 * 24};
constexpr std::chrono::seconds kClockMayDiffer{5};
constexpr int kRenewSoon = 21, kRenewNow = 7;  // days

std::string amount(std::uint64_t bytes) {
  const bool large = bytes >= 1'000 * kMegabyte;
  const std::uint64_t tenths = bytes / (large ? 100 * kMegabyte : kMegabyte / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + (large ? " GB" : " MB");
}

std::string span(std::chrono::milliseconds time) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time);
  if (minutes < 2min) return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
  if (minutes < 2h) return std::to_string(minutes.count()) + " min";
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(time);
  if (hours < 48h) return std::to_string(hours.count()) + " h";
  return std::to_string(hours.count() / 24) + " days";
}

}  // namespace

Findings checkConfiguration(const commands::Config& config) {
  Findings found;
  const std::string& base = config.text("base_url");
  if (base.empty())
    found.push_back(warning("address", "base_url is not set, so links in mail lead nowhere",
                            "Set base_url to the address that people use"));
  else if (base.rfind("https://", 0) != 0)
    found.push_back(warning("address", base + " is not encrypted: passwords can be read on the way",
                            "Serve https, by a proxy or with tls_certificate, and set base_url to it"));
  else
    found.push_back(ok("address", base));
  if (config.text("mail_from").ends_with("@localhost"))
    found.push_back(warning("sender", "mail_from is " + config.text("mail_from") + ", which no mail server takes",
                            "Set mail_from to an address of your own domain"));
  return found;
}

Finding checkFolder(const fs::path& folder) {
  const std::string name = folder.string();
  struct stat state {};
  if (::stat(folder.c_str(), &state) != 0 || !S_ISDIR(state.st_mode))
    return problem("data folder", name + " is not there", "Make it, or set 'data' to the right one");
  const fs::path probe = folder / (".doctor-" + std::to_string(::getpid()));
  const bool writable = static_cast<bool>(std::ofstream(probe) << "probe" << std::flush);
  std::error_code none;
  fs::remove(probe, none);
  if (!writable)
    return problem("data folder", name + " can not be written",
                   "Run this as the service's own account, and let the folder belong to it (chown)");
  if ((state.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return warning("data folder", "others on this machine may look into " + name,
                   "It has personal data and secrets in it: chmod 0700 " + name);
  return ok("data folder", name + " is ours alone and can be written");
}

Finding judgeSpace(std::uint64_t free, std::uint64_t all) {
  const std::string text = amount(free) + " of " + amount(all) + " are free";
  if (free < kTooLittle) return problem("disk space", text, "Make room now: without it nothing can be saved");
  if (free < kLittle || free < all / 20) return warning("disk space", text, "Make room soon");
  return ok("disk space", text);
}

Finding checkSpace(const fs::path& folder) {
  struct statvfs state {};
  if (::statvfs(folder.c_str(), &state) != 0)
    return problem("disk space", "it can not be told for " + folder.string(), "See whether the disk is mounted");
  return judgeSpace(std::uint64_t{state.f_bavail} * state.f_frsize, std::uint64_t{state.f_blocks} * state.f_frsize);
}

Finding checkDurability(data::Connection& connection) {
  std::string text;
  bool safe = true;
  for (const auto& [name, value] : durability(connection)) {
    text += (text.empty() ? "" : ", ") + name + " is " + value;
    if (name == "journal_mode") safe = safe && value == "wal";
    else if (name == "synchronous") safe = safe && (value == "2" || value == "3");  // FULL, EXTRA
    else safe = safe && value != "off";
  }
  if (safe) return ok("durability", text);
  return problem("durability", text, "A power cut may lose what people were told is saved: put it back to its default");
}

Finding checkStructure(data::Connection& connection) {
  if (const auto found = damage(connection))
    return problem("database file", "it is damaged: " + *found,
                   "Stop the service, keep the file, and restore the last backup into a new one");
  return ok("database file", "its structure is sound");
}

Finding judgeJobs(const std::vector<jobs::JobRow>& jobs, Instant now) {
  std::string late, failing;
  for (const auto& job : jobs) {
    if (now - job.dueAt() > kJobIsLate)
      late += (late.empty() ? "" : ", ") + job.name + " for " + span(now - job.dueAt());
    if (!job.lastError.empty()) failing += (failing.empty() ? "" : "; ") + job.name + ": " + job.lastError;
  }
  if (!failing.empty())
    return problem("jobs", "the last run failed of " + failing, "The log says more; it is tried again by itself");
  if (!late.empty())
    return warning("jobs", "waiting to be run: " + late, "See that 'toimela serve' runs: it runs the jobs");
  if (jobs.empty())
    return warning("jobs", "none has ever run", "Start 'toimela serve': it runs the jobs");
  return ok("jobs", std::to_string(jobs.size()) + " run in time");
}

Finding judgeOutbox(const OutboxState& state, bool sends, Instant now) {
  const std::string waiting = std::to_string(state.waiting) + " wait";
  if (!sends) {
    if (state.waiting == 0) return ok("outbox", "empty; without 'smtp' mail would stay in it");
    return warning("outbox", waiting + " and 'smtp' is not set", "Set 'smtp' to your mail server");
  }
  if (state.oldest && now - *state.oldest > kMailIsLate)
    return problem("outbox", waiting + ", the oldest for " + span(now - *state.oldest),
                   "See the mail server below, and that 'toimela serve' runs");
  if (state.failed > 0)
    return warning("outbox", std::to_string(state.failed) + " could not be delivered in the last week",
                   "Administration, Mail says which and why");
  return ok("outbox", state.waiting == 0 ? "empty" : waiting);
}

Finding judgeAdministrators(const access::Holders& national, bool isDemanded) {
  const std::string without = std::to_string(national.without) + " of " + std::to_string(national.people) +
                              " national administrators have no second factor";
  if (isDemanded) return ok("administrators", without + ", without which their role does nothing");
  if (national.people == 0)
    return warning("administrators", "there is no national administrator", "Run 'toimela user create', see --help");
  if (national.without == 0) return ok("administrators", "each has a second factor");
  return warning("administrators", without + ", so a password that leaks opens everything",
                 "Demand one of the role: Administration, Rights of roles, Second factor");
}

Finding judgeFiles(const files::Verified& verified, const std::vector<files::Damage>& damages, Instant now) {
  if (!damages.empty()) {
    std::string list;
    for (std::size_t i = 0; i < damages.size() && i < 5; ++i)
      list += (i == 0 ? "" : ", ") + damages[i].sha256.substr(0, 12) + " (" + damages[i].what + ")";
    return problem("files", std::to_string(damages.size()) + " stored files are damaged: " + list,
                   "Take them out of a backup (files/ in the archive), or send the same files again");
  }
  if (verified.oldest && now - *verified.oldest > kVerifiedIsLate)
    return warning("files", "some were not verified for " + span(now - *verified.oldest),
                   "See that 'toimela serve' runs: it verifies them");
  return ok("files", std::to_string(verified.contents) + " contents, none known to be damaged");
}

Finding judgeReading(const std::optional<std::string>& whyNot, std::int64_t unreadable) {
  if (whyNot)
    return warning("reading of files", *whyNot + ": the words in PDFs are not found",
                   "Install poppler-utils, and use a kernel with seccomp and Landlock");
  return ok("reading of files", std::to_string(unreadable) + " contents have a text that can not be extracted");
}

Finding judgeClock(Instant now, std::optional<Instant> lastAudit, std::optional<Instant> database) {
  const auto apart = database ? std::chrono::abs(now - *database) : 0ms;
  if (apart > kClockMayDiffer)
    return problem("clock", "this machine and the database's differ by " + span(apart),
                   "Let both follow a time server (systemd-timesyncd, chrony)");
  if (lastAudit && *lastAudit - now > kClockMayDiffer)
    return problem("clock", "the last change was " + span(*lastAudit - now) + " in the future",
                   "The clock was put back, or another machine's is ahead: let all follow a time server");
  return ok("clock", isoText(now));
}

Finding checkMailServer(const mail::SmtpOptions& options) {
  const std::string where = options.host + ":" + std::to_string(options.port);
  try {
    const mail::SmtpConnection connection(options);
    return ok("mail server", where + " answers and lets us in");
  } catch (const mail::SmtpUnavailable& e) {
    return problem("mail server", where + ": " + e.what(),
                   "Mail waits in the outbox meanwhile; check 'smtp' and the server");
  }
}

Finding checkCertificate(const std::string& certificateFile, const std::string& keyFile, Instant now) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(certificateFile.c_str(), "re"), std::fclose);
  if (!file)
    return problem("certificate", certificateFile + " can not be read", "Check 'tls_certificate' and the file's rights");
  const std::unique_ptr<X509, void (*)(X509*)> certificate(PEM_read_X509(file.get(), nullptr, nullptr, nullptr),
                                                           X509_free);
  const std::unique_ptr<FILE, int (*)(FILE*)> keyText(std::fopen(keyFile.c_str(), "re"), std::fclose);
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
      keyText ? PEM_read_PrivateKey(keyText.get(), nullptr, nullptr, nullptr) : nullptr, EVP_PKEY_free);
  if (!certificate || !key || X509_check_private_key(certificate.get(), key.get()) != 1)
    return problem("certificate", certificateFile + " and " + keyFile + " do not belong together",
                   "Put the certificate's own key there");
  tm end{};
  ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end);
  const auto left = std::chrono::system_clock::from_time_t(timegm(&end)) - now;
  const auto days = std::chrono::duration_cast<std::chrono::hours>(left).count() / 24;
  if (left < 0s) return problem("certificate", "it has run out", "Renew it, then 'systemctl reload toimela'");
  const std::string text = "good for " + std::to_string(days) + " more days";
  if (days < kRenewNow) return problem("certificate", text, "Renew it now, then 'systemctl reload toimela'");
  if (days < kRenewSoon) return warning("certificate", text, "Renew it, then 'systemctl reload toimela'");
  return ok("certificate", text);
}

}  // namespace toimela::doctor
