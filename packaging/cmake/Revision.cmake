# SPDX-License-Identifier: GPL-3.0-or-later
# Run at each build: writes slipwayrevision.h where the revision of the source is another one than before.
# -DSOURCE=DIR -DOUTPUT=FILE
set(revision "")
set(date "")
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND "${GIT_EXECUTABLE}" -C "${SOURCE}" rev-parse --show-toplevel
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(REAL_PATH "${SOURCE}" source)
  if(top STREQUAL source) # not the repository that a packed source happens to lie in
    execute_process(COMMAND "${GIT_EXECUTABLE}" -C "${SOURCE}" describe --always --dirty --abbrev=12 --exclude "*"
      OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    execute_process(COMMAND "${GIT_EXECUTABLE}" -C "${SOURCE}" log -1 --format=%cs
      OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()
if(NOT date)
  string(TIMESTAMP date "%Y-%m-%d" UTC) # of SOURCE_DATE_EPOCH, where it is set
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
#define SLIPWAY_REVISION "@revision@"
#define SLIPWAY_REVISION_DATE "@date@"
]])
