# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings, sanitizers and Qt's strict defines in one place; every target of ours links slipway_build.
option(SLIPWAY_WERROR "Treat warnings as errors" OFF)
set(SLIPWAY_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")

add_library(slipway_build INTERFACE)
# Neither -Wnull-dereference nor GCC's -Wmaybe-uninitialized: both say nothing without optimisation, and with it what is not
# so, of Qt's headers and of std::optional and std::stop_source.
target_compile_options(slipway_build INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused
  -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  $<$<BOOL:${SLIPWAY_WERROR}>:-Werror>)
target_compile_definitions(slipway_build INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  SLIPWAY_VERSION="${PROJECT_VERSION}")
target_include_directories(slipway_build INTERFACE "${PROJECT_SOURCE_DIR}")

# Links are a quarter of a build of everything; mold takes a tenth of what the default linker takes.
find_program(MOLD mold)
if(MOLD)
  target_link_options(slipway_build INTERFACE -fuse-ld=mold)
endif()

# slipway_exports(LIBRARY): a shared library exports its own names alone, and not each instance of a template of Qt and of the
# standard library that it happens to use: the tables of those
# are a quarter of its bytes.
set(SLIPWAY_EXPORTS "${CMAKE_CURRENT_LIST_DIR}/exports.map")
function(slipway_exports library)
  if(BUILD_SHARED_LIBS AND NOT SLIPWAY_SANITIZE) # which adds names of its own
    target_link_options(${library} PRIVATE "-Wl,--version-script=${SLIPWAY_EXPORTS}")
    set_property(TARGET ${library} APPEND PROPERTY LINK_DEPENDS "${SLIPWAY_EXPORTS}")
  endif()
endfunction()

if(SLIPWAY_SANITIZE)
  # Line numbers are all that a report needs, and these builds are slow enough. SLIPWAY_UNSANITIZED is of a target.
  set(sanitized "$<NOT:$<BOOL:$<TARGET_PROPERTY:SLIPWAY_UNSANITIZED>>>")
  target_compile_options(slipway_build INTERFACE "$<${sanitized}:-fsanitize=${SLIPWAY_SANITIZE}>" -fno-omit-frame-pointer -O1 -g1)
  target_link_options(slipway_build INTERFACE "$<${sanitized}:-fsanitize=${SLIPWAY_SANITIZE}>")
  target_compile_definitions(slipway_build INTERFACE SLIPWAY_SANITIZED) # compilers name it in ways of their own
  if(SLIPWAY_SANITIZE MATCHES "thread")
    add_library(slipway_tsanclone OBJECT "${PROJECT_SOURCE_DIR}/tests/support/tsanclone.cpp")
    target_sources(slipway_build INTERFACE
      $<$<AND:${sanitized},$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>>:$<TARGET_OBJECTS:slipway_tsanclone>>)
  endif()
endif()
