// Commands of who runs the service: backup, restore, doctor, jobs.
#pragma once

#include <string>
#include <vector>

#include "commands/config.h"

namespace toimela::commands {

int backup(const Config& config, const std::vector<std::string>& arguments);
int restore(const Config& config, const std::vector<std::string>& arguments);
int doctor(const Config& config, const std::vector<std::string>& arguments);
int jobs(const Config& config, const std::vector<std::string>& arguments);

extern const char* const kBackupHelp;
extern const char* const kRestoreHelp;
extern const char* const kDoctorHelp;
extern const char* const kJobsHelp;

}  // namespace toimela::commands
