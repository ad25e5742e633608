#include "operations/applications.h"

#include "operations/audit.h"
#include "operations/letters.h"
#include "store/applications.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"

namespace toimela::contacts::operations {

namespace {

std::string pathOf(const Network& network, std::string_view rest) {
  return "/contacts/networks/" + network.id.text() + std::string(rest);
}

/// The application while it is open; the network is locked until the transaction ends.
std::optional<Application> lockOpen(WriteTx& tx, const Network& network, ApplicationId id) {
  if (!store::lockNetwork(tx, network.id)) throw NotFound();
  auto row = store::findApplication(tx, network.id, id);
  if (!row) throw NotFound();
  if (row->application.state != ApplicationState::open) return std::nullopt;
  return std::move(row->application);
}

void tellCoordinator(WriteTx& tx, Host& host, const Network& network,
                     const Application& application, const Person& applicant) {
  if (!network.coordinator || *network.coordinator == application.person) return;
  const auto coordinator = directory::findPerson(tx, *network.coordinator);
  if (!coordinator) return;
  tx.mail(letterTo(*coordinator, host, network,
                   {.name = "application_new",
                    .person = applicant.name(),
                    .quote = application.message,
                    .path = pathOf(network, "/applications/" + application.id.text())}));
}

void tellApplicant(WriteTx& tx, Host& host, const Network& network,
                   const Application& application, const Letter& letter) {
  if (const auto applicant = directory::findPerson(tx, application.person))
    tx.mail(letterTo(*applicant, host, network, letter));
}

ApplicationProblem asApplicationProblem(MemberProblem problem) {
  return problem == MemberProblem::endsBeforeItStarts ? ApplicationProblem::endsBeforeItStarts
                                                      : ApplicationProblem::overlaps;
}

}  // namespace

std::variant<ApplicationId, ApplicationProblem> apply(WriteTx& tx, Host& host,
                                                      const Network& network,
                                                      Application wanted) {
  const auto applicant = directory::findPerson(tx, wanted.person);
  if (!applicant) throw NotFound();
  wanted.network = network.id;
  wanted.region = memberRegion(network, wanted.region);
  if (auto problem = problemWithApplying(
          wanted, store::membershipsOf(tx, network.id, wanted.person), Date::of(tx.time())))
    return *problem;
  if (store::countApplications(tx, network.id, wanted.person, tx.time() - std::chrono::days(1)) >=
      kMostApplicationsADay)
    return ApplicationProblem::tooOften;
  const auto id = store::insertApplication(tx, wanted);
  if (!id) {
    tx.unaudited("the person has an open application");
    return ApplicationProblem::alreadyOpen;
  }
  wanted.id = *id;
  tx.audit(entryFor("contacts.application.add", network, wanted));
  tellCoordinator(tx, host, network, wanted, *applicant);
  return *id;
}

std::variant<MemberId, ApplicationProblem> accept(WriteTx& tx, Host& host, const Network& network,
                                                  ApplicationId id, const DateRange& period) {
  const auto application = lockOpen(tx, network, id);
  if (!application) return ApplicationProblem::notOpen;
  Member member = memberFrom(*application, period);
  if (auto problem =
          problemWith(member, store::membershipsOf(tx, network.id, application->person)))
    return asApplicationProblem(*problem);
  member.id = store::insertMember(tx, network.id, member);
  store::closeApplication(tx, id, ApplicationState::accepted, "", member.id);
  tx.audit(entryFor("contacts.application.accept", network, *application));
  tx.audit(entryFor("contacts.member.add", network, member));
  tellApplicant(tx, host, network, *application,
                {.name = "application_accepted", .path = pathOf(network, "")});
  return member.id;
}

std::optional<ApplicationProblem> decline(WriteTx& tx, Host& host, const Network& network,
                                          ApplicationId id, const std::string& reason) {
  const auto application = lockOpen(tx, network, id);
  if (!application) return ApplicationProblem::notOpen;
  store::closeApplication(tx, id, ApplicationState::declined, reason, std::nullopt);
  tx.audit(entryFor("contacts.application.decline", network, *application));
  tellApplicant(tx, host, network, *application,
                {.name = "application_declined",
                 .quote = reason,
                 .path = pathOf(network, "/apply")});
  return std::nullopt;
}

std::optional<ApplicationProblem> withdraw(WriteTx& tx, const Network& network, ApplicationId id) {
  const auto application = lockOpen(tx, network, id);
  if (!application) return ApplicationProblem::notOpen;
  store::closeApplication(tx, id, ApplicationState::withdrawn, "", std::nullopt);
  tx.audit(entryFor("contacts.application.withdraw", network, *application));
  return std::nullopt;
}

}  // namespace toimela::contacts::operations
