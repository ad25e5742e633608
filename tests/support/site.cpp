#include <atomic>
#include <filesystem>
#include <fstream>

#include "access/passwords.h"
#include "access/sessions.h"
#include "commands/config.h"
#include "directory/indexing.h"
#include "host/program.h"
#include "plugins/switches.h"
#include "toimela/directory.h"
#include "toimela/testing.h"

namespace toimela::testing {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kOrigin = "http://toimela.test";

constexpr Sql kGrant{"test.grant",
                     "INSERT INTO core_grant (person_id, role, region, organisation_id, valid_from, created_at) "
                     "VALUES (:person, :role, :region, :organisation, '2020-01-01', 0)"};
constexpr Sql kOrganisation{
    "test.organisation",
    "INSERT INTO core_organisation (name_fi, name_sv, name_en, register_number, sector, region, website, summary_fi, "
    "summary_sv, summary_en, created_at, revision) VALUES (:name, '', '', '', 'association', :region, '', '', '', '', "
    "0, 1) RETURNING id"};

std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c)) out += static_cast<char>(c);
    else (out += '%') += {kHex[c >> 4], kHex[c & 15]};
  }
  return out;
}

}  // namespace

struct Site::Impl {
  std::shared_ptr<void> lifetime;
  fs::path data;
  std::unique_ptr<host::Program> program;
};

Site::Site(const FreshDatabase& database) : impl_(std::make_unique<Impl>()) {
  std::string pattern = (fs::temp_directory_path() / "toimela-site-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  impl_->data = pattern;
  impl_->lifetime = database.lifetime;
  impl_->program = std::make_unique<host::Program>(commands::Config::load(
      "", {{"data", pattern}, {"database", database.url}, {"share", TOIMELA_SOURCE_FOLDER},
           {"plugins", std::string(TOIMELA_BUILD_FOLDER) + "/lib/toimela/plugins"},
           {"base_url", std::string(kOrigin)}, {"log_level", "error"}, {"connections", "4"},
           {"rate_read", "0"}, {"rate_write", "0"}, {"rate_credentials", "0"}},
      {}));
  impl_->program->prepareDatabase();
}

Site::~Site() {
  impl_->program.reset();
  std::error_code none;
  fs::remove_all(impl_->data, none);
}

Host& Site::host(std::string_view plugin) { return impl_->program->hostOf(plugin); }
Visitor Site::visitor() { return Visitor(*this, ""); }

Visitor Site::signedIn(PersonId person) {
  std::string token;
  impl_->program->database().write({person, "core"}, [&](WriteTx& tx) {
    token = access::openSession(tx, person, "Test");
    tx.unaudited("a test signs in");
  });
  return Visitor(*this, token);
}

PersonId Site::person(std::string givenName, std::string familyName, std::vector<Grant> grants) {
  static std::atomic<int> count{0};
  Person person{.id = {}, .givenName = std::move(givenName), .familyName = std::move(familyName),
                .email = *EmailAddress::parse("person" + std::to_string(++count) + "@example.org"), .phone = ""};
  PersonId id;
  impl_->program->database().write({}, [&](WriteTx& tx) {
    id = directory::addPerson(tx, person);
    for (const Grant& grant : grants) tx.run(kGrant, id, grant.role, grant.region, grant.organisation);
    tx.audit({.action = "test.person", .object = "person:" + id.text(), .region = {}, .organisation = {}});
  });
  return id;
}

OrganisationId Site::organisation(std::string name, std::string_view regionCode) {
  OrganisationId id;
  impl_->program->database().write({}, [&](WriteTx& tx) {
    id = tx.insert<OrganisationId>(kOrganisation, name, regionCode);
    directory::index(tx, directory::findOrganisation(tx, id).value());
    tx.audit({.action = "test.organisation", .object = "organisation:" + id.text(), .region = {}, .organisation = {}});
  });
  return id;
}

void Site::switchPlugin(std::string_view plugin, std::string_view regionCode, bool enabled) {
  impl_->program->database().write({}, [&](WriteTx& tx) {
    auto result = plugins::setRegional(tx, impl_->program->contributions().plugins, plugin,
                                       *RegionCode::parse(regionCode), enabled);
    if (result.outcome != plugins::SwitchOutcome::done) throw std::runtime_error("the switch refused");
  });
}

std::string Visitor::csrf() const {
  auto& host = static_cast<CoreHost&>(site_->host("core"));
  auto own = cookies_.find("toimela-visitor");
  return access::csrfToken(host.secret(), !session_.empty() ? session_ : own != cookies_.end() ? own->second : "");
}

Response Visitor::send(Method method, std::string target, Headers headers, std::string body) {
  WireRequest request;
  request.method = method;
  auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  std::string cookies = session_.empty() ? "" : "toimela=" + session_;
  for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) headers.set("Cookie", cookies);
  if (!headers.has("Host")) headers.set("Host", "toimela.test");
  request.headers = std::move(headers);
  request.body = std::move(body);
  request.peer = "127.0.0.1";
  Response response = site_->impl().program->dispatcher().handle(std::move(request));
  for (const auto& [name, value] : response.headers.all()) {
    if (name != "Set-Cookie") continue;
    auto equals = value.find('=');
    std::string cookie = value.substr(0, equals), content = value.substr(equals + 1, value.find(';') - equals - 1);
    if (cookie == "toimela") session_ = content;
    else if (content.empty()) cookies_.erase(cookie);
    else cookies_[cookie] = content;
  }
  return response;
}

Response Visitor::get(std::string path) { return send(Method::get, std::move(path), {}, ""); }

Response Visitor::post(std::string path, std::vector<std::pair<std::string, std::string>> fields) {
  // A browser has been given its visitor cookie by the page that shows the form.
  if (session_.empty() && !cookies_.contains("toimela-visitor")) get("/fi/sign-in");
  std::string body = "csrf=" + escaped(csrf());
  for (const auto& [name, value] : fields) body += "&" + escaped(name) + "=" + escaped(value);
  Headers headers;
  headers.set("Origin", std::string(kOrigin));
  headers.set("Content-Type", "application/x-www-form-urlencoded");
  return send(Method::post, std::move(path), std::move(headers), std::move(body));
}

std::string bodyOf(const Response& response) {
  if (auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) return **shared;
  std::string all;
  if (auto* made = std::get_if<StreamBody>(&response.body))  // once: it is made while it is read
    for (std::string piece; made->next(piece); piece.clear()) all += piece;
  return all;
}

}  // namespace toimela::testing
