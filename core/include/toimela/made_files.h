// Files that the service makes itself: a result on paper, a picture out of an archive.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "toimela/files.h"
#include "toimela/http.h"

namespace toimela::files {

/// A temporary file that nobody but the service may read, filled by `write`, which gets its path; it is gone
/// with its last owner. Throws DatabaseFull when there is no room for it.
TOIMELA_API std::shared_ptr<const SpooledFile> spool(const std::function<void(const std::string& path)>& write);
TOIMELA_API std::shared_ptr<const SpooledFile> spool(std::string_view content);
/// What is large lies in the data folder: it takes about `bytes`. Throws DatabaseFull, before `write` is called, when
/// that would leave too little for everything else.
TOIMELA_API std::shared_ptr<const SpooledFile> spool(Host& host, std::uint64_t bytes,
                                                     const std::function<void(const std::string& path)>& write);

/// Puts it into the store as if somebody had sent it, see receive() in files.h. Call it outside transactions.
TOIMELA_API std::variant<Incoming, Refusal> receive(Host& host, std::string name, std::string_view content,
                                                    const Rules& rules);

/// A body that is read from the file while it is sent. The file stays as long as that takes.
TOIMELA_API StreamBody streamOf(std::shared_ptr<const SpooledFile> file);

}  // namespace toimela::files
