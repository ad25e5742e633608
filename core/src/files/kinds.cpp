#include "files/kinds.h"

#include <magic.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "files/container.h"
#include "reading/reading.h"

namespace toimela::files {

namespace {

constexpr std::string_view kUnknown = "application/octet-stream";
constexpr std::uint64_t kMostUnpacked = 512ULL * 1024 * 1024;
constexpr std::size_t kLookedAt = 64 * 1024;

constexpr std::size_t kMostText = 64 * 1024 * 1024;
constexpr std::uint64_t kMostPixels = 300'000'000;

using Verdict = std::variant<std::string, Refusal>;

struct Kind {
  std::string_view type;
  std::array<std::string_view, 3> endings;
  std::size_t count;
};
constexpr std::array kKinds{
    Kind{"application/pdf", {"pdf"}, 1},
    Kind{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"docx"}, 1},
    Kind{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {"xlsx"}, 1},
    Kind{"application/vnd.openxmlformats-officedocument.presentationml.presentation", {"pptx"}, 1},
    Kind{"application/vnd.oasis.opendocument.text", {"odt"}, 1},
    Kind{"application/vnd.oasis.opendocument.spreadsheet", {"ods"}, 1},
    Kind{"application/vnd.oasis.opendocument.presentation", {"odp"}, 1},
    Kind{"text/plain", {"txt", "md"}, 2},
    Kind{"text/csv", {"csv"}, 1},
    Kind{"image/png", {"png"}, 1},
    Kind{"image/jpeg", {"jpg", "jpeg", "jpe"}, 3},
    Kind{"image/webp", {"webp"}, 1},
    Kind{"application/epub+zip", {"epub"}, 1},
    Kind{"audio/mpeg", {"mp3"}, 1},
    Kind{"audio/mp4", {"m4a", "mp4"}, 2},
    Kind{"audio/ogg", {"ogg", "oga", "opus"}, 3},
    Kind{"audio/wav", {"wav"}, 1},
    Kind{"audio/flac", {"flac"}, 1},
    Kind{"application/zip", {"zip"}, 1},
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return result;
}

std::string readPart(const std::filesystem::path& path, std::int64_t from, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  if (from < 0) {
    in.seekg(0, std::ios::end);
    const auto size = static_cast<std::int64_t>(in.tellg());
    in.seekg(std::max<std::int64_t>(0, size + from));
  } else {
    in.seekg(from);
  }
  std::string part(most, '\0');
  in.read(part.data(), static_cast<std::streamsize>(most));
  part.resize(static_cast<std::size_t>(in.gcount()));
  return part;
}

std::string magicOf(const std::filesystem::path& path) {
  // Loaded each time: a handle is for one thread, and uploads are rare.
  const std::unique_ptr<magic_set, decltype(&magic_close)> magic(
      magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR), magic_close);
  if (!magic || magic_load(magic.get(), nullptr) != 0)
    throw std::runtime_error("the description of file types (libmagic) can not be read");
  const char* found = magic_file(magic.get(), path.c_str());
  return found ? found : std::string(kUnknown);
}

// ---- documents in zip files ----

bool isActive(const std::string& name) {
  const std::string entry = lower(name);
  constexpr std::array<std::string_view, 5> kActive{"vbaproject.bin", "vbadata.xml", "activex", "macrosheets/",
                                                    "basic/script"};
  const bool isLibrary = entry.starts_with("basic/") || entry.starts_with("scripts/");
  return isLibrary || std::ranges::any_of(kActive, [&](std::string_view part) {
           return entry.find(part) != std::string::npos;
         });
}

/// ECMA-376 part 2: the types of a package's parts are listed in [Content_Types].xml.
std::string openXmlKind(const Container& container) {
  const auto types = container.read("[Content_Types].xml", 1024 * 1024);
  if (!types || lower(*types).find("macroenabled") != std::string::npos) return std::string(kUnknown);
  struct Main {
    std::string_view part, contentType, type;
  };
  constexpr std::array kMains{
      Main{"word/document.xml", "wordprocessingml.document.main+xml", kKinds[1].type},
      Main{"xl/workbook.xml", "spreadsheetml.sheet.main+xml", kKinds[2].type},
      Main{"ppt/presentation.xml", "presentationml.presentation.main+xml", kKinds[3].type}};
  std::string_view found = kUnknown;
  for (const Main& main : kMains) {
    if (!container.has(main.part) || types->find(main.contentType) == std::string::npos) continue;
    if (found != kUnknown) return std::string(kUnknown);  // two documents in one
    found = main.type;
  }
  return std::string(found);
}

