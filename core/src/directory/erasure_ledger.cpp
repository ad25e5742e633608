#include "directory/erasure_ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace toimela::directory {

std::filesystem::path erasureLedger(const std::filesystem::path& dataFolder) {
  return dataFolder / "erasures.log";
}

void noteErased(const std::filesystem::path& ledger, PersonId person, Instant at) {
  const std::string line = isoText(at) + " " + person.text() + "\n";
  const int file = ::open(ledger.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool isKept = file >= 0 &&
                      ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                      ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!isKept) throw std::system_error(error, std::generic_category(), ledger.string());
}

std::vector<PersonId> erasedSince(const std::filesystem::path& ledger, const std::string& since) {
  std::vector<PersonId> people;
  std::ifstream file(ledger);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string at, number;
    words >> at >> number;
    if (const auto id = parseId(number); id && at >= since) people.push_back(PersonId{*id});
  }
  return people;
}

}  // namespace toimela::directory
