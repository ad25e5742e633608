// Ids of what the archive keeps.
#pragma once

#include "toimela/types.h"

namespace toimela::publications {

using PublicationId = Id<struct PublicationTag>;
/// A file of a publication: what it is for, whatever version of it is the newest.
using PartId = Id<struct PartTag>;
using SeriesId = Id<struct SeriesTag>;
using ArticleId = Id<struct ArticleTag>;

}  // namespace toimela::publications