/// OpenDocument 1.3 part 2, section 3.3: the first entry "mimetype" holds the type; so does EPUB 3.3,
/// section 4.2.6. What is encrypted says so in its manifest (part 2, section 4.3), an EPUB in
/// META-INF/encryption.xml, where fonts that are only made unreadable do not count.
Verdict namedKind(const Container& container) {
  const auto type = container.read("mimetype", 200);
  if (!type) return Refusal::damaged;
  if (*type == "application/epub+zip") {
    if (!container.has("META-INF/container.xml")) return Refusal::damaged;
    const auto encryption = container.read("META-INF/encryption.xml", 4 * 1024 * 1024);
    if (encryption && encryption->find("xmlenc#aes") != std::string::npos) return Refusal::encrypted;
    return *type;
  }
  if (!container.has("content.xml")) return std::string(kUnknown);
  const auto manifest = container.read("META-INF/manifest.xml", 4 * 1024 * 1024);
  if (manifest && manifest->find("encryption-data") != std::string::npos) return Refusal::encrypted;
  for (const Kind& kind : kKinds)
    if (kind.type == *type) return *type;
  return std::string(kUnknown);
}

Verdict containerKind(const std::filesystem::path& path) {
  auto fault = Container::Fault::none;
  const auto container = Container::open(path, &fault);
  if (!container)
    return fault == Container::Fault::encrypted ? Refusal::encrypted
           : fault == Container::Fault::tooMany ? Refusal::bomb
                                                : Refusal::damaged;
  if (container->unpackedSize() > kMostUnpacked) return Refusal::bomb;
  const bool isEpub = container->read("mimetype", 200) == "application/epub+zip";
  // Pages of a book may have scripts; it is only ever a download, and its readers know what to do.
  if (!isEpub && std::ranges::any_of(container->entries(), [](const auto& entry) { return isActive(entry.name); }))
    return std::string(kUnknown);
  if (container->has("[Content_Types].xml")) return openXmlKind(*container);
  if (container->entries().front().name == "mimetype") return namedKind(*container);
  return std::string("application/zip");
}

// ---- text ----

bool isControl(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F; }

/// UTF-8 or Windows-1252, which has five bytes that mean nothing.
bool isText(const std::string& content) {
  if (std::ranges::any_of(content, [](char c) { return isControl(static_cast<unsigned char>(c)); })) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.data());
  const auto size = static_cast<std::int32_t>(content.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) return content.find_first_of("\x81\x8D\x8F\x90\x9D") == std::string::npos;
  }
  return true;
}

/// What a browser or a shell would run when it is handed the file.
bool isRun(const std::string& content) {
  std::string start = lower(std::string_view(content).substr(0, kLookedAt));
  if (start.starts_with("\xEF\xBB\xBF")) start.erase(0, 3);
  start.erase(0, std::min(start.size(), start.find_first_not_of(" \t\r\n\f")));
  if (start.starts_with('<') || start.starts_with("#!") || start.starts_with("{\\rtf") || start.starts_with("%!"))
    return true;
  constexpr std::array<std::string_view, 7> kMarks{"<script", "<html", "<svg", "<iframe", "<!doctype", "<?php", "<?xml"};
  return std::ranges::any_of(kMarks, [&](std::string_view mark) { return start.find(mark) != std::string::npos; });
}

Verdict textKind(const std::filesystem::path& path, std::string_view ending) {
  const std::string content = readPart(path, 0, kMostText + 1);
  if (content.size() > kMostText) return isText(content) ? Verdict(Refusal::tooLarge) : Verdict(std::string(kUnknown));
  if (!isText(content) || isRun(content)) return std::string(kUnknown);
  return std::string(ending == "csv" ? "text/csv" : "text/plain");
}

/// The mark at the end of every zip file stands among its last 65,557 bytes (APPNOTE 4.3.16).
bool endsAsZip(const std::filesystem::path& path) {
  return readPart(path, -65'557, 65'557).find("PK\x05\x06") != std::string::npos;
}

// ---- pictures, sound, PDF: is it whole? ----

std::uint32_t number(std::string_view bytes, std::size_t at, bool isBigEndian) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (isBigEndian ? 24 - 8 * i : 8 * i);
  return value;
}

/// PNG (third edition), section 11.2: IHDR begins with width and height, IEND is the last chunk.
std::optional<Refusal> faultOfPng(const std::filesystem::path& path) {
  const std::string start = readPart(path, 0, 24);
  if (start.size() < 24 || readPart(path, -65'536, 65'536).find("IEND") == std::string::npos) return Refusal::damaged;
  if (std::uint64_t{number(start, 16, true)} * number(start, 20, true) > kMostPixels) return Refusal::bomb;
  return std::nullopt;
}

