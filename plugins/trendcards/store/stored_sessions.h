// How the types of sessions stand in the database.
#pragma once

#include "domain/session.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<trendcards::Exercise> : StoredCode<trendcards::kExercises> {};
template <>
struct Stored<trendcards::Phase> : StoredCode<trendcards::kPhases> {};
template <>
struct Stored<trendcards::Naming> : StoredCode<trendcards::kNamings> {};
template <>
struct Stored<trendcards::ContributionKind> : StoredCode<trendcards::kContributionKinds> {};

}  // namespace toimela
