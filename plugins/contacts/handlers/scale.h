// Networks for content by the hundred thousand (`toimela demo --scale`).
#pragma once

#include "toimela/data.h"
#include "toimela/scale.h"

namespace toimela::contacts::handlers {

/// Gives each of the people a place in a network of their region, and some a profile.
void addToScale(WriteTx& tx, const ScaleBatch& batch);

}  // namespace toimela::contacts::handlers
