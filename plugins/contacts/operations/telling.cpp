#include "operations/telling.h"

#include <algorithm>

#include "store/members.h"
#include "toimela/bookkeeping.h"

namespace toimela::contacts::operations {

namespace {

std::string objectOf(PostId post) { return "contacts.post:" + post.text(); }
std::string discussionOf(PostId post) { return "contacts.post.comments:" + post.text(); }

/// "Tip: how we found the young", in every language that the service speaks.
LocalText titleOf(const Texts& texts, std::string_view key, const Post& post) {
  LocalText title;
  for (const Locale locale : kLocales)
    title.in(locale) = texts.format(locale, key, {{"title", post.title}});
  return title;
}

std::vector<PersonId> peopleOf(ReadTx& tx, const Network& network, Date today,
                               const std::set<RegionCode>& regions) {
  std::vector<Member> members;
  for (const auto& row : store::currentMembers(tx, network.id, today))
    members.push_back(row.member);
  auto people = reachedBy(regions, members);
  if (network.coordinator && std::ranges::find(people, *network.coordinator) == people.end())
    people.push_back(*network.coordinator);
  return people;
}

void tell(WriteTx& tx, const Network& network, const Post& post, LocalText title,
          std::string object, const std::set<RegionCode>& regions, bool urgent) {
  const notices::Topic topic = topicOf(network);
  const notices::Notice notice{.topic = topic,
                               .title = std::move(title),
                               .path = topic.path + "/" + post.id.text(),
                               .object = std::move(object)};
  notices::tell(tx, notice, peopleOf(tx, network, Date::of(tx.time()), regions), urgent);
}

}  // namespace

notices::Topic topicOf(const Network& network) {
  return {.key = "contacts.network:" + network.id.text(),
          .name = network.name,
          .path = "/contacts/networks/" + network.id.text() + "/board",
          .region = network.region};
}

void tellOfPost(WriteTx& tx, const Texts& texts, const Network& network, const Post& post,
                const std::set<RegionCode>& regions) {
  tell(tx, network, post,
       titleOf(texts, "contacts.board.notice." + std::string(code(post.kind)), post),
       objectOf(post.id), regions, post.kind == PostKind::announcement);
}

void tellOfComment(WriteTx& tx, const Texts& texts, const Network& network, const Post& post) {
  tell(tx, network, post, titleOf(texts, "contacts.board.notice.comment", post),
       discussionOf(post.id), {}, false);
}

int forgetLeavers(WriteTx& tx, const Network& network) {
  const std::string topic = topicOf(network).key;
  const auto people = peopleOf(tx, network, Date::of(tx.time()), {});
  int left = 0;
  for (const PersonId follower : notices::followers(tx, topic)) {
    if (std::ranges::find(people, follower) != people.end()) continue;
    notices::leave(tx, follower, topic);
    ++left;
  }
  bookkeeping(tx, "memberships that ended were audited when they did");
  return left;
}

void takeBack(WriteTx& tx, const Network& network, PostId post) {
  const std::string topic = topicOf(network).key;
  notices::withdraw(tx, topic, objectOf(post));
  notices::withdraw(tx, topic, discussionOf(post));
}

}  // namespace toimela::contacts::operations
