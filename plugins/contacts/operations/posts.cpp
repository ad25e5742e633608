#include "operations/posts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "operations/telling.h"
#include "store/networks.h"
#include "store/posts.h"

namespace toimela::contacts::operations {

namespace {

using Json = nlohmann::ordered_json;

AuditEntry entryFor(std::string action, const Network& network, PostId post, Json detail = {}) {
  Json whole{{"network", network.id.text()}};
  if (detail.is_object()) whole.update(detail);
  return {.action = std::move(action),
          .object = "contacts.post:" + post.text(),
          .region = network.region,
          .detail = whole.dump()};
}

std::optional<Post> find(ReadTx& tx, const Network& network, PostId id) {
  auto row = store::findPost(tx, network.id, id);
  return row ? std::optional{std::move(row->post)} : std::nullopt;
}

void attach(WriteTx& tx, PostId post, const Attachments& attachments) {
  const auto present = store::filesOf(tx, post);
  for (const FileId file : attachments.removed) {
    if (std::find(present.begin(), present.end(), file) == present.end()) continue;
    store::removeFile(tx, post, file);
    files::remove(tx, file);
  }
  for (const files::Incoming& incoming : attachments.added)
    store::addFile(tx, post, files::keep(tx, incoming, tx.actor()));
}

/// Nothing of a post that was put aside can be brought back after this.
void clear(WriteTx& tx, PostId post) {
  for (const FileId file : store::filesAside(tx, post)) {
    store::removeFile(tx, post, file);
    files::remove(tx, file);
  }
  store::clearPost(tx, post);
}

void stamp(WriteTx& tx, const Network& network, Post& post) {
  post.network = network.id;
  post.author = tx.actor();
  post.createdAt = post.activeAt = tx.time();
}

}  // namespace

PostId addPost(WriteTx& tx, const Texts& texts, const Network& network, Post post,
               const Attachments& attachments) {
  stamp(tx, network, post);
  post.id = store::insertPost(tx, post);
  attach(tx, post.id, attachments);
  tellOfPost(tx, texts, network, post);
  tx.audit(entryFor("contacts.post.add", network, post.id, {{"kind", code(post.kind)}}));
  return post.id;
}

PostId announce(WriteTx& tx, const Texts& texts, const Network& network, Post post,
                const std::set<RegionCode>& regions) {
  post.kind = PostKind::announcement;
  stamp(tx, network, post);
  post.id = store::insertPost(tx, post);
  Json codes = Json::array();
  for (const RegionCode region : regions) {
    store::addRegion(tx, post.id, region);
    codes.push_back(region.text());
  }
  tellOfPost(tx, texts, network, post, regions);
  tx.audit(entryFor("contacts.announcement.send", network, post.id, {{"regions", codes}}));
  return post.id;
}

std::optional<WordsProblem> savePost(WriteTx& tx, const Network& network,
                                     const BoardVisitor& visitor, const Post& post,
                                     const Attachments& attachments) {
  const auto current = find(tx, network, post.id);
  tx.unaudited("a post that is gone or stale stays as it is");
  if (!current || !mayEdit(visitor, *current)) return WordsProblem::gone;
  if (!store::updatePost(tx, post)) return WordsProblem::stale;
  attach(tx, post.id, attachments);
  tx.audit(entryFor("contacts.post.edit", network, post.id, {{"kind", code(post.kind)}}));
  return std::nullopt;
}

bool removePost(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id) {
  const auto current = find(tx, network, id);
  tx.unaudited("a post that may not be removed stays");
  if (!current || !mayRemove(visitor, *current)) return false;
  if (!store::removePost(tx, id)) return false;
  takeBack(tx, network, id);
  tx.audit(entryFor("contacts.post.remove", network, id, {{"own", current->author == tx.actor()}}));
  return true;
}

bool restorePost(WriteTx& tx, const Network& network, PostId id, std::int64_t revision) {
  tx.unaudited("what has changed since stays removed");
  if (!find(tx, network, id) || !store::restorePost(tx, id, revision)) return false;
  tx.audit(entryFor("contacts.post.restore", network, id));
  return true;
}

bool restoreComment(WriteTx& tx, const Network& network, PostId post, CommentId id, std::int64_t revision) {
  tx.unaudited("what has changed since stays removed");
  if (!store::findComment(tx, post, id) || !store::restoreComment(tx, id, revision)) return false;
  tx.audit(entryFor("contacts.comment.restore", network, post, {{"comment", id.text()}}));
  return true;
}

void clearRemoved(WriteTx& tx, Instant before) {
  tx.unaudited("their removal is in the log");
  for (const PostId post : store::putAsidePosts(tx, before)) clear(tx, post);
  store::clearComments(tx, before);
}

bool pin(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id,
         bool isPinned) {
  const auto current = find(tx, network, id);
  tx.unaudited("nothing to pin");
  if (!current || !mayPin(visitor, *current)) return false;
  if (store::setPinned(tx, id, isPinned))
    tx.audit(entryFor(isPinned ? "contacts.post.pin" : "contacts.post.unpin", network, id));
  return true;
}

bool markAnswered(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id,
                  bool isAnswered) {
  const auto current = find(tx, network, id);
  tx.unaudited("no question to mark");
  if (!current || !mayMarkAnswered(visitor, *current)) return false;
  if (store::setAnswered(tx, id, isAnswered))
    tx.audit(entryFor(isAnswered ? "contacts.post.answer" : "contacts.post.reopen", network, id));
  return true;
}

std::optional<CommentId> addComment(WriteTx& tx, const Texts& texts, const Network& network,
                                    const BoardVisitor& visitor, Comment comment) {
  const auto post = find(tx, network, comment.post);
  tx.unaudited("a post that is gone takes no comments");
  if (!post || !mayComment(visitor, *post)) return std::nullopt;
  comment.author = tx.actor();
  comment.createdAt = tx.time();
  const auto id = store::insertComment(tx, comment);
  tellOfComment(tx, texts, network, *post);
  tx.audit(entryFor("contacts.comment.add", network, post->id, {{"comment", id.text()}}));
  return id;
}

std::optional<WordsProblem> saveComment(WriteTx& tx, const Network& network,
                                        const BoardVisitor& visitor, const Comment& comment) {
  const auto current = store::findComment(tx, comment.post, comment.id);
  tx.unaudited("a comment that is gone or stale stays as it is");
  if (!current || !mayEdit(visitor, current->comment)) return WordsProblem::gone;
  if (!store::updateComment(tx, comment)) return WordsProblem::stale;
  tx.audit(
      entryFor("contacts.comment.edit", network, comment.post, {{"comment", comment.id.text()}}));
  return std::nullopt;
}

bool removeComment(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId post,
                   CommentId id) {
  const auto current = store::findComment(tx, post, id);
  tx.unaudited("a comment that may not be removed stays");
  if (!current || !mayRemove(visitor, current->comment)) return false;
  if (!store::removeComment(tx, id)) return false;
  tx.audit(entryFor("contacts.comment.remove", network, post,
                    {{"comment", id.text()}, {"own", current->comment.author == tx.actor()}}));
  return true;
}

void forgetWriter(WriteTx& tx, PersonId person) {
  const auto written = store::writtenBy(tx, person);
  for (const Post& post : written.posts) {
    if (!store::removePost(tx, post.id)) continue;
    if (const auto network = store::findNetwork(tx, post.network)) takeBack(tx, *network, post.id);
  }
  for (const Comment& comment : written.comments) static_cast<void>(store::removeComment(tx, comment.id));
  for (const PostId post : store::putAsidePosts(tx, person)) clear(tx, post);
  store::clearComments(tx, person);
  store::forgetAuthor(tx, person);
  tx.audit({.action = "contacts.person.forget_words", .object = "core.person:" + person.text()});
}

}  // namespace toimela::contacts::operations
