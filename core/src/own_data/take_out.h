// Everything that is known of a person, as one archive.
#pragma once

#include <memory>

#include "host/core_host.h"
#include "toimela/http.h"

namespace toimela::own_data {

/// A ZIP with data.json (a section for each that core and plugins declare), the person's files under
/// files/, and a README in the three languages. It lies in a temporary file that goes with the last
/// owner. Call it outside transactions.
std::shared_ptr<const SpooledFile> takeOut(CoreHost& host, PersonId person);

/// The archive as a download.
Response asDownload(std::shared_ptr<const SpooledFile> archive, std::string filename);

}  // namespace toimela::own_data
