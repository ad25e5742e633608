// Everything that the plugin offers, in one list.
#include "contacts.h"

#include <memory>

#include "handlers/api.h"
#include "handlers/api_changes.h"
#include "handlers/applications.h"
#include "handlers/board.h"
#include "handlers/board_api.h"
#include "handlers/board_comments.h"
#include "handlers/board_data.h"
#include "handlers/board_demo.h"
#include "handlers/board_posts.h"
#include "handlers/coverage.h"
#include "handlers/demo.h"
#include "handlers/figures.h"
#include "handlers/handovers.h"
#include "handlers/invitations.h"
#include "handlers/leavers.h"
#include "handlers/import.h"
#include "handlers/member_table.h"
#include "handlers/members.h"
#include "handlers/network_forms.h"
#include "handlers/networks.h"
#include "handlers/people.h"
#include "handlers/personal_data.h"
#include "handlers/profile.h"
#include "handlers/scale.h"
#include "handlers/search.h"
#include "handlers/tiles.h"
#include "handlers/waiting.h"
#include "handlers/yearly.h"
#include "operations/invitations.h"
#include "store/groups.h"
#include "store/people.h"
#include "store/scope.h"
#include "toimela/directory_events.h"
#include "toimela/plugin.h"
#include "toimela/presence.h"
#include "view/board_json.h"
#include "view/json.h"

