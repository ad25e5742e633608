# toimela_add_plugin(name [LIBRARIES library...]): builds the plugin in the current folder, inside this tree or outside it
# after find_package(Toimela).
#
# Takes every .cpp under the folder but tests/; tests/*.cpp become the plugin's test program.
# The result lies at lib/toimela/plugins/<name>/ of the build folder: the library and, beside it, the
# folders that the host reads (templates, locales, migrations, assets, demo). LIBRARIES are what it
# needs beside the kit.
include_guard(GLOBAL)
include(GNUInstallDirs)

# All plugins that were added; none is a valid number.
add_custom_target(toimela_plugins)

function(toimela_add_plugin NAME)
  if(NOT NAME MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "'${NAME}' is no name for a plugin: lower-case letters, digits and _ only")
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" LIBRARIES)
  file(GLOB_RECURSE SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  # A build folder inside the plugin's own holds sources of CMake's.
  foreach(FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/tests ${CMAKE_BINARY_DIR})
    if(NOT FOLDER STREQUAL CMAKE_CURRENT_SOURCE_DIR)
      list(FILTER SOURCES EXCLUDE REGEX "^${FOLDER}/")
    endif()
  endforeach()
  set(OUT ${CMAKE_BINARY_DIR}/lib/toimela/plugins/${NAME})

  # Compiled once, for the library and for the test program.
  set(OBJECTS toimela_plugin_${NAME}_objects)
  add_library(${OBJECTS} OBJECT ${SOURCES})
  target_compile_features(${OBJECTS} PRIVATE cxx_std_20)
  target_include_directories(${OBJECTS} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  set_target_properties(${OBJECTS} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(TARGET toimela_core)
    set(KIT toimela_core)
    toimela_reuse_kit_header(${OBJECTS})
  else()
    set(KIT Toimela::kit)
  endif()
  target_link_libraries(${OBJECTS} PRIVATE ${KIT})

  set(PLUGIN toimela_plugin_${NAME})
  add_library(${PLUGIN} MODULE $<TARGET_OBJECTS:${OBJECTS}>)
  target_link_libraries(${PLUGIN} PRIVATE ${KIT} ${ARG_LIBRARIES})
  set_target_properties(${PLUGIN} PROPERTIES
    PREFIX "" OUTPUT_NAME plugin LINKER_LANGUAGE CXX LIBRARY_OUTPUT_DIRECTORY ${OUT})
  add_dependencies(toimela_plugins ${PLUGIN})

  # The host reads these folders at start-up; a link keeps an edited template one restart away.
  file(MAKE_DIRECTORY ${OUT})
  set(INSTALLED ${CMAKE_INSTALL_LIBDIR}/toimela/plugins/${NAME})
  foreach(PART templates locales migrations assets demo)
    if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/${PART})
      file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${PART} ${OUT}/${PART} SYMBOLIC)
      install(DIRECTORY ${PART} DESTINATION ${INSTALLED})
    else()
      file(REMOVE ${OUT}/${PART})
    endif()
  endforeach()
  install(TARGETS ${PLUGIN} LIBRARY DESTINATION ${INSTALLED})

  file(GLOB TESTS CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tests/*.cpp)
  if(TESTS AND TOIMELA_TESTS AND TARGET toimela_testing)
    set(MEASUREMENTS ${TESTS})
    list(FILTER TESTS EXCLUDE REGEX "_bench\\.cpp$")
    list(FILTER MEASUREMENTS INCLUDE REGEX "_bench\\.cpp$")
    add_executable(${NAME}_tests ${TESTS} $<TARGET_OBJECTS:${OBJECTS}>)
    target_include_directories(${NAME}_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${NAME}_tests PRIVATE toimela_testing ${ARG_LIBRARIES})
    target_precompile_headers(${NAME}_tests PRIVATE <catch2/catch.hpp> <toimela/testing.h>)
    target_compile_definitions(${NAME}_tests PRIVATE
      TOIMELA_PLUGIN_FOLDER="${CMAKE_CURRENT_SOURCE_DIR}")
    toimela_compile_quickly(${NAME}_tests)
    # Its pages are tested with the built plugin, loaded as the host loads it.
    add_dependencies(${NAME}_tests toimela_plugins)
    add_test(NAME plugin-${NAME} COMMAND ${NAME}_tests)
    # tests/*_bench.cpp measure what the program can not be asked from outside; scripts/bench builds them.
    if(MEASUREMENTS)
      add_executable(${NAME}_bench EXCLUDE_FROM_ALL ${MEASUREMENTS} $<TARGET_OBJECTS:${OBJECTS}>)
      target_include_directories(${NAME}_bench PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
      target_link_libraries(${NAME}_bench PRIVATE toimela_testing ${ARG_LIBRARIES})
      target_compile_definitions(${NAME}_bench PRIVATE
        TOIMELA_PLUGIN_FOLDER="${CMAKE_CURRENT_SOURCE_DIR}")
      add_dependencies(${NAME}_bench toimela_plugins)
    endif()
  endif()
endfunction()

# For test programs: their sources take three times as long to compile optimised as not, and a third of
# the build is theirs. What they test stays as it is shipped.
function(toimela_compile_quickly TARGET)
  target_compile_options(${TARGET} PRIVATE $<$<CONFIG:Release>:-O0>)
endfunction()

# The kit's headers are precompiled once for all plugins of the tree.
function(toimela_reuse_kit_header TARGET)
  if(NOT TARGET toimela_kit_header)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/toimela_kit_header.cpp CONTENT "" @ONLY)
    add_library(toimela_kit_header OBJECT ${CMAKE_BINARY_DIR}/toimela_kit_header.cpp)
    target_compile_features(toimela_kit_header PRIVATE cxx_std_20)
    target_link_libraries(toimela_kit_header PRIVATE toimela_core)
    # kit.h without plugin.h, which has the digest of all kit headers in it: with that, a change of any of
    # them, also of one that nobody includes, would compile every plugin anew.
    target_precompile_headers(toimela_kit_header PRIVATE
      <toimela/access.h> <toimela/data.h> <toimela/directory.h> <toimela/form.h> <toimela/host.h>
      <toimela/http.h> <toimela/registry.h> <toimela/request.h> <toimela/route.h> <toimela/texts.h>
      <toimela/types.h> <toimela/view.h>)
    set_target_properties(toimela_kit_header PROPERTIES
      POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF
      CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
  target_precompile_headers(${TARGET} REUSE_FROM toimela_kit_header)
endfunction()
