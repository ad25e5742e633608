// The forms of the plugin: what they ask, and what was answered.
#pragma once

#include "domain/article.h"
#include "domain/series.h"
#include "toimela/files.h"
#include "toimela/form.h"
#include "toimela/form_groups.h"
#include "view/words.h"

namespace toimela::publications::view {

FormSpec publicationFields(const std::vector<Series>& series, const Words& words);
/// For people: in groups with headings, of fields that the kind has, and of others where something stands.
std::vector<FieldGroup> publicationGroups(const FormSpec& fields, const Form& form);
/// The form was asked for another kind (its hidden field "asked"), which has other fields: true with an error at
/// the kind, so that it is shown once more.
bool isOfOtherKind(Form& form);
void fillPublication(Form& form, const Publication& publication, const std::vector<Series>& series);
/// What the form says, on top of `base`; errors stand at their fields. Nothing unless the form is ok.
std::optional<Publication> readPublication(Form& form, Publication base, const std::vector<Series>& series);
/// Somebody else saved it in between: what is different now stands at its field.
void explainStale(Form& form, const Form& stored, const FormSpec& fields);

FormSpec partFields(bool isNew);
void fillPart(Form& form, const Part& part);
Part readPart(const Form& form, Part base);
FormSpec versionFields();
void explain(Form& form, files::Refusal refusal);

FormSpec seriesFields();
void fillSeries(Form& form, const Series& series);
std::optional<Series> readSeries(Form& form, Series base);

/// What an article may be illustrated with.
const files::Rules& pictures();
FormSpec articleFields();
/// Whoever does not see the picture is told what it shows: an error where that lacks.
std::optional<Article> readArticle(Form& form, Article base, bool bringsPicture);

FormSpec withdrawFields();

}  // namespace toimela::publications::view
