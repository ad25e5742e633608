// The parts that are looked at, each by itself: one that fails hides none of the others.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "access/required_factor.h"
#include "commands/config.h"
#include "data/database.h"
#include "doctor/finding.h"
#include "doctor/store.h"
#include "files/file_store.h"
#include "jobs/job_store.h"
#include "mail/outbox.h"

namespace toimela::doctor {

Findings checkConfiguration(const commands::Config& config);
/// The data folder is there, is ours alone and can be written.
Finding checkFolder(const std::filesystem::path& folder);
/// Of the file system that the folder lies on.
Finding checkSpace(const std::filesystem::path& folder);
/// The same, of numbers: bytes free and bytes in all.
Finding judgeSpace(std::uint64_t free, std::uint64_t all);
/// What a commit survives. Throws DatabaseUnavailable.
Finding checkDurability(data::Connection& connection);
Finding checkStructure(data::Connection& connection);

Finding judgeJobs(const std::vector<jobs::JobRow>& jobs, Instant now);
Finding judgeOutbox(const OutboxState& state, bool sends, Instant now);
/// Of the national administrators, and whether their role demands a second factor.
Finding judgeAdministrators(const access::Holders& national, bool isDemanded);
/// What the verification of stored files has found, and whether their words can be read here.
Finding judgeFiles(const files::Verified& verified, const std::vector<files::Damage>& damages, Instant now);
Finding judgeReading(const std::optional<std::string>& whyNot, std::int64_t unreadable);
/// `database` is the database server's clock, where it has one of its own.
Finding judgeClock(Instant now, std::optional<Instant> lastAudit, std::optional<Instant> database);

/// Connects and signs in; sends nothing.
Finding checkMailServer(const mail::SmtpOptions& options);
Finding checkCertificate(const std::string& certificateFile, const std::string& keyFile, Instant now);

}  // namespace toimela::doctor
