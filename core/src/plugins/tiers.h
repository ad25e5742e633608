// Both tiers of switching as they are stored, for changes that make several switches at once.
#pragma once

#include "plugins/switches.h"

namespace toimela::plugins {

Tiers loadTiers(ReadTx& tx);
/// The same, and every other switch waits until this transaction ends.
Tiers lockTiers(WriteTx& tx);

}  // namespace toimela::plugins
