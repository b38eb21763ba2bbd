// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded before the C library (ld.so(8), LD_PRELOAD): while the file SLIPWAY_FAULT_FLAG exists, writes to
// files whose path contains SLIPWAY_FAULT_PATH fail with EIO, as those of a disk that is away for a moment
// do.
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <unistd.h>

namespace {

bool fails(int fd) {
    const int before = errno;
    const char *part = std::getenv("SLIPWAY_FAULT_PATH");
    const char *flag = std::getenv("SLIPWAY_FAULT_FLAG");
    std::array<char, 64> link{};
    std::array<char, 4096> path{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
    const bool struck = part && flag && access(flag, F_OK) == 0 &&
                        readlink(link.data(), path.data(), path.size() - 1) > 0 &&
                        std::strstr(path.data(), part);
    errno = struck ? EIO : before;
    return struck;
}

template <typename Function>
Function next(const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return fails(fd) ? -1 : real(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
    static const auto real = next<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return fails(fd) ? -1 : real(fd, bytes, size, offset);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    static const auto real = next<ssize_t (*)(int, const void *, size_t)>("write");
    return fails(fd) ? -1 : real(fd, bytes, size);
}

int fsync(int fd) {
    static const auto real = next<int (*)(int)>("fsync");
    return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
    static const auto real = next<int (*)(int)>("fdatasync");
    return fails(fd) ? -1 : real(fd);
}
}
