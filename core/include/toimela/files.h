// Files that people send: checked by their content, kept under names of our own, served as
// downloads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/data.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::files {

/// What a place accepts. Types are media types as found in the content, never as the client says:
/// "application/pdf", "image/png".
struct Rules {
  std::uint64_t mostBytes = 10 * 1024 * 1024;
  std::vector<std::string_view> types;
};
/// Documents, spreadsheets, presentations (Office and OpenDocument), PDF, plain text, CSV and
/// pictures (PNG, JPEG, WebP); nothing that runs.
TOIMELA_API const Rules& documentsAndPictures();

enum class Refusal { empty, tooLarge, forbiddenKind };

/// A file that lies in the store already but belongs to nothing yet: it is swept after a day unless
/// keep() is called.
struct Incoming {
  std::string storedName;  ///< random
  std::string name;        ///< as the client named it, without folders and control characters
  std::string type;
  std::uint64_t size = 0;
  std::string sha256;
};

struct StoredFile {
  FileId id;
  std::string name;
  std::string type;
  std::uint64_t size = 0;  ///< bytes
};

/// Checks the file and puts it into the store, safe on disk. Call it outside transactions.
TOIMELA_API std::variant<Incoming, Refusal> receive(Host& host, const UploadedFile& file, const Rules& rules);
/// Where something that was received lies, for reading it once more before it is kept or forgotten
/// (an import between its preview and its confirmation); nothing when it is no stored name, or more
/// than twenty hours old.
TOIMELA_API std::optional<std::string> receivedPath(Host& host, std::string_view storedName);
/// Deletes what was received and is not wanted after all. Never call it for what was kept.
TOIMELA_API void discard(Host& host, std::string_view storedName);
/// Makes it a file of the service, in the transaction of the thing it belongs to. The owner may be
/// nobody.
TOIMELA_API FileId keep(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner);
TOIMELA_API std::optional<StoredFile> find(ReadTx& tx, FileId id);
/// Forgets the file; its content goes when the sweep comes by.
TOIMELA_API void remove(WriteTx& tx, FileId id);
/// Where the content lies, for reading it (a take-out, a converter); nothing when there is none.
TOIMELA_API std::optional<std::string> contentOf(Host& host, FileId id);
/// The file as a download: attachment, nosniff, its own type. The caller has checked the rights.
TOIMELA_API Response serve(Host& host, FileId id);

}  // namespace toimela::files
