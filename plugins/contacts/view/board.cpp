#include "view/board.h"

namespace toimela::contacts::view {

namespace {

std::string otherLanguage(Locale locale, const Words& words) {
  return locale == words.locale() ? std::string() : std::string(code(locale));
}

const std::string& kindWord(PostKind kind, const Words& words) {
  return words.text("contacts.board.kind." + std::string(code(kind)));
}

std::string authorWord(const std::string& author, const Words& words) {
  return author.empty() ? words.text("contacts.board.erased_author") : author;
}

void setTime(View& view, const std::string& name, Instant instant, const Words& words) {
  view.set(name, showInstant(instant, words.locale())).set(name + "_iso", isoText(instant));
}

/// What a list and the post's own page both show.
View head(const store::PostRow& row, const Words& words) {
  const Post& post = row.post;
  View view;
  view.set("href", words.link(postPath(post.network, post.id)))
      .set("title", titleOf(post, words))
      .set("title_lang", post.isRemoved() ? std::string() : otherLanguage(post.language, words))
      .set("kind", kindWord(post.kind, words))
      .flag("is_announcement", post.kind == PostKind::announcement)
      .flag("is_open_question", post.kind == PostKind::question && !post.isAnswered)
      .flag("is_answered", post.isAnswered)
      .flag("is_pinned", post.isPinned)
      .flag("is_removed", post.isRemoved())
      .set("author", authorWord(row.author, words))
      .flag("is_edited", post.editedAt.has_value() && !post.isRemoved())
      .set("comments", words.count("contacts.board.comments", row.comments))
      .set("files",
           row.files == 0 ? std::string() : words.count("contacts.board.files", row.files));
  setTime(view, "created", post.createdAt, words);
  setTime(view, "active", post.activeAt, words);
  return view;
}

std::vector<View> heads(const std::vector<store::PostRow>& rows, const Words& words) {
  std::vector<View> views;
  for (const auto& row : rows) views.push_back(head(row, words));
  return views;
}

std::vector<View> paces(notices::Pace chosen, const Words& words) {
  std::vector<View> views;
  for (const notices::Pace pace : notices::kPaces) {
    View view;
    view.set("code", std::string(notices::code(pace)))
        .set("label", words.text("notices.pace." + std::string(notices::code(pace))))
        .flag("selected", pace == chosen);
    views.push_back(std::move(view));
  }
  return views;
}

View commentView(const store::CommentRow& row, const PostPage& page, const Words& words) {
  const Comment& comment = row.comment;
  View view;
  view.set("comment_id", comment.id.value)
      .set("author", authorWord(row.author, words))
      .set("body_lang", otherLanguage(comment.language, words))
      .html("body", markdown(comment.body))
      .flag("is_removed", comment.isRemoved())
      .flag("is_edited", comment.editedAt.has_value() && !comment.isRemoved())
      .flag("may_edit", mayEdit(page.visitor, comment))
      .flag("may_remove", mayRemove(page.visitor, comment))
      .flag("may_change", mayRemove(page.visitor, comment))
      .set("comment_path",
           words.link(postPath(page.network.id, comment.post)) + "/comments/" + comment.id.text());
  setTime(view, "created", comment.createdAt, words);
  return view;
}

View fileView(const files::StoredFile& file, const Words& words) {
  constexpr std::uint64_t kKilobyte = 1000;
  View view;
  view.set("file_id", file.id.value)
      .set("name", file.name)
      .set("size", words.count("contacts.board.file_size",
                               static_cast<std::int64_t>((file.size + kKilobyte - 1) / kKilobyte)));
  return view;
}

std::string regionNames(const std::vector<RegionCode>& regions, const Words& words) {
  std::string names;
  for (const RegionCode region : regions)
    names.append(names.empty() ? "" : ", ").append(words.place(region));
  return names;
}

std::vector<View> trail(const Network& network, const Post* post, const std::string& last,
                        const Words& words) {
  std::vector<Step> steps{{pathOf(network.id), words.pick(network.name)}};
  if (post || !last.empty())
    steps.push_back({boardPath(network.id), words.text("contacts.board.title")});
  if (post && !last.empty())
    steps.push_back({postPath(network.id, post->id), titleOf(*post, words)});
  steps.push_back({"", !last.empty() ? last
                       : post        ? titleOf(*post, words)
                                     : words.text("contacts.board.title")});
  return breadcrumbs(steps, words);
}

void setNetwork(View& view, const Network& network, const Words& words) {
  view.set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .set("board_path", words.link(boardPath(network.id)));
}

}  // namespace

std::string boardPath(NetworkId network) { return pathOf(network) + "/board"; }

std::string postPath(NetworkId network, PostId post) {
  return boardPath(network) + "/" + post.text();
}

std::string placeText(const store::BoardPlace& place) {
  return std::to_string(place.activeAt.time_since_epoch().count()) + "-" + place.id.text();
}

std::optional<store::BoardPlace> parsePlace(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto at = parseId(text.substr(0, dash)), id = parseId(text.substr(dash + 1));
  if (!at || !id) return std::nullopt;
  return store::BoardPlace{Instant(std::chrono::milliseconds(*at)), PostId{*id}};
}

std::string titleOf(const Post& post, const Words& words) {
  return post.isRemoved() ? words.text("contacts.board.removed_post") : post.title;
}

View boardPage(const BoardPage& page, const Words& words) {
  View view;
  setNetwork(view, page.network, words);
  view.list("breadcrumbs", trail(page.network, nullptr, "", words))
      .flag("moderates", page.visitor.moderates)
      .flag("has_pinned", !page.pinned.empty())
      .list("pinned", heads(page.pinned, words))
      .flag("has_posts", !page.posts.empty())
      .list("posts", heads(page.posts, words))
      .flag("is_empty", page.pinned.empty() && page.posts.empty())
      .flag("is_top", page.isTop)
      .flag("has_pages", !page.isTop || page.next.has_value())
      .set("older", page.next
                        ? words.link(boardPath(page.network.id)) + "?below=" + placeText(*page.next)
                        : std::string())
      .list("paces", paces(page.pace, words));
  return view;
}

View postPage(const PostPage& page, const Form& comment, const Words& words) {
  const Post& post = page.row.post;
  View view = head(page.row, words);
  setNetwork(view, page.network, words);
  std::vector<View> comments, files;
  for (const auto& row : page.comments) comments.push_back(commentView(row, page, words));
  for (const auto& file : page.files) files.push_back(fileView(file, words));
  const std::string path = words.link(postPath(page.network.id, post.id));
  view.list("breadcrumbs", trail(page.network, &post, "", words))
      .set("post_id", post.id.value)
      .set("post_path", path)
      .html("body", markdown(post.body))
      .set("body_lang", otherLanguage(post.language, words))
      .set("regions", regionNames(page.regions, words))
      .flag("has_attachments", !files.empty())
      .list("attachments", std::move(files))
      .flag("may_edit", mayEdit(page.visitor, post))
      .flag("may_remove", mayRemove(page.visitor, post))
      .flag("may_pin", mayPin(page.visitor, post))
      .flag("may_mark", mayMarkAnswered(page.visitor, post))
      .flag("may_comment", mayComment(page.visitor, post))
      .flag("has_comments", !comments.empty())
      .list("comment_list", std::move(comments))
      .set("earlier", page.earlier ? path + "?before=" + page.earlier->text() : std::string())
      .group("form", comment.view(words.texts(), words.locale()));
  return view;
}

View boardForm(const Network& network, const Post* post, std::string_view titleKey,
               const Form& form, const Words& words) {
  View view;
  setNetwork(view, network, words);
  view.list("breadcrumbs", trail(network, post, words.text(titleKey), words))
      .set("heading", words.text(titleKey))
      .set("back", words.link(post ? postPath(network.id, post->id) : boardPath(network.id)))
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View removalQuestion(const Network& network, const Post& post, const Comment* comment,
                     const Words& words) {
  const auto* key = comment ? "contacts.board.remove_comment" : "contacts.board.remove_post";
  const std::string path = words.link(postPath(network.id, post.id));
  View view;
  setNetwork(view, network, words);
  view.list("breadcrumbs", trail(network, &post, words.text(key), words))
      .set("heading", words.text(key))
      .set("title", titleOf(post, words))
      .set("title_lang", otherLanguage(post.language, words))
      .flag("is_comment", comment != nullptr)
      .html("body", markdown(comment ? comment->body : post.body))
      .set("body_lang", otherLanguage(comment ? comment->language : post.language, words))
      .set("back", path)
      .set("action",
           comment ? path + "/comments/" + comment->id.text() + "/remove" : path + "/remove");
  return view;
}

void fillNewsBox(View& view, const std::vector<store::NewsRow>& news, const Words& words) {
  std::vector<View> rows;
  for (const auto& item : news) {
    View row = head(item.row, words);
    row.text("network", item.network, words.locale());
    rows.push_back(std::move(row));
  }
  view.list("news", std::move(rows));
}

}  // namespace toimela::contacts::view
