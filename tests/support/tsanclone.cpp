// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into every program of a ThreadSanitizer build. Qt starts processes by clone() with CLONE_VM. The
// sanitizer (GCC 12) makes the child ignore everything until it execs, but child and parent share that
// memory, so the parent's thread stays blind forever: it reports false races and misses real ones. A copy of
// the memory, as after fork(), has neither.
#include <cstdarg>

#include <dlfcn.h>
#include <sched.h>

extern "C" int clone(int (*child)(void *), void *stack, int flags, void *argument, ...) noexcept {
    va_list rest;
    va_start(rest, argument);
    auto *parentId = va_arg(rest, pid_t *); // the pidfd goes here
    va_end(rest);
    using Clone = int (*)(int (*)(void *), void *, int, void *, ...);
    static const auto next = reinterpret_cast<Clone>(dlsym(RTLD_NEXT, "clone"));
    return next(child, stack, flags & ~CLONE_VM, argument, parentId, nullptr, nullptr);
}
