// The one symbol that a plugin exports.
//
//   TOIMELA_PLUGIN("contacts", "1.0.0", toimela::contacts::registerPlugin)
#pragma once

#include <cstdint>

#include "toimela/export.h"
#include "toimela/kit_digest.h"
#include "toimela/registry.h"

/// The shape of ToimelaPluginDescriptor itself: raised when a place in it moves.
#define TOIMELA_API_VERSION 1
/// Compiler, language and the contents of the kit's headers: C++ types cross the border only
/// between equals. A program refuses a plugin with another, whatever the difference.
#define TOIMELA_BUILD_ID                                                              \
  "toimela-1 gcc-" TOIMELA_STRING(__GNUC__) " c++" TOIMELA_STRING(__cplusplus) " kit-" \
      TOIMELA_KIT_DIGEST
#define TOIMELA_STRING_(x) #x
#define TOIMELA_STRING(x) TOIMELA_STRING_(x)

extern "C" {
/// Plain C data, read before any C++ of the plugin is called.
struct ToimelaPluginDescriptor {
  std::uint32_t apiVersion;
  const char* name;
  const char* version;
  const char* buildId;
  const char* dependencies;  ///< names of other plugins, separated by spaces; may be empty
  void (*registerPlugin)(toimela::Registry&);
};
}

#define TOIMELA_PLUGIN_DEPENDING(NAME, VERSION, DEPENDENCIES, REGISTER)                       \
  extern "C" TOIMELA_API const ToimelaPluginDescriptor toimela_plugin;                        \
  extern "C" TOIMELA_API const ToimelaPluginDescriptor toimela_plugin = {                     \
      TOIMELA_API_VERSION, NAME, VERSION, TOIMELA_BUILD_ID, DEPENDENCIES, REGISTER};
#define TOIMELA_PLUGIN(NAME, VERSION, REGISTER) TOIMELA_PLUGIN_DEPENDING(NAME, VERSION, "", REGISTER)