namespace toimela::contacts {

namespace {

using namespace handlers;
using store::networkScope;

void registerPermissions(Registry& registry) {
  const std::vector editors{Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson};
  const std::vector administrators{Role::nationalAdmin, Role::regionalAdmin};
  const std::vector everyRole(kRoles.begin(), kRoles.end());
  registry.permissions({
      {kAddNetwork, editors, "contacts.permission.network_add"},
      {kEditNetwork, editors, "contacts.permission.network_edit"},
      {kEditMembers, editors, "contacts.permission.member_edit"},
      {kAddMembers, administrators, "contacts.permission.member_add"},
      {kViewDetails, everyRole, "contacts.permission.details_view"},
  });
}

/// The board of a network. Who is of the network can not be said by a permission: the handlers of
/// signedIn() routes begin with requireBoard(), which sends everybody else away with 403.
void registerBoard(Registry& registry) {
  registry.permissions({{kModerateBoard,
                         {Role::nationalAdmin, Role::regionalAdmin},
                         "contacts.permission.board_moderate"}});
  registry.routes({
      get("/contacts/networks/{network}/board", showBoard)
          .signedIn().at(networkScope()).described("What the people of a network talk about"),
      post("/contacts/networks/{network}/board/follow", followBoard)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Chooses how soon one hears of a network"),
      get("/contacts/networks/{network}/board/new", newPost)
          .signedIn().at(networkScope()).described("Form for a post"),
      post("/contacts/networks/{network}/board/new", addPost)
          .signedIn().at(networkScope()).rate(RateClass::write).accepts(kLargestPostForm)
          .described("Publishes a post"),
      get("/contacts/networks/{network}/board/announce", newAnnouncement)
          .needs(kModerateBoard).at(networkScope()).orOwner()
          .described("Form for an announcement"),
      post("/contacts/networks/{network}/board/announce", sendAnnouncement)
          .needs(kModerateBoard).at(networkScope()).orOwner().rate(RateClass::write)
          .accepts(kLargestWords).described("Sends an announcement to a network"),

      get("/contacts/networks/{network}/board/{post}", showPost)
          .signedIn().at(networkScope()).described("A post with its comments"),
      get("/contacts/networks/{network}/board/{post}/files/{file}", sendAttachment)
          .signedIn().at(networkScope()).described("A file of a post"),
      get("/contacts/networks/{network}/board/{post}/edit", editPost)
          .signedIn().at(networkScope()).described("Form of one's own post"),
      post("/contacts/networks/{network}/board/{post}/edit", savePost)
          .signedIn().at(networkScope()).rate(RateClass::write).accepts(kLargestPostForm)
          .described("Saves one's own post"),
      get("/contacts/networks/{network}/board/{post}/remove", confirmRemovePost)
          .signedIn().at(networkScope()).described("Asks before removing a post"),
      post("/contacts/networks/{network}/board/{post}/remove", removePost)
          .signedIn().at(networkScope()).rate(RateClass::write).described("Removes a post"),
      post("/contacts/networks/{network}/board/{post}/restore", restorePost)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Undoes the removal of a post, for who removed it just now"),
      post("/contacts/networks/{network}/board/{post}/pin", pinPost)
          .needs(kModerateBoard).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Puts a post on top, or takes it down"),
      post("/contacts/networks/{network}/board/{post}/answered", markAnswered)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Marks a question as answered, or open again"),

      post("/contacts/networks/{network}/board/{post}/comments", addComment)
          .signedIn().at(networkScope()).rate(RateClass::write).accepts(kLargestWords)
          .described("Comments on a post"),
      get("/contacts/networks/{network}/board/{post}/comments/{comment}/edit", editComment)
          .signedIn().at(networkScope()).described("Form of one's own comment"),
      post("/contacts/networks/{network}/board/{post}/comments/{comment}/edit", saveComment)
          .signedIn().at(networkScope()).rate(RateClass::write).accepts(kLargestWords)
          .described("Saves one's own comment"),
      get("/contacts/networks/{network}/board/{post}/comments/{comment}/remove",
          confirmRemoveComment)
          .signedIn().at(networkScope()).described("Asks before removing a comment"),
      post("/contacts/networks/{network}/board/{post}/comments/{comment}/remove", removeComment)
          .signedIn().at(networkScope()).rate(RateClass::write).described("Removes a comment"),
      post("/contacts/networks/{network}/board/{post}/comments/{comment}/restore", restoreComment)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Undoes the removal of a comment, for who removed it just now"),

      get("/api/v1/contacts/networks/{network}/posts", apiPosts)
          .signedIn().at(networkScope()).paged("ContactsPost")
          .described("Posts of a network, the newest first"),
      post("/api/v1/contacts/networks/{network}/posts", apiAddPost)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .accepts(kLargestPostForm).takes("ContactsNewPost").creates("ContactsPost")
          .described("Publishes a post; with attachments as multipart/form-data, each a part \"file\""),
      get("/api/v1/contacts/networks/{network}/posts/{post}", apiPost)
          .signedIn().at(networkScope()).answers("ContactsPost").described("One post"),
      get("/api/v1/contacts/networks/{network}/posts/{post}/comments", apiComments)
          .signedIn().at(networkScope()).paged("ContactsComment")
          .described("Comments on a post, the oldest first"),
      post("/api/v1/contacts/networks/{network}/posts/{post}/comments", apiAddComment)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .takes("ContactsNewComment").answers("ContactsComment").described("Comments on a post"),
  });
  view::addBoardSchemas(registry);
  registry.tile({Tile::Place::dashboard, "tile_board", fillNewsTile, 10});
  registry.personalData(boardData());
  registry.job(clearBoardJob());
  registry.demo(loadBoardDemo);
}

void registerPages(Registry& registry) {
  registry.routes({
      get("/contacts", listNetworks)
          .anyone().cached().described("Networks of the whole country"),
      get("/regions/{region}/contacts", showRegion)
          .anyone().cached().described("Networks and contact persons of a region"),
      get("/contacts/networks/{network}", showNetwork)
          .anyone().at(networkScope()).cached().described("One network and its people"),

      get("/contacts/networks/{network}/figures", showFigures)
          .anyone().at(networkScope()).cached().described("How a network changes over time"),

      get("/contacts/networks/new", newNetwork)
          .needs(kAddNetwork).anywhere().described("Form for a new network"),
      post("/contacts/networks/new", addNetwork)
          .needs(kAddNetwork).anywhere().described("Adds a network"),
      get("/contacts/networks/{network}/edit", editNetwork)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Form of a network"),
      post("/contacts/networks/{network}/edit", saveNetwork)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Saves a network"),

      get("/contacts/networks/{network}/members/new", newMember)
          .needs(kAddMembers).at(networkScope()).described("Form for a new member"),
      post("/contacts/networks/{network}/members/new", addMember)
          .needs(kAddMembers).at(networkScope()).described("Adds a member without asking them"),
      get("/contacts/networks/{network}/members/{member}/edit", editMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Form of a member"),
      post("/contacts/networks/{network}/members/{member}/edit", saveMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Saves a member"),
      get("/contacts/networks/{network}/members/{member}/end", confirmEnd)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Asks before ending"),
      post("/contacts/networks/{network}/members/{member}/end", endMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Ends a membership today"),
      post("/contacts/networks/{network}/members/{member}/reopen", reopenMember)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Undoes the end of a membership, for who ended it just now"),
  });
}

void registerMemberTable(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/members", showMemberTable)
          .signedIn().at(networkScope()).described("All members of a network, for those who take part"),
  });
}

/// An import asks nobody, as adding a member does not: it needs the same permission. Who only edits
/// members could otherwise learn whose address is known here, and see the details of whom they add.
void registerImport(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/import", showImport)
          .needs(kAddMembers).at(networkScope()).described("Form for members from a table"),
      post("/contacts/networks/{network}/import", previewImport)
          .needs(kAddMembers).at(networkScope()).rate(RateClass::write).accepts(kMostImportBytes + 64 * 1024)
          .described("Shows row by row what an import would do"),
      post("/contacts/networks/{network}/import/confirm", confirmImport)
          .needs(kAddMembers).at(networkScope()).rate(RateClass::write)
          .described("Imports what was shown, all or nothing"),
      post("/contacts/networks/{network}/import/wrong", wrongRows)
          .needs(kAddMembers).at(networkScope()).rate(RateClass::write)
          .described("The rows that can not be imported, as CSV"),
      get("/contacts/networks/{network}/import/template", importTemplate)
          .needs(kAddMembers).at(networkScope()).described("An empty table for an import, as XLSX"),
  });
  registry.routes({
      post("/api/v1/contacts/networks/{network}/import", apiImport)
          .needs(kAddMembers).at(networkScope()).rate(RateClass::write).accepts(kMostImportBytes + 64 * 1024)
          .takes("ContactsImport").answers("ContactsImportPlan")
          .described("What a table of members (multipart/form-data, a part \"file\": XLSX or CSV) would do; sent again "
                     "with the plan's mark it is imported, all or nothing; 409 with the new plan when it has become another"),
  });
  registry.command(importCommand());
}

void registerPeople(Registry& registry) {
  registry.routes({
      get("/contacts/people", listPeople)
          .anyone().cached().described("Who knows what: the directory of people"),
      get("/contacts/people/vcards", downloadCards)
          .anyone().described("vCards of those whom the filters find, or of a network"),
      get("/contacts/people/{person}", showContact)
          .anyone().cached().described("One person of the directory"),
      get("/contacts/people/{person}/vcard", downloadCard)
          .anyone().described("The vCard of a person"),

      get("/account/contacts/profile", showProfile)
          .signedIn().described("Form of one's own profile"),
      post("/account/contacts/profile", saveProfile)
          .signedIn().rate(RateClass::write).described("Saves one's own profile"),
      get("/contacts/people/expertise", suggestExpertise)
          .signedIn().described("Expertise that others have written, for suggestions"),

      get("/api/v1/contacts/people", apiPeople)
          .anyone().cached().answers("ContactsPeople").described(
              "People of the directory, by name; q, region, language and group narrow it"),
      get("/api/v1/contacts/people/{person}", apiContact)
          .anyone().cached().answers("ContactsPerson").described("One person of the directory"),
  });
  registry.job(leaversJob());
  registerPeopleSchemas(registry);
  registry.navigation(
      {.path = "/contacts/people", .labelKey = "contacts.people.navigation", .order = 21});
  registry.navigation(
      {.path = "/account/contacts/profile", .labelKey = "contacts.profile.short", .order = 5});
  registry.job(refreshPeople());
  registry.on<PersonChanged>(
      [](WriteTx& tx, const PersonChanged& event) { store::indexPerson(tx, event.person); });
  registry.on<OrganisationChanged>([](WriteTx& tx, const OrganisationChanged& event) {
    store::indexPeopleOf(tx, event.organisation);
  });
  registry.search(peopleSource());
}

void registerApplications(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/apply", showApply)
          .signedIn().at(networkScope()).described("Form for joining a network"),
      post("/contacts/networks/{network}/apply", apply)
          .signedIn().at(networkScope()).rate(RateClass::write).described("Applies to join"),
      post("/contacts/networks/{network}/applications/{application}/withdraw", withdrawApplication)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Takes back one's own application"),
      get("/contacts/networks/{network}/applications", listApplications)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Applications of a network"),
      get("/contacts/networks/{network}/applications/{application}", showApplication)
          .needs(kEditMembers).at(networkScope()).orOwner().described("One application"),
      post("/contacts/networks/{network}/applications/{application}/accept", acceptApplication)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Makes the applicant a member"),
      post("/contacts/networks/{network}/applications/{application}/decline", declineApplication)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Declines with a reason"),
  });
}

