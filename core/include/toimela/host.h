// The services of the host, given to every handler, job and command.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "toimela/data.h"
#include "toimela/form.h"
#include "toimela/request.h"
#include "toimela/texts.h"
#include "toimela/view.h"

namespace toimela {

/// A region of Finland (maakunta) with its place on the tile map.
struct Region {
  RegionCode code;
  std::string slug;      ///< in addresses: "pirkanmaa"
  LocalText name;
  int column = 0, row = 0;
};

/// How a page is answered.
struct PageOptions {
  int status = 200;
  std::string title = {};        ///< ready text; unset: the key "<template>.title" with '/' as '.'
  std::string description = {};  ///< for search engines and link previews
};

class TOIMELA_API Host {
 public:
  virtual ~Host() = default;

  // ---- data ----

  /// Runs `work` on a consistent view of the database and returns what it returns.
  template <class F>
  auto read(F&& work) {
    using Result = std::invoke_result_t<F, ReadTx&>;
    std::optional<Result> result;
    readErased([&](ReadTx& tx) { result.emplace(work(tx)); });
    return std::move(*result);
  }

  /// Runs `work` in a transaction made by the actor of `request` and commits it, then returns what
  /// it returned. An exception rolls everything back. `work` may run again after a lost race.
  template <class F>
  auto write(const Request& request, F&& work) {
    return writeAs(request.actor.person, std::forward<F>(work));
  }
  template <class F>
  auto writeAs(std::optional<PersonId> actor, F&& work) {
    using Result = std::invoke_result_t<F, WriteTx&>;
    if constexpr (std::is_void_v<Result>) {
      writeErased(actor, [&](WriteTx& tx) { work(tx); });
    } else {
      std::optional<Result> result;
      writeErased(actor, [&](WriteTx& tx) { result.emplace(work(tx)); });
      return std::move(*result);
    }
  }

  // ---- pages ----

  /// The page of a template ("network" of the plugin that handles the request) in the shell.
  virtual Response page(const Request& request, std::string_view name, View view, PageOptions options = {}) = 0;
  /// 303 to a path of this service in the reader's language, with a message for the next page.
  virtual Response redirect(const Request& request, std::string_view path, std::string_view flashKey = {}) = 0;
  /// JSON for the API; `json` is a serialised document.
  virtual Response json(std::string json, int status = 200) = 0;
  /// The errors of a form as a problem document (RFC 9457) with a list of {field, detail}. A JSON
  /// body is read like a form: {"name": {"fi": "…"}, "since": "2026-01-01"} has the fields name_fi
  /// and since, a list of texts is a field that came many times, of a list of things each one is
  /// numbered: people_0_name.
  virtual Response problem(const Request& request, const Form& form, int status = 422) = 0;
  /// Full address of a path of this service, for mails and feeds: "https://toimela.example/sv/…".
  virtual std::string absolute(Locale locale, std::string_view path) = 0;
  /// A mail from the template "mail_<name>.txt.mustache" of the plugin: its first line is the
  /// subject, the rest the text. The HTML part is made of the same text; addresses of this service
  /// become links. Texts of people stand in it as they are: nothing in them is markup.
  virtual MailMessage composeMail(const EmailAddress& to, std::string_view toName, Locale locale,
                                  std::string_view name, View view) = 0;

  // ---- words and places ----

  virtual const Texts& texts() const = 0;
  virtual const std::vector<Region>& regions() const = 0;
  /// The region of a code or a slug; null if there is none.
  virtual const Region* region(RegionCode code) const = 0;
  virtual const Region* region(std::string_view slug) const = 0;

  // ---- rights and switches ----

  /// May the actor do this here? For showing or hiding a button; the route's rule is what guards.
  virtual bool allowed(const Actor& actor, Permission permission, const Scope& scope) = 0;
  /// Is the plugin switched on in the region? Without a region: available to the nation at all.
  virtual bool active(std::string_view plugin, std::optional<RegionCode> region) = 0;
  /// The value of a region setting, or its default.
  virtual std::string setting(std::string_view plugin, std::string_view key, RegionCode region) = 0;

  // ---- secrets ----

  /// A mark that only this service can make, the same in every process: for links that open a thing
  /// without signing in. `text` begins with what the mark is for, and has something random of the
  /// thing, so that a link can be renewed. Compare with secrets::equal (toimela/secrets.h).
  virtual std::string sign(std::string_view text) = 0;

  // ---- other plugins ----

  /// A service that a plugin provides, by its interface; null when the plugin is not there.
  template <class S>
  S* service() {
    return static_cast<S*>(serviceErased(S::kName));
  }

  /// Address of this service for links in mails: "https://toimela.example".
  virtual const std::string& baseUrl() const = 0;

 protected:
  virtual void readErased(const std::function<void(ReadTx&)>& work) = 0;
  virtual void writeErased(std::optional<PersonId> actor, const std::function<void(WriteTx&)>& work) = 0;
  virtual void* serviceErased(std::string_view name) = 0;
};

/// Ends the request with 404: the thing does not exist, or is not for this reader.
class TOIMELA_API NotFound : public std::runtime_error {
 public:
  NotFound() : std::runtime_error("not found") {}
};
/// Ends the request with a message for the client apart from the one for the log.
class TOIMELA_API RequestError : public std::runtime_error {
 public:
  /// `messageKey` is a translation key; `logReason` has no personal data.
  RequestError(int status, std::string messageKey, std::string logReason)
      : std::runtime_error(std::move(logReason)), status(status), messageKey(std::move(messageKey)) {}
  int status;
  std::string messageKey;
};

}  // namespace toimela
