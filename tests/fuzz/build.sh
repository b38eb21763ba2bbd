#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh SOURCE BUILD: the fuzz targets, with Clang.
set -eu
launcher=
if command -v ccache >/dev/null; then launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
cmake -S "$1" -B "$2" -G Ninja -DCMAKE_CXX_COMPILER=clang++ $launcher
cmake --build "$2" --parallel "$(nproc)"
