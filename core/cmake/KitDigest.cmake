# cmake -DHEADERS=<folder> -DOUTPUT=<header> -P KitDigest.cmake
#
# Writes a header that names the contents of all headers of the kit: TOIMELA_KIT_DIGEST. Plugin and
# program compare it, for a class that grew a member between them would crash both. An output that
# would say the same stays untouched, so that nothing is compiled again for it.
cmake_minimum_required(VERSION 3.25)

file(GLOB NAMES RELATIVE ${HEADERS} ${HEADERS}/*.h)
list(SORT NAMES)
if(NOT NAMES)
  message(FATAL_ERROR "no headers in ${HEADERS}")
endif()
set(LINES "")
foreach(NAME IN LISTS NAMES)
  file(SHA256 ${HEADERS}/${NAME} SUM)
  string(APPEND LINES "${SUM} ${NAME}\n")
endforeach()
string(SHA256 DIGEST "${LINES}")
string(SUBSTRING ${DIGEST} 0 16 DIGEST)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"// Made by the build from the contents of the kit's headers.
#pragma once
#define TOIMELA_KIT_DIGEST \"@DIGEST@\"
")
