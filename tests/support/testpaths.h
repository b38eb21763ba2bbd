// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

// Where the tests' build and the source lie. The one source that knows is compiled once; a test that names no
// folder of its own compiles to the same object in every clone, so that a compiler cache serves them all.
namespace testPaths {
// The folder of the built programs, and the program of that name in it.
QString programs();
QString program(const char *name);
// The file or folder at this path of the source tree; also one next to it, as "../shared".
QString source(const char *path);
} // namespace testPaths
