#include "view/board_forms.h"

#include "view/forms.h"

namespace toimela::contacts::view {

namespace {

/// What a browser's file chooser offers; what is taken is decided by the content.
constexpr const char* kAccepted =
    ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.png,.jpg,.jpeg,.webp";

std::vector<Choice> languageChoices() {
  std::vector<Choice> choices;
  for (const Locale locale : kLocales)
    choices.push_back({std::string(code(locale)), "access.language." + std::string(code(locale))});
  return choices;
}

void addWords(FormSpec& fields) {
  fields.push_back(
      Field::text("title", "contacts.board.form.title").required().longest(kLongestTitle));
  fields.push_back(Field::multiline("body", "contacts.board.form.body")
                       .hint("contacts.board.form.body_hint")
                       .required()
                       .longest(kLongestPost));
  fields.push_back(
      Field::choice("language", "contacts.board.form.language", languageChoices()).required());
}

}  // namespace

FormSpec postFields(const std::vector<files::StoredFile>& present) {
  std::vector<Choice> kinds;
  for (const PostKind kind : kMemberPostKinds)
    kinds.push_back({std::string(code(kind)), "contacts.board.kind." + std::string(code(kind))});
  FormSpec fields;
  fields.push_back(Field::choice("kind", "contacts.board.form.kind", std::move(kinds)).required());
  addWords(fields);
  if (!present.empty()) {
    std::vector<Choice> names;
    for (const auto& file : present) names.push_back({file.id.text(), file.name, true});
    fields.push_back(
        Field::several("remove_files", "contacts.board.form.remove_files", std::move(names)));
  }
  fields.push_back(Field::file("file", "contacts.board.form.file", kAccepted)
                       .hint("contacts.board.form.file_hint"));
  fields.push_back(Field::hidden("revision"));
  return fields;
}

FormSpec announcementFields(const Network& network, const std::vector<Region>& regions,
                            const Words& words) {
  FormSpec fields;
  addWords(fields);
  if (network.isNational()) {
    std::vector<Choice> choices;
    for (const Region& region : regions)
      choices.push_back({region.code.text(), words.pick(region.name), true});
    fields.push_back(Field::several("regions", "contacts.board.form.regions", std::move(choices))
                         .hint("contacts.board.form.regions_hint"));
  }
  return fields;
}

FormSpec commentFields() {
  return {
      Field::multiline("body", "contacts.board.form.comment").required().longest(kLongestComment)};
}

FormSpec commentEditFields() {
  FormSpec fields = commentFields();
  fields.push_back(Field::hidden("revision"));
  return fields;
}

void fillPost(Form& form, const Post& post) {
  form.fill("title", post.title)
      .fill("body", post.body)
      .fill("language", std::string(code(post.language)))
      .fill("revision", std::to_string(post.revision));
}

void fillComment(Form& form, const Comment& comment) {
  form.fill("body", comment.body).fill("revision", std::to_string(comment.revision));
}

Post readPost(const Form& form, Post post) {
  post.title = form.text("title");
  post.body = form.text("body");
  post.language = parseLocale(form.text("language")).value_or(post.language);
  return post;
}

std::set<RegionCode> readRegions(const Form& form) {
  std::set<RegionCode> regions;
  for (const std::string& text : form.texts("regions"))
    if (const auto region = RegionCode::parse(text)) regions.insert(*region);
  return regions;
}

std::vector<FileId> readRemoved(const Form& form, const std::vector<files::StoredFile>& present) {
  std::vector<FileId> files;
  if (present.empty()) return files;  // the form has no such field
  for (const std::string& text : form.texts("remove_files"))
    if (const auto id = parseId(text)) files.push_back(FileId{*id});
  return files;
}

void explain(Form& form, files::Refusal refusal, const std::string& fileName) {
  const char* key = refusal == files::Refusal::empty      ? "contacts.board.error.file_empty"
                    : refusal == files::Refusal::tooLarge ? "contacts.board.error.file_large"
                    : refusal == files::Refusal::forbiddenKind
                        ? "contacts.board.error.file_kind"
                        : files::messageKey(refusal).data();
  form.error("file", key, {{"name", fileName}});
}

void explainTooMany(Form& form) {
  form.error("file", "contacts.board.error.file_many",
             {{"most", std::to_string(kMostAttachments)}});
}

}  // namespace toimela::contacts::view
