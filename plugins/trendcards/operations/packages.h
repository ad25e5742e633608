// A deck comes in and goes out as a whole.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "exchange/package.h"
#include "toimela/files.h"
#include "toimela/host.h"

namespace toimela::trendcards::operations {

/// The pictures of a package, safe on disk, by their names there.
using Received = std::map<std::string, files::Incoming>;

/// Of the picture of a card.
files::Rules pictureRules();

/// Puts the pictures on disk, outside of transactions; the name of the first that is refused. What is
/// not kept is swept after a day.
struct Pictures {
  Received received;
  std::optional<std::string> refused;
};
Pictures receivePictures(Host& host, const exchange::Files& pictures);

/// A new deck of the place, its editions as drafts or published at once.
DeckId addPackage(WriteTx& tx, const exchange::Package& package, const Received& pictures,
                  std::optional<RegionCode> region, bool isPublished);

/// The deck with the newest published edition of each language; with `drafts` a draft stands for its
/// language. Nothing when there is no such deck, or nothing to take along.
struct Outgoing {
  exchange::Package package;                    ///< without the contents of its pictures
  std::map<std::string, std::string> pictures;  ///< where they lie, by their names in the package
};
std::optional<Outgoing> packageOf(Host& host, DeckId deck, bool drafts);
/// The same while the package is the same.
std::string keyOf(const Outgoing& outgoing);

}  // namespace toimela::trendcards::operations
