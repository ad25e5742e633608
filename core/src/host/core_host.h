// The host as the core's own handlers see it: the kit's Host and the rooms behind it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "access/passwords.h"
#include "access/rights.h"
#include "data/generation.h"
#include "pages/assets.h"
#include "pages/templates.h"
#include "plugins/contributions.h"
#include "plugins/switches.h"
#include "toimela/host.h"

namespace toimela {

/// What a process keeps of the core's slowly changing data; made anew when the core's data
/// generation moves, so it is never older than the request that uses it.
struct CoreState {
  data::Generations generations;
  plugins::SwitchTable switches;
  std::shared_ptr<const access::Rights> rights;
  std::map<std::string, std::string> regionSettings;  ///< "plugin/region/name" → value
};

class CoreHost : public Host {
 public:
  virtual const plugins::Contributions& contributions() const = 0;
  virtual access::Passwords& passwords() = 0;
  /// Secret that all processes share, for form tokens.
  virtual const std::string& secret() const = 0;
  virtual std::shared_ptr<const CoreState> state() = 0;
  /// Name of the session cookie and whether it demands https (it does when the base URL has it).
  virtual std::string sessionCookie(std::string_view token, std::chrono::seconds age) const = 0;
  virtual std::string sessionCookieName() const = 0;
  /// What /metrics shows, in Prometheus' text format.
  virtual std::string metricsText() = 0;
  /// Does the database answer?
  virtual bool ready() = 0;
  virtual const pages::Assets& assets() const = 0;
  /// Where files lie that all processes of this machine share.
  virtual std::filesystem::path dataFolder() const = 0;
  /// One line in the log, at the level of information. No field has personal data.
  virtual void log(std::string_view event, std::initializer_list<std::pair<std::string_view, std::string_view>> facts) = 0;
  /// A mail template of any plugin: "contacts/mail_digest.txt" (see Host::composeMail).
  virtual const pages::Templates& templates() const = 0;
  /// A contributed box as HTML; nothing when it has nothing to show. Call it outside transactions.
  /// A box that fails is left out and logged: it must not take the page with it.
  virtual std::optional<SafeHtml> renderTile(const Request& request, const plugins::From<Tile>& tile) = 0;
};

/// The core's handlers are only ever called with the core's host.
inline CoreHost& core(Host& host) { return static_cast<CoreHost&>(host); }

// Each room with pages or commands of its own contributes them like a plugin does.
namespace access { void contribute(Registry& registry); }
namespace directory { void contribute(Registry& registry); }
namespace claims { void contribute(Registry& registry); }
namespace own_data { void contribute(Registry& registry); }
namespace plugins { void contributePages(Registry& registry); }
namespace mail { void contribute(Registry& registry); }
namespace audit { void contribute(Registry& registry); }
namespace pages { void contribute(Registry& registry); }
namespace search { void contribute(Registry& registry); }
namespace host { void contribute(Registry& registry); }

}  // namespace toimela
