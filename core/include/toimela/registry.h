// What a plugin contributes. Called once at start-up; frozen before the first request.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/access.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/route.h"

namespace toimela {

namespace search { struct Source; }

/// A link in the navigation, shown where the plugin is on and the permission (if any) is held.
/// A path with {region} stands in the navigation of a region, others in the national one.
struct NavigationItem {
  std::string path;
  std::string labelKey;
  std::optional<Permission> permission;
  int order = 100;
};

/// A box on the home page of the nation or a region, or on the dashboard of a signed-in person.
struct Tile {
  enum class Place { nation, region, dashboard };
  Place place = Place::region;
  std::string templateName;  ///< of the plugin
  /// Fills the box; false when there is nothing to show.
  std::function<bool(const Request&, Host&, View&)> fill;
  int order = 100;
};

/// A setting that each region has of its own; form and validation are made from the field.
struct RegionSetting {
  Field field;
  std::string defaultValue;
};

/// One run of a job.
struct JobTurn {
  std::vector<RegionCode> regions = {};  ///< where the plugin is on
  /// Asked to stop when the process is to end, which waits for the job: what can last looks between its steps, and
  /// leaves the rest for its next turn.
  std::stop_token stop = {};
};

/// Work done again and again by one of the processes.
struct ScheduledJob {
  std::string name;
  std::chrono::seconds every{3600};
  std::function<void(Host&, const JobTurn&)> run;
};

/// `toimela <plugin> <name> …`
struct Command {
  std::string name;
  std::string usage;    ///< after the name: "FILE [--dry-run]"
  std::string summary;
  /// Returns the exit code: 0 done, 1 could not, 2 wrong use.
  std::function<int(Host&, const std::vector<std::string>& arguments)> run;
};

/// How a plugin takes out and forgets what it knows of a person.
struct PersonalData {
  std::string section;   ///< name of the plugin's part in the take-out
  /// A JSON document of everything about the person.
  std::function<std::string(ReadTx&, PersonId)> exporter;
  /// Erases or makes anonymous, in the transaction of the whole erasure.
  std::function<void(WriteTx&, PersonId)> eraser;
  /// "table.column" of every column that holds personal data; a test fails for an undeclared one.
  std::vector<std::string> columns;
  /// Files of the person that go into the take-out beside the document; may be unset.
  std::function<std::vector<FileId>(ReadTx&, PersonId)> files = {};
};

/// A kind of letter that WriteTx::letter queues, "events.confirmed".
struct Letter {
  std::string kind;
  /// Makes the message; nothing when there is none to send any more.
  std::function<std::optional<MailMessage>(ReadTx&, Host&, std::int64_t about)> write;
};

/// Loads example content into a database that has none.
using DemoLoader = std::function<void(Host&, const std::string& folder)>;

class TOIMELA_API Registry {
 public:
  virtual ~Registry() = default;

  virtual void routes(std::vector<Route> routes) = 0;
  virtual void permissions(std::vector<PermissionSpec> permissions) = 0;
  virtual void navigation(NavigationItem item) = 0;
  virtual void tile(Tile tile) = 0;
  virtual void settings(std::vector<RegionSetting> settings) = 0;
  virtual void job(ScheduledJob job) = 0;
  virtual void command(Command command) = 0;
  virtual void personalData(PersonalData personalData) = 0;
  virtual void letter(Letter letter) = 0;
  /// A kind of thing that the platform's search finds (toimela/search.h).
  virtual void search(toimela::search::Source source) = 0;
  virtual void demo(DemoLoader loader) = 0;
  /// A named JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) for the description of the API. The
  /// name begins with the plugin's: "ContactsNetwork". It may refer to others by
  /// {"$ref": "#/components/schemas/NAME"}.
  virtual void schema(std::string name, std::string json) = 0;

  /// Calls `handler` inside the transaction that published the event, where the plugin is available.
  template <class E>
  void on(std::function<void(WriteTx&, const E&)> handler) {
    onErased(E::kName, [handler = std::move(handler)](WriteTx& tx, const void* event) {
      handler(tx, *static_cast<const E*>(event));
    });
  }

  /// Offers a service to other plugins under its interface, which stands in a kit header.
  template <class S>
  void provide(std::shared_ptr<S> service) {
    provideErased(S::kName, std::static_pointer_cast<void>(std::move(service)));
  }

 protected:
  virtual void onErased(std::string_view event, std::function<void(WriteTx&, const void*)> handler) = 0;
  virtual void provideErased(std::string_view name, std::shared_ptr<void> service) = 0;
};

}  // namespace toimela
