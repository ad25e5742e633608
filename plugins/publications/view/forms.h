// The forms of the plugin: what they ask, and what was answered.
#pragma once

#include "domain/series.h"
#include "toimela/files.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::publications::view {

FormSpec publicationFields(const std::vector<Series>& series, const Words& words);
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

FormSpec withdrawFields();

}  // namespace toimela::publications::view
