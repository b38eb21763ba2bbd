// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

namespace slipway {

/// Checks a document against a JSON Schema of draft 2020-12. The validator (valijson) knows draft 7, so that
/// a schema with a keyword that means something else there, or nothing, is refused as Unsupported: a check
/// that is not made is never passed. InvalidInput lists where the document is not as it must be.
Result<void> checkSchema(const QByteArray &schema, const QByteArray &document);

} // namespace slipway
