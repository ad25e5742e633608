// Files that people send: checked by their content, stored once by their digest, served as
// downloads or inline, and read for the search.
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
/// What an archive keeps: those, EPUB, and sound (MP3, M4A, Ogg, WAV, FLAC); up to 2 GiB, which only
/// a resumable upload can bring (toimela/uploads.h).
TOIMELA_API const Rules& worksToKeep();

enum class Refusal {
  empty,
  tooLarge,
  forbiddenKind,
  encrypted,  ///< a password is needed to open it
  damaged,    ///< cut off, or not what it begins as
  bomb        ///< would unpack to more than is sane
};
/// Key of the core's own words for it: "files.refusal.encrypted".
TOIMELA_API std::string_view messageKey(Refusal refusal);

/// A file that lies in the store already but belongs to nothing yet: it is swept after a day unless
/// keep() is called.
struct Incoming {
  std::string storedName;  ///< random
  std::string name;        ///< as the client named it, without folders and control characters
  std::string type;
  std::uint64_t size = 0;
  std::string sha256;      ///< hexadecimal
};

struct StoredFile {
  FileId id;
  std::string name;
  std::string type;
  std::uint64_t size = 0;  ///< bytes
  std::string sha256 = {}; ///< of the content, hexadecimal
};

/// Checks the file and puts it into the store, safe on disk. Call it outside transactions.
TOIMELA_API std::variant<Incoming, Refusal> receive(Host& host, const UploadedFile& file, const Rules& rules);
/// Where something that was received lies, for reading it once more before it is kept or forgotten
/// (an import between its preview and its confirmation); nothing when it is no stored name, or more
/// than twenty hours old.
TOIMELA_API std::optional<std::string> receivedPath(Host& host, std::string_view storedName);
/// Forgets what was received and is not wanted after all. Never call it for what was kept.
TOIMELA_API void discard(Host& host, std::string_view storedName);
/// Makes it a file of the service, in the transaction of the thing it belongs to. The owner may be
/// nobody. Its text is read and its picture made soon after.
TOIMELA_API FileId keep(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner);
TOIMELA_API std::optional<StoredFile> find(ReadTx& tx, FileId id);
/// Forgets the file; its content goes when the sweep comes by and no other file has the same.
TOIMELA_API void remove(WriteTx& tx, FileId id);
/// Where the content lies, for reading it (a take-out, a converter); nothing when there is none.
TOIMELA_API std::optional<std::string> contentOf(Host& host, FileId id);

/// How a file is handed out.
struct Serving {
  /// Shown by the browser where its type is safe for that (PDF, pictures, sound); others are
  /// downloads all the same.
  bool isInline = false;
  /// Everybody may have it: caches keep it, and ask each time whether it is still the same.
  bool isPublic = false;
};
/// The content, with its own type, nosniff, a policy under which nothing in it runs, and a strong
/// ETag: ranges and conditional requests are answered behind it (RFC 9110, sections 13 and 14). The
/// caller has checked the rights. Throws NotFound when there is no such file.
TOIMELA_API Response serve(Host& host, FileId id, Serving serving = {});

// ---- what was read of it ----

/// The words in a file, for a search.
struct Text {
  enum class State {
    waiting,     ///< not read yet
    read,
    unreadable,  ///< damaged, hostile or too much work: text not extracted
    none         ///< a kind that has no words (pictures, sound)
  };
  State state = State::none;
  std::string text;  ///< UTF-8, at most a million bytes; empty unless read
};
TOIMELA_API Text textOf(ReadTx& tx, FileId id);

/// A file's words were read, or it is known that they can not be: told in the transaction that
/// stores them, once for all files with that content.
struct ContentRead {
  static constexpr std::string_view kName = "core.files.read";
  std::vector<FileId> files;
};

/// Is there a picture of its first page, or is the file a picture itself?
TOIMELA_API bool hasThumbnail(ReadTx& tx, FileId id);
/// That picture (PNG, at most 480 pixels a side), or the file itself when it is one. The caller has
/// checked the rights. Throws NotFound when there is none.
TOIMELA_API Response thumbnail(Host& host, FileId id, bool isPublic = false);

}  // namespace toimela::files
