// Changes of a board: each checks its rule, saves, tells those who follow the network and leaves
// its audit entry in one transaction.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "domain/post.h"
#include "toimela/data.h"
#include "toimela/files.h"
#include "toimela/texts.h"

namespace toimela::contacts::operations {

/// What goes with a post. All files were received (files::receive) and checked before.
struct Attachments {
  std::vector<files::Incoming> added;
  std::vector<FileId> removed;
};

/// `post` has what the writer wrote; the rest is filled in here.
PostId addPost(WriteTx& tx, const Texts& texts, const Network& network, Post post,
               const Attachments& attachments = {});
/// A post that is mailed at once to those who speak for the regions, or to all if there are none.
PostId announce(WriteTx& tx, const Texts& texts, const Network& network, Post post,
                const std::set<RegionCode>& regions);
std::optional<WordsProblem> savePost(WriteTx& tx, const Network& network,
                                     const BoardVisitor& visitor, const Post& post,
                                     const Attachments& attachments = {});

/// These say false when the visitor may not, or it was done already.
bool removePost(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id);
/// Undoing a removal: `revision` is the one that the removal left. Who may is said by requireUndo().
bool restorePost(WriteTx& tx, const Network& network, PostId id, std::int64_t revision);
bool restoreComment(WriteTx& tx, const Network& network, PostId post, CommentId id,
                    std::int64_t revision);
/// Empties what was removed before then: it can not be brought back any more.
void clearRemoved(WriteTx& tx, Instant before);
bool pin(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id,
         bool isPinned);
bool markAnswered(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId id,
                  bool isAnswered);

/// Nothing when the post is not open for comments any more.
std::optional<CommentId> addComment(WriteTx& tx, const Texts& texts, const Network& network,
                                    const BoardVisitor& visitor, Comment comment);
std::optional<WordsProblem> saveComment(WriteTx& tx, const Network& network,
                                        const BoardVisitor& visitor, const Comment& comment);
bool removeComment(WriteTx& tx, const Network& network, const BoardVisitor& visitor, PostId post,
                   CommentId id);

/// Empties what an erased person wrote and takes their name off it. Answers of others stay.
void forgetWriter(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::operations
