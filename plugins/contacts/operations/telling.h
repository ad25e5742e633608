// Telling a network's people of what happened in it (toimela/notices.h).
#pragma once

#include <set>

#include "domain/post.h"
#include "toimela/data.h"
#include "toimela/notices.h"
#include "toimela/texts.h"

namespace toimela::contacts::operations {

/// What somebody follows who follows the network.
notices::Topic topicOf(const Network& network);

/// Tells today's members and the coordinator. An announcement goes at once, to those of the regions
/// it is for.
void tellOfPost(WriteTx& tx, const Texts& texts, const Network& network, const Post& post,
                const std::set<RegionCode>& regions = {});
/// One notice for all new comments of a post.
void tellOfComment(WriteTx& tx, const Texts& texts, const Network& network, const Post& post);
/// Who is not of the network any more hears nothing more of it; how many there were.
int forgetLeavers(WriteTx& tx, const Network& network);
/// A post that was removed is not told of any more.
void takeBack(WriteTx& tx, const Network& network, PostId post);

}  // namespace toimela::contacts::operations
