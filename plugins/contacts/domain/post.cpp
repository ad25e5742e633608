#include "domain/post.h"

#include <algorithm>

namespace toimela::contacts {

namespace {

bool wrote(const BoardVisitor& visitor, const std::optional<PersonId>& author) {
  return visitor.person && author == visitor.person;
}

}  // namespace

bool mayEnter(const BoardVisitor& visitor) {
  return visitor.person && (visitor.isMember || visitor.moderates);
}

bool mayEdit(const BoardVisitor& visitor, const Post& post) {
  return mayEnter(visitor) && !post.isRemoved() && wrote(visitor, post.author);
}

bool mayEdit(const BoardVisitor& visitor, const Comment& comment) {
  return mayEnter(visitor) && !comment.isRemoved() && wrote(visitor, comment.author);
}

bool mayRemove(const BoardVisitor& visitor, const Post& post) {
  return mayEnter(visitor) && !post.isRemoved() &&
         (visitor.moderates || wrote(visitor, post.author));
}

bool mayRemove(const BoardVisitor& visitor, const Comment& comment) {
  return mayEnter(visitor) && !comment.isRemoved() &&
         (visitor.moderates || wrote(visitor, comment.author));
}

bool mayComment(const BoardVisitor& visitor, const Post& post) {
  return mayEnter(visitor) && !post.isRemoved();
}

bool mayPin(const BoardVisitor& visitor, const Post& post) {
  return mayEnter(visitor) && visitor.moderates && !post.isRemoved();
}

bool mayMarkAnswered(const BoardVisitor& visitor, const Post& post) {
  return post.kind == PostKind::question && mayRemove(visitor, post);
}

std::vector<PersonId> reachedBy(const std::set<RegionCode>& regions,
                                const std::vector<Member>& members) {
  std::set<PersonId> people;
  for (const Member& member : members)
    if (regions.empty() || (member.region && regions.contains(*member.region)))
      people.insert(member.person);
  return {people.begin(), people.end()};
}

}  // namespace toimela::contacts
