// Everything that the plugin offers, in one list.
#include "contacts.h"

#include "handlers/api.h"
#include "handlers/board.h"
#include "handlers/board_api.h"
#include "handlers/board_comments.h"
#include "handlers/board_data.h"
#include "handlers/board_demo.h"
#include "handlers/board_posts.h"
#include "handlers/demo.h"
#include "handlers/import.h"
#include "handlers/member_table.h"
#include "handlers/members.h"
#include "handlers/network_forms.h"
#include "handlers/networks.h"
#include "handlers/personal_data.h"
#include "handlers/search.h"
#include "handlers/tiles.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "view/board_json.h"

namespace toimela::contacts {

namespace {

using namespace handlers;
using store::networkScope;

void registerPermissions(Registry& registry) {
  const std::vector editors{Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson};
  const std::vector everyRole(kRoles.begin(), kRoles.end());
  registry.permissions({
      {kAddNetwork, editors, "contacts.permission.network_add"},
      {kEditNetwork, editors, "contacts.permission.network_edit"},
      {kEditMembers, editors, "contacts.permission.member_edit"},
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

      get("/api/v1/contacts/networks/{network}/posts", apiPosts)
          .signedIn().at(networkScope()).answers("ContactsPosts")
          .described("Posts of a network, the newest first"),
      post("/api/v1/contacts/networks/{network}/posts", apiAddPost)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .takes("ContactsNewPost").answers("ContactsPost").described("Publishes a post"),
      get("/api/v1/contacts/networks/{network}/posts/{post}", apiPost)
          .signedIn().at(networkScope()).answers("ContactsPost").described("One post"),
      get("/api/v1/contacts/networks/{network}/posts/{post}/comments", apiComments)
          .signedIn().at(networkScope()).answers("ContactsComments")
          .described("Comments on a post, the oldest first"),
      post("/api/v1/contacts/networks/{network}/posts/{post}/comments", apiAddComment)
          .signedIn().at(networkScope()).rate(RateClass::write)
          .takes("ContactsNewComment").answers("ContactsComment").described("Comments on a post"),
  });
  view::addBoardSchemas(registry);
  registry.tile({Tile::Place::dashboard, "tile_board", fillNewsTile, 10});
  registry.personalData(boardData());
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

      get("/contacts/networks/new", newNetwork)
          .needs(kAddNetwork).anywhere().described("Form for a new network"),
      post("/contacts/networks/new", addNetwork)
          .needs(kAddNetwork).anywhere().described("Adds a network"),
      get("/contacts/networks/{network}/edit", editNetwork)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Form of a network"),
      post("/contacts/networks/{network}/edit", saveNetwork)
          .needs(kEditNetwork).at(networkScope()).orOwner().described("Saves a network"),

      get("/contacts/networks/{network}/members/new", newMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Form for a new member"),
      post("/contacts/networks/{network}/members/new", addMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Adds a member"),
      get("/contacts/networks/{network}/members/{member}/edit", editMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Form of a member"),
      post("/contacts/networks/{network}/members/{member}/edit", saveMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Saves a member"),
      get("/contacts/networks/{network}/members/{member}/end", confirmEnd)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Asks before ending"),
      post("/contacts/networks/{network}/members/{member}/end", endMember)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Ends a membership today"),
  });
}

void registerMemberTable(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/members", showMemberTable)
          .signedIn().at(networkScope()).described("All members of a network, for those who take part"),
  });
}

void registerImport(Registry& registry) {
  registry.routes({
      get("/contacts/networks/{network}/import", showImport)
          .needs(kEditMembers).at(networkScope()).orOwner().described("Form for members from a table"),
      post("/contacts/networks/{network}/import", previewImport)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write).accepts(kMostImportBytes + 64 * 1024)
          .described("Shows row by row what an import would do"),
      post("/contacts/networks/{network}/import/confirm", confirmImport)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("Imports what was shown, all or nothing"),
      post("/contacts/networks/{network}/import/wrong", wrongRows)
          .needs(kEditMembers).at(networkScope()).orOwner().rate(RateClass::write)
          .described("The rows that can not be imported, as CSV"),
      get("/contacts/networks/{network}/import/template", importTemplate)
          .needs(kEditMembers).at(networkScope()).orOwner().described("An empty table for an import, as XLSX"),
  });
  registry.command(importCommand());
}

void registerApi(Registry& registry) {
  registry.routes({
      get("/api/v1/contacts/networks", apiNetworks)
          .anyone().cached().described("Networks, by id"),
      get("/api/v1/contacts/networks/{network}", apiNetwork)
          .anyone().at(networkScope()).cached().described("One network"),
      get("/api/v1/contacts/networks/{network}/members", apiMembers)
          .anyone().at(networkScope()).cached().described("Today's members of a network, by id"),
  });
}

void registerPlugin(Registry& registry) {
  registerPermissions(registry);
  registerPages(registry);
  registerMemberTable(registry);
  registerImport(registry);
  registerApi(registry);

  registry.navigation({.path = "/contacts", .labelKey = "contacts.navigation", .order = 20});
  registry.navigation(
      {.path = "/regions/{region}/contacts", .labelKey = "contacts.navigation", .order = 20});
  registry.tile({Tile::Place::nation, "tile_nation", fillNationTile, 20});
  registry.tile({Tile::Place::region, "tile_region", fillRegionTile, 20});
  registry.tile({Tile::Place::dashboard, "tile_dashboard", fillDashboardTile, 20});

  registry.settings({{.field = Field::number(std::string(kTargetOrganisations),
                                             "contacts.setting.target_organisations", 0, 20)
                                   .hint("contacts.setting.target_organisations_hint"),
                      .defaultValue = "2"}});
  registry.search(networkSearch());
  registry.personalData(personalData());
  registry.demo(loadDemo);
  registerBoard(registry);
}

}  // namespace

}  // namespace toimela::contacts

TOIMELA_PLUGIN("contacts", "1.0.0", toimela::contacts::registerPlugin)
