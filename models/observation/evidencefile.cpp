// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/evidencefile.h"

#include <algorithm>

namespace slipway {

const EvidenceFile *findFile(const QList<EvidenceFile> &files, const QString &name) {
    const auto file =
        std::find_if(files.cbegin(), files.cend(), [&](const EvidenceFile &one) { return one.name == name; });
    return file == files.cend() ? nullptr : &*file;
}

QByteArray fileBytes(const QList<EvidenceFile> &files, const QString &name) {
    const EvidenceFile *file = findFile(files, name);
    return file ? file->bytes : QByteArray();
}

} // namespace slipway
