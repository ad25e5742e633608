#include "files/kinds.h"

#include <magic.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "files/container.h"

namespace toimela::files {

namespace {

constexpr std::string_view kUnknown = "application/octet-stream";
constexpr std::uint64_t kMostUnpacked = 512ULL * 1024 * 1024;
constexpr std::size_t kLookedAt = 64 * 1024;

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

/// OpenDocument 1.3 part 2, section 3.3: the first entry "mimetype" holds the type.
std::string openDocumentKind(const Container& container) {
  const auto type = container.read("mimetype", 200);
  if (!type || !container.has("content.xml")) return std::string(kUnknown);
  for (const Kind& kind : kKinds)
    if (kind.type == *type) return *type;
  return std::string(kUnknown);
}

std::string containerKind(const std::filesystem::path& path) {
  const auto container = Container::open(path);
  if (!container || container->unpackedSize() > kMostUnpacked) return std::string(kUnknown);
  if (std::ranges::any_of(container->entries(), [](const auto& entry) { return isActive(entry.name); }))
    return std::string(kUnknown);
  if (container->has("[Content_Types].xml")) return openXmlKind(*container);
  if (container->entries().front().name == "mimetype") return openDocumentKind(*container);
  return "application/zip";
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

std::string textKind(const std::filesystem::path& path, std::string_view ending) {
  const std::string content = readPart(path, 0, 64 * 1024 * 1024);
  if (!isText(content) || isRun(content)) return std::string(kUnknown);
  return ending == "csv" ? "text/csv" : "text/plain";
}

/// The mark at the end of every zip file stands among its last 65,557 bytes (APPNOTE 4.3.16).
bool endsAsZip(const std::filesystem::path& path) {
  return readPart(path, -65'557, 65'557).find("PK\x05\x06") != std::string::npos;
}

}  // namespace

std::string kindOf(const std::filesystem::path& content, std::string_view ending) {
  const std::string start = readPart(content, 0, 8);
  if (start.starts_with("PK\x03\x04")) return containerKind(content);
  const std::string type = magicOf(content);
  if (type.starts_with("text/") || type == "application/json" || type == "application/csv" ||
      type == "message/rfc822" || type == kUnknown)
    return textKind(content, ending);
  if (type == "application/pdf" && !start.starts_with("%PDF-")) return std::string(kUnknown);
  return endsAsZip(content) ? std::string(kUnknown) : type;
}

std::span<const std::string_view> endingsOf(std::string_view type) {
  for (const Kind& kind : kKinds)
    if (kind.type == type) return {kind.endings.data(), kind.count};
  return {};
}

}  // namespace toimela::files
