// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"
#include "models/redaction/redaction.h"

namespace slipway {

/// A file as it may be published.
struct MaskedFile {
    EvidenceFile file;
    QList<Masked> masked;
    /// Why it must not be published unless a person says yes to this very file: it cannot be searched whole,
    /// or a secret in it cannot be masked without breaking it. Empty for everything else.
    QString heldBack;
};

/// Texts are masked, streams of observations line by line. Tars, databases and other files without checksums
/// are masked as bytes. What is compressed or an archive is opened, as deep as such things are packed into
/// each other in earnest, and every entry searched; bombs, encrypted and damaged ones are held back. The
/// error says that the file could not be looked through at all.
Result<MaskedFile> maskFile(const EvidenceFile &file, const RedactionOptions &options);

} // namespace slipway