void registerInvitations(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/invite", newInvitation)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Form that invites"),
      post("/contacts/networks/{network}/invite", sendInvitation)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Invites somebody to take a place"),
      post("/contacts/networks/{network}/invitations/{invitation}/again", sendInvitationAgain)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Sends an invitation again"),
      post("/contacts/networks/{network}/invitations/{invitation}/withdraw", withdrawInvitation)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Withdraws an invitation"),
      post("/api/v1/contacts/networks/{network}/invitations", apiInvite)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .takes("ContactsInvitationNew").answers("ContactsInvitation")
          .described("Invites somebody to take a place"),
  });
  registry.on<InvitationAccepted>(operations::invitationAccepted);
  registry.on<InvitationEnded>(operations::invitationEnded);
}

void registerCoverage(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/coverage", showCoverage)
          .anyone().at(networkScope()).cached().described("Where contact persons are missing"),
      get("/contacts/networks/{network}/coverage/edit", editCoverage)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Form of the target"),
      post("/contacts/networks/{network}/coverage/edit", saveCoverage)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Saves the target"),
      post("/contacts/networks/{network}/members/{member}/confirm", confirmMember)
          .needs(kEditMembers).at(networkScope()).orOwner()
          .described("Notes that a member still has the place"),
      get("/api/v1/contacts/networks/{network}/coverage", apiCoverage)
          .anyone().at(networkScope()).cached().answers("ContactsCoverage")
          .described("Coverage of a network by region"),
  });
  registry.job(tellCoverage());
  registry.on<SignedIn>(
      [](WriteTx& tx, const SignedIn& event) { noteSignIn(tx, event.person); });
}

