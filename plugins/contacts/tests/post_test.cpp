#include "domain/post.h"

#include <catch2/catch.hpp>

using namespace toimela;
using namespace toimela::contacts;

namespace {

constexpr PersonId kAuthor{1}, kOther{2}, kThird{3};
const RegionCode kUusimaa = RegionCode::parse("01").value(),
                 kPirkanmaa = RegionCode::parse("06").value();

BoardVisitor member(PersonId person) { return {.person = person, .isMember = true}; }
BoardVisitor moderator(PersonId person) { return {.person = person, .moderates = true}; }
/// Was a member once, or never.
BoardVisitor outsider(PersonId person) { return {.person = person}; }

Post postBy(std::optional<PersonId> author, PostKind kind = PostKind::tip) {
  return {.id = {7}, .kind = kind, .title = "T", .body = "B", .author = author};
}
Comment commentBy(std::optional<PersonId> author) { return {.id = {8}, .author = author}; }

template <class T>
T removed(T thing) {
  thing.removedAt = Instant{};
  return thing;
}

Member speaking(PersonId person, std::optional<RegionCode> region) {
  return {.person = person, .region = region, .period = {Date::today(), {}}};
}

}  // namespace

TEST_CASE("the board is for members and for those who moderate, and for nobody else",
          "[contacts][board]") {
  CHECK(mayEnter(member(kAuthor)));
  CHECK(mayEnter(moderator(kOther)));
  CHECK_FALSE(mayEnter(outsider(kAuthor)));
  CHECK_FALSE(mayEnter(BoardVisitor{}));
  // Flags without a person are nobody's.
  CHECK_FALSE(mayEnter({.person = {}, .isMember = true, .moderates = true}));
}

TEST_CASE("words are changed only by those who wrote them", "[contacts][board]") {
  CHECK(mayEdit(member(kAuthor), postBy(kAuthor)));
  CHECK(mayEdit(member(kAuthor), commentBy(kAuthor)));
  CHECK_FALSE(mayEdit(member(kOther), postBy(kAuthor)));
  CHECK_FALSE(mayEdit(moderator(kOther), postBy(kAuthor)));
  CHECK_FALSE(mayEdit(moderator(kOther), commentBy(kAuthor)));
  CHECK_FALSE(mayEdit(member(kOther), postBy(std::nullopt)));
  CHECK_FALSE(mayEdit(BoardVisitor{}, postBy(std::nullopt)));
}

TEST_CASE("who has left the network leaves their words as they are", "[contacts][board]") {
  CHECK_FALSE(mayEdit(outsider(kAuthor), postBy(kAuthor)));
  CHECK_FALSE(mayRemove(outsider(kAuthor), postBy(kAuthor)));
  CHECK_FALSE(mayEdit(outsider(kAuthor), commentBy(kAuthor)));
  CHECK_FALSE(mayRemove(outsider(kAuthor), commentBy(kAuthor)));
  CHECK_FALSE(mayComment(outsider(kAuthor), postBy(kOther)));
}

TEST_CASE("words are removed by their writer and by those who moderate", "[contacts][board]") {
  CHECK(mayRemove(member(kAuthor), postBy(kAuthor)));
  CHECK(mayRemove(moderator(kOther), postBy(kAuthor)));
  CHECK(mayRemove(moderator(kOther), commentBy(kAuthor)));
  CHECK(mayRemove(moderator(kOther), postBy(std::nullopt)));
  CHECK_FALSE(mayRemove(member(kOther), postBy(kAuthor)));
  CHECK_FALSE(mayRemove(member(kOther), commentBy(kAuthor)));
}

TEST_CASE("what was removed can not be touched any more", "[contacts][board]") {
  const Post post = removed(postBy(kAuthor, PostKind::question));
  for (const auto& visitor : {member(kAuthor), moderator(kAuthor)}) {
    CHECK_FALSE(mayEdit(visitor, post));
    CHECK_FALSE(mayRemove(visitor, post));
    CHECK_FALSE(mayComment(visitor, post));
    CHECK_FALSE(mayPin(visitor, post));
    CHECK_FALSE(mayMarkAnswered(visitor, post));
    CHECK_FALSE(mayEdit(visitor, removed(commentBy(kAuthor))));
    CHECK_FALSE(mayRemove(visitor, removed(commentBy(kAuthor))));
  }
}

TEST_CASE("only who moderates puts a post on top", "[contacts][board]") {
  CHECK(mayPin(moderator(kOther), postBy(kAuthor)));
  CHECK_FALSE(mayPin(member(kAuthor), postBy(kAuthor)));
}

TEST_CASE("a question is marked by who asked it or who moderates, other posts by nobody",
          "[contacts][board]") {
  CHECK(mayMarkAnswered(member(kAuthor), postBy(kAuthor, PostKind::question)));
  CHECK(mayMarkAnswered(moderator(kOther), postBy(kAuthor, PostKind::question)));
  CHECK_FALSE(mayMarkAnswered(member(kOther), postBy(kAuthor, PostKind::question)));
  for (const auto kind : {PostKind::post, PostKind::tip, PostKind::announcement})
    CHECK_FALSE(mayMarkAnswered(moderator(kAuthor), postBy(kAuthor, kind)));
}

TEST_CASE("an announcement reaches those who speak for its regions, each once",
          "[contacts][board]") {
  const std::vector<Member> members{speaking(kAuthor, kPirkanmaa), speaking(kAuthor, kUusimaa),
                                    speaking(kOther, kUusimaa), speaking(kThird, std::nullopt)};
  using People = std::vector<PersonId>;
  CHECK(reachedBy({}, members) == People{kAuthor, kOther, kThird});
  CHECK(reachedBy({kPirkanmaa}, members) == People{kAuthor});
  CHECK(reachedBy({kUusimaa, kPirkanmaa}, members) == People{kAuthor, kOther});
  CHECK(reachedBy({kUusimaa}, {}).empty());
}

TEST_CASE("a kind of post has a name that is read back", "[contacts][board]") {
  for (const PostKind kind : kPostKinds) CHECK(parsePostKind(code(kind)) == kind);
  CHECK_FALSE(parsePostKind("advertisement"));
  CHECK(std::ranges::find(kMemberPostKinds, PostKind::announcement) == kMemberPostKinds.end());
}
