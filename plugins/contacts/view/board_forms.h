// The forms of a board: their fields, what was read from them, what goes wrong.
#pragma once

#include <set>
#include <vector>

#include "domain/post.h"
#include "toimela/files.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// What a writer fills in; a new post has no files yet.
FormSpec postFields(const std::vector<files::StoredFile>& present = {});
FormSpec announcementFields(const Network& network, const std::vector<Region>& regions,
                            const Words& words);
FormSpec commentFields();
/// With the revision that the form was filled from.
FormSpec commentEditFields();

void fillPost(Form& form, const Post& post);
void fillComment(Form& form, const Comment& comment);
/// What the form says of `post`, which stays where and whose it is.
Post readPost(const Form& form, Post post);
std::set<RegionCode> readRegions(const Form& form);
/// Those of the present files that are to go.
std::vector<FileId> readRemoved(const Form& form, const std::vector<files::StoredFile>& present);

void explain(Form& form, files::Refusal refusal, const std::string& fileName);
void explainTooMany(Form& form);

}  // namespace toimela::contacts::view