void registerHandovers(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/members/{member}/handover", showHandover)
          .signedIn().at(networkScope())
          .described("Handing over a place: for its holder and those who edit members"),
      post("/contacts/networks/{network}/members/{member}/handover/notes", saveHandoverNotes)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .described("Saves the notes for the successor"),
      post("/contacts/networks/{network}/members/{member}/handover", handOver)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Names the successor of a member"),
      get("/contacts/networks/{network}/members/{member}/history", showHistory)
          .signedIn().at(networkScope())
          .described("Who had a place and what they noted: for its holders"),
  });
}

void registerApi(Registry& registry) {
  for (auto& [name, schema] : view::schemas()) registry.schema(name, schema);
  registry.routes({
      get("/api/v1/contacts/networks", apiNetworks)
          .anyone().cached().paged("ContactsNetworkSummary").described("Networks, by id"),
      get("/api/v1/contacts/networks/{network}", apiNetwork)
          .anyone().at(networkScope()).cached().answers("ContactsNetwork")
          .described("One network"),
      get("/api/v1/contacts/networks/{network}/members", apiMembers)
          .anyone().at(networkScope()).cached().paged("ContactsMember")
          .described("Today's members of a network, by id"),

      post("/api/v1/contacts/networks", apiAddNetwork)
          .needs(kAddNetwork).anywhere().rate(RateClass::write)
          .takes("ContactsNetworkNew").creates("ContactsNetwork").described("Adds a network"),
      put("/api/v1/contacts/networks/{network}", apiSaveNetwork)
          .needs(kEditNetwork).at(networkScope()).orOwner().rate(RateClass::write)
          .takes("ContactsNetworkEdit").answers("ContactsNetwork").described("Saves a network"),
      post("/api/v1/contacts/networks/{network}/members", apiAddMember)
          .needs(kAddMembers).at(networkScope()).rate(RateClass::write)
          .takes("ContactsMemberNew").creates("ContactsMember").described("Adds a member"),
      put("/api/v1/contacts/networks/{network}/members/{member}", apiSaveMember)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .takes("ContactsMemberEdit").answers("ContactsMember").described("Saves a member"),
      post("/api/v1/contacts/networks/{network}/members/{member}/end", apiEndMember)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .answers("ContactsMember").described("Ends a membership today"),

      get("/api/v1/contacts/networks/{network}/applications", apiApplications)
          .needs(kEditMembers).at(networkScope()).orOwner().paged("ContactsApplication")
          .reads("state", "only those of this state")
          .described("Applications to a network, by id"),
      post("/api/v1/contacts/networks/{network}/applications", apiApply)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .takes("ContactsApplicationNew").creates("ContactsApplication")
          .described("Applies to join"),
      post("/api/v1/contacts/networks/{network}/applications/{application}/accept", apiAccept)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .takes("ContactsAcceptance").answers("ContactsMember")
          .described("Makes the applicant a member"),
      post("/api/v1/contacts/networks/{network}/applications/{application}/decline", apiDecline)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .takes("ContactsRefusal").answers("ContactsApplication")
          .described("Declines with a reason"),
      post("/api/v1/contacts/networks/{network}/applications/{application}/withdraw", apiWithdraw)
          .signedIn().at(networkScope()).rate(RateClass::write).answers("ContactsApplication")
          .described("Takes back one's own application"),
  });
}

