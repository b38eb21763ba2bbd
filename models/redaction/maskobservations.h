// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"
#include "models/redaction/redaction.h"

namespace slipway {

struct MaskedStream {
    EvidenceFile file;    ///< as it may be published: the same bytes when nothing was masked
    QList<Masked> masked; ///< places are those in the uncompressed stream
};

/// A stream of observations without its secrets, plain or compressed as it came. Answers in base64 are
/// decoded, masked and encoded again, whatever is in them, so that no length and no offset changes; of the
/// pieces of one file (field_cycles) the end of the last is seen with the next. What identifies the run
/// (launch token, campaign, hashes) is evidence and stays, so that what is rebuilt from the stream is judged
/// as before. Pure; line by line, in memory for one line and the masked stream. Errors: those of forEachLine,
/// and an answer that holds a secret and is base64 of no usual form.
Result<MaskedStream> maskObservations(const EvidenceFile &stream, const RedactionOptions &options);

} // namespace slipway
