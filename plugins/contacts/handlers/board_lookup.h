// The board that a path names, with the one who stands before it. Who may not enter is sent away
// here, so a handler that has a Board has checked the right.
#pragma once

#include "domain/post.h"
#include "store/posts.h"
#include "toimela/files.h"
#include "toimela/host.h"

namespace toimela::contacts::handlers {

struct Board {
  Network network;
  BoardVisitor visitor;
};

/// Throws RequestError (403) for everybody who is neither a member today nor moderates the network.
Board requireBoard(ReadTx& tx, const Request& request, Host& host);
Board requireBoard(const Request& request, Host& host);
/// Of that very network, removed ones too.
store::PostRow requirePost(ReadTx& tx, const Request& request, const Network& network);
store::CommentRow requireComment(ReadTx& tx, const Request& request, PostId post);
/// Who they are to the network, whether they may enter or not.
BoardVisitor visitorOf(ReadTx& tx, const Request& request, Host& host, const Network& network);

/// Takes in the files that came with a form that is right so far, beside the `present` ones of the
/// post; what is refused is told at the field "file".
std::vector<files::Incoming> receiveAttachments(Host& host, const Request& request, Form& form,
                                                std::size_t present);

/// For a change that the visitor may not make: 403.
[[noreturn]] void refuse();

}  // namespace toimela::contacts::handlers