void registerPlugin(Registry& registry) {
  registerPermissions(registry);
  registerPages(registry);
  registerApplications(registry);
  registerInvitations(registry);
  registerCoverage(registry);
  registerHandovers(registry);
  registerMemberTable(registry);
  registerImport(registry);
  registerApi(registry);
  registerPeople(registry);

  registry.navigation({.path = "/contacts", .labelKey = "contacts.navigation", .order = 20});
  registry.navigation(
      {.path = "/regions/{region}/contacts", .labelKey = "contacts.navigation", .order = 20});
  registry.tile({Tile::Place::nation, "tile_nation", fillNationTile, 20});
  registry.tile({Tile::Place::region, "tile_region", fillRegionTile, 20});
  registry.tile({Tile::Place::dashboard, "tile_waiting", fillWaitingTile, 15});
  registry.tile({Tile::Place::dashboard, "tile_dashboard", fillDashboardTile, 20});

  registry.settings({{.field = Field::number(std::string(kTargetOrganisations),
                                             "contacts.setting.target_organisations", 0, 20)
                                   .hint("contacts.setting.target_organisations_hint"),
                      .defaultValue = "2"}});
  registry.search(networkSource());
  registry.provide<Groups>(std::make_shared<store::NetworkGroups>());
  registry.personalData(personalData());
  registry.personalData(profileData());
  registry.demo(loadDemo);
  registry.on<ScaleBatch>(addToScale);
  report::offer<"contacts">(registry, 20, yearlyReport);
  registerBoard(registry);
}

}  // namespace

}  // namespace toimela::contacts

TOIMELA_PLUGIN("contacts", "1.0.0", toimela::contacts::registerPlugin)
