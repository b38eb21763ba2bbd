// SPDX-License-Identifier: GPL-3.0-or-later
// A reader with a fault in it, for the test that faults are found.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (std::string_view(reinterpret_cast<const char *>(data), size).substr(0, 4) == "{\"a\"")
        std::abort();
    return 0;
}
