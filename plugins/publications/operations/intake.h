// Publications that come from elsewhere.
#pragma once

#include "domain/publication.h"
#include "toimela/data.h"

namespace toimela::publications::operations {

enum class Taken { added, known };
struct Arrival {
  Taken taken = Taken::added;
  PublicationId id{};
};
/// Adds what is not here yet (by its address, ISBN, identifier, or title and date), in the state it had.
Arrival takeIn(WriteTx& tx, Publication publication, State state);

}  // namespace toimela::publications::operations
