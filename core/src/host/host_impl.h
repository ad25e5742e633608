// The kit's Host for one component: what it does is done in that component's name.
#pragma once

#include <string>

#include "host/program.h"

namespace toimela::host {

class HostImpl : public CoreHost {
 public:
  HostImpl(Program& program, std::string component) : program_(program), component_(std::move(component)) {}

  Response page(const Request& request, std::string_view name, View view, PageOptions options) override;
  Response redirect(const Request& request, std::string_view path, std::string_view flashKey) override;
  Response json(std::string json, int status) override;
  Response problem(const Request& request, const Form& form, int status) override;
  std::string absolute(Locale locale, std::string_view path) override;
  MailMessage composeMail(const EmailAddress& to, std::string_view toName, Locale locale, std::string_view name,
                          View view) override;
  const Texts& texts() const override;
  const std::vector<Region>& regions() const override;
  const Region* region(RegionCode code) const override;
  const Region* region(std::string_view slug) const override;
  bool allowed(const Actor& actor, Permission permission, const Scope& scope) override;
  bool active(std::string_view plugin, std::optional<RegionCode> region) override;
  std::string setting(std::string_view plugin, std::string_view key, RegionCode region) override;
  std::string sign(std::string_view text) override;
  const std::string& baseUrl() const override;

  const plugins::Contributions& contributions() const override;
  access::Passwords& passwords() override;
  const std::string& secret() const override;
  std::shared_ptr<const CoreState> state() override;
  std::string sessionCookie(std::string_view token, std::chrono::seconds age) const override;
  std::string sessionCookieName() const override;
  std::string metricsText() override;
  bool ready() override;
  const pages::Assets& assets() const override;
  std::filesystem::path dataFolder() const override;
  void log(std::string_view event, std::initializer_list<std::pair<std::string_view, std::string_view>> facts) override;
  const pages::Templates& templates() const override;
  std::optional<SafeHtml> renderTile(const Request& request, const plugins::From<Tile>& tile) override;

 protected:
  void readErased(const std::function<void(ReadTx&)>& work) override;
  void writeErased(std::optional<PersonId> actor, const std::function<void(WriteTx&)>& work) override;
  void* serviceErased(std::string_view name) override;

 private:
  std::string qualified(std::string_view name) const;
  bool overHttps() const;

  Program& program_;
  std::string component_;
};

}  // namespace toimela::host
