// Organisations and people by the hundred thousand, invented from parts: for measuring.
#pragma once

#include <cstdint>
#include <functional>

#include "data/database.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::directory {

/// All associations of Finland's register, and the people whom a service of that size would have.
inline constexpr std::int64_t kScaleOrganisations = 110'000, kScalePeople = 30'000;

/// The organisation of a number: the same at every run. Some parts of names are common, most are
/// rare, as in a register.
Organisation scaleOrganisation(std::int64_t number);
/// Names as frequent as names are; addresses end in example.org and are unique.
Person scalePerson(std::int64_t number);

/// Adds organisations and people with memberships, and what plugins add (ScaleBatch), in batches of
/// one transaction each. `told` is called after each batch with how many things are done.
void loadScale(Host& host, std::int64_t organisations, std::int64_t people,
               const std::function<void(std::int64_t)>& told);

}  // namespace toimela::directory
