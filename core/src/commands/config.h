// Configuration: defaults, a file, the environment and the command line, in rising order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace toimela::commands {

/// One thing that can be set. In the file `name = value`, in the environment TOIMELA_<NAME>.
struct Setting {
  std::string name;
  std::string defaultValue;
  std::string meaning;
  bool isSecret = false;
};
const std::vector<Setting>& settings();

/// A wrong key or value; the message is one clear line.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Config {
 public:
  /// `file` may be empty: then /etc/toimela/toimela.conf is read if it exists.
  /// `overrides` come from the command line. Throws ConfigError.
  static Config load(const std::string& file, const std::map<std::string, std::string>& overrides,
                     const std::map<std::string, std::string>& environment);
  static std::map<std::string, std::string> processEnvironment();

  const std::string& text(const std::string& name) const;
  /// Where the value comes from: "default", "environment", "command line" or the file's name.
  const std::string& origin(const std::string& name) const;
  int number(const std::string& name) const;
  std::vector<std::string> list(const std::string& name) const;  ///< separated by commas or spaces
  /// For printing: secrets and passwords in addresses are masked.
  std::string shown(const std::string& name) const;

 private:
  struct Entry {
    std::string value, origin;
  };
  std::map<std::string, Entry> entries_;
};

}  // namespace toimela::commands
