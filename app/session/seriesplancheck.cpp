// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/seriesplancheck.h"

#include "app/session/launchrequest.h"

namespace slipway {

namespace {

// Errors of settings begin with their option; a field is named without its dashes.
Error ofSettings(const Error &error) {
    return {ErrorCode::InvalidInput,
            error.text.startsWith(QLatin1String("--")) ? error.text.mid(2) : error.text};
}

} // namespace

Result<void> checkSeriesPlan(const SeriesDefinition &definition) {
    LaunchChoice choice;
    choice.protocol = definition.plan.protocolFile;
    if (const auto readable = readPrograms(choice); !readable)
        return Error{ErrorCode::InvalidInput, QStringLiteral("protocol: ") + readable.error().text};
    const auto settings = parseSettings(definition.plan.settings);
    if (!settings)
        return ofSettings(settings.error());
    choice.settings = *settings;
    if (const auto programs = readPrograms(choice); !programs)
        return ofSettings(programs.error());
    return {};
}

} // namespace slipway