/// RIFF: the length of what follows its first eight bytes stands in the second four. Recorders that
/// were stopped write nothing, or the greatest number, there.
std::optional<Refusal> faultOfRiff(const std::filesystem::path& path) {
  const std::string start = readPart(path, 0, 12);
  if (start.size() < 12) return Refusal::damaged;
  const std::uint32_t length = number(start, 4, false);
  if (length == 0 || length == 0xffffffff) return std::nullopt;
  return std::uint64_t{length} + 8 > std::filesystem::file_size(path) ? std::optional(Refusal::damaged) : std::nullopt;
}

/// ISO/IEC 14496-12, section 4.2: boxes of a length that they begin with, among them one "moov".
std::optional<Refusal> faultOfMp4(const std::filesystem::path& path) {
  const std::uint64_t size = std::filesystem::file_size(path);
  bool hasMovie = false;
  int boxes = 0;
  for (std::uint64_t at = 0; at < size; ++boxes) {
    const std::string head = readPart(path, static_cast<std::int64_t>(at), 16);
    if (head.size() < 8 || boxes > 10'000) return Refusal::damaged;
    std::uint64_t length = number(head, 0, true);
    hasMovie = hasMovie || head.compare(4, 4, "moov") == 0;
    if (length == 0) break;  // to the end
    if (length == 1) {
      if (head.size() < 16) return Refusal::damaged;
      length = std::uint64_t{number(head, 8, true)} << 32 | number(head, 12, true);
    }
    if (length < 8 || length > size - at) return Refusal::damaged;
    at += length;
  }
  return hasMovie ? std::nullopt : std::optional(Refusal::damaged);
}

/// ISO 32000-1, section 7.5.5: the end says so. What stands behind it is often something that a
/// mail program or a server has put there.
std::optional<Refusal> faultOfPdf(const std::filesystem::path& path) {
  if (readPart(path, -65'536, 65'536).find("%%EOF") == std::string::npos) return Refusal::damaged;
  return reading::needsPassword(path) ? std::optional(Refusal::encrypted) : std::nullopt;
}

std::optional<Refusal> faultOf(const std::string& type, const std::filesystem::path& path) {
  if (type == "application/pdf") return faultOfPdf(path);
  if (type == "image/png") return faultOfPng(path);
  if (type == "image/webp" || type == "audio/wav") return faultOfRiff(path);
  if (type == "audio/mp4") return faultOfMp4(path);
  if (type == "image/jpeg" && readPart(path, -65'536, 65'536).find("\xFF\xD9") == std::string::npos)
    return Refusal::damaged;
  return std::nullopt;
}

/// The registered name where libmagic has another.
std::string usual(std::string type) {
  if (type == "audio/x-m4a") return "audio/mp4";
  if (type == "audio/x-wav" || type == "audio/vnd.wave") return "audio/wav";
  if (type == "audio/x-flac") return "audio/flac";
  if (type == "application/ogg") return "audio/ogg";
  return type;
}

}  // namespace

std::variant<std::string, Refusal> examine(const std::filesystem::path& content, std::string_view ending) {
  const std::string start = readPart(content, 0, 8);
  if (start.starts_with("PK\x03\x04")) return containerKind(content);
  std::string type = usual(magicOf(content));
  // An office document under a password lies in a file of the older kind ([MS-OFFCRYPTO]).
  if (type == "application/encrypted" || type == "application/cdfv2-encrypted" || type == "application/CDFV2-encrypted")
    return Refusal::encrypted;
  if (type.starts_with("text/") || type == "application/json" || type == "application/csv" ||
      type == "message/rfc822" || type == kUnknown)
    return textKind(content, ending);
  if (type == "application/pdf" && !start.starts_with("%PDF-")) return std::string(kUnknown);
  if (endsAsZip(content)) return std::string(kUnknown);
  if (const auto fault = faultOf(type, content)) return *fault;
  return type;
}

std::string kindOf(const std::filesystem::path& content, std::string_view ending) {
  auto verdict = examine(content, ending);
  const auto* type = std::get_if<std::string>(&verdict);
  return type ? *type : std::string(kUnknown);
}

std::span<const std::string_view> endingsOf(std::string_view type) {
  for (const Kind& kind : kKinds)
    if (kind.type == type) return {kind.endings.data(), kind.count};
  return {};
}

}  // namespace toimela::files
