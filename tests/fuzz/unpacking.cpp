// SPDX-License-Identifier: GPL-3.0-or-later
// A packed folder from anybody: whatever it says, files and folders below the one it is unpacked into, and
// nothing else.
#include "app/importer/unpacking.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <sys/resource.h>

using namespace slipway;

namespace {

// A few bytes that would be gigabytes cost no disk.
void limitFiles() {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit max{1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &max);
}

void expect(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***) {
    limitFiles();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const QTemporaryDir dir;
    const QString packed = dir.filePath(QStringLiteral("packed"));
    const QString folder = dir.filePath(QStringLiteral("folder"));
    QFile file(packed);
    expect(dir.isValid() && QDir().mkpath(folder) && file.open(QIODevice::WriteOnly));
    file.write(reinterpret_cast<const char *>(data), static_cast<qint64>(size));
    file.close();
    const auto left = unpackInto(packed, folder, {});
    expect(left || !left.error().text.isEmpty());
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    expect(QDir(dir.path()).entryList(all) ==
           QStringList({QStringLiteral("folder"), QStringLiteral("packed")}));
    for (QDirIterator it(folder, all, QDirIterator::Subdirectories); it.hasNext();) {
        it.next();
        const QFileInfo found = it.fileInfo();
        expect(!found.isSymLink() && (found.isDir() || found.isFile()));
    }
    return 0;
}
